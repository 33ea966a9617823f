"""O que se digita, guardado no servidor enquanto se digita, e devolvido ao formulário que se reabre."""

import re

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from atendimento.acesso import exige
from atendimento.dominio import rascunhos
from atendimento.excecoes import DadoInvalido
from perfis.capacidades import Capacidade

# O que um formulário traz e não é o que se digitou.
DE_CONTROLE = {"csrfmiddlewaretoken", "chave", "versao", "versao_do_alvo", "depois", "corrige"}
_CHAVE = re.compile(r"(acao|execucao|relato)-[a-z0-9_-]+")


@require_POST
@exige(Capacidade.ATENDER)
def salvar(request, chave: str):
    """Guarda os campos digitados; o formulário esvaziado esquece o rascunho. Responde 204."""
    dados = {nome: valores for nome, valores in request.POST.lists() if nome not in DE_CONTROLE}
    if not _CHAVE.fullmatch(chave):
        return HttpResponse("Formulário desconhecido.", status=422)
    if not any(valor.strip() for valores in dados.values() for valor in valores):
        rascunhos.apagar_rascunho(por=request.user, chave=chave)
        return HttpResponse(status=204)
    try:
        rascunhos.salvar_rascunho(por=request.user, chave=chave, dados=dados)
    except DadoInvalido as recusa:
        return HttpResponse(recusa.frase, status=recusa.status)
    return HttpResponse(status=204)


@require_POST
@exige(Capacidade.ATENDER)
def apagar(request, chave: str):
    """Descarta o rascunho e volta ao formulário, em branco."""
    rascunhos.apagar_rascunho(por=request.user, chave=chave)
    volta = request.POST.get("volta", "")
    return redirect(volta if url_has_allowed_host_and_scheme(volta, None) else reverse("inicio"))


def chave_da_acao(slug: str, alvo: str, pk: int) -> str:
    """O primeiro passo de uma ação que ainda não tem execução."""
    return f"acao-{slug}-{alvo}-{pk}"


def chave_do_passo(execucao, numero: int) -> str:
    """Um passo de uma execução."""
    return f"execucao-{execucao.pk}-{numero}"


def chave_do_relato(solicitacao) -> str:
    """O relato que se escreve numa solicitação."""
    return f"relato-{solicitacao.pk}"


def recuperar(usuario, chave: str, form: type[Form]) -> dict:
    """O rascunho como valores iniciais de um formulário ainda não enviado; vazio, se não há."""
    dados = rascunhos.ler_rascunho(por=usuario, chave=chave)
    iniciais = {}
    for nome, campo in form.base_fields.items():
        if valores := dados.get(nome):
            iniciais[nome] = valores if _varios(campo) else valores[-1]
    return iniciais


def _varios(campo) -> bool:
    return getattr(campo.widget, "allow_multiple_selected", False)


def contexto(chave: str, *, volta: str, recuperado: bool) -> dict:
    """O que o template precisa para guardar, avisar que recuperou e descartar."""
    return {
        "rascunho": {
            "url": reverse("rascunho", args=[chave]),
            "apagar_url": reverse("rascunho_apagar", args=[chave]),
            "volta": volta,
            "recuperado": recuperado,
        }
    }
