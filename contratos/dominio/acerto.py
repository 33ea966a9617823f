"""O acerto de contas quando a cobrança para num dia: o que ainda se deve e o que já se cobrou a mais.

A regra é uma só, para cancelar (para de vez) e para suspender (para até a volta): cobram-se só os dias
com serviço, e o dia em que ele para já não acerto. Uma fatura que ainda não venceu se troca pela
proporcional; a que já venceu ou se pagou fica como está, e o que ela cobrou de dias sem serviço é crédito.
Não lê o banco.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from contratos.dinheiro import em_reais, pro_rata
from contratos.dominio.periodos import Periodo, dias, dias_cobertos, em_comum, mes_de, vespera
from contratos.enums import SituacaoDaFatura
from contratos.models import Fatura

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Troca:
    """Uma fatura aberta que a proporcional substitui, e quanto esta cobra (pode ser nada)."""

    fatura: Fatura
    devido: Decimal


@dataclass(slots=True)
class Acerto:
    """Em reais: `nao_faturado` são os dias usados de que ainda não saiu fatura; `credito`, o já cobrado a
    mais.

    `memoria` é a conta por extenso, uma linha por fatura.
    """

    nao_faturado: Decimal = ZERO
    credito: Decimal = ZERO
    trocas: list[Troca] = field(default_factory=list)
    memoria: list[str] = field(default_factory=list)

    @property
    def consumo(self) -> Decimal:
        """Os dias usados e ainda não pagos: os das faturas trocadas e os que ainda não se faturaram."""
        return sum((troca.devido for troca in self.trocas), self.nao_faturado)


def acertar(
    faturas: Iterable[Fatura], *, valor_mensal: Decimal, inicio: date, para: Periodo, hoje: date,
    sem_cobranca: Iterable[Periodo] = (),
) -> Acerto:  # fmt: skip
    """O acerto de um contrato que começou em `inicio` e cuja cobrança não corre no período `para`.

    `faturas` são as do mês em que para e dos seguintes; `hoje` diz o que já venceu. Se a do mês ainda não
    saiu,
    os dias usados se contam sobre `valor_mensal`. `sem_cobranca` são outros períodos que não se cobram.
    """
    parados = [*sem_cobranca, para]
    acerto = Acerto()
    mes_emitido = False
    for fatura in sorted(faturas, key=lambda f: (f.competencia, f.numero)):
        mes = mes_de(fatura.competencia)
        fora = not dias(em_comum(mes, para))
        if fora or fatura.situacao not in (SituacaoDaFatura.ABERTA, SituacaoDaFatura.PAGA):
            continue
        mes_emitido = mes_emitido or mes == mes_de(para[0])
        _acertar_fatura(acerto, fatura, mes, _usados(mes, inicio, parados), hoje)
    if not mes_emitido:
        mes = mes_de(para[0])
        usados = _usados((mes[0], em_comum(mes, para)[0]), inicio, parados)
        _cobrar(acerto, valor_mensal, mes, usados, para[0])
    return acerto


def proporcional(valor: Decimal, usados: int, mes: Periodo) -> Decimal:
    """A parte do valor de um mês que cabe a tantos dias dele."""
    return pro_rata(valor, min(usados, dias(mes)), dias(mes))


def valor_do_mes(valor: Decimal, mes: Periodo, sem_cobranca: Iterable[Periodo]) -> Decimal:
    """Quanto cobra a fatura de um mês em parte do qual a cobrança não corre."""
    return proporcional(valor, dias(mes) - dias_cobertos(mes, sem_cobranca), mes)


def _usados(periodo: Periodo, inicio: date, parados: list[Periodo]) -> int:
    servido = em_comum(periodo, (inicio, date.max))
    return dias(servido) - dias_cobertos(servido, parados)


def _acertar_fatura(acerto: Acerto, fatura: Fatura, mes: Periodo, usados: int, hoje: date) -> None:
    devido = proporcional(fatura.valor, usados, mes)
    if fatura.situacao == SituacaoDaFatura.ABERTA and fatura.vencimento >= hoje:
        acerto.trocas.append(Troca(fatura, devido))
        acerto.memoria.append(
            f"Fatura {fatura.numero} ({em_reais(fatura.valor)}, ainda não venceu): fica sem efeito; "
            f"{_dias_de(usados, mes)} = {em_reais(devido)}"
        )
        return
    sobra = fatura.valor - devido
    acerto.credito += sobra
    como = "paga" if fatura.situacao == SituacaoDaFatura.PAGA else "vencida"
    acerto.memoria.append(
        f"Fatura {fatura.numero} ({em_reais(fatura.valor)}, {como}): {_dias_de(usados, mes)} = "
        f"{em_reais(devido)}; crédito de {em_reais(sobra)}"
    )


def _cobrar(acerto: Acerto, valor: Decimal, mes: Periodo, usados: int, dia: date) -> None:
    devido = proporcional(valor, usados, mes)
    if not devido:
        return
    acerto.nao_faturado += devido
    acerto.memoria.append(
        f"Uso de {mes[0]:%d/%m/%Y} a {vespera(dia):%d/%m/%Y}, ainda não cobrado: {em_reais(valor)} × "
        f"{_dias_de(usados, mes)} = {em_reais(devido)}"
    )


def _dias_de(usados: int, mes: Periodo) -> str:
    return f"{usados} de {dias(mes)} dias"
