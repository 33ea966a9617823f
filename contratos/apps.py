"""Registro do aplicativo."""

from django.apps import AppConfig


class Configuracao(AppConfig):
    """Aplicativo `contratos`."""

    name = "contratos"
    verbose_name = "Contratos"
