"""Somas de verificação dos dados de volume: dizem se dois bancos têm as mesmas linhas."""

from django.db import connection

from atendimento.popular.carga import MODELOS
from contratos.cifra import CampoCifrado


def somas() -> dict[str, tuple[int, str]]:
    """Por tabela, quantas linhas e a soma dos hashes de todas as colunas, salvo as cifradas.

    A soma não depende da ordem física das linhas.
    """
    resultado = {}
    with connection.cursor() as cursor:
        for nome, modelo in MODELOS.items():
            colunas = ", ".join(
                f'"{campo.column}"'
                for campo in modelo._meta.concrete_fields
                if not isinstance(campo, CampoCifrado)
            )
            cursor.execute(
                f"SELECT count(*), coalesce(sum(hashtextextended(ROW({colunas})::text, 0)::numeric), 0)::text"  # noqa: S608
                f" FROM {modelo._meta.db_table}"
            )
            resultado[nome] = cursor.fetchone()
    return resultado
