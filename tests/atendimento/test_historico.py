"""Todas as solicitações de um cliente: filtros, páginas e escopo."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import solicitacoes
from tests.execucao.cenario import criar_cenario
from tests.fabricas import (
    criar_contrato,
    criar_empresa,
    criar_motivo,
    criar_perfil,
    criar_solicitacao,
    criar_tipo_de_solicitacao,
    criar_usuario,
)

MAIS = {"HX-Request": "true", "HX-Target": "mais"}

pytestmark = pytest.mark.django_db


@pytest.fixture
def cenario(client):
    cenario = criar_cenario(acoes=())
    client.force_login(cenario.agente)
    return cenario


def url(cenario) -> str:
    return reverse("solicitacoes_do_cliente", args=[cenario.cliente.pk])


def protocolos(resposta) -> list[str]:
    return re.findall(r'href="/solicitacoes/(\d{14})/"', resposta.content.decode())


def test_vem_todas_da_mais_nova_a_mais_velha_abertas_e_fechadas(client, cenario):
    velha = criar_solicitacao(
        por=cenario.agente, etiqueta=cenario.etiqueta, em=timezone.now() - timedelta(days=400)
    )
    solicitacoes.cancelar(
        cenario.solicitacao, por=cenario.agente, versao=None, motivo=criar_motivo("cancelamento"),
        justificativa="Aberta por engano.",
    )  # fmt: skip
    resposta = client.get(url(cenario))
    assert protocolos(resposta) == [cenario.solicitacao.protocolo, velha.protocolo]
    assert "Cancelada" in resposta.content.decode()


def test_cada_filtro_do_endereco_escolhe(client, cenario):
    tipo, ontem = criar_tipo_de_solicitacao(), timezone.localdate() - timedelta(days=1)
    segundo = criar_contrato(cenario.cliente, cenario.empresa)
    outra = criar_solicitacao(
        por=cenario.agente, etiqueta=segundo.etiquetas.get(), tipo=tipo, em=timezone.now() - timedelta(days=1)
    )
    primeira, segunda = cenario.solicitacao.protocolo, outra.protocolo
    esperado = {
        "situacao=aberta": [segunda],
        "situacao=abertas": [primeira, segunda],
        "situacao=encerrada": [],
        f"tipo={tipo.pk}": [segunda],
        f"contrato={segundo.pk}": [segunda],
        f"ate={ontem:%Y-%m-%d}": [segunda],
        f"de={ontem + timedelta(days=1):%Y-%m-%d}": [primeira],
        f"situacao=aberta&contrato={cenario.contrato.pk}": [],
    }
    assert {c: protocolos(client.get(f"{url(cenario)}?{c}")) for c in esperado} == esperado


@pytest.mark.parametrize(
    "consulta",
    ["ordem=1", "situacao=x", "tipo=999999", "contrato=abc", "de=31/02/2026", "depois=x", "depois=1_1"],
)
def test_filtro_ou_cursor_desconhecido_e_400(client, cenario, consulta):
    assert client.get(f"{url(cenario)}?{consulta}").status_code == 400


def test_o_contrato_de_outra_empresa_nao_se_filtra_nem_aparece(client, cenario):
    alheio = criar_contrato(cenario.cliente, criar_empresa())
    outro = criar_usuario(capacidades=["atender"], empresas=[alheio.empresa])
    assert client.get(f"{url(cenario)}?contrato={alheio.pk}").status_code == 400
    assert alheio.numero not in client.get(url(cenario)).content.decode()
    client.force_login(outro)
    assert protocolos(client.get(url(cenario))) == []


@pytest.mark.parametrize("quantas", [3, 70])
def test_as_paginas_nao_repetem_nem_perdem_e_custam_o_mesmo(client, cenario, quantas):
    agora = timezone.now()
    for n in range(quantas):
        criar_solicitacao(
            por=cenario.agente,
            etiqueta=cenario.etiqueta,
            em=agora - timedelta(hours=n // 3),
            descricao=f"n {n}",
        )
    endereco, lidos = f"{url(cenario)}?situacao=abertas", []
    while endereco:
        with CaptureQueriesContext(connection) as consultas:
            pagina = client.get(endereco, headers=MAIS)
        assert len(consultas) == 5
        lidos += protocolos(pagina)
        seguinte = re.search(r'hx-get="([^"]+)"\s+hx-target="#mais"', pagina.content.decode())
        endereco = seguinte and seguinte[1].replace("&amp;", "&")
    assert len(lidos) == len(set(lidos)) == quantas + 1


def test_403_sem_a_capacidade_e_404_fora_do_escopo(client, cenario):
    client.force_login(criar_usuario(capacidades=["atender"], empresas=[criar_empresa()]))
    assert client.get(url(cenario)).status_code == 404
    assert client.get(reverse("solicitacoes_do_cliente", args=[10**9])).status_code == 404
    client.force_login(criar_usuario(criar_perfil(empresas=[cenario.empresa])))
    assert client.get(url(cenario)).status_code == 403
