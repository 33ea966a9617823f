"""O perfil: o que um grupo de usuários vê e pode fazer."""

import pghistory
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q

from perfis.capacidades import Capacidade


@pghistory.track(
    pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="HistoricoDePerfil"
)
class Perfil(Group):
    """Um `Group` com limites próprios. Inativo, não concede nada."""

    descricao = models.CharField("descrição", max_length=200, blank=True)
    ativo = models.BooleanField(default=True)
    max_em_atendimento = models.PositiveSmallIntegerField(
        "atendimentos ao mesmo tempo", default=1, help_text="Quantas solicitações em atendimento por agente."
    )
    max_pausadas = models.PositiveSmallIntegerField(
        "pausadas ao mesmo tempo", default=10, help_text="Quantas solicitações pausadas por agente."
    )
    versao = models.PositiveIntegerField("versão", default=1, editable=False)

    class Meta:
        verbose_name = "perfil"
        verbose_name_plural = "perfis"
        permissions = Capacidade.choices
        constraints = [
            models.CheckConstraint(condition=Q(max_em_atendimento__gte=1), name="perfil_atende_ao_menos_um")
        ]
