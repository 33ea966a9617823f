"""Renegociar: faturas vencidas viram uma entrada e parcelas, ao centavo."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from contratos import datas, dinheiro
from contratos.dominio import debitos, desbloqueio, situacao
from contratos.dominio.recusas import NaoPode
from contratos.enums import SituacaoDaFatura
from contratos.models import Acordo, Contrato, Fatura

PARCELA_MINIMA = Decimal("5.00")


@dataclass(frozen=True, slots=True)
class Parcela:
    """Uma das novas faturas; a de número 0 é a entrada."""

    numero: int
    vencimento: date
    valor: Decimal


@dataclass(frozen=True, slots=True)
class Proposta:
    """A conta de um acordo: divida − desconto = entrada + parcelas."""

    dividas: Sequence[debitos.Divida]
    desconto: Decimal
    parcelas: Sequence[Parcela]

    @property
    def divida(self) -> Decimal:
        """Valor, multa e juros das faturas renegociadas."""
        return sum((divida.total for divida in self.dividas), Decimal("0.00"))

    @property
    def total(self) -> Decimal:
        """O que o cliente passa a dever."""
        return self.divida - self.desconto


def renegociaveis(contrato: Contrato, hoje: date) -> list[Fatura]:
    """As vencidas que podem entrar num acordo: nem contestadas, nem com pagamento informado."""
    vencidas = debitos.vencidas_de(contrato, hoje)
    return [fatura for fatura in vencidas if not fatura.contestada and fatura.informado_ate is None]


def propor(
    faturas: Sequence[Fatura], hoje: date, *, desconto_percentual: Decimal, entrada: Decimal, parcelas: int,
    primeiro_vencimento: date,
) -> Proposta:  # fmt: skip
    """A conta do acordo feito em `hoje`. Não escreve. Levanta `NaoPode` no campo que não serve."""
    dividas = debitos.dividas(faturas, hoje)
    total = sum((divida.total for divida in dividas), Decimal("0.00"))
    desconto = dinheiro.percentual(total, desconto_percentual)
    a_pagar = total - desconto
    if entrada > a_pagar:
        raise NaoPode(f"A entrada passa do total, {dinheiro.em_reais(a_pagar)}.", campo="entrada")
    if primeiro_vencimento < hoje:
        raise NaoPode("O primeiro vencimento é de hoje em diante.", campo="primeiro_vencimento")
    resto = a_pagar - entrada
    if resto and resto / parcelas < PARCELA_MINIMA:
        minima = dinheiro.em_reais(PARCELA_MINIMA)
        raise NaoPode(f"Cada parcela tem ao menos {minima}: use menos parcelas.", campo="parcelas")
    novas = [Parcela(0, hoje, entrada)] if entrada else []
    valores = dinheiro.dividir(resto, parcelas) if resto else []
    dia = primeiro_vencimento.day
    novas += [
        Parcela(n, datas.somar_meses(primeiro_vencimento, n - 1, dia), valor)
        for n, valor in enumerate(valores, 1)
    ]
    return Proposta(dividas, desconto, novas)


def renegociar(contrato: Contrato, proposta: Proposta, *, por, protocolo: str) -> Acordo:
    """Troca as faturas do contrato trancado pelas do acordo, e libera o serviço se nada mais o bloqueia.

    Levanta `NaoPode` se uma delas deixou de se poder renegociar desde que a proposta se fez.
    """
    ids = [divida.fatura.pk for divida in proposta.dividas]
    trancadas = Fatura.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=ids).order_by("pk")
    livres = {fatura.pk for fatura in renegociaveis(contrato, timezone.localdate())}
    if any(f.situacao != SituacaoDaFatura.ABERTA or f.pk not in livres for f in trancadas):
        raise NaoPode("Uma das faturas já não se pode renegociar.", campo="faturas")
    acordo = Acordo.objects.create(
        contrato=contrato, divida=proposta.divida, desconto=proposta.desconto,
        entrada=sum((p.valor for p in proposta.parcelas if p.numero == 0), Decimal("0.00")),
        parcelas=sum(p.numero > 0 for p in proposta.parcelas), usuario=por, protocolo=protocolo,
    )  # fmt: skip
    Fatura.objects.filter(pk__in=ids).update(situacao=SituacaoDaFatura.RENEGOCIADA, acordo=acordo)
    Fatura.objects.bulk_create(_fatura(contrato, acordo, parcela) for parcela in proposta.parcelas)
    if contrato.situacao == situacao.BLOQUEIO and not debitos.suspendem(contrato):
        desbloqueio.superar(contrato)
        situacao.liberar(contrato)
    return acordo


def libera(contrato: Contrato, faturas: Sequence[Fatura]) -> bool:
    """Se renegociar estas faturas tira o contrato do bloqueio."""
    renegociadas = {fatura.pk for fatura in faturas}
    return contrato.situacao == situacao.BLOQUEIO and all(
        fatura.pk in renegociadas for fatura in debitos.suspendem(contrato)
    )


def _fatura(contrato: Contrato, acordo: Acordo, parcela: Parcela) -> Fatura:
    return Fatura(
        contrato=contrato,
        numero=f"A{acordo.pk:06d}-{parcela.numero:02d}",
        competencia=datas.competencia(parcela.vencimento),
        vencimento=parcela.vencimento,
        valor=parcela.valor,
        parcela_de=acordo,
    )
