"""As páginas de erro: inteiras, como fragmento, e sem contar o que não se pode ver."""

import pytest
from django.core.exceptions import BadRequest, PermissionDenied
from django.db import connection
from django.http import Http404
from django.test import Client

from atendimento.views import erros
from tests.fabricas import criar_usuario

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def pedido(rf):
    def fazer(usuario, htmx=False):
        request = rf.get("/qualquer/")
        request.user = usuario
        request.htmx = htmx
        return request

    return fazer


@pytest.mark.parametrize(
    ("pagina", "excecao", "status", "frase"),
    [
        (erros.pedido_invalido, BadRequest("Filtro desconhecido."), 400, "Filtro desconhecido."),
        (erros.permissao_negada, PermissionDenied("Falta a aba."), 403, "Falta a aba."),
        (erros.permissao_negada, PermissionDenied(), 403, "Seu perfil não permite esta operação."),
        (
            erros.nao_encontrado,
            Http404("Cliente Jacira"),
            404,
            "Isto não existe ou está fora do seu alcance.",
        ),
    ],
)
@pytest.mark.parametrize("htmx", [False, True])
def test_cada_erro_tem_pagina_e_fragmento_com_a_frase(pedido, pagina, excecao, status, frase, htmx):
    resposta = pagina(pedido(criar_usuario(), htmx), excecao)
    texto = resposta.content.decode()

    assert resposta.status_code == status
    assert frase in texto
    assert ("<html" in texto) is not htmx
    assert resposta.get("Fragmento-De-Erro") == ("1" if htmx else None)


def test_a_frase_do_404_nunca_vai_para_a_pagina(pedido):
    resposta = erros.nao_encontrado(pedido(criar_usuario()), Http404("Cliente Jacira"))

    assert b"Jacira" not in resposta.content


def test_a_razao_de_uma_recusa_e_escapada(pedido):
    resposta = erros.permissao_negada(pedido(criar_usuario()), PermissionDenied("<script>x</script>"))

    assert b"<script>x" not in resposta.content


@pytest.mark.parametrize("htmx", [False, True])
def test_a_falha_interna_nao_depende_do_banco(pedido, htmx):
    def recusar(*_):
        raise AssertionError("a página de erro consultou o banco")

    with connection.execute_wrapper(recusar):
        resposta = erros.falha_interna(pedido(None, htmx))

    assert resposta.status_code == 500
    assert "não conseguiu responder" in resposta.content.decode()


def test_um_formulario_velho_diz_que_a_pagina_ficou_velha():
    cliente = Client(enforce_csrf_checks=True)

    resposta = cliente.post("/entrar/", {"login": "a", "password": "b"})

    assert resposta.status_code == 403
    assert "Esta página ficou velha" in resposta.content.decode()


def test_o_404_de_quem_entrou_mostra_o_menu(client):
    client.force_login(criar_usuario())

    assert 'aria-label="Principal"' in client.get("/nada-aqui/").content.decode()


def test_o_404_de_fora_nao_mostra_menu_nem_busca(client):
    texto = client.get("/nada-aqui/").content.decode()

    assert 'aria-label="Principal"' not in texto
    assert "data-busca" not in texto
