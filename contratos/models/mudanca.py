"""A mudança de endereço: pedida agora, concluída quando a equipe reinstala."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone


class MudancaDeEndereco(models.Model):
    """De um endereço a outro do mesmo cliente; só a visita executada muda a etiqueta."""

    etiqueta = models.ForeignKey("contratos.Etiqueta", models.PROTECT, related_name="mudancas")
    de = models.ForeignKey("clientes.Endereco", models.PROTECT, null=True, blank=True, related_name="+")
    para = models.ForeignKey("clientes.Endereco", models.PROTECT, related_name="+")
    protocolo = models.CharField(max_length=14, blank=True)
    pedida_em = models.DateTimeField("pedida em", default=timezone.now)
    registrada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="registrada por"
    )
    concluida_em = models.DateTimeField("concluída em", null=True, blank=True)
    desfeita_em = models.DateTimeField("desfeita em", null=True, blank=True)

    class Meta:
        verbose_name = "mudança de endereço"
        verbose_name_plural = "mudanças de endereço"
        ordering = ["-pedida_em", "-id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="mudanca_nao_se_apaga", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(
                "etiqueta",
                condition=Q(concluida_em__isnull=True, desfeita_em__isnull=True),
                name="mudanca_pendente_unica",
            ),
            models.CheckConstraint(
                condition=Q(concluida_em__isnull=True) | Q(desfeita_em__isnull=True),
                name="mudanca_acaba_de_um_modo",
            ),
            models.CheckConstraint(
                condition=Q(de__isnull=True) | ~Q(de=F("para")), name="mudanca_para_outro_endereco"
            ),
        ]

    def __str__(self):
        return f"Mudança de {self.etiqueta_id} pedida em {self.pedida_em:%d/%m/%Y}"
