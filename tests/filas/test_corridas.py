"""Ao mesmo tempo e em conexões de verdade: ninguém espera por quem o espera, e cada uma tem um efeito só."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from atendimento.dominio import rascunhos, solicitacoes
from atendimento.models import Presenca, Solicitacao, Transicao
from perfis.models import Perfil
from tests import banco, fabricas
from tests.solicitacoes.conftest import montar
from tests.solicitacoes.test_concorrencia import ao_mesmo_tempo

pytestmark = pytest.mark.django_db(transaction=True)
VOLTAS = 8


def na_fila(c, quantas):
    return [fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, tipo=c.tipo) for _ in range(quantas)]


def test_a_previa_de_muitas_nao_se_trava_com_quem_assume_uma_delas():
    c = montar()
    Perfil.objects.update(max_em_atendimento=50)
    for _ in range(VOLTAS):
        filas = na_fila(c, 4)
        itens = [(s, s.versao) for s in filas]
        resultados = ao_mesmo_tempo(
            [
                lambda itens=itens: solicitacoes.redistribuir(
                    itens, por=c.sofia, agentes_de_destino=[c.ana, c.beto], ensaio=True
                ),
                lambda itens=itens: solicitacoes.redistribuir(
                    itens, por=c.sofia, agentes_de_destino=[c.beto, c.ana], ensaio=True
                ),
                lambda s=filas[3]: solicitacoes.assumir(s, por=c.ana, versao=1),
                lambda s=filas[0]: solicitacoes.assumir(s, por=c.beto, versao=1),
            ]
        )
        assert all(len(previa) == 4 for previa in resultados[:2])
        assert [feita.responsavel for feita in resultados[2:]] == [c.ana, c.beto]
        assert Solicitacao.objects.na_fila().count() == 2
        for s in filas[1:3]:
            solicitacoes.cancelar(
                s, por=c.sofia, versao=1, motivo=c.motivo["cancelamento"], justificativa="Fim da volta"
            )


def test_duas_redistribuicoes_das_mesmas_tem_um_efeito_por_item():
    c = montar()
    Perfil.objects.update(max_em_atendimento=50)
    itens = [(s, s.versao) for s in na_fila(c, 6)]

    def redistribuir(agentes):
        return solicitacoes.redistribuir(itens, por=c.sofia, agentes_de_destino=agentes)

    uma, outra = ao_mesmo_tempo(
        [lambda: redistribuir([c.ana, c.beto]), lambda: redistribuir([c.beto, c.ana])]
    )
    assert [a.feito + b.feito for a, b in zip(uma, outra, strict=True)] == [1] * 6
    assert Transicao.objects.filter(transicao="assumir").count() == 6


def test_a_presenca_vale_entre_processos_e_cem_sinais_sao_uma_linha():
    c = montar()
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta)
    outro = banco.comando(
        "shell", "-c",
        "from atendimento.dominio.rascunhos import marcar_presenca\n"
        "from perfis.models import Usuario\n"
        f"marcar_presenca(por=Usuario.objects.get(pk={c.beto.pk}), solicitacao={s.pk}, escrevendo=True)",
    )  # fmt: skip
    assert outro.returncode == 0, outro.stderr
    [presenca] = rascunhos.presentes(s, exceto=c.ana)
    assert (presenca.usuario, presenca.escrevendo) == (c.beto, True)

    def sinal(_):
        try:
            rascunhos.marcar_presenca(por=c.ana, solicitacao=s.pk)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as linhas:
        list(linhas.map(sinal, range(100)))
    assert Presenca.objects.filter(usuario=c.ana, solicitacao=s).count() == 1
