"""O que o provedor vende."""

from django.db import models
from django.db.models import Q

from contratos.enums import TipoDePlano


class Plano(models.Model):
    """Oferta com código único; velocidades em Mbps, valor em reais por mês."""

    codigo = models.CharField("código", max_length=30, unique=True)
    nome = models.CharField(max_length=100)
    tipo = models.CharField(max_length=10, choices=TipoDePlano, default=TipoDePlano.INTERNET)
    download_mbps = models.PositiveIntegerField("download (Mbps)", null=True, blank=True)
    upload_mbps = models.PositiveIntegerField("upload (Mbps)", null=True, blank=True)
    valor = models.DecimalField(max_digits=12, decimal_places=2)
    fidelidade_meses = models.PositiveSmallIntegerField("fidelidade (meses)", default=0)
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "plano"
        verbose_name_plural = "planos"
        ordering = ["codigo"]
        constraints = [
            models.CheckConstraint(condition=Q(valor__gte=0), name="plano_valor_nao_negativo"),
        ]

    def __str__(self):
        return f"{self.codigo} – {self.nome}"
