"""O painel *Informações do cliente* e as abas do contrato."""

import pytest
from django.urls import reverse

from tests.fabricas import (
    criar_contrato,
    criar_empresa,
    criar_usuario,
)

ABAS = ["detalhes", "eventos", "servicos", "conexao"]
HTMX = {"HX-Request": "true", "HX-Target": "aba"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def empresa():
    return criar_empresa()


@pytest.fixture
def agente(client, empresa):
    usuario = criar_usuario(capacidades=["atender"], widgets=ABAS, empresas=[empresa])
    client.force_login(usuario)
    return usuario


def test_o_painel_mostra_o_cliente_seus_contratos_e_a_primeira_aba(client, agente, empresa):
    contrato = criar_contrato(empresa=empresa)
    resposta = client.get(reverse("cliente", args=[contrato.cliente_id]))
    pagina = resposta.content.decode()
    assert resposta.status_code == 200
    assert contrato.cliente.nome in pagina
    assert contrato.numero in pagina
    assert "Tipo de faturamento" in pagina


@pytest.mark.parametrize("aba", ABAS)
def test_cada_aba_abre_como_pagina_e_como_fragmento(client, agente, empresa, aba):
    contrato = criar_contrato(empresa=empresa)
    url = reverse("contrato", args=[contrato.pk, aba])
    pagina = client.get(url)
    fragmento = client.get(url, headers=HTMX)
    assert pagina.status_code == fragmento.status_code == 200
    assert "<html" in pagina.content.decode()
    assert "<html" not in fragmento.content.decode()
    assert 'aria-current="page"' in fragmento.content.decode()
