"""O que um contrato deve e o que a lei deixa fazer com isso: é o que telas, ações e rotinas leem."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cache

import holidays
from django.db.models import Exists, Min, OuterRef, QuerySet, Subquery
from django.utils import timezone

from contratos import dinheiro
from contratos.enums import SituacaoDaFatura
from contratos.models import Contrato, Fatura, InformeDePagamento, NotificacaoDeDebito, Parametros
from contratos.relogio_legal import Debito, Prazos, por_que_nao_suspende, suspender_em


@dataclass(frozen=True, slots=True)
class Divida:
    """Uma fatura vencida com o que o atraso lhe acrescentou até o dia em que se leu."""

    fatura: Fatura
    encargos: dinheiro.Encargos

    @property
    def total(self) -> Decimal:
        """Valor, multa e juros."""
        return self.fatura.valor + self.encargos.total


def prazos_de(parametros: Parametros) -> Prazos:
    """Os números do relógio legal."""
    return Prazos(
        parametros.dias_ate_notificar,
        parametros.dias_do_aviso_a_suspensao,
        parametros.dias_da_suspensao_a_rescisao,
    )


def com_relogio(faturas: QuerySet[Fatura]) -> QuerySet[Fatura]:
    """As faturas com o primeiro aviso entregue e o informe de pagamento que ainda as segura."""
    avisos = NotificacaoDeDebito.objects.filter(fatura=OuterRef("pk"), entregue_em__isnull=False)
    informes = InformeDePagamento.objects.filter(fatura=OuterRef("pk"), encerrado_em__isnull=True)
    primeiro = avisos.order_by().values("fatura").annotate(em=Min("entregue_em")).values("em")
    return faturas.annotate(
        avisado_em=Subquery(primeiro), informado_ate=Subquery(informes.values("vale_ate")[:1])
    )


def debito_de(fatura: Fatura) -> Debito:
    """A fatura, lida por `com_relogio`, como o relógio legal a vê."""
    return Debito(
        fatura.numero,
        fatura.vencimento,
        fatura.avisado_em and timezone.localtime(fatura.avisado_em),
        fatura.contestada,
        fatura.informado_ate,
    )


def abertas_de(contrato: Contrato) -> list[Fatura]:
    """As faturas em aberto, da mais antiga à mais nova. Lê uma vez por objeto: o menu pergunta muitas vezes.

    Depois da trava o executor relê o contrato, e com ele isto.
    """
    if "_abertas" not in contrato.__dict__:
        faturas = com_relogio(contrato.faturas.abertas()).order_by("vencimento", "id")
        contrato.__dict__["_abertas"] = list(faturas)
    return contrato.__dict__["_abertas"]


def vencidas_de(contrato: Contrato, hoje: date | None = None) -> list[Fatura]:
    """As que passaram do vencimento."""
    hoje = hoje or timezone.localdate()
    return [fatura for fatura in abertas_de(contrato) if fatura.vencimento < hoje]


def suspendem(contrato: Contrato, agora: datetime | None = None) -> list[Fatura]:
    """As faturas que, agora, deixam suspender o serviço por débito; relê o banco."""
    agora = agora or timezone.now()
    prazos = prazos_de(Parametros.atuais())
    hoje = timezone.localdate(agora)
    faturas = com_relogio(contrato.faturas.abertas().filter(vencimento__lt=hoje)).order_by("vencimento", "id")
    return [f for f in faturas if por_que_nao_suspende(debito_de(f), agora, hoje, prazos) is None]


def candidatas_a_suspender(agora: datetime) -> QuerySet[Fatura]:
    """As faturas cujo aviso já cumpriu o prazo, sem contestação e sem informe de pagamento a esperar."""
    limite = agora - timedelta(days=Parametros.atuais().dias_do_aviso_a_suspensao)
    vencidas = Fatura.objects.abertas().filter(contestada=False, vencimento__lt=timezone.localdate(agora))
    avisos = NotificacaoDeDebito.objects.filter(fatura=OuterRef("pk"), entregue_em__lte=limite)
    informes = InformeDePagamento.objects.filter(
        fatura=OuterRef("pk"), encerrado_em__isnull=True, vale_ate__gt=agora
    )
    return vencidas.filter(Exists(avisos), ~Exists(informes))


def prazo_de_suspensao(fatura: Fatura) -> datetime | None:
    """Quando a suspensão por esta fatura passa a ser lícita; `None` sem aviso entregue."""
    if fatura.avisado_em is None:
        return None
    return suspender_em(fatura.avisado_em, prazos_de(Parametros.atuais()))


def dividas(faturas: Iterable[Fatura], quando: date) -> list[Divida]:
    """As faturas com multa e juros até `quando`, pelos parâmetros da casa."""
    parametros = Parametros.atuais()
    return [Divida(fatura, encargos_de(fatura, quando, parametros)) for fatura in faturas]


def encargos_de(fatura: Fatura, quando: date, parametros: Parametros | None = None) -> dinheiro.Encargos:
    """Multa e juros de uma fatura paga em `quando`; nenhum sobre a que já não está em aberto."""
    parametros = parametros or Parametros.atuais()
    aberta = fatura.situacao == SituacaoDaFatura.ABERTA
    return dinheiro.encargos(
        fatura.valor if aberta else Decimal(0),
        fatura.vencimento,
        quando,
        multa_percentual=parametros.multa_percentual,
        juros_percentual_ao_mes=parametros.juros_percentual_ao_mes,
        feriado=_feriados().__contains__,
    )


@cache
def _feriados() -> holidays.HolidayBase:
    """Os feriados nacionais, em que não há expediente bancário."""
    return holidays.country_holidays("BR", language="pt_BR")
