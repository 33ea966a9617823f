"""Do cadastro de calendários e prazos às contas de `atendimento.prazos`."""

from collections import defaultdict
from datetime import time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings
from django.db.models import DateField, IntegerField, Value

from atendimento.models import Calendario, Prazo
from atendimento.prazos import CalendarioUtil, Passo


def fuso() -> ZoneInfo:
    """O fuso em que datas de protocolo, prazos e relógios legais se leem."""
    return ZoneInfo(settings.TIME_ZONE)


def calendario_util(calendario: Calendario) -> CalendarioUtil:
    """O calendário pronto para contas. Um comando SQL; nenhum para o de 24 horas."""
    if calendario.sempre:
        return CalendarioUtil(fuso(), sempre=True)
    turnos, excecoes = defaultdict(list), defaultdict(list)
    for dia, data, inicio, fim in _turnos_e_excecoes(calendario):
        abertos = turnos[dia] if data is None else excecoes[data]
        if inicio is not None:
            abertos.append((_segundos(inicio), _segundos(fim) or 86400))
    return CalendarioUtil(fuso(), turnos=dict(turnos), excecoes=dict(excecoes), feriado=_feriados(calendario))


def duracao(prazo: Prazo) -> timedelta:
    """As horas úteis do prazo."""
    return timedelta(hours=prazo.horas)


def passos(solicitacao) -> list[Passo]:
    """A história da solicitação como as contas a leem. Um comando SQL."""
    linhas = solicitacao.transicoes.order_by("versao").values_list("em", "para", "congela")
    return [Passo(*linha) for linha in linhas]


def _turnos_e_excecoes(calendario: Calendario):
    """(dia da semana, data, início, fim) por hora de início; dos dois primeiros, um é nulo."""
    turnos = calendario.turnos.order_by().annotate(data=Value(None, DateField()))
    excecoes = calendario.excecoes.order_by().annotate(dia=Value(None, IntegerField()))
    turnos, excecoes = (linhas.values_list("dia", "data", "inicio", "fim") for linhas in (turnos, excecoes))
    return turnos.union(excecoes, all=True).order_by("inicio")


def _segundos(hora: time) -> int:
    return hora.hour * 3600 + hora.minute * 60 + hora.second


def _feriados(calendario: Calendario):
    if not calendario.feriados_nacionais and not calendario.uf:
        return lambda dia: False
    nacionais = _da_biblioteca("")
    if not calendario.uf:
        return nacionais.__contains__
    do_estado = _da_biblioteca(calendario.uf)
    if calendario.feriados_nacionais:
        return do_estado.__contains__
    return lambda dia: dia in do_estado and dia not in nacionais


@cache
def _da_biblioteca(uf: str) -> holidays.HolidayBase:
    """Os feriados do país e, com `uf`, também os do estado; os anos se expandem quando perguntados."""
    return holidays.country_holidays("BR", subdiv=uf or None, language="pt_BR")
