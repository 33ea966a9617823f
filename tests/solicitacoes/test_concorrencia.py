"""Vinte ao mesmo tempo, cada um em sua conexão: um efeito, dezenove recusas claras."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from atendimento.dominio import solicitacoes
from atendimento.excecoes import Desatualizada, JaAssumida, LimiteDoAgente, Recusa
from atendimento.models import (
    Apontamento,
    MembroDaEquipe,
    RegistroDeAuditoria,
    Relato,
    Solicitacao,
    Transicao,
)
from atendimento.situacoes import Situacao
from perfis.models import Perfil
from tests import fabricas
from tests.solicitacoes.conftest import montar

pytestmark = pytest.mark.django_db(transaction=True)
VINTE = 20


def ao_mesmo_tempo(pedidos):
    """Faz todos os pedidos de uma vez, cada um em sua linha e conexão; devolve o que cada um deu."""
    largada = Barrier(len(pedidos))

    def fazer(pedido):
        try:
            largada.wait(timeout=30)
            return pedido()
        except Recusa as recusa:
            return recusa
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(pedidos)) as linhas:
        return list(linhas.map(fazer, pedidos))


def separar(resultados):
    """(os feitos, as recusas)."""
    recusas = [r for r in resultados if isinstance(r, Recusa)]
    return [r for r in resultados if r not in recusas], recusas


def agentes(c, quantos=VINTE):
    perfil = Perfil.objects.get(user=c.ana)
    usuarios = [fabricas.criar_usuario(perfil) for _ in range(quantos)]
    MembroDaEquipe.objects.bulk_create(MembroDaEquipe(equipe=c.n1, usuario=u) for u in usuarios)
    return usuarios


def conferir_uma_so(s, transicao, recusas, excecao):
    assert len(recusas) == VINTE - 1
    assert all(type(recusa) is excecao for recusa in recusas), recusas
    assert all(len(recusa.frase) > 20 for recusa in recusas)
    assert Transicao.objects.filter(solicitacao=s, transicao=transicao).count() == 1
    assert RegistroDeAuditoria.objects.filter(acao=f"solicitacao.{transicao}").count() == 1
    assert Relato.objects.filter(transicao__transicao=transicao).count() == 1


def test_vinte_assumem_e_um_fica_com_ela():
    c = montar()
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta)
    pedidos = [lambda u=u: solicitacoes.assumir(s, por=u, versao=1) for u in agentes(c)]
    feitos, recusas = separar(ao_mesmo_tempo(pedidos))
    conferir_uma_so(s, "assumir", recusas, JaAssumida)
    dono = Solicitacao.objects.get(pk=s.pk).responsavel
    assert [f.responsavel for f in feitos] == [dono]
    assert all(recusa.agente == dono and dono.nome_exibido in recusa.frase for recusa in recusas)
    assert Apontamento.objects.filter(fim=None).count() == 1


def test_vinte_encaminham_e_um_encaminha():
    c = montar()
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True)
    certos = {"versao": 1, "equipe": c.n2, "motivo": c.motivo["encaminhamento"], "resumo": "Sem sinal óptico"}
    # O mesmo formulário enviado vinte vezes: duplo clique, reenvio, outra aba.
    pedidos = [
        lambda: solicitacoes.encaminhar(s, por=type(c.ana).objects.get(pk=c.ana.pk), **certos)
        for _ in range(VINTE)
    ]
    feitos, recusas = separar(ao_mesmo_tempo(pedidos))
    assert len(feitos) == 1
    conferir_uma_so(s, "encaminhar", recusas, Desatualizada)
    assert not Apontamento.objects.filter(fim=None).exists()


def test_vinte_encerram_e_um_encerra():
    c = montar()
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True)
    certos = {"versao": 1, "solucao": c.solucao, "relato": "Conector refeito."}
    pedidos = [
        lambda: solicitacoes.encerrar(s, por=type(c.ana).objects.get(pk=c.ana.pk), **certos)
        for _ in range(VINTE)
    ]
    feitos, recusas = separar(ao_mesmo_tempo(pedidos))
    assert len(feitos) == 1
    conferir_uma_so(s, "encerrar", recusas, Desatualizada)


def test_um_agente_assume_vinte_e_so_leva_as_do_limite():
    c = montar()
    Perfil.objects.filter(user=c.ana).update(max_em_atendimento=3)
    todas = [fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta) for _ in range(VINTE)]
    pedidos = [
        lambda s=s: solicitacoes.assumir(s, por=type(c.ana).objects.get(pk=c.ana.pk), versao=1) for s in todas
    ]
    feitos, recusas = separar(ao_mesmo_tempo(pedidos))
    assert len(feitos) == 3
    assert {type(recusa) for recusa in recusas} == {LimiteDoAgente}
    assert sorted(Apontamento.objects.filter(fim=None).values_list("vaga", flat=True)) == [1, 2, 3]
    assert Solicitacao.objects.filter(situacao=Situacao.EM_ATENDIMENTO).count() == 3


def test_vinte_iniciam_cada_um_a_sua_com_protocolos_distintos():
    c = montar()
    pedidos = [
        lambda u=u: fabricas.criar_solicitacao(por=u, etiqueta=c.etiqueta, em_maos=True) for u in agentes(c)
    ]
    feitos, recusas = separar(ao_mesmo_tempo(pedidos))
    assert not recusas
    assert len({s.protocolo for s in feitos}) == VINTE


def test_alteracoes_de_etiqueta_cruzadas_nao_se_travam():
    """Uma vai de A para B enquanto a outra vem de B para A: a ordem das trancas não deixa esperar em roda."""
    c = montar()
    with transaction.atomic():
        b = fabricas.criar_contrato(c.cliente, c.empresa).etiquetas.get()
    um, dois = agentes(c, 2)
    ida = fabricas.criar_solicitacao(por=um, etiqueta=c.etiqueta, em_maos=True)
    volta = fabricas.criar_solicitacao(por=dois, etiqueta=b, em_maos=True)
    for versao in range(1, 11):
        para = (b, c.etiqueta) if versao % 2 else (c.etiqueta, b)
        pedidos = [
            lambda s=s, u=u, e=e, v=versao: solicitacoes.alterar_etiqueta(
                s, por=u, versao=v, etiqueta=e, justificativa="Trocada de propósito"
            )
            for s, u, e in ((ida, um, para[0]), (volta, dois, para[1]))
        ]
        _, recusas = separar(ao_mesmo_tempo(pedidos))
        assert not recusas


def test_converter_o_mesmo_contato_vinte_vezes_da_uma_solicitacao():
    c = montar()
    contato = solicitacoes.registrar_contato(por=c.ana, canal="telefone", nome="Otávio Manacá")
    pedidos = [
        lambda u=u: solicitacoes.converter_contato(contato, por=u, etiqueta=c.etiqueta, descricao="Sem sinal")
        for u in agentes(c)
    ]
    feitos, recusas = separar(ao_mesmo_tempo(pedidos))
    assert [s.protocolo for s in feitos] == [contato.protocolo]
    assert len(recusas) == VINTE - 1
    assert Solicitacao.objects.count() == 1
