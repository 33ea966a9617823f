"""Registro do aplicativo."""

from django.apps import AppConfig


class Configuracao(AppConfig):
    """Aplicativo `perfis`."""

    name = "perfis"
    verbose_name = "Perfis e permissões"
