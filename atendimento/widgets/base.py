"""O contrato de um widget e o registro em que ele entra.

Um widget é um cartão ou uma aba de informação: uma classe com `contexto()` e um template. A página
o pede por `/widgets/<slug>/<alvo>/<id>/` (uma aba, por `/contratos/<id>/<aba>/`); quem confere
perfil, escopo e falha é a view, nunca a classe.
"""

from typing import ClassVar

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from atendimento.acoes.base import ACOES
from atendimento.registro import Registro


class FonteIndisponivel(Exception):
    """De onde o widget lê não respondeu; a frase vai para o cartão dele, e só para ele."""


class Widget:
    """Um widget do catálogo. `alvo` é `cliente`, `contrato` ou `etiqueta`; `regiao`, `aba` ou `lateral`.

    `contexto()` devolve listas e valores, nunca uma consulta por fazer: o limite de `tempo_limite` segundos
    por comando só vale enquanto ele roda. Uma lista longa põe as linhas na parte `linhas` do template e o
    cursor da página seguinte em `proxima`; *mostrar mais* pede só essa parte.
    """

    slug: ClassVar[str]
    nome: ClassVar[str]
    alvo: ClassVar[str]
    regiao: ClassVar[str] = "lateral"
    icone: ClassVar[str] = "info"
    ordem: ClassVar[int] = 100
    ajuda: ClassVar[str] = ""
    tempo_limite: ClassVar[float] = 2
    # Os templates recebem a classe; sem isto a linguagem do Django a chamaria.
    do_not_call_in_templates: ClassVar[bool] = True

    def __init__(self, request: HttpRequest, objeto, etiqueta_id: int | None = None):
        self.request = request
        self.permissoes = request.user.permissoes
        self.objeto = objeto
        self.etiqueta_id = etiqueta_id

    @property
    def template(self) -> str:
        """O arquivo do corpo."""
        return f"widgets/{self.slug}.html"

    @property
    def cursor(self) -> str:
        """Depois de que linha começar, como veio em `?depois=`."""
        return self.request.GET.get("depois", "")

    @classmethod
    def enriquecer(cls, consulta: QuerySet) -> QuerySet:
        """A consulta do alvo com o que o widget lê junto dele, para não ir ao banco outra vez."""
        return consulta

    @classmethod
    def urgente(cls, painel) -> bool:
        """Se, neste painel, o cartão se abre mesmo que o arranjo o recolha."""
        return False

    def contexto(self) -> dict:
        """O que o template recebe. Pode levantar `FonteIndisponivel`."""
        return {}

    def atalhos(self, *slugs: str, objeto=None) -> list[dict]:
        """As ações concedidas entre `slugs`, sobre `objeto` (o do widget, sem ele), prontas para um botão.

        Quem chama já viu que o estado as permite; ao abrir, a ação confere tudo outra vez.
        """
        alvo = objeto or self.objeto
        classes = [ACOES[slug] for slug in slugs if self.permissoes.acao(slug)]
        return [
            {"nome": c.nome, "icone": c.icone, "url": reverse("acao", args=[c.slug, c.alvo, alvo.pk])}
            for c in classes
            if not c.capacidade or self.permissoes.tem(c.capacidade)
        ]


WIDGETS: Registro[Widget] = Registro(("slug", "nome", "alvo", "ajuda"))
