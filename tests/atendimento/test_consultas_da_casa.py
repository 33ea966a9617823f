"""Cada consulta guardada do console dá, com os mesmos valores, o que o QuerySet daria sem ser guardado."""

import sys

import pytest
from django.utils import timezone

from atendimento import alvos, barra, eixo, massivas, painel, rede_na_tela
from atendimento.consultas import Consulta
from atendimento.filas import equipes, paginas
from atendimento.filas.filtros import Filtros, Valores
from atendimento.views import cliente as pagina_do_cliente
from atendimento.widgets import conexao as aba_conexao
from atendimento.widgets.base import WIDGETS
from tests.atendimento.test_consultas import campos
from tests.execucao.cenario import criar_cenario
from tests.fabricas import (
    criar_conexao,
    criar_massiva,
    criar_olt,
    criar_ponto_de_acesso,
    criar_solicitacao,
    criar_splitter,
)

pytestmark = pytest.mark.django_db

# De cada uma, por módulo e nome, os valores que recebe num cenário.
EXEMPLOS = {
    (painel, "CLIENTE"): lambda c: [c.cliente.pk],
    (painel, "TITULAR"): lambda c: [c.contrato.pk],
    (painel, "CONTRATOS"): lambda c: [c.cliente.pk],
    (barra, "ABERTAS"): lambda c: [c.cliente.pk],
    (massivas, "_DO_CLIENTE"): lambda c: [c.cliente.pk],
    (massivas, "_DA_ETIQUETA"): lambda c: [c.etiqueta.pk],
    (rede_na_tela, "DA_ETIQUETA"): lambda c: [c.etiqueta.pk],
    (aba_conexao, "CONEXOES"): lambda c: [c.etiqueta.pk, c.contrato.pk],
    (pagina_do_cliente, "COM_A_PRIMEIRA"): lambda c: [c.contrato.pk],
    (pagina_do_cliente, "COM_A_PEDIDA"): lambda c: [c.contrato.pk, c.etiqueta.pk],
}
SEM_ESCOPO = {massivas, rede_na_tela, aba_conexao}
FORMAS = {
    "sem filtro": Filtros(),
    "de um responsável": Filtros(responsavel="1", ordem="-espera"),
    "de um tipo": Filtros(tipo="sem-conexao", situacao="aberta"),
    "meus, vencidos": Filtros(responsavel="eu", prazo="vencida", ordem="-prazo"),
    "de hoje": Filtros(prazo="hoje", prioridade="urgente", alerta="sim"),
}


@pytest.fixture
def cenario():
    cenario = criar_cenario(acoes=["abrir"])
    caixa = criar_splitter(criar_olt(criar_ponto_de_acesso()))
    criar_conexao(cenario.etiqueta, splitter=caixa)
    criar_massiva(splitter=caixa)
    criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta, equipe=cenario.equipe)
    return cenario


def conferir(consulta: Consulta, usuario, valores: list) -> None:
    """O mesmo, na mesma ordem, e algo: de nada contra nada não se aprende."""
    guardadas, diretas = consulta(usuario, *valores), list(consulta.montar(usuario, *valores))
    assert len(guardadas) == len(diretas) > 0
    for guardada, direta in zip(guardadas, diretas, strict=True):
        assert type(guardada) is type(direta)
        if isinstance(guardada, dict):
            assert guardada == direta
        else:
            assert campos(guardada) == campos(direta)


def test_toda_consulta_guardada_tem_um_exemplo():
    achadas = {
        (modulo, nome)
        for modulo_nome, modulo in list(sys.modules.items())
        if modulo_nome.startswith("atendimento")
        for nome, valor in vars(modulo).items()
        if isinstance(valor, Consulta)
    }
    assert achadas == set(EXEMPLOS)


@pytest.mark.parametrize(("modulo", "nome"), EXEMPLOS, ids=lambda p: getattr(p, "__name__", p))
def test_a_de_um_modulo(cenario, modulo, nome):
    usuario = None if modulo in SEM_ESCOPO else cenario.agente
    conferir(getattr(modulo, nome), usuario, EXEMPLOS[modulo, nome](cenario))


@pytest.mark.parametrize("alvo", eixo.ALVOS)
def test_a_de_cada_alvo_do_eixo(cenario, alvo):
    conferir(eixo.SEM_TRAVA[alvo], cenario.agente, [getattr(cenario, alvo).pk])


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: widget.slug)
def test_a_do_alvo_de_cada_widget(cenario, widget):
    consulta = alvos._guardada(widget.alvo, widget.enriquecer)
    conferir(consulta, cenario.agente, [getattr(cenario, widget.alvo).pk])


@pytest.mark.parametrize("filtros", FORMAS.values(), ids=FORMAS)
@pytest.mark.parametrize("com_opcoes", [True, False])
def test_a_das_equipes_em_cada_forma_de_filtrar(cenario, filtros, com_opcoes):
    valores = Valores.de(filtros, timezone.now())
    for uma_so in (True, False):
        consulta = equipes._guardada(filtros.forma, uma_so, com_opcoes)
        conferir(consulta, cenario.agente, [cenario.equipe.slug, *valores])


@pytest.mark.parametrize("filtros", FORMAS.values(), ids=FORMAS)
@pytest.mark.parametrize("para_tras", [True, False])
def test_a_da_pagina_da_fila_em_cada_forma_de_filtrar_com_cursor_e_sem(cenario, filtros, para_tras):
    agora = timezone.now()
    valores = Valores.de(filtros, agora)
    for com_cursor in (True, False):
        consulta = paginas._guardada(filtros.forma, com_cursor, para_tras)
        argumentos = [cenario.equipe.pk, agora if com_cursor else None, 0, *valores]
        guardadas = consulta(cenario.agente, *argumentos)
        assert guardadas == list(consulta.montar(cenario.agente, *argumentos))
    if filtros == Filtros():
        assert guardadas
