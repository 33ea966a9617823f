"""Arquivos que alguém juntou a uma solicitação."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from contratos.gatilhos import so_acrescenta


class FormatoDoAnexo(models.TextChoices):
    """O que se aceita, reconhecido pelo conteúdo; HTML, SVG e executáveis nunca."""

    PDF = "application/pdf", "PDF"
    PNG = "image/png", "PNG"
    JPEG = "image/jpeg", "JPEG"
    GIF = "image/gif", "GIF"
    WEBP = "image/webp", "WebP"
    OGG = "audio/ogg", "Áudio Ogg"
    MP3 = "audio/mpeg", "Áudio MP3"
    MP4 = "video/mp4", "Vídeo MP4"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"
    TEXTO = "text/plain", "Texto"


def caminho(anexo: "Anexo", nome: str) -> str:
    """Onde o conteúdo é guardado: nada do nome dado pelo usuário chega ao disco."""
    sorteado = uuid.uuid4().hex
    return f"{sorteado[:2]}/{sorteado}"


class Anexo(models.Model):
    """Um arquivo imutável. `formato` vem do conteúdo, não do nome nem do navegador.

    Serve-se sempre com `Content-Disposition: attachment` e `nosniff`.
    """

    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.PROTECT, related_name="anexos", verbose_name="solicitação"
    )
    arquivo = models.FileField(upload_to=caminho, max_length=100)
    nome = models.CharField(max_length=120)
    formato = models.CharField(max_length=80, choices=FormatoDoAnexo)
    tamanho = models.PositiveIntegerField("tamanho (bytes)")
    sha256 = models.CharField("SHA-256", max_length=64)
    visivel_ao_cliente = models.BooleanField("visível ao cliente", default=False)
    enviado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    enviado_em = models.DateTimeField()

    class Meta:
        verbose_name = "anexo"
        verbose_name_plural = "anexos"
        ordering = ["enviado_em", "id"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("anexo_so_acrescenta")]
        constraints = [
            models.CheckConstraint(
                condition=Q(formato__in=FormatoDoAnexo.values), name="anexo_formato_conhecido"
            )
        ]

    def __str__(self):
        return self.nome
