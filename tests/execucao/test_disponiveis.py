"""A lista de ações: o que se concede aparece, e o que o estado impede diz por quê."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atendimento.disponiveis import SEM_CONTRATO, acoes_disponiveis, com_atendimento
from atendimento.eixo import localizar
from contratos.models import Contrato
from perfis.models import Acao, ConcessaoDeAcao, Usuario
from tests.execucao.cenario import criar_cenario
from tests.fabricas import criar_cliente, criar_contrato

TRANSICOES = (
    "iniciar", "abrir", "assumir", "assumir_por", "pausar", "retomar", "encaminhar", "transferir", "devolver",
    "alterar_etiqueta", "agendar", "retornar", "encerrar", "cancelar", "reabrir",
)  # fmt: skip


def listar(cenario, *, em_maos=True):
    usuario = Usuario.objects.get(pk=cenario.agente.pk)
    eixo = localizar("etiqueta", cenario.etiqueta.pk, usuario)
    if em_maos:
        eixo = com_atendimento(usuario, eixo)
    return {acao.slug: acao for acao in acoes_disponiveis(usuario, eixo)}


def test_so_aparece_o_que_o_perfil_concede_na_ordem_da_concessao(cenario):
    assert list(listar(cenario)) == ["vencimento_de_teste", "segmento_de_teste"]

    ConcessaoDeAcao.objects.filter(content_object__slug="vencimento_de_teste").update(ordem=9, favorita=True)
    Acao.objects.filter(slug="segmento_de_teste").update(nome="Classificar cliente")

    disponiveis = listar(cenario)
    assert list(disponiveis) == ["segmento_de_teste", "vencimento_de_teste"]
    assert disponiveis["segmento_de_teste"].nome == "Classificar cliente"
    assert disponiveis["vencimento_de_teste"].favorita


def test_a_impedida_aparece_com_a_frase_e_as_outras_com_o_endereco(cenario):
    Contrato.objects.filter(pk=cenario.contrato.pk).update(situacao=7)

    disponiveis = listar(cenario)

    assert disponiveis["vencimento_de_teste"].impedimento == "O contrato não está normal."
    assert disponiveis["segmento_de_teste"].impedimento == ""
    assert disponiveis["segmento_de_teste"].url == f"/acoes/segmento_de_teste/cliente/{cenario.cliente.pk}/"


def test_as_transicoes_so_aparecem_com_uma_solicitacao_e_seguem_a_situacao(acoes_de_teste):
    cenario = criar_cenario(acoes=TRANSICOES)

    assert set(listar(cenario, em_maos=False)) == {"iniciar", "abrir"}
    livres = {slug for slug, acao in listar(cenario).items() if not acao.impedimento}
    assert livres == {
        "iniciar", "abrir", "pausar", "encaminhar", "transferir", "alterar_etiqueta", "agendar", "encerrar",
        "cancelar",
    }  # fmt: skip


def test_sem_contrato_nada_se_pode_e_a_lista_diz_por_que(cenario):
    eixo = localizar("cliente", criar_cliente().pk, cenario.agente)

    assert {a.impedimento for a in acoes_disponiveis(cenario.agente, eixo)} == {SEM_CONTRATO}


@pytest.mark.parametrize("contratos", [1, 40])
def test_o_numero_de_consultas_nao_cresce(acoes_de_teste, contratos):
    cenario = criar_cenario(acoes=TRANSICOES)
    for _ in range(contratos - 1):
        criar_contrato(cenario.cliente, cenario.empresa)
    usuario = Usuario.objects.get(pk=cenario.agente.pk)
    usuario.permissoes  # noqa: B018
    eixo = com_atendimento(usuario, localizar("etiqueta", cenario.etiqueta.pk, usuario))

    with CaptureQueriesContext(
        connection,
    ) as consultas:
        acoes_disponiveis(usuario, eixo)

    assert len(consultas) == 2
