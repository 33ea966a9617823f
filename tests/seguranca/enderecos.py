"""O URLconf inteiro, com o admin, e o que cada endereço declara."""

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, get_resolver


@dataclass(frozen=True)
class Endereco:
    """Um padrão do URLconf: como se escreve, o nome completo e quem responde."""

    padrao: str
    nome: str
    view: Any

    @property
    def do_admin(self) -> bool:
        """Se é do site do admin, que declara o acesso em cada página registrada."""
        return self.nome.startswith("admin:")

    @property
    def acesso(self) -> str | None:
        """O que um decorador de `atendimento.acesso` declarou."""
        view = self.view
        while view is not None:
            if acesso := getattr(view, "acesso", None):
                return acesso
            view = getattr(view, "__wrapped__", None)
        return None


def _percorrer(padroes, prefixo="", espaco=""):
    for padrao in padroes:
        if isinstance(padrao, URLPattern):
            nome = f"{espaco}:{padrao.name}" if espaco else str(padrao.name)
            yield Endereco(prefixo + str(padrao.pattern), nome, padrao.callback)
        else:
            novo = padrao.namespace or espaco
            yield from _percorrer(padrao.url_patterns, prefixo + str(padrao.pattern), novo)


ENDERECOS = list(_percorrer(get_resolver().url_patterns))
DO_CONSOLE = [endereco for endereco in ENDERECOS if not endereco.do_admin]
DO_ADMIN = [endereco for endereco in ENDERECOS if endereco.do_admin]
