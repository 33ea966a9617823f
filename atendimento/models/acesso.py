"""Quem viu o quê de quem (LGPD, art. 37): só se acrescenta."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from contratos.gatilhos import so_acrescenta


class TipoDeAcesso(models.TextChoices):
    """O que se fez com o dado."""

    PAINEL = "painel", "Abriu o painel"
    REVELACAO = "revelacao", "Revelou um campo"
    EXPORTACAO = "exportacao", "Exportou"


class AcessoADado(models.Model):
    """Um acesso a dado pessoal. `campo` nomeia o que se revelou; o valor nunca entra aqui."""

    tipo = models.CharField(max_length=12, choices=TipoDeAcesso)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name="usuário"
    )
    cliente = models.ForeignKey("clientes.Cliente", models.PROTECT, related_name="+", db_index=False)
    alvo = models.CharField(max_length=12, blank=True)
    alvo_id = models.BigIntegerField(null=True, blank=True)
    campo = models.CharField(max_length=40, blank=True)
    protocolo = models.CharField(max_length=14, blank=True)
    ip = models.GenericIPAddressField("IP", null=True, blank=True)
    ocorrido_em = models.DateTimeField("ocorrido em", default=timezone.now)

    class Meta:
        verbose_name = "acesso a dado"
        verbose_name_plural = "acessos a dados"
        ordering = ["-ocorrido_em", "-id"]
        indexes = [
            models.Index(fields=["cliente", "-ocorrido_em"], name="acesso_por_cliente"),
            models.Index(fields=["usuario", "-ocorrido_em"], name="acesso_por_usuario"),
        ]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("acesso_so_acrescenta")]

    def __str__(self):
        return f"{self.get_tipo_display()} em {self.ocorrido_em:%d/%m/%Y %H:%M}"
