"""O que toda página recebe. Não consulta o banco: usa só o que a requisição já leu."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from perfis.capacidades import Capacidade
from perfis.models.usuario import Tema


@dataclass(frozen=True)
class ItemDeMenu:
    """Uma entrada da barra, para quem tem `capacidade`, ou para quem administra."""

    nome: str
    rota: str
    capacidade: Capacidade | None = None
    admin: bool = False


MENU = (
    ItemDeMenu("Minhas tarefas", "inicio"),
    ItemDeMenu("Filas", "filas", Capacidade.ATENDER),
    ItemDeMenu("Supervisão", "supervisao", Capacidade.SUPERVISIONAR),
    ItemDeMenu("Ajuda", "ajuda"),
    ItemDeMenu("Parâmetros", "admin:index", admin=True),
)


def pagina(request: HttpRequest) -> dict:
    """Variáveis de `base.html`: provedor, tema, faixa de demonstração e o menu que o perfil permite."""
    usuario = getattr(request, "user", None)
    conhecido = usuario is not None and usuario.is_authenticated
    return {
        "provedor": settings.NOME_DO_PROVEDOR,
        "dados_ficticios": settings.INSTALACAO_LOCAL,
        "tema": usuario.tema if conhecido else Tema.AUTO.value,
        "iniciais": _iniciais(usuario.nome_exibido) if conhecido else "",
        # Quem usa o console dá sinal de presença e guarda rascunhos.
        "atende": SimpleLazyObject(lambda: conhecido and usuario.permissoes.tem(Capacidade.ATENDER)),
        # Só quem mostra a barra paga a leitura das permissões.
        "itens_de_menu": SimpleLazyObject(lambda: _itens(request.path, usuario) if conhecido else []),
    }


def _iniciais(nome: str) -> str:
    palavras = nome.split()
    return "".join(palavra[0] for palavra in (palavras[0], *palavras[1:][-1:])).upper()


def _itens(caminho: str, usuario) -> list[dict]:
    com_url = [(item.nome, _url(item.rota)) for item in MENU if _permitido(item, usuario)]
    return [{"nome": nome, "url": url, "atual": _atual(caminho, url)} for nome, url in com_url if url]


def _permitido(item: ItemDeMenu, usuario) -> bool:
    if item.admin:
        return usuario.is_staff
    return item.capacidade is None or usuario.permissoes.tem(item.capacidade)


def _url(rota: str) -> str:
    # Uma parte do console que não está na instalação não tem rota nem entrada no menu.
    try:
        return reverse(rota)
    except NoReverseMatch:
        return ""


def _atual(caminho: str, url: str) -> bool:
    return caminho == url if url == "/" else caminho.startswith(url)
