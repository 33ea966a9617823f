"""As ações do catálogo guardadas em cada processo, por versão.

A versão muda por gatilho na mesma transação que o catálogo, e vem com as permissões, que todo pedido já lê.
"""

from functools import lru_cache

from perfis.models import Acao


def acoes_do_catalogo(versao: str) -> dict[str, Acao]:
    """As ações do catálogo, por slug, com o que o administrador configurou. Um comando SQL por versão.

    Quem pede traz a versão que leu com as permissões (`Permissoes.versao_do_catalogo`). O que se recebe é de
    todo o processo e não se muda: quem vai escrever lê de novo.
    """
    return _da_versao(versao) if versao else _ler()


@lru_cache(maxsize=2)
def _da_versao(versao: str) -> dict[str, Acao]:
    return _ler()


def _ler() -> dict[str, Acao]:
    return {item.slug: item for item in Acao.objects.select_related("configuracao")}
