"""O registro de auditoria, que só se acrescenta, e o selo que denuncia quem o alterar."""

import pgtrigger
from django.conf import settings
from django.db import models

from contratos.gatilhos import so_acrescenta


class RegistroDeAuditoria(models.Model):
    """Quem fez o quê, em quê, quando. Sem dados pessoais: ids, nomes de campo e protocolo."""

    em = models.DateTimeField()
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="usuário",
    )  # fmt: skip
    perfil = models.CharField(max_length=200, blank=True)
    acao = models.CharField("ação", max_length=60)
    alvo = models.CharField(max_length=20)
    alvo_id = models.BigIntegerField()
    protocolo = models.CharField(max_length=14, blank=True)
    ip = models.GenericIPAddressField("IP", null=True, blank=True)
    dados = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "registro de auditoria"
        verbose_name_plural = "registros de auditoria"
        ordering = ["-id"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("auditoria_so_acrescenta")]
        indexes = [
            models.Index(fields=["alvo", "alvo_id", "id"], name="auditoria_do_alvo"),
            models.Index(fields=["usuario", "-id"], name="auditoria_do_usuario"),
        ]

    def __str__(self):
        return f"{self.acao} em {self.em:%d/%m/%Y %H:%M}"


class SeloDeAuditoria(models.Model):
    """Um elo por registro, escrito pelo banco no COMMIT: SHA-256 do elo anterior e do registro.

    A ordem é a dos COMMITs, sem buraco. Como cada elo depende do anterior, mudar, apagar ou
    intercalar um registro quebra a cadeia naquele ponto.
    """

    ordem = models.BigIntegerField(primary_key=True)
    registro = models.OneToOneField(
        RegistroDeAuditoria, models.DO_NOTHING, related_name="selo", db_constraint=False
    )
    resumo = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "selo de auditoria"
        verbose_name_plural = "selos de auditoria"
        ordering = ["ordem"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("selo_so_acrescenta")]

    def __str__(self):
        return f"elo {self.ordem}"
