"""Avisos fixados no painel de um cliente."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from clientes.enums import Gravidade


class AlertaQuerySet(models.QuerySet["Alerta"]):
    """Leituras de alertas."""

    def vigentes(self, em):
        """Os alertas que ainda valem no instante `em`."""
        return self.filter(Q(valido_ate__isnull=True) | Q(valido_ate__gt=em))


class Alerta(models.Model):
    """O que quem atende deve saber antes de falar: cliente sensível, visita prometida, golpe…"""

    cliente = models.ForeignKey("clientes.Cliente", models.CASCADE, related_name="alertas")
    texto = models.CharField(max_length=300)
    gravidade = models.CharField(max_length=10, choices=Gravidade, default=Gravidade.ATENCAO)
    valido_ate = models.DateTimeField("válido até", null=True, blank=True)
    criado_em = models.DateTimeField(auto_now_add=True)
    criado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = AlertaQuerySet.as_manager()

    class Meta:
        verbose_name = "alerta"
        verbose_name_plural = "alertas"
        ordering = ["-criado_em"]

    def __str__(self):
        return self.texto
