"""Contestar um débito: enquanto não se responde, ele não suspende nem bloqueia (Decreto 11.034/2022)."""

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from contratos.dinheiro import em_reais
from contratos.dominio import debitos, desbloqueio, situacao
from contratos.dominio.recusas import NaoPode
from contratos.enums import SituacaoDaFatura
from contratos.models import Contestacao, Contrato, Fatura, Parametros


def contestaveis(contrato: Contrato) -> list[Fatura]:
    """As faturas em aberto ainda não contestadas."""
    return [fatura for fatura in debitos.abertas_de(contrato) if not fatura.contestada]


def responder_ate(hoje: date) -> date:
    """O último dia do prazo da resposta."""
    return hoje + timedelta(days=Parametros.atuais().contestacao_dias)


def libera(contrato: Contrato, fatura: Fatura) -> bool:
    """Se contestar a fatura tira o contrato do bloqueio por débito."""
    return contrato.situacao == situacao.BLOQUEIO and all(
        outra.pk == fatura.pk for outra in debitos.suspendem(contrato)
    )


def contestar(
    contrato: Contrato, fatura: Fatura, *, valor: Decimal, motivo: str, descricao: str, por, protocolo: str
) -> Contestacao:
    """Tira a fatura do relógio até a resposta, com o contrato trancado. Levanta `NaoPode`."""
    atual = _trancar(fatura)
    if atual.situacao != SituacaoDaFatura.ABERTA:
        raise NaoPode(f"A fatura {atual.numero} já não está em aberto.", campo="fatura")
    if atual.contestada:
        raise NaoPode(f"A fatura {atual.numero} já está contestada.", campo="fatura")
    if not 0 < valor <= atual.valor:
        raise NaoPode(f"O valor contestado vai até o da fatura, {em_reais(atual.valor)}.", campo="valor")
    atual.contestada = True
    atual.save(update_fields=["contestada"])
    contestacao = Contestacao.objects.create(
        fatura=atual, valor=valor, motivo=motivo, descricao=descricao, usuario=por, protocolo=protocolo,
        responder_ate=responder_ate(timezone.localdate()),
    )  # fmt: skip
    _liberar_se_nada_bloqueia(contrato)
    return contestacao


def abertas_de(contrato: Contrato) -> list[Contestacao]:
    """As contestações do contrato ainda sem resposta, a que vence antes primeiro."""
    return list(
        Contestacao.objects.filter(fatura__contrato=contrato, respondida_em__isnull=True)
        .select_related("fatura")
        .order_by("responder_ate", "id")
    )


def responder(
    contrato: Contrato, contestacao: Contestacao, *, procedente: bool, resposta: str
) -> Contestacao:
    """Responde: procedente, a fatura perde o valor contestado; improcedente, volta ao relógio.

    Levanta `NaoPode` se já se respondeu.
    """
    fatura = _trancar(contestacao.fatura)
    atual = Contestacao.objects.select_for_update(of=("self",), no_key=True).get(pk=contestacao.pk)
    if atual.respondida_em:
        raise NaoPode("Esta contestação já foi respondida.", campo="contestacao")
    fatura.contestada = False
    if procedente and fatura.situacao == SituacaoDaFatura.ABERTA:
        _abater(fatura, atual.valor)
    fatura.save()
    atual.procedente, atual.resposta, atual.respondida_em = procedente, resposta, timezone.now()
    atual.save(update_fields=["procedente", "resposta", "respondida_em"])
    _liberar_se_nada_bloqueia(contrato)
    return atual


def _abater(fatura: Fatura, valor: Decimal) -> None:
    """Sem nada a cobrar a fatura se cancela; com o resto, o boleto antigo já não serve."""
    if valor >= fatura.valor:
        fatura.situacao = SituacaoDaFatura.CANCELADA
        return
    fatura.valor -= valor
    fatura.linha_digitavel = ""


def _trancar(fatura: Fatura) -> Fatura:
    return Fatura.objects.select_for_update(of=("self",), no_key=True).get(pk=fatura.pk)


def _liberar_se_nada_bloqueia(contrato: Contrato) -> None:
    if contrato.situacao == situacao.BLOQUEIO and not debitos.suspendem(contrato):
        desbloqueio.superar(contrato)
        situacao.liberar(contrato)
