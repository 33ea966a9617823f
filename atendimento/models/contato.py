"""O contato que ainda não é (ou nunca será) de um cliente com etiqueta."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from atendimento.models.equipe import Equipe
from atendimento.models.solicitacao import Canal
from clientes.models import Cliente


class ContatoReceptivoQuerySet(models.QuerySet["ContatoReceptivo"]):
    """Leituras de contatos que se encadeiam."""

    def visiveis_para(self, usuario):
        """Os das equipes de `usuario`; dos que já têm cliente, só os de clientes que ele vê."""
        # Num OU, um IN faria antes a tabela de todos os clientes visíveis; EXISTS olha só o da linha.
        cliente = Cliente.objects.visiveis_para(usuario).filter(pk=OuterRef("cliente_id")).order_by()
        return self.filter(
            Q(cliente__isnull=True) | Q(Exists(cliente)),
            equipe__in=Equipe.objects.de(usuario).order_by(),
        )

    def pendentes(self):
        """Os que ainda não viraram uma solicitação."""
        return self.filter(solicitacao__isnull=True)


class ContatoReceptivo(models.Model):
    """Uma chamada registrada antes da identificação, com protocolo da mesma série.

    Escolhida a etiqueta, vira uma solicitação de mesmo protocolo.
    """

    protocolo = models.CharField(max_length=14, unique=True, editable=False)
    canal = models.CharField(max_length=15, choices=Canal)
    nome = models.CharField(max_length=120, blank=True)
    telefone = models.CharField(max_length=20, blank=True)
    assunto = models.CharField(max_length=1000, blank=True)
    cliente = models.ForeignKey(
        "clientes.Cliente", models.PROTECT, null=True, blank=True, related_name="contatos_receptivos"
    )
    equipe = models.ForeignKey("atendimento.Equipe", models.PROTECT, related_name="contatos_receptivos")
    recebido_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recebido_em = models.DateTimeField()
    solicitacao = models.OneToOneField(
        "atendimento.Solicitacao", models.PROTECT, null=True, blank=True, related_name="contato_de_origem",
        verbose_name="solicitação",
    )  # fmt: skip

    objects = ContatoReceptivoQuerySet.as_manager()

    class Meta:
        verbose_name = "contato receptivo"
        verbose_name_plural = "contatos receptivos"
        ordering = ["-recebido_em", "-id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.ReadOnly(name="contato_identidade_fixa", fields=["protocolo", "recebido_em"])
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(protocolo__regex=r"^[0-9]{14}$"), name="contato_protocolo_formato"
            )
        ]
        indexes = [models.Index(fields=["equipe", "-recebido_em"], name="contato_da_equipe")]

    def __str__(self):
        return self.protocolo
