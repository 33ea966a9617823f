"""Suspender a pedido do cliente, e voltar: no dia marcado, antes dele se o cliente quiser.

RGC (Res. Anatel 765/2023): cliente adimplente, de 30 a 120 dias, uma vez a cada doze meses, sem custo; a
fidelidade não corre. Os números são os de `Parametros`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from contratos.datas import somar_meses
from contratos.dominio.acerto import Acerto, Troca, acertar, proporcional, valor_do_mes
from contratos.dominio.leituras import (
    competencias_a_faturar,
    esta_adimplente,
    faturas_desde,
    periodos_suspensos,
)
from contratos.dominio.periodos import dias as dias_de
from contratos.dominio.periodos import em_comum, mes_de, vespera
from contratos.dominio.recusas import exigir
from contratos.enums import (
    MotivoDoEventual,
    ObjetivoDoEvento,
    SituacaoDaFatura,
    SituacaoDoContrato,
    StatusDaConexao,
    TipoDeEventual,
    TipoDeFaturamento,
)
from contratos.models import Conexao, Contrato, Eventual, Fatura, Parametros, Suspensao

COMECA_EM_ATE = 60


@dataclass(frozen=True, slots=True)
class Plano:
    """O que a suspensão faria: os dias e o acerto das faturas do período."""

    inicio: date
    volta_em: date
    acerto: Acerto
    mensalidade: Decimal

    @property
    def credito_em(self) -> date:
        """A competência em que o crédito se abate: a do mês da volta."""
        return mes_de(self.volta_em)[0]

    @property
    def primeira_fatura(self) -> Decimal:
        """Quanto cobra a fatura do mês da volta."""
        return valor_do_mes(self.mensalidade, mes_de(self.volta_em), [(self.inicio, self.volta_em)])

    @property
    def dias(self) -> int:
        """Quantos dias sem serviço."""
        return (self.volta_em - self.inicio).days


def impedimento_de_suspender(contrato: Contrato, hoje: date) -> str | None:
    """Por que o cliente não pode suspender agora, ou `None`."""
    if contrato.situacao != SituacaoDoContrato.NORMAL:
        situacao = contrato.get_situacao_display()
        return f"Só um contrato com situação Normal se suspende a pedido; este está em {situacao}."
    if marcada := contrato.suspensoes.abertas().first():
        return f"Já há uma suspensão marcada para {marcada.inicio:%d/%m/%Y}."
    if not esta_adimplente(contrato, hoje):
        return "Há fatura vencida: a suspensão a pedido exige estar em dia."
    parametros = Parametros.atuais()
    ultima = ultima_suspensao(contrato)
    if ultima is None:
        return None
    liberada = somar_meses(ultima, parametros.suspensao_intervalo_meses)
    if hoje < liberada:
        return (
            f"Já suspendeu a pedido em {ultima:%d/%m/%Y}: é uma vez a cada "
            f"{parametros.suspensao_intervalo_meses} meses, e a próxima pode ser a partir de "
            f"{liberada:%d/%m/%Y}."
        )
    return None


def ultima_suspensao(contrato: Contrato) -> date | None:
    """O dia em que a última suspensão a pedido começou, registrada aqui ou só pelo evento importado."""
    registrada = contrato.suspensoes.filter(iniciada=True).values_list("inicio", flat=True).first()
    evento = (
        contrato.eventos.filter(tipo__objetivo=ObjetivoDoEvento.SUSPENSAO)
        .order_by("-ocorrido_em")
        .values_list("ocorrido_em", flat=True)
        .first()
    )
    dias = [registrada, evento and timezone.localdate(evento)]
    return max((dia for dia in dias if dia), default=None)


def frase_do_inicio(inicio: date, hoje: date) -> str | None:
    """Por que a suspensão não pode começar neste dia, ou `None`."""
    if not hoje <= inicio <= hoje + timedelta(COMECA_EM_ATE):
        return f"A suspensão começa hoje ou nos próximos {COMECA_EM_ATE} dias."
    return None


def frase_dos_dias(dias: int) -> str | None:
    """Por que a suspensão não pode durar tanto, ou `None`."""
    p = Parametros.atuais()
    if not p.suspensao_minima_dias <= dias <= p.suspensao_maxima_dias:
        return f"A suspensão a pedido vai de {p.suspensao_minima_dias} a {p.suspensao_maxima_dias} dias."
    return None


def planejar(contrato: Contrato, inicio: date, dias: int, hoje: date) -> Plano:
    """O que a suspensão faria com as faturas já emitidas. Não escreve."""
    volta_em = inicio + timedelta(dias)
    if contrato.tipo_de_faturamento == TipoDeFaturamento.NAO_PREVE:
        return Plano(inicio, volta_em, Acerto(), Decimal(0))
    acerto = acertar(
        faturas_desde(contrato, inicio),
        valor_mensal=contrato.valor,
        inicio=contrato.vigencia_inicio,
        para=(inicio, volta_em),
        hoje=hoje,
        sem_cobranca=periodos_suspensos(contrato),
    )
    return Plano(inicio, volta_em, acerto, contrato.valor)


def marcar(contrato: Contrato, plano: Plano, *, hoje: date, motivo: str, protocolo: str, por) -> Suspensao:
    """Registra o pedido e, se é para hoje, já suspende. Levanta `NaoPode`."""
    exigir(impedimento_de_suspender(contrato, hoje))
    exigir(frase_do_inicio(plano.inicio, hoje), campo="inicio")
    exigir(frase_dos_dias(plano.dias), campo="dias")
    suspensao = Suspensao.objects.create(
        contrato=contrato, inicio=plano.inicio, volta_em=plano.volta_em, motivo=motivo, protocolo=protocolo,
        registrada_por=por,
    )  # fmt: skip
    if plano.inicio == hoje:
        comecar(contrato, suspensao, hoje, por=por)
    return suspensao


def comecar(contrato: Contrato, suspensao: Suspensao, hoje: date, *, por=None) -> None:
    """Para o serviço no dia marcado e acerta as faturas já emitidas."""
    dias = (suspensao.volta_em - suspensao.inicio).days
    _acertar_faturas(contrato, planejar(contrato, suspensao.inicio, dias, hoje), por, suspensao.protocolo)
    suspensao.iniciada = True
    suspensao.save(update_fields=["iniciada"])
    _situar(contrato, SituacaoDoContrato.SUSPENSO, StatusDaConexao.BLOQUEADO)


def voltar(contrato: Contrato, suspensao: Suspensao, dia: date, *, por=None) -> None:
    """Devolve o serviço a partir de `dia`; a que não começou apenas se desfaz."""
    comecou = suspensao.iniciada
    if comecou and (valor := acrescimo_da_volta(contrato, suspensao, dia)):
        [mes] = competencias_a_faturar(contrato, dia, 1)
        Eventual.objects.create(
            contrato=contrato, tipo=TipoDeEventual.ACRESCIMO, motivo=MotivoDoEventual.PROPORCIONAL,
            valor=valor,
            competencia=mes, usuario=por, protocolo=suspensao.protocolo,
            descricao=f"Volta antes do dia: uso de {dia:%d/%m/%Y} a {vespera(suspensao.volta_em):%d/%m/%Y}",
        )  # fmt: skip
    suspensao.fim = dia
    suspensao.save(update_fields=["fim"])
    if comecou and contrato.situacao == SituacaoDoContrato.SUSPENSO:
        _situar(contrato, SituacaoDoContrato.NORMAL, StatusDaConexao.NORMAL)


def acrescimo_da_volta(contrato: Contrato, suspensao: Suspensao, dia: date) -> Decimal:
    """O uso dos dias que a volta adianta, nos meses cuja fatura já saiu sem eles.

    Os meses ainda não faturados saem certos por si: o que não se cobra é o que a suspensão de fato durou.
    """
    total, mes = Decimal("0.00"), mes_de(dia)
    while mes[0] < suspensao.volta_em:
        if contrato.faturas.filter(competencia=mes[0]).exists():
            adiantados = dias_de(em_comum(mes, (dia, suspensao.volta_em)))
            total += proporcional(contrato.valor, adiantados, mes)
        mes = mes_de(mes[1])
    return total


def _situar(contrato: Contrato, situacao: SituacaoDoContrato, status: StatusDaConexao) -> None:
    contrato.situacao = situacao
    contrato.save(update_fields=["situacao"])
    Conexao.objects.filter(etiqueta__contrato=contrato, ativa=True).update(status=status)


def _acertar_faturas(contrato: Contrato, plano: Plano, por, protocolo: str) -> None:
    """Troca as faturas ainda não vencidas e guarda o crédito para a primeira depois da volta."""
    for troca in plano.acerto.trocas:
        trocar_fatura(troca)
    if plano.acerto.credito:
        Eventual.objects.create(
            contrato=contrato, tipo=TipoDeEventual.DESCONTO, motivo=MotivoDoEventual.PROPORCIONAL,
            valor=plano.acerto.credito, competencia=plano.credito_em, usuario=por, protocolo=protocolo,
            descricao=f"Dias pagos e não usados: suspensão a pedido em {plano.inicio:%d/%m/%Y}",
        )  # fmt: skip


def trocar_fatura(troca: Troca) -> None:
    """Anula a fatura e, se algo se deve, emite a proporcional com o mesmo vencimento."""
    velha = troca.fatura
    Fatura.objects.filter(pk=velha.pk).update(situacao=SituacaoDaFatura.CANCELADA)
    if troca.devido:
        Fatura.objects.create(
            contrato_id=velha.contrato_id, numero=f"{velha.numero[:26]}-P{velha.pk % 100}",
            competencia=velha.competencia, vencimento=velha.vencimento, valor=troca.devido,
        )  # fmt: skip
