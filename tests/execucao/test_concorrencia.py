"""Ao mesmo tempo, em conexões de verdade: um efeito só."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from atendimento.models import Aprovacao, Execucao
from contratos.models import Contrato, EventoDeContrato
from perfis.models import ConcessaoDeAcao
from tests.execucao.cenario import criar_cenario, criar_colega
from tests.execucao.conftest import comecar, enviar
from tests.fabricas import criar_motivo, criar_perfil

pytestmark = pytest.mark.django_db(transaction=True)

QUANTOS = 8


def ao_mesmo_tempo(funcao, quantos: int = QUANTOS) -> list:
    """O que cada chamada devolveu, todas largando juntas, cada uma na sua conexão."""
    largada = Barrier(quantos)

    def correr(numero):
        try:
            largada.wait(10)
            return funcao(numero)
        finally:
            connection.close()

    with ThreadPoolExecutor(quantos) as corredores:
        return list(corredores.map(correr, range(quantos)))


def entrar(usuario) -> Client:
    navegador = Client()
    navegador.force_login(usuario)
    return navegador


@pytest.fixture
def mesa(acoes_de_teste):
    return criar_cenario(acoes=("vencimento_de_teste", "segmento_de_teste", "pausar", "assumir"))


def na_previa(navegador, cenario) -> Execucao:
    chave = uuid4()
    comecar(navegador, cenario, chave=chave, dia=20)
    execucao = Execucao.objects.select_related("contrato").get(pk=chave)
    enviar(navegador, execucao, "execucao_passo", 2, justificativa="Recebe no dia.")
    execucao.refresh_from_db()
    return execucao


def test_concluir_ao_mesmo_tempo_tem_um_efeito_e_um_resultado(mesa):
    execucao = na_previa(entrar(mesa.agente), mesa)
    navegadores = [entrar(mesa.agente) for _ in range(QUANTOS)]
    url = reverse("execucao_concluir", args=[execucao.pk])
    campos = {"versao": execucao.versao, "versao_do_alvo": execucao.contrato.versao}

    respostas = ao_mesmo_tempo(lambda n: navegadores[n].post(url, campos))

    assert {(r.status_code, r["Location"]) for r in respostas} == {
        (302, reverse("execucao", args=[execucao.pk]))
    }
    assert EventoDeContrato.objects.count() == 1
    assert mesa.solicitacao.relatos.filter(transicao=None).count() == 1


def test_o_mesmo_formulario_enviado_muitas_vezes_comeca_uma_execucao(mesa):
    navegadores = [entrar(mesa.agente) for _ in range(QUANTOS)]
    chave = uuid4()

    respostas = ao_mesmo_tempo(lambda n: comecar(navegadores[n], mesa, chave=chave, dia=20))

    assert {r.status_code for r in respostas} == {302}
    assert Execucao.objects.get().pk == chave


def test_a_mesma_pausa_enviada_muitas_vezes_pausa_uma_vez(mesa):
    navegadores = [entrar(mesa.agente) for _ in range(QUANTOS)]
    motivo, chave = criar_motivo(), uuid4()

    respostas = ao_mesmo_tempo(
        lambda n: comecar(navegadores[n], mesa, "pausar", chave=chave, motivo=motivo.pk)
    )

    assert {r.status_code for r in respostas} == {302}
    assert mesa.solicitacao.transicoes.filter(transicao="pausar").count() == 1


def test_duas_execucoes_do_mesmo_contrato_nao_se_atropelam(mesa):
    navegadores = [entrar(mesa.agente) for _ in range(QUANTOS)]
    execucoes = [na_previa(navegador, mesa) for navegador in navegadores]

    def concluir(n):
        campos = {"versao": execucoes[n].versao, "versao_do_alvo": execucoes[n].contrato.versao}
        return navegadores[n].post(reverse("execucao_concluir", args=[execucoes[n].pk]), campos)

    respostas = ao_mesmo_tempo(concluir)

    assert sorted(r.status_code for r in respostas) == [302] + [409] * (QUANTOS - 1)
    assert EventoDeContrato.objects.count() == 1


def test_assumir_ao_mesmo_tempo_e_de_um_so_e_os_outros_leem_de_quem(acoes_de_teste):
    mesa = criar_cenario(acoes=("assumir",), em_maos=False)
    agentes = [mesa.agente] + [criar_colega(mesa) for _ in range(QUANTOS - 1)]
    navegadores = [entrar(agente) for agente in agentes]

    respostas = ao_mesmo_tempo(lambda n: comecar(navegadores[n], mesa, "assumir"))

    assert sorted(r.status_code for r in respostas) == [302] + [409] * (QUANTOS - 1)
    mesa.solicitacao.refresh_from_db()
    dono = mesa.solicitacao.responsavel.nome_exibido
    assert mesa.solicitacao.transicoes.filter(transicao="assumir").count() == 1
    assert all(dono in r.content.decode() for r in respostas if r.status_code == 409)


def test_aprovar_e_recusar_ao_mesmo_tempo_decide_um_so(mesa):
    ConcessaoDeAcao.objects.filter(group=mesa.perfil).update(limites={"distancia": 1})
    execucao = na_previa(entrar(mesa.agente), mesa)
    enviar(entrar(mesa.agente), execucao, "execucao_concluir")
    pedido = Aprovacao.objects.get()
    perfil = criar_perfil(
        capacidades=["atender", "supervisionar"], acoes=["vencimento_de_teste"], empresas=[mesa.empresa]
    )
    navegadores = [entrar(criar_colega(mesa, perfil=perfil)) for _ in range(QUANTOS)]
    url = reverse("aprovacao_decidir", args=[pedido.pk])

    def decidir(n):
        decisao = "aprovar" if n % 2 else "recusar"
        campos = {"decisao": decisao, "justificativa": "Não.", "versao_do_alvo": execucao.contrato.versao}
        return navegadores[n].post(url, campos)

    respostas = ao_mesmo_tempo(decidir)

    assert sorted(r.status_code for r in respostas) == [302] + [409] * (QUANTOS - 1)
    pedido.refresh_from_db()
    assert EventoDeContrato.objects.count() == (1 if pedido.decisao == "aprovada" else 0)


def test_quem_espera_a_trava_ve_o_que_se_gravou_antes(mesa):
    execucao = na_previa(entrar(mesa.agente), mesa)
    navegador = entrar(mesa.agente)
    campos = {"versao": execucao.versao, "versao_do_alvo": execucao.contrato.versao}
    preso, largar = Barrier(2), Barrier(2)

    def correr(numero):
        if numero == 0:
            with transaction.atomic():
                Contrato.objects.select_for_update().get(pk=mesa.contrato.pk)
                preso.wait(10)
                Contrato.objects.filter(pk=mesa.contrato.pk).update(situacao=7)
                largar.wait(10)
            return None
        preso.wait(10)
        largar.wait(10)
        return navegador.post(reverse("execucao_concluir", args=[execucao.pk]), campos)

    _, resposta = ao_mesmo_tempo(correr, 2)

    assert resposta.status_code == 409
    assert not EventoDeContrato.objects.exists()
