"""A classificação de uma solicitação: tipos, itens de catálogo e soluções."""

from django.db import models
from django.db.models import Q

from contratos.enums import SituacaoDoContrato

# Nestas situações do contrato só valem os tipos com `permite_contrato_bloqueado`.
CONTRATO_BLOQUEADO = frozenset(
    {
        SituacaoDoContrato.CANCELADO,
        SituacaoDoContrato.SUSPENSO,
        SituacaoDoContrato.BLOQUEIO_FINANCEIRO,
        SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO,
        SituacaoDoContrato.ENCERRADO,
    }
)


class Especie(models.TextChoices):
    """O que a regulação vê no tipo. Fora `comum`, a solicitação nunca pode ser cancelada."""

    COMUM = "comum", "Comum"
    CANCELAMENTO = "cancelamento", "Cancelamento de serviço"
    RECLAMACAO = "reclamacao", "Reclamação"
    LGPD = "lgpd", "Pedido do titular (LGPD)"


class TipoDeSolicitacaoQuerySet(models.QuerySet["TipoDeSolicitacao"]):
    """Leituras de tipos que se encadeiam."""

    def ativos(self):
        """Os que se podem escolher."""
        return self.filter(ativo=True)

    def para_contrato(self, contrato):
        """Os ativos que a situação do contrato permite."""
        tipos = self.ativos()
        return (
            tipos.filter(permite_contrato_bloqueado=True)
            if contrato.situacao in CONTRATO_BLOQUEADO
            else tipos
        )


class TipoDeSolicitacao(models.Model):
    """De que trata a demanda; rege prazo, equipe, catálogo e regulação."""

    codigo = models.SlugField("código", max_length=60, unique=True)
    nome = models.CharField(max_length=80, unique=True)
    especie = models.CharField("espécie regulatória", max_length=12, choices=Especie, default=Especie.COMUM)
    permite_contrato_bloqueado = models.BooleanField(
        "vale para contratos bloqueados/suspensos", default=False
    )
    dias_do_prazo_regulatorio = models.PositiveSmallIntegerField(
        "prazo regulatório (dias corridos)",
        default=7,
        help_text="Padrão legal: 7 dias (Decreto 11.034/2022, art. 13); LGPD, 15 dias (art. 19).",
    )
    obriga_catalogo = models.BooleanField("obriga catálogo", default=False)
    prazo_padrao = models.ForeignKey(
        "atendimento.Prazo",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="prazo padrão",
    )
    equipe_padrao = models.ForeignKey(
        "atendimento.Equipe", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="equipe padrão",
    )  # fmt: skip
    ordem = models.PositiveSmallIntegerField(default=100)
    ativo = models.BooleanField(default=True)

    objects = TipoDeSolicitacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "tipo de solicitação"
        verbose_name_plural = "tipos de solicitação"
        ordering = ["ordem", "nome"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dias_do_prazo_regulatorio__range=(1, 365)), name="tipo_prazo_regulatorio_possivel"
            ),
            models.CheckConstraint(condition=Q(especie__in=Especie.values), name="tipo_especie_conhecida"),
        ]

    def __str__(self):
        return self.nome

    @property
    def incancelavel(self) -> bool:
        """Se uma solicitação deste tipo nunca pode ser cancelada."""
        return self.especie != Especie.COMUM


class ItemDeCatalogo(models.Model):
    """Um item (ou subitem) do catálogo de serviços de um tipo."""

    tipo = models.ForeignKey(TipoDeSolicitacao, models.PROTECT, related_name="catalogo")
    pai = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="subitens")
    nome = models.CharField(max_length=80)
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "item de catálogo"
        verbose_name_plural = "itens de catálogo"
        ordering = ["nome"]
        constraints = [
            models.UniqueConstraint(
                "tipo", "pai", "nome", name="item_de_catalogo_unico", nulls_distinct=False
            )
        ]

    def __str__(self):
        return self.nome


class Solucao(models.Model):
    """Como a demanda foi resolvida."""

    nome = models.CharField(max_length=80, unique=True)
    ordem = models.PositiveSmallIntegerField(default=100)
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "solução"
        verbose_name_plural = "soluções"
        ordering = ["ordem", "nome"]

    def __str__(self):
        return self.nome
