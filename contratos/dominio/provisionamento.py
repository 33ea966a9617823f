"""Pedir à rede que acompanhe o que mudou, na transação da mudança.

A situação do contrato e a própria conexão têm gatilhos que já pedem; aqui está o que só o verbo sabe.
"""

from django.db import connection

from contratos.gatilhos import PROVISIONAR

_DA_ETIQUETA = PROVISIONAR.format(motivo="%s", login_anterior="''", quais="c.ativa AND c.etiqueta_id = %s")
_DA_CONEXAO = PROVISIONAR.format(motivo="%s", login_anterior="''", quais="c.id = %s")


def da_etiqueta(etiqueta_id: int, motivo: str) -> None:
    """As conexões ativas da etiqueta voltam à fila; as de concentrador sem integração ficam como estão."""
    _pedir(_DA_ETIQUETA, motivo, etiqueta_id)


def da_conexao(conexao_id: int, motivo: str) -> None:
    """Uma conexão só."""
    _pedir(_DA_CONEXAO, motivo, conexao_id)


def _pedir(sql: str, motivo: str, alvo: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, [motivo, alvo])
