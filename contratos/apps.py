"""Registro do aplicativo."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from contratos.tipos_de_evento import garantir_tipos_de_evento


class Configuracao(AppConfig):
    """Aplicativo `contratos`."""

    name = "contratos"
    verbose_name = "Contratos"

    def ready(self):
        """Garante os tipos de evento depois de migrar."""
        post_migrate.connect(garantir_tipos_de_evento, sender=self)
