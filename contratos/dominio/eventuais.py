"""Eventuais: descontos e ressarcimentos que entram na fatura de uma competência ainda não faturada."""

from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from contratos import datas, dinheiro
from contratos.dominio.recusas import NaoPode
from contratos.enums import SituacaoDaFatura, SituacaoDoContrato, TipoDeEventual
from contratos.models import Contrato, Eventual, Parametros

COBRADAS = (SituacaoDoContrato.NORMAL, SituacaoDoContrato.BLOQUEIO_FINANCEIRO, SituacaoDoContrato.SUSPENSO)


def nao_cobra(contrato: Contrato) -> str | None:
    """A frase de que o contrato não terá fatura em que lançar, ou `None`."""
    if contrato.situacao in COBRADAS and contrato.valor:
        return None
    return f"O contrato está em {contrato.get_situacao_display()} e não terá fatura em que lançar."


def competencias_livres(contrato: Contrato, hoje: date, quantas: int = 3) -> list[date]:
    """As próximas competências ainda não faturadas, a partir da de hoje."""
    mes = datas.competencia(hoje)
    possiveis = [datas.somar_meses(mes, n) for n in range(quantas + 12)]
    emitidas = contrato.faturas.filter(competencia__in=possiveis, parcela_de__isnull=True)
    faturadas = set(
        emitidas.exclude(situacao=SituacaoDaFatura.CANCELADA).values_list("competencia", flat=True)
    )
    return [mes for mes in possiveis if mes not in faturadas][:quantas]


def cabe_descontar(contrato: Contrato, competencia: date) -> Decimal:
    """Quanto ainda se pode descontar na competência sem que a fatura fique negativa."""
    lancados = contrato.eventuais.filter(competencia=competencia, tipo=TipoDeEventual.DESCONTO)
    return contrato.valor - (lancados.aggregate(total=Sum("valor"))["total"] or Decimal(0))


def frase_da_indisponibilidade(inicio: datetime, fim: datetime, agora: datetime) -> str | None:
    """Por que o período sem serviço não gera ressarcimento, ou `None`."""
    minimo = Parametros.atuais().ressarcimento_minutos
    if fim <= inicio:
        return "O fim vem depois do começo."
    if fim > agora:
        return "A indisponibilidade já terminou: o fim não pode ser no futuro."
    if minutos_entre(inicio, fim) < minimo:
        return f"Menos de {minimo} minutos sem serviço não geram ressarcimento."
    return None


def minutos_entre(inicio: datetime, fim: datetime) -> int:
    """Os minutos completos sem serviço."""
    return int((fim - inicio).total_seconds() // 60)


def ressarcimento(mensal: Decimal, inicio: datetime, fim: datetime) -> Decimal:
    """A parte da mensalidade do mês em que o serviço parou, por minuto, e nunca mais do que ela."""
    mes = timezone.localdate(inicio)
    do_mes = monthrange(mes.year, mes.month)[1] * 24 * 60
    return dinheiro.pro_rata(mensal, min(minutos_entre(inicio, fim), do_mes), do_mes)


def descontar(
    contrato: Contrato, *, motivo: str, valor: Decimal, competencia: date, descricao: str, por, protocolo: str
) -> Eventual:
    """Lança o desconto no contrato trancado. Levanta `NaoPode`."""
    if competencia not in competencias_livres(contrato, timezone.localdate(), 12):
        raise NaoPode("A competência já foi faturada: escolha outra.", campo="competencia")
    if valor <= 0:
        raise NaoPode("O desconto é de ao menos um centavo.", campo="valor")
    if valor > (cabe := cabe_descontar(contrato, competencia)):
        em = f"{competencia:%m/%Y}"
        raise NaoPode(f"Em {em} cabe no máximo {dinheiro.em_reais(cabe)} de desconto.", campo="valor")
    return Eventual.objects.create(
        contrato=contrato, tipo=TipoDeEventual.DESCONTO, motivo=motivo, valor=valor, competencia=competencia,
        descricao=descricao[:300], usuario=por, protocolo=protocolo,
    )  # fmt: skip
