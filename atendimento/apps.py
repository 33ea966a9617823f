"""Registro do aplicativo."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin
from django.db.models.signals import post_migrate


class Configuracao(AppConfig):
    """O console de atendimento."""

    name = "atendimento"
    verbose_name = "Atendimento"

    def ready(self):
        """Descobre ações e widgets e os espelha no banco depois de migrar."""
        from atendimento.acoes.base import ACOES
        from atendimento.catalogo import espelhar_catalogo
        from atendimento.dominio.mensagens import espelhar_modelos
        from atendimento.widgets.base import WIDGETS

        ACOES.descobrir("atendimento.acoes")
        WIDGETS.descobrir("atendimento.widgets")
        post_migrate.connect(espelhar_catalogo, sender=self)
        post_migrate.connect(espelhar_modelos, sender=self)


class ConfiguracaoDoAdmin(admin.AdminConfig):
    """`django.contrib.admin` com o site da casa."""

    default = False
    default_site = "atendimento.admin_site.SiteDoAtendimento"
