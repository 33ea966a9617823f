"""O que impede encerrar: cada pendência é uma função que devolve a frase, ou `None`."""

from collections.abc import Callable

from atendimento.models import Solicitacao

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
