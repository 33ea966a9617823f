"""O que aconteceu com um contrato: fatos que só se acrescentam."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contratos.enums import ObjetivoDoEvento
from contratos.gatilhos import so_acrescenta


class TipoDeEvento(models.Model):
    """Nome de um tipo de evento; as regras usam o objetivo."""

    codigo = models.SlugField("código", max_length=60, unique=True)
    nome = models.CharField(max_length=80, unique=True)
    objetivo = models.CharField(max_length=15, choices=ObjetivoDoEvento, default=ObjetivoDoEvento.COMUM)

    class Meta:
        verbose_name = "tipo de evento"
        verbose_name_plural = "tipos de evento"
        ordering = ["nome"]

    def __str__(self):
        return self.nome


class EventoDeContrato(models.Model):
    """Fato datado, tipado e descrito de um contrato. Não se altera nem se apaga."""

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="eventos", db_index=False)
    tipo = models.ForeignKey(TipoDeEvento, models.PROTECT, related_name="+", db_index=False)
    descricao = models.CharField("descrição", max_length=1000)
    ocorrido_em = models.DateTimeField("ocorrido em", default=timezone.now)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="usuário",
    )  # fmt: skip
    protocolo = models.CharField(max_length=14, blank=True, help_text="Da solicitação de origem.")
    codigo_externo = models.CharField(  # noqa: DJ001 (único, mas por uma restrição parcial)
        "código no sistema de origem", max_length=60, null=True, blank=True, editable=False
    )

    class Meta:
        verbose_name = "evento de contrato"
        verbose_name_plural = "eventos de contrato"
        ordering = ["-ocorrido_em", "-id"]
        indexes = [models.Index(fields=["contrato", "-ocorrido_em", "-id"], name="evento_por_contrato")]
        constraints = [
            # Parcial: quase todo evento nasce aqui, sem código, e o índice só guarda os importados.
            models.UniqueConstraint(
                "codigo_externo",
                condition=Q(codigo_externo__isnull=False),
                name="evento_codigo_externo_unico",
            )
        ]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("evento_so_acrescenta")]

    def __str__(self):
        return f"{self.tipo_id} em {self.ocorrido_em:%d/%m/%Y}"
