"""A etiqueta de serviço: o eixo contrato + serviço + conexão + endereço."""

import pghistory
from django.db import models
from django.db.models import Q


class EtiquetaQuerySet(models.QuerySet["Etiqueta"]):
    """Leituras de etiquetas que se encadeiam."""

    def visiveis_para(self, usuario):
        """As etiquetas dos contratos que `usuario` vê."""
        return self.filter(empresa_id__in=usuario.objetos_permitidos("contratos.atender_empresa"))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="HistoricoDeEtiqueta")
class Etiqueta(models.Model):
    """Liga o contrato a um serviço num endereço; a solicitação aponta para ela.

    `empresa` repete a do contrato para que o código seja único por empresa; uma chave estrangeira
    composta (contrato, empresa) impede que as duas discordem.
    """

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="etiquetas")
    empresa = models.ForeignKey("contratos.Empresa", models.PROTECT, related_name="+", editable=False)
    codigo = models.CharField("código", max_length=20)
    descricao = models.CharField("descrição", max_length=120)
    ativa = models.BooleanField(default=True)
    endereco = models.ForeignKey(
        "clientes.Endereco", models.PROTECT, null=True, blank=True, related_name="etiquetas",
        verbose_name="endereço",
    )  # fmt: skip
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )

    objects = EtiquetaQuerySet.as_manager()

    class Meta:
        verbose_name = "etiqueta de serviço"
        verbose_name_plural = "etiquetas de serviço"
        ordering = ["-ativa", "id"]
        constraints = [
            # Alvo da chave composta que prende um serviço à etiqueta do mesmo contrato.
            models.UniqueConstraint("id", "contrato", name="etiqueta_com_contrato"),
            models.UniqueConstraint("empresa", "codigo", name="etiqueta_codigo_unico_por_empresa"),
            models.CheckConstraint(
                condition=Q(codigo__regex=r"^[A-Z0-9./-]{1,20}$"), name="etiqueta_codigo_formato"
            ),
        ]
        indexes = [models.Index("codigo", name="etiqueta_codigo")]

    def __str__(self):
        return f"{self.codigo} – {self.descricao}"

    def save(self, **kwargs):
        """Grava com a empresa do contrato."""
        self.empresa_id = self.contrato.empresa_id
        super().save(**kwargs)
