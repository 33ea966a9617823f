"""Toda invariante que os modelos e as migrações declaram tem quem tente quebrá-la."""

from pathlib import Path

import pgtrigger
import pytest
from django.apps import apps
from django.db import connection
from pghistory.trigger import Event as GatilhoDeHistorico

NOSSOS = {"atendimento", "clientes", "contratos", "perfis"}
PASTA = Path(__file__).resolve().parent
# Nomes que o Django e o PostgreSQL dão sozinhos a uma coluna única, a uma chave ou a um inteiro positivo.
AUTOMATICOS = r"(_check|_key|_pkey|_not_null|_uniq|_fk_.*)$"

# Gatilhos que recusam com o nome da invariante que guardam, não com o seu.
RECUSAM_COMO = {
    "apontamento_coerente": "solicitacao_concorda_com_o_apontamento",
    "conexao_coerente": "conexao_com_servico_do_contrato",
    "etiqueta_deixa_outra_ativa": "contrato_ativo_tem_etiqueta_ativa",
    "solicitacao_coerente": "solicitacao_concorda_com_a_historia",
    "transicao_coerente": "solicitacao_concorda_com_a_historia",
}


def declaradas() -> set[str]:
    """Restrições e gatilhos dos modelos, menos os que só guardam histórico."""
    modelos = [m for m in apps.get_models() if m._meta.app_label in NOSSOS]
    restricoes = {restricao.name for modelo in modelos for restricao in modelo._meta.constraints}
    gatilhos = {
        gatilho.name
        for modelo, gatilho in pgtrigger.registered()
        if modelo._meta.app_label in NOSSOS and not isinstance(gatilho, GatilhoDeHistorico)
    }
    return restricoes | gatilhos


def so_no_banco() -> set[str]:
    """Restrições e gatilhos escritos em SQL nas migrações."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE split_part(conrelid::regclass::text, '_', 1) = ANY(%s)"
            " AND conname !~ %s UNION SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
            " AND split_part(tgrelid::regclass::text, '_', 1) = ANY(%s) AND tgname NOT LIKE 'pgtrigger%%'",
            [list(NOSSOS), AUTOMATICOS, list(NOSSOS)],
        )
        return {nome for (nome,) in cursor}


@pytest.mark.django_db
def test_nenhuma_invariante_fica_sem_tentativa():
    tentativas = "".join(arquivo.read_text() for arquivo in PASTA.glob("*/test_*.py"))
    nomes = {RECUSAM_COMO.get(nome, nome) for nome in declaradas() | so_no_banco()}
    esquecidas = {nome for nome in nomes if nome not in tentativas}
    assert sorted(esquecidas) == []
