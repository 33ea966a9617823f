"""Cancelar um contrato: efeito imediato, a dívida não impede, a multa se calcula e se explica.

Decreto 11.034/2022 (SAC), art. 15, e RGC (Res. Anatel 765/2023): o pedido vale na hora, ainda que haja
débito, e o cliente recebe o comprovante.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import F, Q, Value
from django.db.models.functions import Greatest

from clientes.enums import TipoDePessoa
from contratos.dinheiro import em_reais
from contratos.dominio.acerto import Acerto, acertar
from contratos.dominio.fidelidade import Fidelidade
from contratos.dominio.leituras import (
    debito_vencido,
    dias_suspensos,
    faturas_desde,
    periodos_sem_cobranca,
)
from contratos.dominio.periodos import mes_de
from contratos.dominio.recusas import exigir
from contratos.enums import (
    SituacaoDaFatura,
    SituacaoDoContrato,
    StatusDaConexao,
    TipoDeFaturamento,
)
from contratos.models import Cancelamento, Conexao, Contrato, Fatura, Parametros

ZERO = Decimal("0.00")
RETROAGE_DIAS = 30
VENCE_EM_DIAS = 10


@dataclass(frozen=True, slots=True)
class Conta:
    """O que o cancelamento custa se a cobrança para em `dia`; a mesma na prévia e no efeito."""

    dia: date
    hoje: date
    fidelidade: Fidelidade
    multa: Decimal
    dispensada: Decimal
    acerto: Acerto
    debito: Decimal

    @property
    def saldo(self) -> Decimal:
        """Positivo, o cliente paga na fatura final; negativo, recebe de volta. O débito anterior é à
        parte."""
        return self.multa + self.acerto.consumo - self.acerto.credito

    @property
    def memoria(self) -> str:
        """A conta por extenso."""
        linhas = [f"Multa: {self.fidelidade.formula(self.dia)}."]
        if self.dispensada:
            linhas.append(f"Multa dispensada: {em_reais(self.dispensada)}.")
        linhas += [f"{linha}." for linha in self.acerto.memoria]
        linhas.append(f"Saldo: {frase_do_saldo(self.saldo)}.")
        if self.debito:
            linhas.append(f"Débito anterior, que continua devido: {em_reais(self.debito)}.")
        return "\n".join(linhas)


def frase_do_saldo(saldo: Decimal) -> str:
    """A quem o saldo cabe."""
    if saldo > 0:
        return f"{em_reais(saldo)} a pagar na fatura final"
    return f"{em_reais(-saldo)} a devolver ao cliente" if saldo < 0 else "nada a pagar nem a devolver"


def impedimento_de_cancelar(contrato: Contrato) -> str | None:
    """Por que não se cancela, ou `None`. Débito nunca impede."""
    if contrato.situacao == SituacaoDoContrato.CANCELADO:
        return f"O contrato já foi cancelado em {contrato.cancelado_em:%d/%m/%Y}."
    if contrato.situacao == SituacaoDoContrato.ENCERRADO:
        return "O contrato já está encerrado."
    return None


def frase_do_dia(contrato: Contrato, dia: date, hoje: date) -> str | None:
    """Por que este não pode ser o dia do pedido, ou `None`."""
    if dia > hoje:
        return "O cancelamento tem efeito imediato: o dia do pedido é hoje ou antes."
    if (hoje - dia).days > RETROAGE_DIAS:
        return f"O pedido pode ser de até {RETROAGE_DIAS} dias atrás."
    if dia < contrato.vigencia_inicio:
        return f"O contrato começou em {contrato.vigencia_inicio:%d/%m/%Y}."
    return None


def fidelidade_de(contrato: Contrato, dia: date) -> Fidelidade:
    """A fidelidade como vale em `dia`, com os dias suspensos desde que começou."""
    if not contrato.fidelidade_meses:
        return Fidelidade(contrato.fidelidade_inicio, 0, contrato.fidelidade_beneficio)
    # O teto é do consumidor; empresas negociam o seu prazo.
    consumidor = contrato.cliente.tipo != TipoDePessoa.JURIDICA
    teto = Parametros.atuais().fidelidade_maxima_meses if consumidor else contrato.fidelidade_meses
    return fidelidade_com_teto(contrato, dia, teto)


def fidelidade_com_teto(contrato: Contrato, dia: date, teto: int) -> Fidelidade:
    """A fidelidade de no máximo `teto` meses, para quem já o leu."""
    meses = min(contrato.fidelidade_meses, teto)
    suspensos = dias_suspensos(contrato, (contrato.fidelidade_inicio, dia)) if meses else 0
    return Fidelidade(contrato.fidelidade_inicio, meses, contrato.fidelidade_beneficio, suspensos)


def calcular(contrato: Contrato, dia: date, hoje: date, *, dispensa: bool = False) -> Conta:
    """A conta do cancelamento pedido em `dia`. Não escreve."""
    fidelidade = fidelidade_de(contrato, dia)
    multa = fidelidade.multa(dia)
    return Conta(
        dia=dia,
        hoje=hoje,
        fidelidade=fidelidade,
        multa=ZERO if dispensa else multa,
        dispensada=multa if dispensa else ZERO,
        acerto=acerto_final(contrato, dia, hoje),
        debito=debito_vencido(contrato, hoje),
    )


def cancelar(
    contrato: Contrato, conta: Conta, *, por, protocolo: str, motivo: str, justificativa: str, em: datetime
) -> Cancelamento:
    """Cancela o contrato já trancado, com a conta feita por `calcular`. Levanta `NaoPode`."""
    exigir(impedimento_de_cancelar(contrato))
    encerrar_servicos(contrato, conta.dia)
    Fatura.objects.filter(pk__in=[troca.fatura.pk for troca in conta.acerto.trocas]).update(
        situacao=SituacaoDaFatura.CANCELADA
    )
    contrato.situacao = SituacaoDoContrato.CANCELADO
    contrato.cancelado_em = conta.dia
    contrato.vigencia_fim = conta.dia
    contrato.motivo_do_cancelamento = motivo
    contrato.save(update_fields=["situacao", "cancelado_em", "vigencia_fim", "motivo_do_cancelamento"])
    return Cancelamento.objects.create(
        contrato=contrato,
        pedido_em=em,
        efeito_em=conta.dia,
        motivo=motivo,
        multa=conta.multa,
        multa_dispensada=conta.dispensada,
        justificativa_da_dispensa=justificativa if conta.dispensada else "",
        beneficio=contrato.fidelidade_beneficio,
        consumo=conta.acerto.consumo,
        credito=conta.acerto.credito,
        debito_anterior=conta.debito,
        memoria=conta.memoria,
        fatura_final=fatura_final(contrato, conta.saldo, conta.dia, conta.hoje),
        protocolo=protocolo,
        registrado_por=por,
    )


def encerrar_servicos(contrato: Contrato, dia: date) -> None:
    """Tudo o que o contrato presta para em `dia`: serviços, etiquetas, conexões e suspensões."""
    correndo = contrato.servicos.filter(Q(fim__isnull=True) | Q(fim__gt=dia))
    correndo.update(fim=Greatest(F("inicio"), Value(dia)))
    Conexao.objects.filter(etiqueta__contrato=contrato).update(ativa=False, status=StatusDaConexao.BLOQUEADO)
    contrato.etiquetas.update(ativa=False)
    for suspensao in contrato.suspensoes.abertas():
        suspensao.fim = max(suspensao.inicio, dia) if suspensao.iniciada else dia
        suspensao.save(update_fields=["fim"])


def acerto_final(contrato: Contrato, dia: date, hoje: date) -> Acerto:
    """O acerto de um contrato cuja cobrança para de vez em `dia`."""
    if contrato.tipo_de_faturamento == TipoDeFaturamento.NAO_PREVE:
        return Acerto()
    return acertar(
        faturas_desde(contrato, dia),
        valor_mensal=contrato.valor,
        inicio=contrato.vigencia_inicio,
        para=(dia, date.max),
        hoje=hoje,
        sem_cobranca=periodos_sem_cobranca(contrato, dia),
    )


def fatura_final(contrato: Contrato, saldo: Decimal, dia: date, hoje: date) -> Fatura | None:
    """A última fatura de um contrato que acaba em `dia`; nenhuma, se nada se deve."""
    if saldo <= 0:
        return None
    return Fatura.objects.create(
        contrato=contrato,
        numero=f"RES-{contrato.pk}-{contrato.faturas.count() + 1}",
        competencia=mes_de(dia)[0],
        vencimento=hoje + timedelta(VENCE_EM_DIAS),
        valor=saldo,
    )
