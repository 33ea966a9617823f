"""Os serviços que um contrato tem."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q


class ServicoContratado(models.Model):
    """Um item do contrato: um plano ou serviço avulso, com valor unitário em reais por mês."""

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="servicos")
    etiqueta = models.ForeignKey(
        "contratos.Etiqueta", models.PROTECT, null=True, blank=True, related_name="servicos"
    )
    plano = models.ForeignKey(
        "contratos.Plano", models.PROTECT, null=True, blank=True, related_name="contratados"
    )
    codigo = models.CharField("código", max_length=30)
    descricao = models.CharField("descrição", max_length=150)
    quantidade = models.PositiveSmallIntegerField(default=1)
    valor = models.DecimalField("valor unitário", max_digits=12, decimal_places=2)
    desconto = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    inicio = models.DateField("início")
    fim = models.DateField(null=True, blank=True)
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )

    class Meta:
        verbose_name = "serviço contratado"
        verbose_name_plural = "serviços contratados"
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valor__gte=0, desconto__gte=0, desconto__lte=F("valor") * F("quantidade")),
                name="servico_valores_coerentes",
            ),
            models.CheckConstraint(condition=Q(quantidade__gte=1), name="servico_quantidade_positiva"),
            models.CheckConstraint(
                condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")), name="servico_vigencia_em_ordem"
            ),
        ]

    def __str__(self):
        return f"{self.codigo} – {self.descricao}"

    @property
    def total(self) -> Decimal:
        """Valor por mês: quantidade vezes valor, menos o desconto."""
        return self.quantidade * self.valor - self.desconto
