"""Arrumar os cartões do painel: mover, mudar de coluna, recolher, e voltar ao padrão do perfil."""

from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from atendimento import arranjo as arranjos
from atendimento.acesso import exige
from atendimento.dominio.arranjo import arrumar, desarrumar
from atendimento.painel import numero
from perfis.capacidades import Capacidade
from perfis.models.concessao import Coluna

PADRAO = "padrao"


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def arranjo(request):
    """A página dos cartões de quem entrou; cada botão é um formulário, e a página volta como ficou."""
    cliente = numero(request.GET.get("cliente"))
    if request.method != "POST":
        return _mostrar(request, cliente)
    gesto = request.POST.get("gesto", "")
    try:
        if gesto == PADRAO:
            desarrumar(request.user)
        else:
            arrumar(request.user, request.POST.get("widget", ""), gesto)
    except arranjos.GestoDesconhecido as erro:
        raise BadRequest("Gesto desconhecido.") from erro
    if request.htmx and "silencio" in request.POST:
        return HttpResponse(status=204)
    request.user.refresh_from_db(fields=["arranjo"])
    if request.htmx:
        return _mostrar(request, cliente)
    fim = f"?{urlencode({'cliente': cliente})}" if cliente else ""
    return HttpResponseRedirect(reverse("arranjo") + fim)


def _mostrar(request, cliente: int | None):
    lugares = arranjos.lugares(request.user.permissoes, request.user.arranjo)
    contexto = {
        "colunas": [
            (coluna, coluna.label, [lugar for lugar in lugares if lugar.coluna == coluna])
            for coluna in Coluna
        ],
        "cliente": cliente,
        "arrumado": bool(request.user.arranjo),
    }
    return render(request, "arranjo.html#colunas" if request.htmx else "arranjo.html", contexto)
