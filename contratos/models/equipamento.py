"""Equipamentos do provedor emprestados ao cliente (comodato)."""

from django.db import models
from django.db.models import F, Q

from contratos.enums import TipoDePatrimonio


class Equipamento(models.Model):
    """Um patrimônio entregue numa etiqueta; sem `devolvido_em`, ainda está com o cliente."""

    etiqueta = models.ForeignKey("contratos.Etiqueta", models.PROTECT, related_name="equipamentos")
    patrimonio = models.CharField("patrimônio", max_length=30, blank=True)
    tipo = models.CharField(max_length=10, choices=TipoDePatrimonio)
    modelo = models.CharField(max_length=80)
    serial = models.CharField(max_length=32, blank=True)
    mac = models.CharField("MAC", max_length=12, blank=True)
    entregue_em = models.DateField("entregue em")
    devolvido_em = models.DateField("devolvido em", null=True, blank=True)
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )

    class Meta:
        verbose_name = "equipamento"
        verbose_name_plural = "equipamentos"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                "patrimonio",
                condition=Q(devolvido_em__isnull=True) & ~Q(patrimonio=""),
                name="equipamento_emprestado_uma_vez",
            ),
            models.CheckConstraint(
                condition=Q(devolvido_em__isnull=True) | Q(devolvido_em__gte=F("entregue_em")),
                name="equipamento_datas_em_ordem",
            ),
            models.CheckConstraint(
                condition=Q(mac__regex=r"^([0-9A-F]{12})?$"), name="equipamento_mac_formato"
            ),
        ]
        indexes = [models.Index("serial", condition=~Q(serial=""), name="equipamento_serial")]

    def __str__(self):
        return f"{self.modelo} {self.patrimonio}".strip()
