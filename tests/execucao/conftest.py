"""Um agente com as ações de teste, um atendimento em mãos e o que é preciso para percorrer uma ação."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse

from atendimento.acoes.base import ACOES
from atendimento.catalogo import espelhar_catalogo
from tests.execucao.acoes.segmento import SegmentoDeTeste
from tests.execucao.acoes.vencimento import VencimentoDeTeste
from tests.execucao.cenario import criar_cenario

DE_TESTE = (VencimentoDeTeste, SegmentoDeTeste)

# Importar os módulos as registrou; fora destes testes o catálogo é só o do console.
for classe in DE_TESTE:
    ACOES.retirar(classe.slug)


@pytest.fixture(autouse=True)
def acoes_de_teste(db):
    for classe in DE_TESTE:
        ACOES.registrar(classe)
    espelhar_catalogo()
    yield
    for classe in DE_TESTE:
        ACOES.retirar(classe.slug)


@pytest.fixture
def cenario(acoes_de_teste):
    return criar_cenario()


@pytest.fixture
def agente(client, cenario):
    """Um navegador com o agente do cenário."""
    client.force_login(cenario.agente)
    return client


def comecar(navegador, cenario, slug="vencimento_de_teste", objeto=None, *, chave=None, **campos):
    """POST do primeiro passo."""
    alvo = ACOES[slug].alvo
    objeto = objeto or getattr(cenario, alvo)
    url = reverse("acao", args=[slug, alvo, objeto.pk])
    versao = objeto.contrato.versao if alvo == "etiqueta" else objeto.versao
    campos = {"chave": chave or uuid4(), "versao_do_alvo": versao} | campos
    return navegador.post(url, campos)


def enviar(navegador, execucao, rota, *args, **campos):
    """POST de um endereço da execução, com a versão atual dela e do alvo."""
    execucao.refresh_from_db()
    contrato = execucao.contrato or execucao.cliente
    contrato.refresh_from_db()
    padrao = {"versao": execucao.versao, "versao_do_alvo": contrato.versao}
    return navegador.post(reverse(rota, args=[execucao.pk, *args]), padrao | campos)


def texto_de(resposta) -> str:
    """O texto da página, sem marcas, com os espaços juntos."""
    return " ".join(re.sub(r"<[^>]+>", " ", resposta.content.decode()).split())
