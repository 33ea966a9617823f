"""O que se digita e quem está olhando: no banco, para valer em qualquer processo web."""

from django.conf import settings
from django.db import models


class Rascunho(models.Model):
    """Os campos de um formulário ainda não enviado; um por usuário e formulário (`chave`)."""

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="rascunhos", db_index=False,
        verbose_name="usuário",
    )  # fmt: skip
    chave = models.CharField(max_length=120)
    dados = models.JSONField(default=dict)
    atualizado_em = models.DateTimeField()

    class Meta:
        verbose_name = "rascunho"
        verbose_name_plural = "rascunhos"
        constraints = [models.UniqueConstraint("usuario", "chave", name="rascunho_unico")]
        indexes = [models.Index(fields=["atualizado_em"], name="rascunho_antigo")]

    def __str__(self):
        return self.chave


class Presenca(models.Model):
    """O último sinal de um usuário no console ou, com `solicitacao`, naquela solicitação."""

    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="presencas", db_index=False,
        verbose_name="usuário",
    )  # fmt: skip
    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.CASCADE, null=True, blank=True, related_name="presencas",
        db_index=False, verbose_name="solicitação",
    )  # fmt: skip
    escrevendo = models.BooleanField(default=False)
    vista_em = models.DateTimeField()

    class Meta:
        verbose_name = "presença"
        verbose_name_plural = "presenças"
        constraints = [
            models.UniqueConstraint("solicitacao", "usuario", name="presenca_unica", nulls_distinct=False)
        ]
        indexes = [models.Index(fields=["vista_em"], name="presenca_vista_em")]

    def __str__(self):
        return f"{self.usuario_id} às {self.vista_em:%H:%M:%S}"
