"""*Minhas tarefas*: a primeira página de quem atende."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from atendimento.acesso import exige
from atendimento.filas import equipes, tarefas
from atendimento.filas import linhas as das_linhas
from atendimento.views.atualizacao import marca, responder
from perfis.capacidades import Capacidade


@require_safe
@exige(Capacidade.ATENDER)
def inicio(request):
    """A caixa de busca e o que espera por quem entrou; o fragmento é tudo menos a busca."""
    agora = timezone.now()
    contexto = {
        "agora": agora,
        "minhas": tarefas.minhas(request.user, agora),
        "filas": equipes.resumir(request.user, agora),
        "execucoes": tarefas.execucoes(request.user),
        "aprovacoes": tarefas.aprovacoes(request.user),
        "sem_busca_no_topo": True,
    }
    contexto["marca"] = marca(
        das_linhas.vistas(contexto["minhas"]),
        contexto["filas"],
        [(e["execucao"].pk, e["execucao"].versao) for e in contexto["execucoes"]],
        contexto["aprovacoes"] and [linha["pedido"].pk for linha in contexto["aprovacoes"]["linhas"]],
    )
    if request.htmx.target == "tarefas":
        return responder(request, "inicio.html#tarefas", contexto)
    return render(request, "inicio.html", contexto)
