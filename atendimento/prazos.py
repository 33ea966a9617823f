"""Calendário útil, relógios e prazos: contas puras sobre datas, sem banco.

Os relógios se calculam da história da solicitação e só dela. O prazo de atendimento (SLA) anda pelo
calendário e para nas pausas que congelam; o regulatório são dias corridos e nunca para.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from atendimento.situacoes import ABERTAS, Situacao

# Período do dia em segundos desde a meia-noite local; o fim pode ser 86.400.
Periodo = tuple[int, int]

# Um calendário com expediente abre ao menos uma vez neste número de dias.
_DIAS_SEM_EXPEDIENTE = 400

ZERO = timedelta(0)


class CalendarioSemExpediente(ValueError):
    """O calendário nunca abre, e um prazo nele nunca venceria."""


def _nenhum(dia: date) -> bool:
    return False


@dataclass(frozen=True)
class CalendarioUtil:
    """Quando o relógio anda. `turnos` por dia da semana (0 é segunda); `excecoes` vencem feriados."""

    fuso: ZoneInfo
    turnos: Mapping[int, Sequence[Periodo]] = field(default_factory=dict)
    excecoes: Mapping[date, Sequence[Periodo]] = field(default_factory=dict)
    feriado: Callable[[date], bool] = _nenhum
    sempre: bool = False

    def periodos(self, dia: date) -> Sequence[Periodo]:
        """Os períodos abertos de um dia local, em ordem."""
        if dia in self.excecoes:
            return sorted(self.excecoes[dia])
        if self.feriado(dia):
            return ()
        return sorted(self.turnos.get(dia.weekday(), ()))

    def abertos_desde(self, inicio: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Os intervalos abertos, em UTC, que terminam depois de `inicio`, em ordem e sem fim.

        Levanta `CalendarioSemExpediente` depois de um ano inteiro fechado.
        """
        dia = inicio.astimezone(self.fuso).date()
        fechados = 0
        while fechados < _DIAS_SEM_EXPEDIENTE:
            periodos = self.periodos(dia)
            fechados = 0 if periodos else fechados + 1
            for comeco, fim in periodos:
                abre, fecha = self._instante(dia, comeco), self._instante(dia, fim)
                if fecha > inicio and fecha > abre:
                    yield max(abre, inicio), fecha
            dia += timedelta(days=1)
        raise CalendarioSemExpediente("O calendário não tem expediente.")

    def _instante(self, dia: date, segundos: int) -> datetime:
        local = datetime.combine(dia, time.min) + timedelta(seconds=segundos)
        return local.replace(tzinfo=self.fuso).astimezone(UTC)


def horas_uteis_entre(calendario: CalendarioUtil, inicio: datetime, fim: datetime) -> timedelta:
    """Quanto o calendário esteve aberto de `inicio` a `fim`; zero se `fim` não vem depois."""
    if fim <= inicio:
        return ZERO
    if calendario.sempre:
        return fim - inicio
    total = ZERO
    try:
        for abre, fecha in calendario.abertos_desde(inicio):
            if abre >= fim:
                break
            total += min(fecha, fim) - abre
    except CalendarioSemExpediente:
        pass
    return total


def somar_horas_uteis(calendario: CalendarioUtil, inicio: datetime, duracao: timedelta) -> datetime:
    """O primeiro instante em que o calendário esteve aberto por `duracao` desde `inicio`, em UTC.

    Levanta `CalendarioSemExpediente`.
    """
    inicio = inicio.astimezone(UTC)
    if duracao <= ZERO or calendario.sempre:
        return inicio + max(duracao, ZERO)
    falta = duracao
    for abre, fecha in calendario.abertos_desde(inicio):
        if fecha - abre >= falta:
            return abre + falta
        falta -= fecha - abre
    raise AssertionError("abertos_desde não termina")


@dataclass(frozen=True)
class Passo:
    """O que as contas precisam de uma transição. `congela`: o prazo para até o passo seguinte."""

    em: datetime
    para: str
    congela: bool = False


@dataclass(frozen=True)
class Relogios:
    """Quanto a solicitação passou em cada situação aberta, somados todos os ciclos."""

    trabalho: timedelta = ZERO
    fila: timedelta = ZERO
    pausa: timedelta = ZERO
    agenda: timedelta = ZERO

    @property
    def total(self) -> timedelta:
        """A soma dos ciclos abertos."""
        return self.trabalho + self.fila + self.pausa + self.agenda


_RELOGIO = {
    Situacao.EM_ATENDIMENTO: "trabalho",
    Situacao.ABERTA: "fila",
    Situacao.PAUSADA: "pausa",
    Situacao.AGENDADA: "agenda",
}


def relogios(passos: Iterable[Passo], agora: datetime) -> Relogios:
    """Os relógios em `agora`. O tempo depois de encerrada ou cancelada não conta em nenhum."""
    lista = list(passos)
    somas = dict.fromkeys(_RELOGIO.values(), ZERO)
    for passo, fim in zip(lista, [p.em for p in lista[1:]] + [agora], strict=True):
        if passo.para in ABERTAS:
            somas[_RELOGIO[Situacao(passo.para)]] += max(fim - passo.em, ZERO)
    return Relogios(**somas)


def ciclo_atual(passos: Sequence[Passo]) -> Sequence[Passo]:
    """Os passos desde a abertura ou a última reabertura, até o encerramento se já houve."""
    inicio = 0
    for posicao, passo in enumerate(passos[:-1]):
        if passo.para not in ABERTAS:
            inicio = posicao + 1
    return passos[inicio:]


def vencimento(passos: Sequence[Passo], calendario: CalendarioUtil, duracao: timedelta) -> datetime:
    """Quando vence um prazo de `duracao` úteis contado do começo do ciclo atual, em UTC.

    As pausas que congelam não contam. Durante uma, o resultado é o vencimento como se ela acabasse
    de terminar no instante em que começou: `retomar` o empurra. Trocar o prazo no meio do ciclo conta
    o novo desde o começo, no calendário dele; reabrir começa outro ciclo e nunca nasce vencido.
    """
    ciclo = ciclo_atual(passos)
    falta = duracao
    posicao = ciclo[0].em
    for passo, seguinte in pairwise(ciclo):
        if passo.congela:
            posicao = seguinte.em
            continue
        uteis = horas_uteis_entre(calendario, passo.em, seguinte.em)
        if uteis >= falta:
            return somar_horas_uteis(calendario, passo.em, falta)
        falta -= uteis
        posicao = seguinte.em
    return somar_horas_uteis(calendario, posicao, falta)


def prazo_regulatorio(inicio: datetime, dias: int, fuso: ZoneInfo) -> datetime:
    """`dias` corridos depois de `inicio`, à mesma hora local, em UTC."""
    local = inicio.astimezone(fuso)
    return (local.replace(tzinfo=None) + timedelta(days=dias)).replace(tzinfo=fuso).astimezone(UTC)


class Farol(StrEnum):
    """A cor de um prazo na fila."""

    NO_PRAZO = "no_prazo"
    ATENCAO = "atencao"
    VENCIDO = "vencido"
    CONGELADO = "congelado"


def farol(
    prazo_em: datetime, *, desde: datetime, agora: datetime, congelado_em: datetime | None = None
) -> Farol:
    """A cor do prazo: atenção no último quarto do caminho de `desde` a `prazo_em`."""
    referencia = congelado_em or agora
    if referencia > prazo_em:
        return Farol.VENCIDO
    if congelado_em:
        return Farol.CONGELADO
    return Farol.ATENCAO if (prazo_em - agora) * 4 < prazo_em - desde else Farol.NO_PRAZO
