"""Bloqueios que não são por débito: só por um fundamento da lista, e nunca para cobrar."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contratos.enums import FundamentoDoBloqueio


class BloqueioAdministrativo(models.Model):
    """Por que se bloqueou, e até quando. Um em curso por contrato.

    Marco Civil da Internet (Lei 12.965/2014), art. 7º, IV: fora do débito, a conexão só se suspende com
    fundamento; a lista é fechada.
    """

    contrato = models.ForeignKey(
        "contratos.Contrato", models.PROTECT, related_name="bloqueios_administrativos"
    )
    fundamento = models.CharField(max_length=20, choices=FundamentoDoBloqueio)
    referencia = models.CharField("processo ou ocorrência", max_length=60, blank=True)
    justificativa = models.CharField(max_length=500)
    protocolo = models.CharField(max_length=14, blank=True)
    bloqueado_em = models.DateTimeField("bloqueado em", default=timezone.now)
    bloqueado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="bloqueado por"
    )
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)
    encerrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="encerrado por",
    )  # fmt: skip

    class Meta:
        verbose_name = "bloqueio administrativo"
        verbose_name_plural = "bloqueios administrativos"
        ordering = ["-bloqueado_em", "-id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="bloqueio_adm_nao_se_apaga", operation=pgtrigger.Delete),
            pgtrigger.ReadOnly(
                name="bloqueio_adm_e_prova",
                fields=[
                    "contrato",
                    "fundamento",
                    "referencia",
                    "justificativa",
                    "bloqueado_em",
                    "bloqueado_por",
                ],
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "contrato", condition=Q(encerrado_em__isnull=True), name="bloqueio_adm_em_curso_unico"
            ),
            models.CheckConstraint(
                condition=Q(fundamento__in=FundamentoDoBloqueio.values), name="bloqueio_adm_com_fundamento"
            ),
            models.CheckConstraint(
                condition=~Q(fundamento="ordem_judicial") | ~Q(referencia=""),
                name="bloqueio_adm_cita_o_processo",
            ),
        ]

    def __str__(self):
        return f"{self.get_fundamento_display()} em {self.bloqueado_em:%d/%m/%Y}"
