"""Contatos receptivos pela tela: registrar, achar o cliente, virar solicitação."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from atendimento.dominio import solicitacoes
from atendimento.models import ContatoReceptivo, MembroDaEquipe, Solicitacao
from tests.execucao.cenario import criar_cenario
from tests.fabricas import (
    criar_contrato,
    criar_empresa,
    criar_equipe,
    criar_perfil,
    criar_usuario,
)

MAIS = {"HX-Request": "true", "HX-Target": "mais"}
HOSTIL = "<script>alert(1)</script>"

pytestmark = pytest.mark.django_db


@pytest.fixture
def cenario(client):
    cenario = criar_cenario(acoes=("iniciar", "abrir"), em_maos=False)
    client.force_login(cenario.agente)
    return cenario


def registrar(client, cenario, **campos):
    padrao = {
        "canal": "telefone",
        "nome": "Marina Imbuia",
        "assunto": "Sem sinal.",
        "equipe": cenario.equipe.pk,
    }
    return client.post(reverse("contatos"), padrao | campos)


def texto(resposta) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", resposta.content.decode()).split())


def test_registra_acha_o_cliente_e_vira_solicitacao_de_mesmo_protocolo(client, cenario):
    resposta = registrar(client, cenario, telefone="(54) 90000-1234")
    contato = ContatoReceptivo.objects.get()
    endereco = reverse("contato", args=[contato.protocolo])
    assert resposta.url == endereco
    assert contato.protocolo in texto(client.get(reverse("contatos")))
    achado = texto(client.post(endereco, {"q": cenario.contrato.numero}))
    assert cenario.etiqueta.codigo in achado
    resposta = client.post(
        reverse("contato_converter", args=[contato.protocolo]),
        {"etiqueta": cenario.etiqueta.pk, "solicitante_nome": "Marina Imbuia", "descricao": "Sem sinal.",
         "solicitante_relacao": "familiar", "fazer": "iniciar"},
    )  # fmt: skip
    nova = Solicitacao.objects.get(protocolo=contato.protocolo)
    assert resposta.url == f"/clientes/{cenario.cliente.pk}/?etiqueta={cenario.etiqueta.pk}"
    assert (nova.situacao, nova.responsavel, nova.solicitante_telefone) == (
        "em_atendimento", cenario.agente, "+5554900001234",
    )  # fmt: skip
    assert nova.aberta_em == contato.recebido_em
    assert client.get(endereco).url == reverse("resumo", args=[contato.protocolo])
    assert endereco not in client.get(reverse("contatos")).content.decode()


def converter(client, protocolo, etiqueta, **campos):
    padrao = {"etiqueta": etiqueta, "solicitante_nome": "Marina", "solicitante_relacao": "titular",
              "descricao": "Sem sinal.", "fazer": "abrir"}  # fmt: skip
    return client.post(reverse("contato_converter", args=[protocolo]), padrao | campos)


def test_na_fila_leva_ao_resumo_e_converter_de_novo_e_recusado(client, cenario):
    registrar(client, cenario)
    protocolo = ContatoReceptivo.objects.get().protocolo
    assert converter(client, protocolo, cenario.etiqueta.pk).url == reverse("resumo", args=[protocolo])
    de_novo = converter(client, protocolo, cenario.etiqueta.pk)
    assert de_novo.status_code == 409
    assert "já virou uma solicitação" in texto(de_novo)
    assert Solicitacao.objects.filter(protocolo=protocolo).count() == 1


def test_o_mesmo_registro_duas_vezes_e_um_contato(client, cenario):
    for _ in range(2):
        registrar(client, cenario)
    assert ContatoReceptivo.objects.count() == 1


@pytest.mark.parametrize(
    "campos",
    [
        {"canal": "x"},
        {"telefone": "12"},
        {"assunto": "a" * 1001},
        {"nome": "n" * 121},
        {"nome": "a\x00"},
        {"equipe": 0},
    ],
)
def test_um_registro_ruim_e_422_e_nada_grava(client, cenario, campos):
    assert registrar(client, cenario, **campos).status_code == 422
    assert not ContatoReceptivo.objects.exists()


def test_uma_etiqueta_alheia_inativa_ou_nenhuma_e_422_com_o_texto_de_volta(client, cenario):
    registrar(client, cenario)
    protocolo = ContatoReceptivo.objects.get().protocolo
    alheia = criar_contrato().etiquetas.get()
    for etiqueta in (alheia.pk, "", "abc"):
        resposta = converter(client, protocolo, etiqueta, descricao="Texto que fica.")
        assert resposta.status_code == 422
        assert "etiqueta" in texto(resposta)
    resposta = converter(
        client, protocolo, cenario.etiqueta.pk, solicitante_nome="", descricao="Texto que fica."
    )
    assert resposta.status_code == 422
    assert "Texto que fica." in texto(resposta)
    assert Solicitacao.objects.count() == 1


def test_sem_a_acao_no_perfil_nao_se_converte(client, cenario):
    registrar(client, cenario)
    protocolo = ContatoReceptivo.objects.get().protocolo
    cenario.agente.groups.set(
        [criar_perfil(capacidades=["atender"], acoes=["abrir"], empresas=[cenario.empresa])]
    )
    assert converter(client, protocolo, cenario.etiqueta.pk, fazer="iniciar").status_code == 403
    pagina = client.post(
        reverse("contato", args=[protocolo]), {"q": cenario.contrato.numero}
    ).content.decode()
    assert 'value="abrir"' in pagina
    assert 'value="iniciar"' not in pagina


def test_a_busca_do_contato_nao_vai_no_endereco_e_tem_limite(client, cenario):
    registrar(client, cenario)
    endereco = reverse("contato", args=[ContatoReceptivo.objects.get().protocolo])
    assert client.post(endereco, {"q": "9" * 201}).status_code == 422
    assert "Nenhuma etiqueta ativa" in texto(client.post(endereco, {"q": "ninguém com este nome"}))
    assert cenario.etiqueta.codigo not in texto(client.get(endereco, {"q": cenario.contrato.numero}))


def test_so_a_equipe_que_recebeu_o_ve(client, cenario):
    registrar(client, cenario, nome=HOSTIL, assunto=HOSTIL)
    contato = ContatoReceptivo.objects.get()
    enderecos = [reverse(n, args=[contato.protocolo]) for n in ("contato", "contato_converter")]
    for endereco in [reverse("contatos"), *enderecos]:
        assert HOSTIL not in client.get(endereco, follow=True).content.decode()
    outro = criar_usuario(capacidades=["atender"], empresas=[cenario.empresa])
    MembroDaEquipe.objects.create(equipe=criar_equipe(), usuario=outro)
    client.force_login(outro)
    assert contato.protocolo not in texto(client.get(reverse("contatos")))
    assert [client.get(e).status_code for e in enderecos] == [404, 404]
    client.force_login(criar_usuario())
    assert [client.get(e).status_code for e in [reverse("contatos"), *enderecos]] == [403, 403, 403]


def test_o_contato_de_um_cliente_fora_do_escopo_nao_se_ve(client, cenario):
    contato = solicitacoes.registrar_contato(por=cenario.agente, canal="telefone", cliente=cenario.cliente)
    assert client.get(reverse("contato", args=[contato.protocolo])).status_code == 200
    cenario.agente.groups.set([criar_perfil(capacidades=["atender"], empresas=[criar_empresa()])])
    assert client.get(reverse("contato", args=[contato.protocolo])).status_code == 404


@pytest.mark.parametrize("quantos", [2, 65])
def test_a_lista_vem_em_paginas_a_custo_constante(client, cenario, quantos):
    for n in range(quantos):
        solicitacoes.registrar_contato(por=cenario.agente, canal="telefone", assunto=f"n {n}")
    endereco, lidos = reverse("contatos"), []
    while endereco:
        with CaptureQueriesContext(connection) as consultas:
            pagina = client.get(endereco, headers=MAIS).content.decode()
        assert len(consultas) == 4
        lidos += re.findall(r"/contatos/(\d{14})/", pagina)
        seguinte = re.search(r'hx-get="([^"]+)"\s+hx-target="#mais"', pagina)
        endereco = seguinte and seguinte[1].replace("&amp;", "&")
    assert len(lidos) == len(set(lidos)) == quantos
