"""A própria conta: quem sou, que perfis tenho, o tema, e a porta do admin."""

from urllib.parse import urlencode, urlsplit

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from atendimento.acesso import autenticado, publico
from perfis.dominio.conta import escolher_tema
from perfis.models import Perfil


@require_safe
@autenticado
def conta(request):
    """Nome, perfis e os caminhos para senha e verificação em duas etapas."""
    perfis = Perfil.objects.filter(user=request.user).order_by("name").values("name", "descricao", "ativo")
    contexto = {
        "perfis": perfis,
        "dois_fatores": request.user.authenticator_set.exists(),
        "trilha": [("Minhas tarefas", reverse("inicio")), ("Conta", "")],
    }
    return render(request, "conta.html", contexto)


@require_POST
@autenticado
def tema(request):
    """Guarda o tema e volta à página de onde se veio."""
    try:
        escolher_tema(request.user, request.POST.get("tema", ""))
    except ValueError as erro:
        raise BadRequest("Este tema não existe.") from erro
    if request.htmx:
        return HttpResponse(status=204)
    return redirect(_de_onde_veio(request) or "conta")


@publico
def entrar_no_admin(request):
    """A porta do admin é a do console, com o mesmo limite de tentativas e a mesma segunda etapa."""
    destino = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(destino, allowed_hosts=None):
        destino = reverse("admin:index")
    if not request.user.is_authenticated:
        return redirect(f"{reverse('account_login')}?{urlencode({'next': destino})}")
    # Quem já entrou e não é da administração voltaria para cá sem fim.
    if not request.user.is_staff:
        raise PermissionDenied("Seu usuário não tem acesso aos Parâmetros do Atendimento.")
    return redirect(destino)


def _de_onde_veio(request) -> str:
    origem = urlsplit(request.headers.get("referer", ""))
    caminho = f"{origem.path}?{origem.query}" if origem.query else origem.path
    mesma_casa = origem.netloc == request.get_host()
    return caminho if mesma_casa and url_has_allowed_host_and_scheme(caminho, allowed_hosts=None) else ""
