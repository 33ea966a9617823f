"""Mudar o dia de vencimento, com o proporcional dos dias que a primeira fatura ganha ou perde."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Max
from django.utils import timezone

from contratos import datas, dinheiro
from contratos.dominio import debitos
from contratos.dominio.recusas import exigir
from contratos.enums import (
    MotivoDoEventual,
    SituacaoDaFatura,
    SituacaoDoContrato,
    TipoDeEventual,
    TipoDeFaturamento,
)
from contratos.models import Contrato, Eventual, Parametros

ANO = timedelta(days=365)
EVENTO = "alteracao-de-vencimento"


@dataclass(frozen=True, slots=True)
class Plano:
    """O que a mudança faria: quando vence a primeira no dia novo e o que os dias de diferença valem."""

    dia: int
    antes: date
    primeiro: date
    dias: int
    valor: Decimal

    @property
    def competencia(self) -> date:
        """Em que fatura o proporcional entra."""
        return datas.competencia(self.primeiro)


def impedimento_de_alterar(contrato: Contrato, hoje: date) -> str | None:
    """Por que o dia não muda agora, ou `None`."""
    if contrato.situacao != SituacaoDoContrato.NORMAL:
        return f"O vencimento só muda num contrato Normal; este está em {contrato.get_situacao_display()}."
    parametros = Parametros.atuais()
    if not parametros.vencimento_com_debito and debitos.vencidas_de(contrato, hoje):
        return "Há fatura vencida: o vencimento só muda com as contas em dia."
    feitas = contrato.eventos.filter(tipo__codigo=EVENTO, ocorrido_em__gt=timezone.now() - ANO).count()
    if feitas >= parametros.vencimento_alteracoes_por_ano:
        return f"O vencimento já mudou {feitas} vez(es) em doze meses, e é o máximo."
    return None


def planejar(contrato: Contrato, dia: int, hoje: date) -> Plano:
    """O que a mudança para `dia` faria. Não escreve.

    As faturas já emitidas ficam como estão; a primeira no dia novo é a seguinte. O ciclo tem os dias que tem
    (28 a 31), e quem paga mais dias paga a mais, na mesma proporção em que quem paga menos paga a menos.
    """
    emitidas = contrato.faturas.exclude(situacao=SituacaoDaFatura.CANCELADA)
    ultimo = emitidas.aggregate(ultimo=Max("vencimento"))["ultimo"]
    base = max(ultimo, hoje) if ultimo else hoje
    antes = datas.vencimento_apos(base, contrato.dia_vencimento)
    primeiro = datas.dia_do_mes(antes.year, antes.month, dia)
    if primeiro <= base:
        primeiro = datas.somar_meses(primeiro, 1, dia)
    dias = (primeiro - antes).days
    ciclo = (antes - datas.somar_meses(antes, -1, contrato.dia_vencimento)).days
    cobra = contrato.tipo_de_faturamento != TipoDeFaturamento.NAO_PREVE
    valor = dinheiro.pro_rata(contrato.valor, dias, ciclo) if cobra else Decimal("0.00")
    return Plano(dia, antes, primeiro, dias, valor)


def alterar(contrato: Contrato, plano: Plano, *, por, protocolo: str) -> None:
    """Muda o dia do contrato trancado e lança o proporcional. Levanta `NaoPode`."""
    exigir(impedimento_de_alterar(contrato, timezone.localdate()))
    if plano.dia == contrato.dia_vencimento:
        exigir("O contrato já vence neste dia.", campo="dia")
    antigo, contrato.dia_vencimento = contrato.dia_vencimento, plano.dia
    contrato.save(update_fields=["dia_vencimento", "atualizado_em"])
    if plano.valor:
        Eventual.objects.create(
            contrato=contrato,
            tipo=TipoDeEventual.ACRESCIMO if plano.valor > 0 else TipoDeEventual.DESCONTO,
            motivo=MotivoDoEventual.PROPORCIONAL,
            valor=abs(plano.valor),
            competencia=plano.competencia,
            descricao=f"Proporcional de {abs(plano.dias)} dia(s): vencimento de {antigo} para {plano.dia}",
            usuario=por,
            protocolo=protocolo,
        )  # fmt: skip
