"""A página dos parâmetros da lei e da cobrança: uma linha, que se altera e não se apaga."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from contratos.models import Parametros


@admin.register(Parametros)
class ParametrosAdmin(admin.ModelAdmin):
    """Parâmetros da lei e da cobrança; cada campo diz a norma."""

    operacoes = ("view", "change")
    secao = "parametros"
    posicao = 20
    fieldsets = [
        (
            "Relógio do débito",
            {
                "fields": [
                    "dias_ate_notificar",
                    "dias_do_aviso_a_suspensao",
                    "dias_da_suspensao_a_rescisao",
                    "horas_para_religar",
                    "cobra_durante_suspensao",
                ]
            },
        ),
        ("Encargos", {"fields": ["multa_percentual", "juros_percentual_ao_mes"]}),
        (
            "Suspensão a pedido",
            {
                "fields": [
                    "suspensao_minima_dias",
                    "suspensao_maxima_dias",
                    "suspensao_intervalo_meses",
                    "suspensao_horas_para_atender",
                ]
            },
        ),
        (
            "Fidelidade, cancelamento e retenção",
            {
                "fields": [
                    "fidelidade_maxima_meses",
                    "retencao_desconto_percentual",
                    "retencao_meses",
                    "reativacao_dias",
                ]
            },
        ),
        (
            "Desbloqueio em confiança e informe de pagamento",
            {"fields": ["confianca_atraso_maximo_dias", "confianca_periodo_dias", "informe_horas"]},
        ),
        (
            "Vencimento, contestação e ressarcimento",
            {
                "fields": [
                    "vencimento_alteracoes_por_ano",
                    "vencimento_com_debito",
                    "contestacao_dias",
                    "ressarcimento_minutos",
                ]
            },
        ),
    ]

    def no_escopo(self, queryset, usuario):
        """Valem para todas as empresas."""
        return queryset

    def changelist_view(self, request, extra_context=None):
        """Não há lista a mostrar: abre a única linha."""
        if not self.has_view_permission(request):
            return super().changelist_view(request, extra_context)
        unica = Parametros.atuais()
        return redirect(reverse("admin:contratos_parametros_change", args=[unica.pk]))
