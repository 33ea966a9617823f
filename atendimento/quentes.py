"""Moldes do Jinja2, para o que se repete muitas vezes numa página quente: cinquenta linhas de fila.

A linguagem do Django gasta nelas oito vezes mais. Cada um entra num template comum por `{% include %}`,
recebe só o que se lhe dá, nunca o contexto da página, e escapa tudo; um nome que não recebeu levanta erro.
"""

from django.template import engines


class Quente:
    """O molde `templates/quentes/<nome>.jinja` com os seus dados, pronto para `{% include %}`."""

    def __init__(self, nome: str, **dados):
        self._nome, self._dados = nome, dados

    def render(self, contexto) -> str:
        """O HTML; da página só vem o token dos formulários."""
        molde = engines["quentes"].get_template(f"{self._nome}.jinja")
        return molde.render({**self._dados, "csrf_token": str(contexto["csrf_token"])})
