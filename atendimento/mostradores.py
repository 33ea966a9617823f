"""Os relógios de uma solicitação como se leem: o valor de agora, e como ele anda.

O servidor dá o valor e a sua hora; `static/js/relogio.js` só o faz andar. Sem JavaScript fica o valor de
quando a página foi feita.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from atendimento.models import Solicitacao
from atendimento.prazos import Passo, farol, relogios
from atendimento.situacoes import Situacao

_CONTADORES = (
    ("trabalho", "Trabalho", Situacao.EM_ATENDIMENTO),
    ("pausa", "Pausa", Situacao.PAUSADA),
    ("fila", "Fila", Situacao.ABERTA),
    ("agenda", "Agenda", Situacao.AGENDADA),
)


@dataclass(frozen=True, slots=True)
class Mostrador:
    """Um relógio. Com `fim` conta o que falta até lá; sem, conta de `segundos` em diante.

    `farol` é a cor de um prazo; `parado` diz que o valor não anda.
    """

    rotulo: str
    agora: datetime
    segundos: int = 0
    fim: datetime | None = None
    parado: bool = False
    farol: str = ""
    dica: str = ""

    @property
    def texto(self) -> str:
        """O valor em `agora`, na mesma forma que o JavaScript escreve."""
        if self.fim is None:
            return formatar(self.segundos)
        falta = (self.fim - self.agora).total_seconds()
        return formatar(falta) if falta >= 0 else f"vencido há {formatar(-falta)}"


def formatar(segundos: float) -> str:
    """`HH:MM:SS`, com os dias à frente quando há."""
    dias, resto = divmod(int(segundos), 86400)
    horas = f"{resto // 3600:02d}:{resto // 60 % 60:02d}:{resto % 60:02d}"
    return f"{dias} d {horas}" if dias else horas


def da_barra(solicitacao: Solicitacao, passos: list[Passo], agora: datetime) -> list[Mostrador]:
    """Trabalho, o relógio que corre em lugar dele, e os prazos."""
    contados = contadores(solicitacao, passos, agora)
    return [m for m in contados if m.rotulo == "Trabalho" or not m.parado] + dos_prazos(solicitacao, agora)


def contadores(solicitacao: Solicitacao, passos: list[Passo], agora: datetime) -> list[Mostrador]:
    """Quanto se passou em cada situação, somados os ciclos; só anda o da situação atual."""
    somas = relogios(passos, agora)
    return [
        Mostrador(rotulo, agora, _segundos(getattr(somas, nome)), parado=solicitacao.situacao != situacao)
        for nome, rotulo, situacao in _CONTADORES
    ]


def dos_prazos(solicitacao: Solicitacao, agora: datetime) -> list[Mostrador]:
    """O prazo de atendimento, que uma pausa pode congelar, e o regulatório, que nunca para.

    De uma solicitação fechada não há prazo a contar.
    """
    if not solicitacao.esta_aberta:
        return []
    congelado_em = solicitacao.prazo_congelado_em
    return [
        Mostrador(
            "Prazo",
            congelado_em or agora,
            fim=solicitacao.prazo_em,
            parado=congelado_em is not None,
            farol=farol(
                solicitacao.prazo_em, desde=solicitacao.ciclo_desde, agora=agora, congelado_em=congelado_em
            ),
            dica="Congelado pela pausa" if congelado_em else "",
        ),
        Mostrador(
            "Prazo regulatório",
            agora,
            fim=solicitacao.prazo_regulatorio_em,
            farol=farol(solicitacao.prazo_regulatorio_em, desde=solicitacao.ciclo_desde, agora=agora),
            dica="Dias corridos: nenhuma pausa o para",
        ),
    ]


def _segundos(tempo: timedelta) -> int:
    return int(tempo.total_seconds())
