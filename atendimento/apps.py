"""Registro do aplicativo."""

from django.apps import AppConfig


class Configuracao(AppConfig):
    """O console de atendimento."""

    name = "atendimento"
    verbose_name = "Atendimento"
