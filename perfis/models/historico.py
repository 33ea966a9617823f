"""Históricos de tabelas que não são nossas: o nome do grupo e quem está em cada perfil."""

import pghistory
from django.contrib.auth.models import Group

from perfis.models.usuario import Usuario


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="HistoricoDeGrupo",
    obj_field=pghistory.ObjForeignKey(related_name="historico_do_nome"),
)
class NomeDoPerfil(Group):
    """A parte do perfil que mora em `auth_group`: o histórico de `Perfil` não vê o nome mudar."""

    class Meta:
        proxy = True
        verbose_name = "nome do perfil"
        verbose_name_plural = "nomes de perfis"


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.DeleteEvent(),
    model_name="HistoricoDeMembro",
    obj_field=pghistory.ObjForeignKey(related_name="historico"),
)
class MembroDoPerfil(Usuario.groups.through):
    """Um usuário num perfil."""

    class Meta:
        proxy = True
        verbose_name = "membro do perfil"
        verbose_name_plural = "membros de perfis"
