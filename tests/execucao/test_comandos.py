"""Quantos comandos SQL custa a transação que efetiva uma ação de um passo.

A barra é 16, e nenhuma destas chega a ela ainda: os números daqui só podem cair.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar
from tests.fabricas import criar_motivo, criar_solucao, criar_tipo_de_solicitacao


@pytest.fixture
def cenario(acoes_de_teste):
    return criar_cenario(acoes=("iniciar", "pausar", "encerrar"))


def na_transacao(navegador, cenario, slug, objeto, **campos) -> int:
    """Quantos comandos há entre o BEGIN e o COMMIT do executor, pontos de salvamento incluídos."""
    objeto.refresh_from_db()
    with CaptureQueriesContext(connection) as captura:
        assert comecar(navegador, cenario, slug, objeto, **campos).status_code == 302
    # No teste, o BEGIN do executor é o primeiro ponto de salvamento.
    sql = [comando["sql"] for comando in captura.captured_queries]
    inicio = next(i for i, texto in enumerate(sql) if texto.startswith("SAVEPOINT"))
    return sql.index(sql[inicio].replace("SAVEPOINT", "RELEASE SAVEPOINT")) - inicio - 1


def test_a_transacao_de_iniciar(client, acoes_de_teste):
    cenario = criar_cenario(acoes=["iniciar"], em_maos=False)
    client.force_login(cenario.agente)
    campos = {"canal": "telefone", "solicitante_nome": "Maria", "solicitante_relacao": "titular"}
    campos["equipe"] = cenario.equipe.pk
    assert na_transacao(client, cenario, "iniciar", cenario.etiqueta, **campos) == 29


def test_a_transacao_de_pausar(agente, cenario):
    campos = {"motivo": criar_motivo("pausa").pk, "descricao": "O cliente pediu a segunda via."}
    assert na_transacao(agente, cenario, "pausar", cenario.solicitacao, **campos) == 21


def test_a_transacao_de_encerrar(agente, cenario):
    campos = {"tipo": criar_tipo_de_solicitacao().pk, "solucao": criar_solucao().pk}
    campos |= {"relato": "Resolvido por telefone.", "descricao": "O cliente pediu a segunda via."}
    assert na_transacao(agente, cenario, "encerrar", cenario.solicitacao, **campos) == 24
