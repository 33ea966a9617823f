"""Faturas e notificações."""

from django import forms
from django.contrib import admin
from django.utils import timezone

from contratos.admin.contrato import DoContrato
from contratos.enums import CanalDeNotificacao
from contratos.models import (
    Acordo,
    Contestacao,
    DesbloqueioTemporario,
    Eventual,
    Fatura,
    InformeDePagamento,
    NotificacaoDeDebito,
    PropostaDeRescisao,
)


@admin.register(Fatura)
class FaturaAdmin(DoContrato):
    """Títulos a receber; a cobrança é que os mantém."""

    operacoes = ("view", "add", "change")
    posicao = 30
    list_display = ["numero", "contrato", "vencimento", "valor", "situacao", "pago_em"]
    list_filter = ["situacao"]
    list_select_related = ["contrato"]
    search_help_text = "Começo do número da fatura ou do contrato."
    readonly_fields = ["codigo_externo"]

    def get_search_results(self, request, queryset, search_term):
        """Pelo número da fatura; sem nenhuma, pelo do contrato. Um OU dos dois varreria as tabelas."""
        das_faturas = queryset.filter(numero__startswith=search_term)
        if not search_term or das_faturas.exists():
            return das_faturas, False
        return queryset.filter(contrato__numero__startswith=search_term), False


class EntregaDaCarta(forms.ModelForm):
    """Só a entrega se anota; o resto é prova."""

    def clean_entregue_em(self):
        """Uma entrega no futuro adiantaria o relógio."""
        entregue = self.cleaned_data["entregue_em"]
        if entregue and not self.instance.enviada_em <= entregue <= timezone.now():
            raise forms.ValidationError("A entrega é depois do envio e até agora.")
        return entregue


@admin.register(NotificacaoDeDebito)
class NotificacaoAdmin(DoContrato):
    """A notificação é prova: só se anota, uma vez, a entrega da que foi por carta."""

    form = EntregaDaCarta
    ate_o_contrato = "fatura__contrato"
    operacoes = ("view", "change")
    secao = "registros"
    posicao = 11
    list_display = ["enviada_em", "fatura", "canal", "entregue_em"]
    list_filter = ["canal"]
    list_select_related = ["fatura"]

    def get_readonly_fields(self, request, obj=None):
        """Tudo, menos a entrega de uma carta que ainda não chegou."""
        fixos = ["fatura", "canal", "enviada_em", "conteudo"]
        pendente = obj and obj.canal == CanalDeNotificacao.CARTA and obj.entregue_em is None
        return fixos if pendente else [*fixos, "entregue_em"]


class Registro(DoContrato):
    """O que as ações e o trabalhador deixam: só leitura."""

    operacoes = ("view",)
    secao = "registros"


@admin.register(Acordo)
class AcordoAdmin(Registro):
    """Renegociações."""

    posicao = 20
    list_display = ["criado_em", "contrato", "divida", "desconto", "entrada", "parcelas", "protocolo"]
    list_select_related = ["contrato"]


@admin.register(Eventual)
class EventualAdmin(Registro):
    """Acréscimos e descontos de uma fatura."""

    posicao = 21
    list_display = ["competencia", "contrato", "tipo", "motivo", "valor", "descricao", "protocolo"]
    list_filter = ["tipo", "motivo"]
    list_select_related = ["contrato"]


@admin.register(Contestacao)
class ContestacaoAdmin(Registro):
    """Contestações, a que vence antes primeiro; respondem-se pela ação."""

    ate_o_contrato = "fatura__contrato"
    posicao = 22
    ordering = ["responder_ate", "id"]
    list_display = ["responder_ate", "fatura", "valor", "motivo", "procedente", "protocolo"]
    list_filter = ["motivo", "procedente"]
    list_select_related = ["fatura"]


@admin.register(InformeDePagamento)
class InformeAdmin(Registro):
    """Pagamentos que o cliente diz ter feito."""

    ate_o_contrato = "fatura__contrato"
    posicao = 23
    list_display = ["criado_em", "fatura", "pago_em", "valor", "meio", "vale_ate", "desfecho"]
    list_filter = ["desfecho", "meio"]
    list_select_related = ["fatura"]


@admin.register(DesbloqueioTemporario)
class DesbloqueioAdmin(Registro):
    """Desbloqueios em confiança e por pagamento informado."""

    posicao = 24
    list_display = ["criado_em", "contrato", "origem", "dias", "vale_ate", "desfecho", "protocolo"]
    list_filter = ["origem", "desfecho"]
    list_select_related = ["contrato"]


@admin.register(PropostaDeRescisao)
class PropostaAdmin(Registro):
    """Suspensos por débito há tempo bastante para a rescisão: quem decide é gente."""

    posicao = 25
    list_display = ["criada_em", "contrato", "suspenso_desde"]
    list_select_related = ["contrato"]
