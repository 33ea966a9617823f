"""Reclamações: o órgão, o número de fora e o prazo que ele dá."""

from django.db import models
from django.db.models import Q


class Orgao(models.TextChoices):
    """Onde o cliente reclamou."""

    OUVIDORIA = "ouvidoria", "Ouvidoria do provedor"
    ANATEL = "anatel", "Anatel"
    PROCON = "procon", "Procon"
    CONSUMIDOR = "consumidor", "consumidor.gov.br"
    JUIZADO = "juizado", "Juizado ou ação judicial"


class Reclamacao(models.Model):
    """O que faz de uma solicitação uma reclamação: por ela a solicitação nunca se cancela."""

    solicitacao = models.OneToOneField(
        "atendimento.Solicitacao", models.PROTECT, related_name="reclamacao", verbose_name="solicitação"
    )
    orgao = models.CharField("órgão", max_length=12, choices=Orgao)
    numero_externo = models.CharField("número no órgão", max_length=40, blank=True)
    prazo_em = models.DateField("responder até", null=True, blank=True)

    class Meta:
        verbose_name = "reclamação"
        verbose_name_plural = "reclamações"
        constraints = [
            models.CheckConstraint(condition=Q(orgao__in=Orgao.values), name="reclamacao_orgao_conhecido"),
            models.CheckConstraint(
                condition=Q(orgao="ouvidoria") | ~Q(numero_externo=""), name="reclamacao_de_fora_tem_numero"
            ),
            models.UniqueConstraint(
                "orgao", "numero_externo", condition=~Q(numero_externo=""), name="reclamacao_numero_unico",
                violation_error_message="Este número já está em outra solicitação.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_orgao_display()} {self.numero_externo}".strip()
