"""Registro do aplicativo."""

from django.apps import AppConfig


class Configuracao(AppConfig):
    """Aplicativo `clientes`."""

    name = "clientes"
    verbose_name = "Clientes"
