"""Tempos e prazos em palavras, como se dizem na fila."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from atendimento.prazos import Farol, farol

# O prazo regulatório só aparece na linha quando falta pouco: não para em pausa nenhuma.
REGULATORIO_AVISA = timedelta(days=2)

PALAVRAS = {
    Farol.NO_PRAZO: ("No prazo", "ok"),
    Farol.ATENCAO: ("Vence logo", "atencao"),
    Farol.VENCIDO: ("Vencida", "vencido"),
    Farol.CONGELADO: ("Prazo parado", "neutro"),
}


@dataclass(frozen=True, slots=True)
class PrazoNaFila:
    """O farol de um prazo: a palavra, a cor do selo e quanto falta ou passou."""

    palavra: str
    cor: str
    quando: str
    em: datetime


def duracao(tempo: timedelta) -> str:
    """As duas maiores unidades: `3 d 4 h`, `2 h 10 min`, `5 min`, `menos de 1 min`."""
    minutos = int(tempo.total_seconds()) // 60
    if minutos < 1:
        return "menos de 1 min"
    dias, horas, resto = minutos // 1440, minutos // 60 % 24, minutos % 60
    if dias:
        return f"{dias} d {horas} h" if horas else f"{dias} d"
    if horas:
        return f"{horas} h {resto} min" if resto else f"{horas} h"
    return f"{resto} min"


def distancia(em: datetime, agora: datetime) -> str:
    """`em 2 h 10 min` ou `há 5 min`."""
    return f"em {duracao(em - agora)}" if em > agora else f"há {duracao(agora - em)}"


def dia_e_hora(em: datetime) -> str:
    """No fuso da instalação."""
    return f"{timezone.localtime(em):%d/%m/%Y %H:%M}"


def prazo(
    prazo_em: datetime, *, desde: datetime, congelado_em: datetime | None, agora: datetime
) -> PrazoNaFila:
    """O farol do prazo de atendimento em `agora`."""
    cor_do_prazo = farol(prazo_em, desde=desde, agora=agora, congelado_em=congelado_em)
    palavra, cor = PALAVRAS[cor_do_prazo]
    quando = "na pausa" if cor_do_prazo == Farol.CONGELADO else distancia(prazo_em, agora)
    return PrazoNaFila(palavra, cor, quando, prazo_em)


def regulatorio(em: datetime, agora: datetime) -> PrazoNaFila | None:
    """O prazo da lei, quando já venceu ou está para vencer."""
    if em - agora > REGULATORIO_AVISA:
        return None
    palavra, cor = ("Prazo legal vencido", "vencido") if em < agora else ("Prazo legal", "atencao")
    return PrazoNaFila(palavra, cor, distancia(em, agora), em)
