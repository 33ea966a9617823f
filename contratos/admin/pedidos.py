"""Suspensões a pedido e cancelamentos: só leitura, porque são a prova do que se combinou."""

from django.contrib import admin

from contratos.admin.contrato import DoContrato
from contratos.models import Cancelamento, Suspensao


@admin.register(Suspensao)
class SuspensaoAdmin(DoContrato):
    """Só leitura: quem suspende e devolve são as ações e o trabalhador."""

    operacoes = ("view",)
    secao = "registros"
    posicao = 12
    list_display = ["inicio", "contrato", "volta_em", "iniciada", "fim", "motivo", "protocolo"]
    list_select_related = ["contrato"]


@admin.register(Cancelamento)
class CancelamentoAdmin(DoContrato):
    """Só leitura: a conta feita no dia do pedido."""

    operacoes = ("view",)
    secao = "registros"
    posicao = 13
    list_display = ["efeito_em", "contrato", "motivo", "multa", "credito", "protocolo"]
    list_select_related = ["contrato"]
