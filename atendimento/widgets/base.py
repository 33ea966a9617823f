"""O contrato de um widget e o registro em que ele entra.

Um widget é um cartão ou uma aba de informação: uma classe com `contexto()` e um template. A página
o pede por `/widgets/<slug>/<alvo>/<id>/`; quem confere perfil, escopo e falha é
`atendimento/views/widgets.py`, nunca a classe.
"""

from typing import ClassVar

from django.http import HttpRequest

from atendimento.registro import Registro


class FonteIndisponivel(Exception):
    """De onde o widget lê não respondeu; a frase vai para o cartão dele, e só para ele."""


class Widget:
    """Um widget do catálogo. `alvo` é `cliente`, `contrato` ou `etiqueta`."""

    slug: ClassVar[str]
    nome: ClassVar[str]
    alvo: ClassVar[str]
    regiao: ClassVar[str] = "lateral"  # "aba", "lateral" ou "resumo"
    icone: ClassVar[str] = "info"
    ordem: ClassVar[int] = 100
    ajuda: ClassVar[str] = ""

    def __init__(self, request: HttpRequest, alvo):
        self.request = request
        self.usuario = request.user
        self.objeto = alvo

    @property
    def template(self) -> str:
        """O arquivo do corpo do cartão."""
        return f"widgets/{self.slug}.html"

    def contexto(self) -> dict:
        """O que o template recebe. Pode levantar `FonteIndisponivel`."""
        raise NotImplementedError(f"{type(self).__name__}.contexto")


WIDGETS: Registro[Widget] = Registro(("slug", "nome", "alvo"))
