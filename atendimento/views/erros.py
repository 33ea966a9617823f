"""Páginas de erro: a frase do que houve, inteira ou como fragmento, sem contar o que não se pode ver."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

FRASE_403 = "Seu perfil não permite esta operação."


def pedido_invalido(request, exception=None):
    """400: um filtro, uma ordem ou um valor que o console não conhece."""
    return _responder(request, 400, _frase(exception, "O console não entendeu este endereço."))


def permissao_negada(request, exception=None):
    """403: o perfil não tem a capacidade. Mostra a razão que a recusa trouxe."""
    return _responder(request, 403, _frase(exception, FRASE_403))


def nao_encontrado(request, exception=None):
    """404: não existe ou está fora do alcance, com a mesma resposta nos dois casos."""
    # A frase de `Http404` pode nomear o que não se pode ver: nunca vai para a página.
    return _responder(request, 404, "Isto não existe ou está fora do seu alcance.")


def impedido(request, recusa):
    """409: uma regra não deixa agora, com a frase da recusa."""
    return _responder(request, 409, recusa.frase)


def falha_de_csrf(request, reason=""):
    """403 de formulário antigo: a página ficou aberta enquanto a sessão mudava."""
    return _responder(request, 403, "Esta página ficou velha. Atualize-a e envie de novo.", "403_csrf.html")


def falha_interna(request):
    """500, sem depender de banco, de sessão nem de processador de contexto."""
    if getattr(request, "htmx", False):
        conteudo = render_to_string("componentes/_erro.html", {"frase": _FALHA})
        return _marcar(HttpResponse(conteudo, status=500))
    return HttpResponse(render_to_string("500.html", {"frase": _FALHA}), status=500)


_FALHA = "O console não conseguiu responder agora. Nada foi gravado; tente de novo."


def _frase(exception, padrao: str) -> str:
    frase = str(exception) if exception else ""
    return frase or padrao


def _responder(request, status: int, frase: str, template: str = "") -> HttpResponse:
    if getattr(request, "htmx", False):
        return _marcar(render(request, "componentes/_erro.html", {"frase": frase}, status=status))
    return render(request, template or f"{status}.html", {"frase": frase}, status=status)


def _marcar(response: HttpResponse) -> HttpResponse:
    """Diz a `falhas.js` que o corpo é uma frase nossa, e não a página de um proxy."""
    response["Fragmento-De-Erro"] = "1"
    return response
