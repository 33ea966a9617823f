"""Os sinais de presença: quem está no console e quem está na mesma solicitação."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from atendimento.acesso import exige
from atendimento.dominio import rascunhos
from atendimento.models import Solicitacao
from atendimento.views.atualizacao import marca
from perfis.capacidades import Capacidade


@require_POST
@exige(Capacidade.ATENDER)
def no_console(request):
    """Dá sinal de vida no console. Responde 204."""
    rascunhos.marcar_presenca(por=request.user)
    return HttpResponse(status=204)


@require_POST
@exige(Capacidade.ATENDER)
def na_solicitacao(request, pk: int):
    """Dá sinal naquela solicitação e diz quem mais está nela; 204 se é o que já se mostra."""
    escrevendo = request.POST.get("escrevendo", "")
    if escrevendo not in ("", "0", "1"):
        raise BadRequest("Sinal de presença desconhecido.")
    if not Solicitacao.objects.visiveis_para(request.user).filter(pk=pk).exists():
        raise Http404
    rascunhos.marcar_presenca(por=request.user)
    rascunhos.marcar_presenca(por=request.user, solicitacao=pk, escrevendo=escrevendo == "1")
    outros = [
        {"nome": presenca.usuario.nome_exibido, "escrevendo": presenca.escrevendo}
        for presenca in rascunhos.presentes(pk, exceto=request.user)
    ]
    # Na ordem do nome: a dos sinais muda a cada um, e o aviso não mudou.
    outros.sort(key=lambda outro: outro["nome"])
    impressao = marca(outros)
    if request.POST.get("marca") == impressao:
        return HttpResponse(status=204)
    return render(request, "componentes/_presentes.html", {"outros": outros, "marca": impressao})
