"""Contas em reais: sempre `Decimal`, ao centavo, meio para cima."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from contratos.datas import Feriado, dia_util, sem_feriado

CENTAVO = Decimal("0.01")
MES_DE_JUROS = 30


def arredondar(valor: Decimal) -> Decimal:
    """Ao centavo; meio centavo afasta-se do zero."""
    return valor.quantize(CENTAVO, ROUND_HALF_UP)


def em_reais(valor: Decimal) -> str:
    """`R$ 1.234,50`."""
    inteiro = f"{abs(arredondar(valor)):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{'−' if valor < 0 else ''}R$ {inteiro}"


def percentual(valor: Decimal, por_cento: Decimal) -> Decimal:
    """Tantos por cento do valor, ao centavo."""
    return arredondar(valor * por_cento / 100)


def dividir(total: Decimal, partes: int) -> list[Decimal]:
    """`total` em partes que somam o todo e diferem no máximo um centavo; as maiores vêm primeiro.

    Levanta `ValueError` para menos de uma parte ou um total que não é um número inteiro de centavos.
    """
    if partes < 1:
        raise ValueError("Uma quantia se divide em ao menos uma parte.")
    if total != arredondar(total):
        raise ValueError("O total tem frações de centavo.")
    menor, sobra = divmod(int(total / CENTAVO), partes)
    return [(menor + (1 if parte < sobra else 0)) * CENTAVO for parte in range(partes)]


def pro_rata(mensal: Decimal, dias: int, dias_do_ciclo: int) -> Decimal:
    """A parte de uma mensalidade que cabe a `dias` de um ciclo de `dias_do_ciclo`; o sinal é o de `dias`."""
    if dias_do_ciclo < 1:
        raise ValueError("O ciclo tem ao menos um dia.")
    return arredondar(mensal * dias / dias_do_ciclo)


@dataclass(frozen=True, slots=True)
class Encargos:
    """O que o atraso acrescenta a uma fatura."""

    dias: int
    multa: Decimal
    juros: Decimal

    @property
    def total(self) -> Decimal:
        """Multa mais juros."""
        return self.multa + self.juros


def encargos(
    valor: Decimal,
    vencimento: date,
    quando: date,
    *,
    multa_percentual: Decimal,
    juros_percentual_ao_mes: Decimal,
    feriado: Feriado = sem_feriado,
) -> Encargos:
    """Multa, uma vez, e juros simples por dia de atraso (mês de 30 dias).

    O que vence em dia sem expediente bancário paga-se sem acréscimo no dia útil seguinte (Lei 7.089/1983);
    passado ele, os dias contam do vencimento.
    """
    if quando <= dia_util(vencimento, feriado):
        return Encargos(0, Decimal("0.00"), Decimal("0.00"))
    dias = (quando - vencimento).days
    juros = arredondar(valor * juros_percentual_ao_mes / 100 * dias / MES_DE_JUROS)
    return Encargos(dias, percentual(valor, multa_percentual), juros)
