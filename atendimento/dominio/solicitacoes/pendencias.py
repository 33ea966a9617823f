"""O que impede encerrar: cada pendência diz que linhas impedem e a frase da primeira delas."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Exists, Model, QuerySet

from atendimento.models import Aprovacao, Solicitacao, Visita
from atendimento.models.execucao import Decisao
from atendimento.situacoes import Situacao


@dataclass(frozen=True, slots=True)
class Pendencia:
    """`linhas` são as que impedem encerrar uma solicitação; `frase` diz uma delas."""

    linhas: Callable[[Solicitacao], QuerySet]
    frase: Callable[[Model], str]


PENDENCIAS: list[Pendencia] = []


def pendencia(linhas: Callable[[Solicitacao], QuerySet], frase: Callable[[Model], str]) -> None:
    """Acrescenta uma pendência a conferir antes de encerrar."""
    PENDENCIAS.append(Pendencia(linhas, frase))


def primeira_pendencia(solicitacao: Solicitacao) -> str | None:
    """A frase da primeira pendência, ou `None` se nada impede encerrar: um comando SQL para todas."""
    linhas = [uma.linhas(solicitacao) for uma in PENDENCIAS]
    ha = Solicitacao.objects.filter(pk=solicitacao.pk).values_list(*map(Exists, linhas)).get()
    for uma, quais, tem in zip(PENDENCIAS, linhas, ha, strict=True):
        if tem:
            return uma.frase(quais.first())
    return None


def filhas_abertas(solicitacao: Solicitacao) -> QuerySet[Solicitacao]:
    """As solicitações filhas que ainda correm."""
    return solicitacao.filhas.abertas().order_by("id")


def aprovacoes_pendentes(solicitacao: Solicitacao) -> QuerySet[Aprovacao]:
    """O que um supervisor ainda não decidiu sobre ações feitas nela."""
    return Aprovacao.objects.filter(execucao__solicitacao=solicitacao, decisao=Decisao.PENDENTE)


def visitas_por_fazer(solicitacao: Solicitacao) -> QuerySet[Visita]:
    """As visitas que ainda vão acontecer; a da solicitação agendada se encerra com o próprio resultado."""
    marcadas = solicitacao.visitas.marcadas()
    return marcadas.none() if solicitacao.situacao == Situacao.AGENDADA else marcadas


pendencia(filhas_abertas, lambda filha: f"A solicitação filha {filha.protocolo} ainda está aberta.")
pendencia(
    aprovacoes_pendentes,
    lambda aprovacao: "Uma ação desta solicitação espera a aprovação de um supervisor.",
)
pendencia(
    visitas_por_fazer,
    lambda visita: f"Há uma visita marcada para {visita.data:%d/%m/%Y}: cancele-a antes.",
)
