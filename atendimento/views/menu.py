"""A lista de ações do ícone *Informações do cliente*: um fragmento do menu ou, sem JavaScript, uma página."""

from dataclasses import replace

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from atendimento import barra, painel
from atendimento.acesso import exige
from atendimento.disponiveis import acoes_disponiveis
from atendimento.eixo import Eixo
from atendimento.models import Solicitacao
from perfis.capacidades import Capacidade


@require_safe
@exige(Capacidade.ATENDER)
def acoes_do_cliente(request, pk: int):
    """As ações que o perfil concede na etiqueta e na solicitação dadas, em grupos."""
    eixo = _eixo(request, pk)
    contexto = {
        "grupos": barra.agrupar(acoes_disponiveis(request.user, eixo)),
        "cliente": eixo.cliente,
        # No painel a ação abre no centro da página; no resumo, que não o tem, numa página.
        "no_painel": request.htmx and request.GET.get("em") == "painel",
        "trilha": [
            ("Estrutura de Atendimento", ""),
            ("Atendimento", reverse("inicio")),
            ("Informações do cliente", reverse("cliente", args=[pk])),
            ("Ações", ""),
        ],
    }
    return render(
        request, "acoes_do_cliente.html#lista" if request.htmx else "acoes_do_cliente.html", contexto
    )


def _eixo(request, pk: int) -> Eixo:
    montado = painel.montar(
        request.user,
        cliente_id=pk,
        contrato_id=painel.numero(request.GET.get("contrato")),
        etiqueta_id=request.GET.get("etiqueta"),
    )
    eixo = barra.eixo_do(montado, request.user)
    protocolo = request.GET.get("protocolo")
    if not protocolo:
        return eixo
    achada = (
        Solicitacao.objects.visiveis_para(request.user)
        .select_related("equipe", "responsavel", "tipo", "etiqueta", "contrato")
        .filter(protocolo=protocolo, cliente=pk)
        .first()
    )
    if achada is None:
        raise Http404
    return replace(eixo, solicitacao=achada)
