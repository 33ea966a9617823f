"""Contas de calendário sobre períodos `[inicio, fim)`: o dia do fim já não conta. Não lê o banco."""

from collections.abc import Iterable
from datetime import date, timedelta

from contratos.datas import somar_meses

Periodo = tuple[date, date]


def mes_de(dia: date) -> Periodo:
    """O mês inteiro em que o dia cai."""
    primeiro = dia.replace(day=1)
    return primeiro, somar_meses(primeiro, 1)


def dias(periodo: Periodo) -> int:
    """Quantos dias o período tem; zero se acaba antes de começar."""
    return max(0, (periodo[1] - periodo[0]).days)


def em_comum(um: Periodo, outro: Periodo) -> Periodo:
    """O que os dois períodos têm em comum; vazio, se nada."""
    inicio = max(um[0], outro[0])
    return inicio, max(inicio, min(um[1], outro[1]))


def dias_cobertos(periodo: Periodo, outros: Iterable[Periodo]) -> int:
    """Quantos dias do período algum dos outros cobre; os que se sobrepõem contam uma vez."""
    total, ate = 0, periodo[0]
    for inicio, fim in sorted(em_comum(periodo, outro) for outro in outros):
        inicio = max(inicio, ate)
        total += dias((inicio, fim))
        ate = max(ate, fim)
    return total


def vespera(dia: date) -> date:
    """O dia anterior: o último de um período que acaba em `dia`."""
    return dia - timedelta(1)
