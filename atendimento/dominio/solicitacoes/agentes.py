"""Quantas solicitações um agente pode ter: as vagas de atendimento e o limite de pausadas."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db import connection

from atendimento import transacao
from atendimento.excecoes import DadoInvalido, LimiteDoAgente
from atendimento.models import Apontamento, Solicitacao
from atendimento.situacoes import Situacao
from perfis.models import Perfil


def trancar_agente(agente):
    """Tranca a linha do agente: as contas abaixo são as mesmas até o fim da transação.

    Sempre depois da solicitação, e nunca se tranca outra solicitação depois dela.
    """
    return get_user_model().objects.select_for_update(no_key=True).get(pk=agente.pk)


def limites(agente) -> tuple[int, int]:
    """(em atendimento, pausadas): o mais generoso dos perfis ativos, lido agora.

    Os perfis ficam com o agente, como acabam de ser lidos: a transição e a auditoria os nomeiam.
    """
    if not transacao.leu(agente):
        agente.perfis_ativos = list(Perfil.objects.filter(user=agente, ativo=True).order_by("name"))
    perfis = agente.perfis_ativos
    return (
        max((perfil.max_em_atendimento for perfil in perfis), default=0),
        max((perfil.max_pausadas for perfil in perfis), default=0),
    )


def ocupar_vaga(agente, solicitacao: Solicitacao, em: datetime) -> None:
    """Abre o intervalo de trabalho na menor vaga livre. Levanta `LimiteDoAgente` sem vaga.

    O banco repete a regra: a vaga é única por agente e não passa do limite dos perfis.
    """
    trancado = trancar_agente(agente)
    if not trancado.is_active:
        raise DadoInvalido(f"{trancado.nome_exibido} está inativo.", campo="agente")
    maximo, _ = limites(agente)
    valores = {"agente": trancado.pk, "solicitacao": solicitacao.pk, "em": em, "maximo": maximo}
    with connection.cursor() as cursor:
        cursor.execute(_MENOR_VAGA_LIVRE, valores)
        if cursor.rowcount:
            return
    abertos = Apontamento.objects.filter(agente=trancado, fim__isnull=True).select_related("solicitacao")
    em_maos = [apontamento.solicitacao for apontamento in abertos]
    raise LimiteDoAgente(
        f"{trancado.nome_exibido} pode ter {maximo} em atendimento e já tem "
        f"{', '.join(map(str, em_maos)) or 'nenhuma'}: pause, encaminhe ou encerre antes.",
        solicitacoes=em_maos,
    )


_MENOR_VAGA_LIVRE = """
WITH tomadas AS (
  SELECT vaga FROM atendimento_apontamento WHERE agente_id = %(agente)s AND fim IS NULL
)
INSERT INTO atendimento_apontamento (solicitacao_id, agente_id, vaga, inicio)
  SELECT %(solicitacao)s, %(agente)s, vaga, %(em)s FROM generate_series(1, %(maximo)s) AS vaga
  WHERE vaga NOT IN (SELECT vaga FROM tomadas) AND (SELECT count(*) FROM tomadas) < %(maximo)s
  ORDER BY vaga LIMIT 1
"""


def exigir_lugar_para_pausada(agente, solicitacao: Solicitacao) -> None:
    """Levanta `LimiteDoAgente` se o agente já tem tantas pausadas quantas pode."""
    trancado = trancar_agente(agente)
    _, maximo = limites(agente)
    pausadas = Solicitacao.objects.filter(responsavel=trancado, situacao=Situacao.PAUSADA)
    pausadas = pausadas.exclude(pk=solicitacao.pk).por_prazo()[: maximo + 1]
    if len(pausadas) >= maximo:
        raise LimiteDoAgente(
            f"{trancado.nome_exibido} já tem {maximo} solicitações pausadas, o limite do perfil.",
            solicitacoes=pausadas,
        )
