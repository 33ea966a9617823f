"""O pagamento que o cliente diz ter feito: segura o bloqueio por umas horas, até a baixa."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from contratos.dominio.recusas import NaoPode
from contratos.enums import DesfechoDoInforme, SituacaoDaFatura
from contratos.models import Fatura, InformeDePagamento, Parametros

PAGAMENTO_ANTIGO_DIAS = 60


def informaveis(faturas: list[Fatura]) -> list[Fatura]:
    """Das faturas em aberto lidas com o relógio, as que ainda não têm um informe à espera."""
    return [fatura for fatura in faturas if fatura.informado_ate is None]


def frase_do_dia(pago_em: date, hoje: date) -> str | None:
    """Por que o dia informado não serve, ou `None`."""
    if pago_em > hoje:
        return "O pagamento informado não pode ser de um dia que ainda não chegou."
    if pago_em < hoje - timedelta(days=PAGAMENTO_ANTIGO_DIAS):
        return f"Um pagamento de mais de {PAGAMENTO_ANTIGO_DIAS} dias se trata como contestação."
    return None


def vale_ate(agora: datetime) -> datetime:
    """Até quando um informe feito agora segura o bloqueio."""
    return agora + timedelta(hours=Parametros.atuais().informe_horas)


def informar(
    fatura: Fatura, *, pago_em: date, valor: Decimal, meio: str, referencia: str, por, protocolo: str
) -> InformeDePagamento:
    """Guarda o informe da fatura, com o contrato trancado. Levanta `NaoPode`."""
    atual = Fatura.objects.select_for_update(of=("self",), no_key=True).get(pk=fatura.pk)
    if atual.situacao != SituacaoDaFatura.ABERTA:
        raise NaoPode(f"A fatura {atual.numero} já não está em aberto.", campo="fatura")
    if atual.informes.filter(encerrado_em__isnull=True).exists():
        raise NaoPode(f"O pagamento da fatura {atual.numero} já foi informado.", campo="fatura")
    if frase := frase_do_dia(pago_em, timezone.localdate()):
        raise NaoPode(frase, campo="pago_em")
    agora = timezone.now()
    return InformeDePagamento.objects.create(
        fatura=atual, pago_em=pago_em, valor=valor, meio=meio, referencia=referencia,
        vale_ate=vale_ate(agora),
        criado_em=agora, usuario=por, protocolo=protocolo,
    )  # fmt: skip


def encerrar_vencido(informe: InformeDePagamento) -> None:
    """O prazo do informe passou: confirma-se se a fatura foi baixada nesse meio-tempo."""
    paga = informe.fatura.situacao == SituacaoDaFatura.PAGA
    informe.desfecho = DesfechoDoInforme.CONFIRMADO if paga else DesfechoDoInforme.NAO_CONFIRMADO
    informe.encerrado_em = informe.vale_ate
    informe.save(update_fields=["desfecho", "encerrado_em"])
