"""A tabela dos defeitos: a fonte dorme, recusa, corta, responde lixo, 10 MB ou outro tipo.

Em todos o trabalhador sai no prazo, a tela continua a responder e o defeito é uma frase num cartão.
"""

import threading
import time
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from atendimento.dominio.rede import leituras
from atendimento.integracoes.rede import FalhaDeRede, Onu, RespostaInvalida, SemResposta
from atendimento.integracoes.rede.radius_sql import BancoDoRadius
from atendimento.integracoes.rede.snmp import Snmp
from contratos.cifra import Segredo
from tests import fabricas
from tests.execucao.conftest import texto_de
from tests.rede.fontes_ruins import LIXO, PRAZO_SEGUNDOS, FonteTcp, fonte_udp
from tests.rede.mundo import (
    PRAZO,
    SENHA_DO_BANCO,
    criar_concentrador_radius,
    encurtar_prazo,
    reler,
)
from tests.rede.radius import porta_livre

DEFEITOS = ["dorme", "recusa", "corta", "lixo", "enorme", "outro_tipo"]
# O que se admite a mais numa máquina ocupada.
FOLGA = 5.0
PAINEIS = 50
WIDGETS = ["conexao", "sinal", "vizinhos", "consumo"]


@contextmanager
def fonte(defeito):
    if defeito == "recusa":
        yield porta_livre()
        return
    with FonteTcp(defeito) as no_ar:
        yield no_ar.porta


@pytest.mark.parametrize("defeito", DEFEITOS)
def test_o_banco_do_radius_que_se_porta_mal_custa_o_prazo_e_uma_frase(defeito):
    with fonte(defeito) as porta:
        banco = BancoDoRadius("127.0.0.1", porta, "radius", "radius", Segredo(SENHA_DO_BANCO), prazo=PRAZO)
        linhas, inicio = threading.active_count(), time.monotonic()
        with pytest.raises(FalhaDeRede) as falha:
            banco.sessoes("jacira@ipe", leituras.timezone.now())
        assert time.monotonic() - inicio < PRAZO + FOLGA
    assert isinstance(falha.value, SemResposta | RespostaInvalida)
    assert SENHA_DO_BANCO not in str(falha.value) + repr(banco)
    assert str(porta) not in str(falha.value)
    assert threading.active_count() <= linhas


@pytest.mark.parametrize("resposta", [None, LIXO, b"\x30\x82\xff\xff" + b"\x00" * 1400, b""])
def test_a_olt_que_se_porta_mal_custa_o_prazo_e_uma_frase(resposta):
    with fonte_udp(resposta) as porta:
        olt = Snmp("127.0.0.1", porta, "huawei", Segredo("comunidade-secreta"), prazo=PRAZO)
        inicio = time.monotonic()
        with pytest.raises(FalhaDeRede) as falha:
            olt.sinal(Onu(1, "HWTC1A2B3C4D", 1, 2))
        assert time.monotonic() - inicio < PRAZO + FOLGA
    assert "secreta" not in str(falha.value)


@pytest.mark.parametrize("defeito", DEFEITOS)
@pytest.mark.django_db
def test_cada_defeito_e_uma_frase_num_cartao_e_a_pagina_segue(client, defeito, monkeypatch):
    empresa = fabricas.criar_empresa()
    with fonte(defeito) as porta:
        conexao = criar(empresa, porta)
        encurtar_prazo(monkeypatch)
        leituras.ler_sessao(conexao.pk)
    assert reler(conexao).leitura_de_sessao.falha

    client.force_login(usuario(empresa))
    # A primeira página do processo ainda compila os templates.
    client.get(aba(conexao))
    inicio = time.monotonic()
    resposta = client.get(aba(conexao))
    assert resposta.status_code == 200
    assert time.monotonic() - inicio < 1
    assert texto_de(resposta).count("Sem resposta agora") == 1
    assert "Tentar de novo" in texto_de(resposta)
    assert SENHA_DO_BANCO not in resposta.content.decode()


@pytest.mark.django_db(transaction=True)
def test_cinquenta_paineis_com_a_rede_morta_respondem_e_pedem_uma_leitura_so(monkeypatch):
    """O trabalhador está preso na fonte que dorme: as telas não esperam, nem deixam linha para trás."""
    empresa = fabricas.criar_empresa()
    quem = usuario(empresa)
    with fonte("dorme") as porta:
        conexao = criar(empresa, porta)
        encurtar_prazo(monkeypatch)
        preso = threading.Thread(target=_ler, args=[conexao.pk])
        linhas = threading.active_count()
        preso.start()
        tempos, respostas = _abrir_paineis(quem, conexao)
        preso.join()
    assert {r.status_code for r in respostas} == {200}
    # Cinquenta numa máquina só se revezam; o que nenhum faz é esperar pela fonte, que dorme mais do que isso.
    assert max(tempos) < PRAZO_SEGUNDOS / 2
    pedidas = ProcrastinateJob.objects.filter(task_name="atendimento.tarefas.ler_sessao")
    assert pedidas.filter(args__conexao=conexao.pk).count() == 1
    assert threading.active_count() <= linhas


def criar(empresa, porta):
    with transaction.atomic():
        etiqueta = fabricas.criar_contrato(empresa=empresa).etiquetas.get()
    return fabricas.criar_conexao(etiqueta, concentrador=criar_concentrador_radius(porta))


def usuario(empresa):
    return fabricas.criar_usuario(capacidades=["atender"], widgets=WIDGETS, empresas=[empresa])


def aba(conexao):
    etiqueta = conexao.etiqueta
    return reverse("contrato", args=[etiqueta.contrato_id, "conexao"]) + f"?etiqueta={etiqueta.pk}"


def _ler(pk):
    try:
        leituras.ler_sessao(pk)
    finally:
        connection.close()


def _abrir_paineis(quem, conexao):
    """Cinquenta ao mesmo tempo: a aba, e o pedido de outra leitura."""
    tempos, respostas, juntos = [], [], threading.Barrier(PAINEIS)

    def abrir():
        navegador = Client()
        navegador.force_login(quem)
        juntos.wait()
        try:
            inicio = time.monotonic()
            respostas.append(navegador.get(aba(conexao)))
            tempos.append(time.monotonic() - inicio)
            pedido = reverse("leitura", args=["conexao", conexao.pk])
            respostas.append(navegador.post(pedido, headers={"HX-Request": "true"}))
        finally:
            connections.close_all()

    linhas = [threading.Thread(target=abrir) for _ in range(PAINEIS)]
    for linha in linhas:
        linha.start()
    for linha in linhas:
        linha.join()
    return tempos, respostas
