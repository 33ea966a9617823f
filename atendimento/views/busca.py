"""A busca: por POST, porque documento, telefone e e-mail não entram em endereço nenhum."""

import logging
from urllib.parse import urlencode

from django.db import OperationalError
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from psycopg.errors import QueryCanceled

from atendimento import busca as motor
from atendimento import mascaras
from atendimento.acesso import exige
from atendimento.models import ContatoReceptivo
from atendimento.tempo_limite import tempo_limite
from contratos.enums import SituacaoDoContrato
from perfis.capacidades import Capacidade

registro = logging.getLogger(__name__)

LIMITE_SEGUNDOS = 3
# Enquanto se digita mostram-se menos: a lista cabe na tela, e a página, que a lupa abre, traz mais.
AO_DIGITAR = 8
DEMOROU = "A busca demorou demais. Digite mais letras, ou uma chave inteira, e tente de novo."
LONGO_DEMAIS = f"A busca aceita até {motor.TAMANHO_MAXIMO} caracteres."
SO_NOMES = "Por endereço só se busca nome. Documento, telefone e e-mail, digite na caixa."


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def busca(request):
    """Resultados ao digitar (fragmento), por Enter (página) ou por `?q=` com um nome.

    Um só achado exato leva direto ao cliente, ou à solicitação quando se digitou um protocolo.
    """
    digitado = request.POST.get("q", "") if request.method == "POST" else request.GET.get("q", "")
    texto = digitado.replace("\x00", "").strip()
    if len(texto) > motor.TAMANHO_MAXIMO:
        return _responder(request, texto[: motor.TAMANHO_MAXIMO], [], erro=LONGO_DEMAIS, status=422)
    if request.method != "POST" and not motor.por_nome(texto):
        return _responder(request, "", [], erro=SO_NOMES, status=400)
    if request.method == "POST" and texto and not request.htmx and motor.por_nome(texto):
        return redirect(f"{reverse('busca')}?{urlencode({'q': texto})}")
    try:
        with tempo_limite(LIMITE_SEGUNDOS):
            return _procurar(request, texto)
    except OperationalError as erro:
        if not isinstance(erro.__cause__, QueryCanceled):
            raise
        # Sem o erro: o comando e o que se digitou dizem quem é o cliente.
        registro.warning("Uma busca passou de %s s e foi cortada.", LIMITE_SEGUNDOS)
        return _responder(request, texto, [], erro=DEMOROU, status=200 if request.htmx else 503)


def _procurar(request, texto: str):
    achados = motor.procurar(texto, request.user, _quantos(request))
    if len(achados) == 1 and achados[0].exato and not request.htmx:
        return redirect(_endereco(achados[0], texto))
    contato = None if achados else _contato(request.user, texto)
    if contato and not request.htmx:
        return redirect("contato", protocolo=contato.protocolo)
    return _responder(request, texto, achados, contato=contato)


def _quantos(request) -> int:
    return AO_DIGITAR if request.htmx else motor.LINHAS


def _contato(usuario, texto: str) -> ContatoReceptivo | None:
    """O contato ainda sem cliente que tem este protocolo."""
    protocolo = motor.protocolo_de(texto)
    if not protocolo:
        return None
    return ContatoReceptivo.objects.visiveis_para(usuario).filter(protocolo=protocolo).first()


def _responder(request, texto: str, achados: list, *, erro: str = "", contato=None, status: int = 200):
    lidas = motor.linhas(achados, request.user) if achados else []
    linhas = [_linha(linha, texto, request.user.permissoes) for linha in lidas]
    contexto = {
        "consulta": texto,
        "contato": contato,
        "linhas": linhas,
        "erro": erro,
        "cheia": len(achados) == _quantos(request),
        "sem_busca_no_topo": True,
    }
    template = "busca.html#resultados" if request.htmx else "busca.html"
    return render(request, template, contexto, status=status)


def _linha(linha: dict, texto: str, permissoes) -> dict:
    contratos = [c | {"texto": SituacaoDoContrato(c["situacao"]).label} for c in linha["contratos"]]
    return {
        "id": linha["id"],
        "nome": linha["nome_social"] or linha["nome"],
        "fantasia": linha["nome_fantasia"],
        "documento": mascaras.documento(linha["documento"], permissoes),
        "lugar": " · ".join(parte for parte in (linha["bairro"], linha["cidade"]) if parte),
        "contratos": contratos[:5],
        "mais_contratos": len(contratos) > 5,
        "chave": linha["achado"].chave,
        "url": _endereco(linha["achado"], texto),
    }


def _endereco(achado: motor.Achado, texto: str) -> str:
    """O painel do cliente ou, achado por um protocolo, o resumo da solicitação."""
    if achado.chave == "protocolo":
        return reverse("resumo", args=[motor.protocolo_de(texto)])
    url = reverse("cliente", args=[achado.cliente_id])
    return f"{url}?etiqueta={achado.etiqueta_id}" if achado.etiqueta_id else url
