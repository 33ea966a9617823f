"""Textos prontos de relato, por equipe."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from atendimento.models.equipe import Equipe
from atendimento.variaveis import recusa_do_texto

VARIAVEIS_DA_MACRO = {
    "atendente": "nome de quem atende",
    "cliente": "nome do cliente (o social, quando há)",
    "contrato": "número do contrato",
    "protocolo": "protocolo do atendimento",
    "data": "a data de hoje",
}


class MacroQuerySet(models.QuerySet["Macro"]):
    """Leituras de macros."""

    def para(self, usuario):
        """As ativas das equipes de `usuario` e as de todas."""
        minhas = Equipe.objects.de(usuario).order_by().values("pk")
        return self.filter(Q(equipes__in=minhas) | Q(equipes=None), ativa=True).distinct()


class Macro(models.Model):
    """Um texto que o agente insere num relato e depois ajusta."""

    nome = models.CharField(max_length=60, unique=True)
    texto = models.TextField(
        max_length=2000,
        help_text="Variáveis: " + ", ".join(f"{{{nome}}}" for nome in VARIAVEIS_DA_MACRO) + ".",
    )
    equipes = models.ManyToManyField(
        Equipe, blank=True, related_name="macros", help_text="Sem nenhuma, vale para todas."
    )
    ordem = models.PositiveSmallIntegerField(default=100)
    ativa = models.BooleanField(default=True)

    objects = MacroQuerySet.as_manager()

    class Meta:
        verbose_name = "texto pronto"
        verbose_name_plural = "textos prontos"
        ordering = ["ordem", "nome"]

    def __str__(self):
        return self.nome

    def clean(self):
        """O texto. Levanta `ValidationError` com uma variável desconhecida."""
        if recusa := recusa_do_texto(self.texto, VARIAVEIS_DA_MACRO):
            raise ValidationError({"texto": recusa})
