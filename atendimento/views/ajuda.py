"""O manual, em português, para quem atende e para quem administra."""

from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atendimento.acesso import autenticado
from atendimento.widgets.base import WIDGETS

PAGINAS = {
    "informacoes-do-cliente": "Informações do cliente",
    "busca": "Buscar um cliente",
    "atalhos": "Atalhos do teclado",
    "dados-pessoais": "Dados pessoais e senhas",
    "perfis": "Configurações de Perfis",
    "glossario": "Glossário",
}


@require_safe
@autenticado
def indice(request):
    """As páginas do manual e os widgets que o perfil concede."""
    concedidos = [w for w in WIDGETS if request.user.permissoes.widget(w.slug)]
    return render(request, "ajuda/indice.html", {"paginas": PAGINAS, "widgets": concedidos})


@require_safe
@autenticado
def pagina(request, slug: str):
    """Uma página do manual."""
    if slug not in PAGINAS:
        raise Http404
    return render(request, f"ajuda/{slug}.html", {"titulo": PAGINAS[slug]})


@require_safe
@autenticado
def widget(request, slug: str):
    """Para que serve um widget; só os que o perfil concede."""
    classe = WIDGETS.get(slug)
    if classe is None or request.user.permissoes.widget(slug) is None:
        raise Http404
    return render(request, "ajuda/widget.html", {"widget": classe})
