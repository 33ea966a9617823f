"""O que impede encerrar: cada pendência é uma função que devolve a frase, ou `None`."""

from collections.abc import Callable

from atendimento.models import Aprovacao, Solicitacao
from atendimento.models.execucao import Decisao
from atendimento.situacoes import Situacao

PENDENCIAS: list[Callable[[Solicitacao], str | None]] = []


def pendencia(funcao: Callable[[Solicitacao], str | None]):
    """Decorador: acrescenta uma pendência a conferir antes de encerrar."""
    PENDENCIAS.append(funcao)
    return funcao


def primeira_pendencia(solicitacao: Solicitacao) -> str | None:
    """A frase da primeira pendência, ou `None` se nada impede encerrar."""
    return next(filter(None, (funcao(solicitacao) for funcao in PENDENCIAS)), None)


@pendencia
def filha_aberta(solicitacao: Solicitacao) -> str | None:
    """Uma solicitação filha ainda corre."""
    filha = solicitacao.filhas.abertas().order_by("id").first()
    return f"A solicitação filha {filha.protocolo} ainda está aberta." if filha else None


@pendencia
def aprovacao_pendente(solicitacao: Solicitacao) -> str | None:
    """Um supervisor ainda não decidiu sobre uma ação feita nela."""
    espera = Aprovacao.objects.filter(execucao__solicitacao=solicitacao, decisao=Decisao.PENDENTE).exists()
    return "Uma ação desta solicitação espera a aprovação de um supervisor." if espera else None


@pendencia
def visita_marcada(solicitacao: Solicitacao) -> str | None:
    """Uma visita ainda vai acontecer; a da solicitação agendada se encerra com o próprio resultado."""
    if solicitacao.situacao == Situacao.AGENDADA:
        return None
    visita = solicitacao.visitas.marcadas().first()
    return f"Há uma visita marcada para {visita.data:%d/%m/%Y}: cancele-a antes." if visita else None
