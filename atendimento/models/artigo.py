"""Textos que ajudam quem atende: artigos da base de conhecimento e roteiros da conversa."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from atendimento.variaveis import recusa_do_texto

VARIAVEIS_DO_ROTEIRO = {
    "saudacao": "bom dia, boa tarde ou boa noite",
    "atendente": "nome de quem atende",
    "cliente": "nome do cliente (o social, quando há)",
    "contrato": "número do contrato",
    "protocolo": "protocolo do atendimento em curso",
    "provedor": "nome do provedor",
    "data": "a data de hoje",
}


class Uso(models.TextChoices):
    """Para que serve o texto."""

    ARTIGO = "artigo", "Base de conhecimento"
    ROTEIRO = "roteiro", "Roteiro de atendimento"


class ArtigoQuerySet(models.QuerySet["Artigo"]):
    """Leituras de artigos."""

    def para(self, uso: str, tipos):
        """Os ativos de um uso que tratam de algum dos tipos de solicitação, e os gerais."""
        return self.filter(Q(tipo__in=tipos) | Q(tipo=None), uso=Uso(uso), ativo=True)


class Artigo(models.Model):
    """Texto simples, por problema. Num roteiro valem as variáveis da lista; num artigo, nenhuma."""

    titulo = models.CharField("título", max_length=100)
    uso = models.CharField(max_length=8, choices=Uso, default=Uso.ARTIGO)
    tipo = models.ForeignKey(
        "atendimento.TipoDeSolicitacao",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="artigos",
        verbose_name="problema",
        help_text="O tipo de solicitação de que trata; sem ele, aparece sempre.",
    )
    texto = models.TextField(
        max_length=8000,
        help_text="Texto simples; as quebras de linha ficam. Num roteiro, valem as variáveis "
        + ", ".join(f"{{{nome}}}" for nome in VARIAVEIS_DO_ROTEIRO)
        + ".",
    )
    ordem = models.PositiveSmallIntegerField(default=100)
    ativo = models.BooleanField(default=True)
    atualizado_em = models.DateTimeField("atualizado em", auto_now=True)

    objects = ArtigoQuerySet.as_manager()

    class Meta:
        verbose_name = "artigo ou roteiro"
        verbose_name_plural = "artigos e roteiros"
        ordering = ["ordem", "titulo"]
        constraints = [
            models.CheckConstraint(condition=Q(uso__in=Uso.values), name="artigo_uso_conhecido"),
            models.UniqueConstraint(
                "titulo",
                "uso",
                name="artigo_titulo_unico",
                violation_error_message="Já existe um com este título.",
            ),
        ]

    def __str__(self):
        return self.titulo

    def clean(self):
        """O texto do roteiro. Levanta `ValidationError` com uma variável desconhecida."""
        if self.uso == Uso.ROTEIRO and (recusa := recusa_do_texto(self.texto, VARIAVEIS_DO_ROTEIRO)):
            raise ValidationError({"texto": recusa})
