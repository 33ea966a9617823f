"""O que o banco não deixa escrever em execuções e aprovações nem por SQL direto."""

from datetime import timedelta

import pytest
from django.utils import timezone

from atendimento.models import Aprovacao, Execucao
from tests.execucao.cenario import criar_colega
from tests.invariantes import recusado, sql

CONCLUIR = "situacao = 'concluida', concluida_em = now(), resultado = '{}'"


@pytest.fixture
def execucao(cenario):
    return Execucao.objects.create(
        acao="vencimento_de_teste", alvo="contrato", alvo_id=cenario.contrato.pk, cliente=cenario.cliente,
        contrato=cenario.contrato, solicitacao=cenario.solicitacao, usuario=cenario.agente,
        expira_em=timezone.now() + timedelta(hours=1),
    )  # fmt: skip


@pytest.fixture
def aprovacao(execucao):
    return Aprovacao.objects.create(execucao=execucao, motivo="Passa do limite.", pedida_por=execucao.usuario)


def mudar_execucao(execucao, mudanca):
    return f"UPDATE atendimento_execucao SET {mudanca} WHERE id = '{execucao.pk}'"


def mudar_aprovacao(aprovacao, mudanca):
    return f"UPDATE atendimento_aprovacao SET {mudanca} WHERE id = {aprovacao.pk}"


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("execucao_situacao_conhecida", "situacao = 'outra'"),
        ("execucao_passo_conhecido", "passo = 0"),
        ("execucao_passo_conhecido", "passo = 6"),
        ("execucao_concluida_tem_resultado", "situacao = 'concluida'"),
        ("execucao_concluida_tem_resultado", "concluida_em = now(), resultado = '{}'"),
        ("Cannot update", "acao = 'outra'"),  # execucao_identidade_fixa
        ("Cannot update", "alvo_id = 0"),
    ],
)
def test_a_linha_da_execucao_nao_se_contradiz(execucao, nome, mudanca):
    recusado(nome, mudar_execucao(execucao, mudanca))


@pytest.mark.parametrize("fim", [CONCLUIR, "situacao = 'cancelada'", "situacao = 'expirada'"])
def test_uma_execucao_terminada_nao_muda(execucao, fim):
    """O gatilho execucao_terminada_nao_muda."""
    sql(mudar_execucao(execucao, fim))
    recusado("Cannot update", mudar_execucao(execucao, "passo = 2"))
    recusado("Cannot update", mudar_execucao(execucao, "situacao = 'em_andamento'"))


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("aprovacao_decisao_conhecida", "decisao = 'outra', decidida_por_id = {outro}, decidida_em = now()"),
        ("aprovacao_decidida_tem_autor", "decisao = 'aprovada'"),
        ("aprovacao_decidida_tem_autor", "decidida_por_id = {outro}, decidida_em = now()"),
        (
            "aprovacao_nao_e_de_si_mesmo",
            "decisao = 'aprovada', decidida_por_id = pedida_por_id, decidida_em = now()",
        ),
        (
            "aprovacao_recusa_tem_motivo",
            "decisao = 'recusada', decidida_por_id = {outro}, decidida_em = now()",
        ),
    ],
)
def test_a_linha_da_aprovacao_nao_se_contradiz(cenario, aprovacao, nome, mudanca):
    outro = criar_colega(cenario)
    recusado(nome, mudar_aprovacao(aprovacao, mudanca.format(outro=outro.pk)))


def test_so_ha_uma_aprovacao_pendente_por_execucao(aprovacao):
    recusado(
        "aprovacao_pendente_unica",
        "INSERT INTO atendimento_aprovacao"
        " (execucao_id, motivo, pedida_por_id, pedida_em, decisao, justificativa)"
        " SELECT execucao_id, motivo, pedida_por_id, pedida_em, decisao, justificativa"
        " FROM atendimento_aprovacao",
    )


def test_uma_aprovacao_decidida_nao_muda(cenario, aprovacao):
    """O gatilho aprovacao_decidida_nao_muda."""
    outro = criar_colega(cenario)
    sql(
        mudar_aprovacao(aprovacao, f"decisao = 'aprovada', decidida_por_id = {outro.pk}, decidida_em = now()")
    )
    recusado("Cannot update", mudar_aprovacao(aprovacao, "justificativa = 'outra'"))
