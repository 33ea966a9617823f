"""Partes de página que se atualizam sozinhas: iguais ao que já se mostra, a resposta é vazia.

Assim o navegador só troca o que mudou, e quem está com o foco, uma caixa marcada ou um texto
selecionado na lista não os perde a cada pergunta.
"""

import hashlib

from django.http import HttpResponse
from django.shortcuts import render


def marca(*mostrado) -> str:
    """A impressão do que se mostra; o que muda a cada leitura sem se ver não pode entrar nela."""
    return hashlib.sha256(repr(mostrado).encode()).hexdigest()[:16]


def responder(request, template: str, contexto: dict) -> HttpResponse:
    """O fragmento, ou 204 se o navegador já mostra a mesma `marca`."""
    if request.GET.get("marca") == contexto["marca"]:
        return HttpResponse(status=204)
    return render(request, template, contexto)
