"""Sem a capacidade nenhum dado pessoal, e nunca o que é de outra empresa, em página, fragmento ou registro.

Percorre os pedidos de `casos.py`, os do admin também. O que vale para toda resposta, seja de quem for
(senha, dado num endereço, cabeçalhos), `pedir` confere em cada uma.
"""

import logging

import pytest

from tests.seguranca.casos import CASOS, FRAGMENTOS, REAIS, cada_um, dizendo, grupos
from tests.seguranca.mundo import DA_OUTRA, INTEIROS, PESSOAIS, SENHAS, desfeito
from tests.seguranca.pedir import REVELADOS, TODO_PESSOAL, achados, pedir, revelados, texto
from tests.seguranca.test_portas import tirar

pytestmark = pytest.mark.django_db


@pytest.fixture
def registros(caplog):
    """Tudo o que se registra durante o pedido, do mais miúdo ao mais grave."""
    caplog.set_level(logging.DEBUG)
    # O registro de comandos SQL é da depuração, e só existe com DEBUG ligado.
    logging.getLogger("django.db.backends").setLevel(logging.WARNING)
    return caplog


@pytest.mark.parametrize("grupo", grupos())
def test_sem_a_capacidade_nenhum_dado_pessoal_em_pagina_fragmento_nem_registro(grupo, mundo, registros):
    with desfeito():
        for capacidade in INTEIROS:
            tirar(mundo, capacidade)
        for pedido in cada_um(grupo):
            with dizendo(pedido):
                conferir_sem_a_capacidade(pedido, mundo)
                assert achados(registros.text, [*TODO_PESSOAL, *SENHAS]) == []
                registros.clear()


def conferir_sem_a_capacidade(pedido, mundo) -> None:
    respostas = [pedir(pedido, mundo, mundo.protagonista)]
    if pedido.metodo == "GET" and pedido.acesso not in ("admin", "publico", "autenticado"):
        for alvo in FRAGMENTOS.get(pedido.rota, [""]):
            respostas.append(pedir(pedido, mundo, mundo.protagonista, HX_Request="true", HX_Target=alvo))
    for resposta in respostas:
        assert resposta.status_code < 500
        assert achados(texto(resposta), [v for v in TODO_PESSOAL if v not in revelados(pedido)]) == []
        assert achados(texto(resposta), DA_OUTRA) == []


@pytest.mark.parametrize("pedido", [p for p in REAIS if p.rota == "revelar"], ids=str)
def test_a_revelacao_mostra_so_o_seu_valor(pedido, mundo):
    resposta = pedir(pedido, mundo, mundo.protagonista, HX_Request="true")

    assert achados(texto(resposta), revelados(pedido))
    alheios = [v for v in (*SENHAS, *TODO_PESSOAL) if v not in revelados(pedido)]
    assert achados(texto(resposta), alheios) == []


def test_toda_revelacao_diz_o_que_mostra():
    assert {p.rotulo for p in CASOS if p.rota == "revelar"} == set(REVELADOS)


def test_os_valores_procurados_existem_e_se_mostram_a_quem_pode(mundo):
    """Sem isto, um dado que mudasse de forma deixaria os testes acima verdes e cegos."""
    assert mundo.cliente.documento in PESSOAIS["ver_documento"]
    assert mundo.contatos["telefone"].valor in PESSOAIS["ver_telefone"]
    assert mundo.contatos["email"].valor in PESSOAIS["ver_email"]
    paginas = [p for p in REAIS if p.rota in ("widget", "admin:clientes_cliente_change")]
    inteiras = " ".join(texto(pedir(p, mundo, mundo.protagonista)) for p in paginas)
    for valores in PESSOAIS.values():
        assert achados(inteiras, valores), valores
