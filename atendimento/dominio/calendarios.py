"""Do cadastro de calendários e prazos às contas de `atendimento.prazos`."""

from collections import defaultdict
from datetime import time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays
from django.conf import settings

from atendimento.models import Calendario, ExcecaoDoCalendario, Prazo, Turno
from atendimento.prazos import CalendarioUtil, Passo, Periodo


def fuso() -> ZoneInfo:
    """O fuso em que datas de protocolo, prazos e relógios legais se leem."""
    return ZoneInfo(settings.TIME_ZONE)


def calendario_util(calendario: Calendario) -> CalendarioUtil:
    """O calendário pronto para contas. Dois comandos SQL; nenhum para o de 24 horas."""
    if calendario.sempre:
        return CalendarioUtil(fuso(), sempre=True)
    turnos, excecoes = defaultdict(list), defaultdict(list)
    for turno in calendario.turnos.all():
        turnos[turno.dia].append(_periodo(turno))
    for excecao in calendario.excecoes.all():
        abertos = excecoes[excecao.data]
        if excecao.inicio is not None:
            abertos.append(_periodo(excecao))
    return CalendarioUtil(fuso(), turnos=dict(turnos), excecoes=dict(excecoes), feriado=_feriados(calendario))


def duracao(prazo: Prazo) -> timedelta:
    """As horas úteis do prazo."""
    return timedelta(hours=prazo.horas)


def passos(solicitacao) -> list[Passo]:
    """A história da solicitação como as contas a leem. Um comando SQL."""
    linhas = solicitacao.transicoes.order_by("versao").values_list("em", "para", "congela")
    return [Passo(*linha) for linha in linhas]


def _periodo(linha: Turno | ExcecaoDoCalendario) -> Periodo:
    return _segundos(linha.inicio), _segundos(linha.fim) or 86400


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
