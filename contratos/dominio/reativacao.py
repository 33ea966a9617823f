"""Devolver o serviço: acaba a suspensão antes do dia, ou desfaz um cancelamento recente."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Q

from contratos.dominio import suspensao as suspensoes
from contratos.dominio.leituras import competencias_a_faturar
from contratos.dominio.recusas import NaoPode, exigir
from contratos.enums import (
    MotivoDoEventual,
    SituacaoDaFatura,
    SituacaoDoContrato,
    StatusDaConexao,
    TipoDeEventual,
)
from contratos.models import (
    Cancelamento,
    Conexao,
    Contrato,
    Etiqueta,
    Eventual,
    Fatura,
    Parametros,
    Suspensao,
)


@dataclass(frozen=True, slots=True)
class Reativacao:
    """O que a reativação faria: a suspensão que acaba, ou o cancelamento que se desfaz e o que ele cobrou."""

    dia: date
    suspensao: Suspensao | None = None
    cancelamento: Cancelamento | None = None
    fatura_desfeita: Fatura | None = None
    acrescimo: Decimal = Decimal("0.00")
    desconto: Decimal = Decimal("0.00")


def impedimento_de_reativar(contrato: Contrato, hoje: date) -> str | None:
    """Por que não há o que reativar, ou por que já não se pode, ou `None`."""
    if contrato.situacao == SituacaoDoContrato.CANCELADO:
        limite = contrato.cancelado_em + timedelta(Parametros.atuais().reativacao_dias)
        if hoje > limite:
            return f"Podia ser reativado até {limite:%d/%m/%Y}: agora contrata-se de novo."
        return None
    if contrato.situacao == SituacaoDoContrato.SUSPENSO or contrato.suspensoes.abertas().exists():
        return None
    if contrato.situacao == SituacaoDoContrato.BLOQUEIO_FINANCEIRO:
        return "Bloqueado por débito: use o desbloqueio por pagamento ou em confiança."
    return f"Não há o que reativar: o contrato está em {contrato.get_situacao_display()}."


def planejar(contrato: Contrato, hoje: date) -> Reativacao:
    """O que a reativação faria. Não escreve."""
    if contrato.situacao != SituacaoDoContrato.CANCELADO:
        aberta = contrato.suspensoes.abertas().first()
        iniciada = bool(aberta and aberta.iniciada)
        uso = suspensoes.acrescimo_da_volta(contrato, aberta, hoje) if iniciada else Decimal("0.00")
        return Reativacao(hoje, suspensao=aberta, acrescimo=uso)
    feito = contrato.cancelamentos.select_related("fatura_final").first()
    if feito is None:
        return Reativacao(hoje)
    final = feito.fatura_final
    if final and final.situacao == SituacaoDaFatura.PAGA:
        # Quem já pagou a multa a recebe de volta nas próximas faturas.
        return Reativacao(hoje, cancelamento=feito, desconto=feito.multa)
    desfeita = final if final and final.situacao == SituacaoDaFatura.ABERTA else None
    return Reativacao(
        hoje, cancelamento=feito, fatura_desfeita=desfeita, acrescimo=feito.consumo, desconto=feito.credito
    )


def reativar(contrato: Contrato, plano: Reativacao, *, por, protocolo: str) -> None:
    """Devolve o serviço do contrato já trancado. Levanta `NaoPode`."""
    exigir(impedimento_de_reativar(contrato, plano.dia))
    if contrato.situacao == SituacaoDoContrato.CANCELADO:
        _desfazer_cancelamento(contrato, plano, por, protocolo)
        return
    if plano.suspensao:
        volta = max(plano.dia, plano.suspensao.inicio) if plano.suspensao.iniciada else plano.dia
        suspensoes.voltar(contrato, plano.suspensao, volta, por=por)
        return
    # Suspenso no sistema de origem, sem o registro do pedido.
    contrato.situacao = SituacaoDoContrato.NORMAL
    contrato.save(update_fields=["situacao"])
    Conexao.objects.filter(etiqueta__contrato=contrato, ativa=True).update(status=StatusDaConexao.NORMAL)


def _desfazer_cancelamento(contrato: Contrato, plano: Reativacao, por, protocolo: str) -> None:
    dia = contrato.cancelado_em
    voltam = contrato.servicos.filter(Q(fim=dia) | Q(fim__gt=dia))
    etiquetas = set(voltam.exclude(etiqueta=None).values_list("etiqueta", flat=True))
    if not etiquetas:
        etiquetas = set(contrato.etiquetas.values_list("pk", flat=True))
    _exigir_portas_livres(etiquetas)
    contrato.situacao = SituacaoDoContrato.NORMAL
    contrato.cancelado_em, contrato.vigencia_fim, contrato.motivo_do_cancelamento = None, None, ""
    contrato.save(update_fields=["situacao", "cancelado_em", "vigencia_fim", "motivo_do_cancelamento"])
    voltam.update(fim=None)
    Etiqueta.objects.filter(pk__in=etiquetas).update(ativa=True)
    Conexao.objects.filter(etiqueta__in=etiquetas).update(ativa=True, status=StatusDaConexao.NORMAL)
    if plano.fatura_desfeita:
        Fatura.objects.filter(pk=plano.fatura_desfeita.pk).update(situacao=SituacaoDaFatura.CANCELADA)
    [mes] = competencias_a_faturar(contrato, plano.dia, 1)
    for tipo, valor in (
        (TipoDeEventual.ACRESCIMO, plano.acrescimo),
        (TipoDeEventual.DESCONTO, plano.desconto),
    ):
        if valor:
            Eventual.objects.create(
                contrato=contrato, tipo=tipo, motivo=MotivoDoEventual.PROPORCIONAL, valor=valor,
                competencia=mes,
                descricao="Acerto do cancelamento desfeito", usuario=por, protocolo=protocolo,
            )  # fmt: skip


def _exigir_portas_livres(etiquetas: set[int]) -> None:
    """Porta, IP fixo e serial podem já ser de outro: a rede não espera."""
    for conexao in Conexao.objects.filter(etiqueta__in=etiquetas):
        ocupada = Q(pk__in=[])
        if conexao.splitter_id and conexao.porta_splitter:
            ocupada |= Q(splitter=conexao.splitter_id, porta_splitter=conexao.porta_splitter)
        if conexao.tipo_ip == "fixo":
            ocupada |= Q(tipo_ip="fixo", ip=conexao.ip)
        if conexao.serial:
            ocupada |= Q(serial=conexao.serial)
        if Conexao.objects.filter(ocupada, ativa=True).exclude(pk=conexao.pk).exists():
            raise NaoPode(
                f"A porta, o IP ou o equipamento da conexão {conexao.login} já é de outra: peça ao suporte "
                "uma "
                "nova conexão e contrate de novo."
            )
