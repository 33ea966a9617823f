"""Garantias para toda resposta: a entrada não repete o que se buscava, a sessão vencida não some num
fragmento, e nada fica no navegador."""

from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme


class EntradaObrigatoria(LoginRequiredMiddleware):
    """Manda à entrada quem não entrou, de onde volta à página que queria.

    O que se buscava por `?q=` não volta: se fosse um documento, um telefone ou um e-mail, ficaria também no
    endereço da entrada.
    """

    def handle_no_permission(self, request, view_func):
        """O redirecionamento do Django, sem a busca."""
        if "q" in request.GET:
            request.META["QUERY_STRING"] = ""
        return super().handle_no_permission(request, view_func)


class FragmentoSemSessao:
    """Leva a página inteira à entrada quando um fragmento pede sessão.

    Sem isto o htmx seguiria o redirecionamento e poria a página de entrada dentro do alvo. A volta é
    para a página em que a pessoa estava, não para o endereço do fragmento. Fica antes de
    `LoginRequiredMiddleware`, para ver a resposta dele.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not request.htmx or response.status_code != 302:
            return response
        entrada = resolve_url(settings.LOGIN_URL)
        if urlsplit(response["Location"]).path != entrada:
            return response
        nova = HttpResponse(status=401)
        nova["HX-Redirect"] = f"{entrada}?{urlencode({'next': self._volta(request)})}"
        return nova

    def _volta(self, request) -> str:
        # O cabeçalho vem do navegador: só vale um caminho desta instalação.
        caminho = request.htmx.current_url_abs_path or "/"
        if not url_has_allowed_host_and_scheme(caminho, allowed_hosts=None):
            return "/"
        return caminho


class SemCopiaNoNavegador:
    """`Cache-Control: no-store` em toda página: o botão voltar, depois de sair, não mostra dado de cliente, e
    nenhum intermediário o guarda. Os arquivos estáticos são servidos antes de chegar aqui."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        # Sem olhar quem é: perguntar pelo usuário leria a sessão, e `/saude/` responde sem o banco.
        response = self.get_response(request)
        add_never_cache_headers(response)
        return response
