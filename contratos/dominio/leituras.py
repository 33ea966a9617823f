"""O que os verbos leem de um contrato antes de decidir."""

from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.utils import timezone

from contratos.datas import somar_meses
from contratos.dominio.periodos import Periodo, dias_cobertos, mes_de
from contratos.enums import SituacaoDaFatura, SituacaoDoContrato
from contratos.models import Contrato, Fatura, Parametros


def debito_vencido(contrato: Contrato, hoje: date) -> Decimal:
    """A soma das faturas vencidas e não pagas."""
    vencidas = contrato.faturas.abertas().filter(vencimento__lt=hoje)
    return vencidas.aggregate(total=Sum("valor"))["total"] or Decimal("0.00")


def esta_adimplente(contrato: Contrato, hoje: date) -> bool:
    """Se não há fatura vencida; a contestada não conta enquanto não se responde."""
    return not contrato.faturas.abertas().filter(vencimento__lt=hoje, contestada=False).exists()


def faturas_desde(contrato: Contrato, dia: date) -> list[Fatura]:
    """As faturas do mês de `dia` e dos seguintes, que a parada da cobrança alcança."""
    return list(contrato.faturas.filter(competencia__gte=mes_de(dia)[0]))


def periodos_suspensos(contrato: Contrato) -> list[Periodo]:
    """As suspensões a pedido que começaram, cada uma até quando voltou ou vai voltar."""
    iniciadas = contrato.suspensoes.filter(iniciada=True).values_list("inicio", "fim", "volta_em")
    return [(inicio, fim or volta_em) for inicio, fim, volta_em in iniciadas]


def dias_suspensos(contrato: Contrato, periodo: Periodo) -> int:
    """Quantos dias do período o contrato esteve suspenso a pedido."""
    return dias_cobertos(periodo, periodos_suspensos(contrato))


def periodos_sem_cobranca(contrato: Contrato, ate: date) -> list[Periodo]:
    """Os períodos em que a mensalidade não corre, até `ate`.

    A suspensão a pedido nunca se cobra; o bloqueio por débito em curso, só se o parâmetro disser.
    """
    periodos = periodos_suspensos(contrato)
    bloqueado = contrato.situacao == SituacaoDoContrato.BLOQUEIO_FINANCEIRO
    if bloqueado and not Parametros.atuais().cobra_durante_suspensao:
        desde = timezone.localdate(contrato.situacao_desde)
        periodos.append((desde, max(desde, ate)))
    return periodos


def competencias_a_faturar(contrato: Contrato, hoje: date, quantas: int) -> tuple[date, ...]:
    """Os primeiros dias dos próximos meses ainda não faturados, do mais próximo em diante."""
    emitidas = contrato.faturas.exclude(situacao=SituacaoDaFatura.CANCELADA)
    ultima = emitidas.order_by("-competencia").values_list("competencia", flat=True).first()
    mes = mes_de(hoje)[0]
    if ultima and ultima >= mes:
        mes = somar_meses(ultima, 1)
    return tuple(somar_meses(mes, n) for n in range(quantas))
