"""`manage.py desempenho` de ponta a ponta, num banco pequeno e com poucas voltas."""

import json
import os
import socket
import subprocess
import sys

import psycopg
import pytest
from django.conf import settings

from atendimento import postgres_embutido
from atendimento.desempenho.barras import Barra

CLIENTES = 1000


def porta_livre() -> int:
    with socket.socket() as tomada:
        tomada.bind(("127.0.0.1", 0))
        return tomada.getsockname()[1]


def desempenho(pasta, *argumentos):
    ambiente = {n: v for n, v in os.environ.items() if n not in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL")}
    if settings.DATABASE_URL:
        ambiente["DATABASE_URL"] = settings.DATABASE_URL
    ambiente |= {"INSTALACAO_LOCAL": "1", "PASTA_VAR": str(settings.PASTA_VAR)}
    return subprocess.run(
        [sys.executable, "manage.py", "desempenho", *argumentos],
        cwd=settings.BASE_DIR,
        env=ambiente,
        capture_output=True,
        text=True,
        timeout=400,
    )


@pytest.fixture
def apagar_depois():
    yield
    endereco = settings.DATABASE_URL or postgres_embutido.endereco(settings.PASTA_POSTGRES)
    with psycopg.connect(endereco, dbname="postgres", autocommit=True) as conexao:
        conexao.execute(f"DROP DATABASE IF EXISTS desempenho_{CLIENTES}")


def test_mede_todas_as_barras_faz_a_jornada_e_so_o_json_vai_a_saida(tmp_path, apagar_depois):
    feito = desempenho(
        tmp_path, "--clientes", str(CLIENTES), "--rodadas", "1", "--por-bloco", "2", "--pedidos", "40",
        "--porta", str(porta_livre()), "--json",
    )  # fmt: skip

    assert feito.returncode == 0, feito.stderr
    dito = json.loads(feito.stdout)
    assert all(barra.keys() == {"nome", "razao", "must", "aim"} for barra in dito["barras"])
    assert all(barra["razao"] > 0 for barra in dito["barras"])
    medidas = dito["medidas"][str(CLIENTES)]
    esperadas = {"constante", "painel", "painel_inteiro", "widget", "fila", "busca_nome", "acao_iniciar"}
    assert esperadas <= medidas.keys()
    # O que se conta não depende da máquina.
    assert medidas["painel"]["sql"] <= 10
    acao = medidas["acao_iniciar"]
    assert 0 < acao["sql_da_transacao"] <= 16
    assert acao["sql_da_transacao"] < acao["sql"], "o pedido inteiro lê também a sessão e o usuário"
    assert medidas["painel"]["sql_da_transacao"] == 0
    assert medidas["painel"]["sql"] < medidas["painel_inteiro"]["sql"] <= 40
    permissoes = 1
    assert medidas["busca_nome"]["sql"] <= medidas["constante"]["sql"] + permissoes + 3

    # No mesmo banco, que é o que demora.
    trabalhada = desempenho(
        tmp_path, "--clientes", str(CLIENTES), "--jornada", "0.1", "--porta", str(porta_livre()), "--json"
    )

    assert trabalhada.returncode == 0, trabalhada.stderr
    jornada = json.loads(trabalhada.stdout)["jornada"]
    assert jornada["erros"] == []
    assert jornada["impasses"] == 0
    assert {"busca", "painel", "fila", "assumir", "iniciar", "encerrar"} <= jornada["tarefas"].keys()
    # Cada verbo que se tentou ou se concluiu, ou se recusou com uma frase.
    tentados = sum(jornada["tarefas"][verbo]["pedidos"] for verbo in ("assumir", "iniciar"))
    assert jornada["tarefas"]["encerrar"]["pedidos"] + sum(jornada["recusas"].values()) == tentados


def test_porta_ocupada_se_recusa_antes_de_medir(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as outro:
        feito = desempenho(tmp_path, "--clientes", str(CLIENTES), "--porta", str(outro.getsockname()[1]))
    assert feito.returncode != 0
    assert "já está em uso" in feito.stderr


@pytest.mark.parametrize("argumentos", [("--clientes", "5"), ("--rodadas", "0"), ("--por-bloco", "0")])
def test_argumento_ruim_se_recusa_com_frase(tmp_path, argumentos):
    feito = desempenho(tmp_path, *argumentos)
    assert feito.returncode != 0
    assert "Use" in feito.stderr or "use" in feito.stderr
    assert "Traceback" not in feito.stderr


def test_a_barra_passa_ate_o_limite():
    assert Barra("x", 10, 10, 5).passa
    assert not Barra("x", 10.01, 10, 5).passa
