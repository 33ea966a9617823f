"""Os planos dos comandos mais pedidos, num banco de cem mil clientes e cem mil solicitações.

O que se conta, páginas e índices, não depende da máquina: é o que cresceria com o provedor.
"""

import os

import pytest
from django.db import connection

from atendimento.desempenho import amostra as amostras
from atendimento.desempenho import bancos, planos

CLIENTES = 100_000

# De cada página: quantas páginas do banco pode ler o comando que mais lê, umas duas vezes o que lia quando
# isto se escreveu, e os índices que não podem faltar.
ESPERADO = {
    "cliente": (450, {
        "clientes_cliente_pkey",
        "contrato_do_cliente", "sol_do_cliente",
    }),
    "cliente cheio": (2000, {"contratos_etiqueta_contrato_id_ec708605", "sol_do_cliente"}),
    "detalhes": (450, {"contratos_conexao_etiqueta_id_ff5594c6", "clientes_endereco_pkey"}),
    # Das sessões, dois índices começam pela conexão, e qualquer um serve.
    "conexão": (450, {"contratos_conexao_etiqueta_id_ff5594c6"}),
    "eventos": (450, {"evento_por_contrato", "transicao_versao_unica"}),
    "fila": (900, {"sol_fila_equipe", "sol_fila_espera"}),
    "fila depois": (900, {"sol_fila_equipe", "sol_fila_espera"}),
    "início": (700, {"sol_do_responsavel", "sol_fila_equipe"}),
    "busca por chave": (450, {
        "clientes_cliente_documento_key", "contratos_contrato_numero_key", "contratos_conexao_login_key",
        "etiqueta_codigo", "cliente_nome_prefixo",
    }),
    "busca por nome": (2500, {"cliente_nome_palavras", "cliente_nome_prefixo"}),
    "busca de ninguém": (450, {"cliente_nome_palavras", "cliente_nome_trigramas", "endereco_trigramas"}),
    "busca de endereço": (450, {"endereco_trigramas"}),
}  # fmt: skip


@pytest.fixture(scope="module")
def lidos(django_db_blocker):
    """O plano de cada página, num banco que é só deste processo e acaba com o módulo."""
    nome, antes = f"planos_{os.getpid()}", dict(connection.settings_dict)
    with django_db_blocker.unblock():
        try:
            banco = bancos.garantir(CLIENTES, print, nome=nome)
            amostra = amostras.sortear(banco.url)
            planos.ligar(banco.url)
            yield {plano.nome: plano for plano in planos.ler(amostra)}
        finally:
            connection.close()
            connection.settings_dict.update(antes)
            bancos.apagar(nome)


@pytest.mark.parametrize("pagina", ESPERADO)
def test_nenhum_comando_percorre_tabela_grande_nem_le_paginas_demais(lidos, pagina):
    plano, (teto, indices) = lidos[pagina], ESPERADO[pagina]
    assert plano.percorridas == set()
    assert indices <= plano.indices
    assert plano.paginas_lidas <= teto, plano.tabelas_do_que_mais_leu
