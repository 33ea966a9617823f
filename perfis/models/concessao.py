"""Concessões: uma linha do guardian por item concedido a um perfil, com ordem e limites."""

import pghistory
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from perfis.models.catalogo import Acao, Widget

ATUALIZA_NO_MINIMO = 10
ATUALIZA_NO_MAXIMO = 3600


class Coluna(models.TextChoices):
    """Onde o cartão fica no painel."""

    ESQUERDA = "esquerda", "Esquerda"
    CENTRO = "centro", "Centro"
    DIREITA = "direita", "Direita"


class Concessao(GroupObjectPermissionBase):
    """O que toda concessão de catálogo carrega além do perfil e do item."""

    ordem = models.PositiveSmallIntegerField(default=100)
    limites = models.JSONField(
        default=dict, blank=True, help_text="Limites da ação: dias, valor, desconto, parcelas…"
    )
    valido_ate = models.DateTimeField("válido até", null=True, blank=True)

    class Meta(GroupObjectPermissionBase.Meta):
        abstract = True


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="HistoricoDeConcessaoDeAcao",
)
class ConcessaoDeAcao(Concessao):
    """Uma ação concedida a um perfil."""

    content_object = models.ForeignKey(Acao, models.CASCADE, related_name="concessoes")
    favorita = models.BooleanField(default=False)

    class Meta(Concessao.Meta):
        abstract = False
        verbose_name = "ação do perfil"
        verbose_name_plural = "ações do perfil"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="HistoricoDeConcessaoDeWidget",
)
class ConcessaoDeWidget(Concessao):
    """Um widget concedido a um perfil. A coluna e a atualização não valem para uma aba."""

    content_object = models.ForeignKey(Widget, models.CASCADE, related_name="concessoes")
    recolhido = models.BooleanField(default=False)
    coluna = models.CharField(max_length=8, choices=Coluna, default=Coluna.DIREITA)
    atualiza_segundos = models.PositiveSmallIntegerField(
        "atualiza (s)",
        default=0,
        validators=[MaxValueValidator(ATUALIZA_NO_MAXIMO)],
        help_text="De quantos em quantos segundos se pede de novo; zero, nunca. No mínimo 10.",
    )

    class Meta(Concessao.Meta):
        abstract = False
        constraints = [
            models.CheckConstraint(condition=Q(coluna__in=Coluna.values), name="concessao_coluna_conhecida"),
            models.CheckConstraint(
                condition=Q(atualiza_segundos=0)
                | Q(atualiza_segundos__range=(ATUALIZA_NO_MINIMO, ATUALIZA_NO_MAXIMO)),
                name="concessao_atualiza_sem_pressa",
            ),
        ]
        verbose_name = "widget do perfil"
        verbose_name_plural = "widgets do perfil"


class AcaoPorUsuario(UserObjectPermissionBase):
    """Existe para que o guardian não use a tabela genérica; fica vazia, porque só perfis concedem."""

    content_object = models.ForeignKey(Acao, models.CASCADE, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        constraints = [models.CheckConstraint(condition=Q(pk__isnull=True), name="acao_so_por_perfil")]


class WidgetPorUsuario(UserObjectPermissionBase):
    """Como `AcaoPorUsuario`, para widgets."""

    content_object = models.ForeignKey(Widget, models.CASCADE, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        constraints = [models.CheckConstraint(condition=Q(pk__isnull=True), name="widget_so_por_perfil")]
