"""Um widget sozinho: confere escopo e perfil, e segura a falha dentro do cartão."""

import logging
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from atendimento import alvos, cartoes
from atendimento.acesso import exige
from atendimento.tempo_limite import tempo_limite
from atendimento.widgets.base import WIDGETS, FonteIndisponivel, Widget
from perfis.capacidades import Capacidade

registro = logging.getLogger(__name__)

SEM_RESPOSTA = "A consulta demorou demais. Tente de novo."


@require_safe
@exige(Capacidade.ATENDER)
def widget(request, slug: str, alvo: str, pk: int):
    """O cartão como fragmento ou, sem JavaScript, como página."""
    classe = WIDGETS.get(slug)
    if classe is None or classe.alvo != alvo:
        raise Http404
    objeto = alvos.carregar(alvo, pk, request.user, classe.enriquecer)
    concedido = request.user.permissoes.widget(slug)
    if concedido is None:
        raise PermissionDenied(f"Seu perfil não permite ver {classe.nome}.")
    contexto = corpo(classe(request, objeto), request.path) | {
        "widget": classe,
        "cabecalho": cartoes.cabecalho(classe, recolhido=False),
        "widget_url": request.path,
        "atualiza": concedido.atualiza_segundos,
        "cliente_id": alvos.cliente_de(objeto),
    }
    if pede_mais_linhas(request, contexto):
        return render(request, f"{contexto['corpo_template']}#linhas", contexto)
    return render(request, "widget.html#cartao" if request.htmx else "widget.html", contexto)


def pede_mais_linhas(request, contexto: dict) -> bool:
    """Se o htmx quer só as linhas seguintes, e o widget as tem: o alvo é o que o navegador quis dizer."""
    return request.htmx.target == "mais" and "proxima" in contexto


def corpo(widget: Widget, url: str) -> dict:
    """O contexto do corpo de um widget servido em `url`.

    Quando a fonte falha, traz a frase da falha em `falha`; quando há mais linhas, `mais_url`.
    """
    contexto = {"corpo_template": widget.template, "falha": "", "mais_url": ""}
    try:
        with tempo_limite(widget.tempo_limite):
            contexto |= widget.contexto()
    except FonteIndisponivel as falha:
        return contexto | {"falha": str(falha)}
    except OperationalError:
        registro.exception("O widget %s não respondeu.", widget.slug)
        return contexto | {"falha": SEM_RESPOSTA}
    if proxima := contexto.get("proxima"):
        contexto["mais_url"] = f"{url}{'&' if '?' in url else '?'}{urlencode({'depois': proxima})}"
    return contexto
