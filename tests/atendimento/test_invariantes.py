"""O que o banco não deixa escrever em mensagens, reclamações e conferências nem por SQL direto."""

import pytest
from django.db import DatabaseError

from atendimento.models import Mensagem, Reclamacao, VerificacaoDeIdentidade
from tests.execucao.cenario import criar_cenario
from tests.fabricas import criar_solicitacao
from tests.invariantes import recusado, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def cenario():
    return criar_cenario(acoes=())


@pytest.fixture
def mensagem(cenario):
    return Mensagem.objects.create(
        cliente=cenario.cliente,
        tipo="protocolo",
        canal="email",
        destino="jacira@exemplo.net",
        texto="Protocolo 1.",
        situacao="falhou",
        falha="O destino recusou.",
    )


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("mensagem_valores_conhecidos", "situacao = 'perdida'"),
        ("mensagem_valores_conhecidos", "canal = 'pombo'"),
        ("mensagem_entregue_tem_data", "situacao = 'enviada'"),
        ("mensagem_entregue_tem_data", "entregue_em = now()"),
        ("mensagem_na_fila_tem_vez", "situacao = 'na_fila'"),
        ("mensagem_na_fila_tem_vez", "proxima_em = now()"),
        ("mensagem_em_voz_nao_tem_destino", "canal = 'voz'"),
        ("mensagem_que_falhou_diz_por_que", "falha = ''"),
    ],
)
def test_a_mensagem_e_coerente(mensagem, nome, mudanca):
    recusado(nome, f"UPDATE atendimento_mensagem SET {mudanca} WHERE id = %s", mensagem.pk)


@pytest.mark.parametrize(
    "comando",
    [
        # mensagem_conteudo_fixo
        "UPDATE atendimento_mensagem SET texto = 'outro'",
        "UPDATE atendimento_mensagem SET destino = 'outro@exemplo.net'",
        # mensagem_nao_se_apaga
        "DELETE FROM atendimento_mensagem",
    ],
)
def test_o_que_se_mandou_nao_muda_nem_se_apaga(mensagem, comando):
    with pytest.raises(DatabaseError, match="pgtrigger: Cannot"):
        sql(comando)


def test_a_entregue_nao_muda_mais(mensagem):
    """`mensagem_entregue_nao_muda`."""
    sql(
        "UPDATE atendimento_mensagem SET situacao = 'enviada', entregue_em = now() WHERE id = %s", mensagem.pk
    )
    with pytest.raises(DatabaseError, match="pgtrigger: Cannot"):
        sql("UPDATE atendimento_mensagem SET tentativas = 9 WHERE id = %s", mensagem.pk)


def test_um_modelo_por_tipo_e_canal():
    colunas = "(codigo, canal, assunto, texto) VALUES ('teste', 'sms', '', 'a')"
    inserir = f"INSERT INTO atendimento_modelodemensagem {colunas}"
    sql(inserir)
    recusado("modelo_de_mensagem_unico", inserir)


@pytest.mark.parametrize(
    ("nome", "orgao", "numero"),
    [("reclamacao_orgao_conhecido", "vizinho", "1"), ("reclamacao_de_fora_tem_numero", "anatel", "")],
)
def test_a_reclamacao_diz_de_onde_veio(cenario, nome, orgao, numero):
    recusado(
        nome,
        "INSERT INTO atendimento_reclamacao (solicitacao_id, orgao, numero_externo) VALUES (%s, %s, %s)",
        cenario.solicitacao.pk,
        orgao,
        numero,
    )


def test_o_numero_de_um_orgao_e_de_uma_so(cenario):
    outra = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    Reclamacao.objects.create(solicitacao=cenario.solicitacao, orgao="anatel", numero_externo="7")
    recusado(
        "reclamacao_numero_unico",
        "INSERT INTO atendimento_reclamacao (solicitacao_id, orgao, numero_externo)"
        " VALUES (%s, 'anatel', '7')",
        outra.pk,
    )


def test_a_conferencia_tem_dois_fatores_e_nao_se_altera(cenario):
    """`verificacao_so_acrescenta`."""
    recusado(
        "verificacao_tem_dois_fatores",
        "INSERT INTO atendimento_verificacaodeidentidade (solicitacao_id, fatores, por_id, em)"
        " VALUES (%s, '{documento}', %s, now())",
        cenario.solicitacao.pk,
        cenario.agente.pk,
    )
    VerificacaoDeIdentidade.objects.create(
        solicitacao=cenario.solicitacao, fatores=["documento", "nascimento"], por=cenario.agente
    )
    for comando in ("UPDATE {} SET em = now()", "DELETE FROM {}"):
        with pytest.raises(DatabaseError, match="pgtrigger: Cannot"):
            sql(comando.format("atendimento_verificacaodeidentidade"))
