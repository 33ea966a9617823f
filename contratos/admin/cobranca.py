"""Faturas e notificações."""

from django.contrib import admin

from contratos.admin.contrato import DoContrato
from contratos.models import Fatura, NotificacaoDeDebito


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


@admin.register(NotificacaoDeDebito)
class NotificacaoAdmin(DoContrato):
    """Só leitura: a notificação é prova."""

    ate_o_contrato = "fatura__contrato"
    operacoes = ("view",)
    secao = "registros"
    posicao = 11
    list_display = ["enviada_em", "fatura", "canal", "entregue_em"]
    list_filter = ["canal"]
    list_select_related = ["fatura"]
