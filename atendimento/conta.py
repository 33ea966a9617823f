"""Regras de conta."""

from allauth.account.adapter import DefaultAccountAdapter


class AdaptadorDeConta(DefaultAccountAdapter):
    """Ninguém se cadastra sozinho: o administrador cria os usuários."""

    def is_open_for_signup(self, request):
        """Sempre fechado."""
        return False
