"""Contas de calendário da cobrança: fim de mês, vencimentos e dias úteis."""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

Feriado = Callable[[date], bool]


def sem_feriado(dia: date) -> bool:
    """O calendário de quem só conhece fins de semana."""
    return False


def dia_do_mes(ano: int, mes: int, dia: int) -> date:
    """O dia no mês, ou o último quando o mês não o tem: 31 em fevereiro é 28 ou 29."""
    return date(ano, mes, min(dia, monthrange(ano, mes)[1]))


def somar_meses(data: date, meses: int, dia: int | None = None) -> date:
    """A data tantos meses depois (ou antes), no mesmo `dia` ou no último do mês.

    O `dia` original se dá à parte para que 31/01 + 1 + 1 volte a 31/03, e não fique em 28.
    """
    indice = data.year * 12 + data.month - 1 + meses
    return dia_do_mes(indice // 12, indice % 12 + 1, dia or data.day)


def vencimento_apos(data: date, dia: int) -> date:
    """O primeiro vencimento no `dia` depois de `data`, sem contá-la."""
    no_mes = dia_do_mes(data.year, data.month, dia)
    return no_mes if no_mes > data else somar_meses(no_mes, 1, dia)


def competencia(data: date) -> date:
    """O primeiro dia do mês."""
    return data.replace(day=1)


def dia_util(data: date, feriado: Feriado = sem_feriado) -> date:
    """A própria data, ou o primeiro dia útil bancário depois dela."""
    while data.weekday() >= 5 or feriado(data):
        data += timedelta(days=1)
    return data


def meses_completos(inicio: date, fim: date) -> int:
    """Quantos meses inteiros há de `inicio` a `fim`; nenhum se `fim` não é depois."""
    if fim <= inicio:
        return 0
    meses = (fim.year - inicio.year) * 12 + fim.month - inicio.month
    return meses if somar_meses(inicio, meses) <= fim else meses - 1
