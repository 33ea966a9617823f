"""A supervisão: os números da operação, quem está presente e com o quê, e redistribuir muitas de uma vez."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from atendimento.acesso import exige
from atendimento.filas import supervisao as numeros
from atendimento.filas import tarefas
from atendimento.views.atualizacao import marca, responder
from perfis.capacidades import Capacidade


@require_safe
@exige(Capacidade.SUPERVISIONAR)
def supervisao(request):
    """Por equipe e por agente, nas equipes de quem supervisiona; o fragmento é tudo menos o título."""
    agora = timezone.now()
    aprovacoes = tarefas.aprovacoes(request.user)
    equipes = numeros.numeros(request.user, agora)
    agentes = numeros.agentes(request.user, agora)
    contexto = {
        "agora": agora,
        "colunas": [rotulo for rotulo, _ in numeros.COLUNAS.values()],
        "equipes": equipes,
        "agentes": agentes,
        "presentes": sum(agente["presente"] for agente in agentes),
        "aprovacoes": aprovacoes,
        "marca": marca(equipes, agentes, [linha["pedido"].pk for linha in aprovacoes["linhas"]]),
    }
    if request.htmx.target == "supervisao":
        return responder(request, "supervisao.html#numeros", contexto)
    return render(request, "supervisao.html", contexto)
