"""A suspensão que o próprio cliente pede (viagem, reforma, imóvel vazio)."""

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value


class SuspensaoQuerySet(models.QuerySet["Suspensao"]):
    """Leituras de suspensões que se encadeiam."""

    def abertas(self):
        """As marcadas e as que correm: ainda não acabaram nem se desfizeram."""
        return self.filter(fim__isnull=True)

    def em_curso(self):
        """As que já começaram e ainda não acabaram."""
        return self.abertas().filter(iniciada=True)


@pghistory.track(pghistory.UpdateEvent(), model_name="HistoricoDeSuspensao")
class Suspensao(models.Model):
    """Um período sem serviço e sem cobrança, a pedido: de `inicio` até a véspera de `volta_em`.

    `iniciada` diz se o serviço já parou; `fim` é o dia em que voltou de fato (ou em que se desistiu, se
    nunca começou). A fidelidade não corre nesses dias.
    """

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="suspensoes")
    inicio = models.DateField("início")
    volta_em = models.DateField("volta em")
    iniciada = models.BooleanField(default=False)
    fim = models.DateField("voltou em", null=True, blank=True)
    motivo = models.CharField(max_length=80)
    protocolo = models.CharField(max_length=14, blank=True)
    pedida_em = models.DateTimeField("pedida em", auto_now_add=True)
    registrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="registrada por",
    )  # fmt: skip

    objects = SuspensaoQuerySet.as_manager()

    class Meta:
        verbose_name = "suspensão a pedido"
        verbose_name_plural = "suspensões a pedido"
        ordering = ["-inicio", "-id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="suspensao_nao_se_apaga", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="suspensao_acabada_nao_muda",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__fim__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(volta_em__gt=F("inicio")), name="suspensao_datas_em_ordem"),
            models.CheckConstraint(
                condition=Q(fim__isnull=True) | Q(iniciada=False) | Q(fim__gte=F("inicio")),
                name="suspensao_acaba_depois_de_comecar",
            ),
            models.UniqueConstraint("contrato", condition=Q(fim__isnull=True), name="suspensao_aberta_unica"),
            # Dois períodos do mesmo contrato não se sobrepõem; a de que se desistiu não ocupa nenhum.
            ExclusionConstraint(
                name="suspensao_sem_sobreposicao",
                expressions=[
                    ("contrato", RangeOperators.EQUAL),
                    (
                        Func(
                            F("inicio"),
                            Func(F("fim"), F("volta_em"), function="COALESCE"),
                            Value("[)"),
                            function="daterange",
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(iniciada=True) | Q(fim__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["volta_em"], condition=Q(fim__isnull=True), name="suspensao_por_voltar"),
        ]

    def __str__(self):
        return f"{self.inicio:%d/%m/%Y} a {self.volta_em:%d/%m/%Y}"
