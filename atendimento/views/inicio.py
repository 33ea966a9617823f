"""*Minhas tarefas*: a primeira página de quem atende."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from atendimento.acesso import exige
from perfis.capacidades import Capacidade


@require_safe
@exige(Capacidade.ATENDER)
def inicio(request):
    """A caixa de busca e o que espera por quem entrou."""
    return render(request, "inicio.html", {"sem_busca_no_topo": True})
