"""Sessão vencida num fragmento e cópias no navegador."""

import pytest
from django.conf import settings

from tests.fabricas import criar_usuario

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


def test_fragmento_sem_sessao_leva_a_pagina_inteira_a_entrada_e_de_volta(client):
    onde = "http://testserver/clientes/7/?etiqueta=3"

    resposta = client.get("/conta/", headers=HTMX | {"HX-Current-URL": onde})

    assert resposta.status_code == 401
    assert resposta["HX-Redirect"] == "/entrar/?next=%2Fclientes%2F7%2F%3Fetiqueta%3D3"
    assert resposta.content == b""


@pytest.mark.parametrize("onde", ["https://outro.example/x", "http://testserver//outro.example/x", ""])
def test_a_volta_nunca_e_a_outro_site(client, onde):
    resposta = client.get("/conta/", headers=HTMX | {"HX-Current-URL": onde})

    assert resposta["HX-Redirect"] == "/entrar/?next=%2F"


def test_pagina_inteira_sem_sessao_segue_o_redirecionamento_comum(client):
    resposta = client.get("/conta/")

    assert (resposta.status_code, resposta["Location"]) == (302, "/entrar/?next=/conta/")


def test_outro_redirecionamento_num_fragmento_passa_como_esta(client):
    client.force_login(criar_usuario())

    resposta = client.get("/conta/dois-fatores/ligar/", headers=HTMX)

    assert resposta.status_code == 302
    assert "HX-Redirect" not in resposta


def test_nada_do_que_um_usuario_recebe_fica_no_navegador(client):
    client.force_login(criar_usuario())

    for caminho in ("/conta/", "/ajuda/", "/clientes/999999/", "/admin/"):
        assert "no-store" in client.get(caminho)["Cache-Control"]


def test_a_resposta_que_encerra_a_sessao_tambem_nao_fica(client):
    client.force_login(criar_usuario())

    assert "no-store" in client.post("/sair/")["Cache-Control"]


def test_a_garantia_nao_custa_uma_leitura_do_banco(client, django_assert_num_queries):
    client.force_login(criar_usuario())

    with django_assert_num_queries(1):
        client.get("/saude/")


def test_toda_resposta_leva_a_politica_estrita_de_conteudo(client):
    client.force_login(criar_usuario())

    for caminho, cabecalhos in (("/conta/", {}), ("/clientes/999999/", HTMX), ("/entrar/", {})):
        politica = client.get(caminho, headers=cabecalhos)["Content-Security-Policy"]
        assert "default-src 'none'" in politica
        assert "unsafe" not in politica


def test_o_fragmento_sem_sessao_e_visto_antes_de_pedirem_a_entrada():
    camadas = settings.MIDDLEWARE

    assert camadas.index("atendimento.middleware.FragmentoSemSessao") < camadas.index(
        "atendimento.middleware.EntradaObrigatoria"
    )
