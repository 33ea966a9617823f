"""A configuração vem do ambiente: valor ruim derruba a partida, e em produção não há segredo padrão."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from atendimento import ambiente, postgres_embutido

RAIZ = Path(__file__).parent.parent
PRODUCAO = {
    "CHAVE_SECRETA": "Zk3vQ9x-um-segredo-comprido-so-dos-testes-7Hq2LmT0bWcXy8RaPdEf",
    "CHAVES_DE_CIFRA": "WmZ3ZmZ3ZmZ3ZmZ3ZmZ3ZmZ3ZmZ3ZmZ3ZmZ3ZmZ3ZmY=",
    "HOSTS": "atendimento.exemplo.net",
}
DOS_TESTES = ("DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE", "DJANGO_SETTINGS_MODULE", "PASTA_VAR")
LIMPAS = {"DEBUG", "INSTALACAO_LOCAL", *DOS_TESTES, *PRODUCAO}


def manage(tmp_path, *argumentos, **variaveis):
    herdado = {nome: valor for nome, valor in os.environ.items() if nome not in LIMPAS}
    return subprocess.run(
        [sys.executable, "manage.py", *argumentos],
        cwd=RAIZ,
        env=herdado | {"PASTA_VAR": str(tmp_path)} | variaveis,
        capture_output=True,
        text=True,
    )


def banco_dos_testes():
    return settings.DATABASE_URL or postgres_embutido.endereco(settings.PASTA_POSTGRES)


def test_producao_completa_passa_na_verificacao_de_implantacao(tmp_path):
    feito = manage(
        tmp_path, "check", "--deploy", "--fail-level", "WARNING", DATABASE_URL=banco_dos_testes(), **PRODUCAO
    )

    assert feito.returncode == 0, feito.stderr
    assert "no issues" in feito.stdout


@pytest.mark.parametrize(
    ("instalacao", "armazem"),
    [
        ({}, "atendimento.estaticos.Estaticos"),
        ({"INSTALACAO_LOCAL": "1"}, "django.contrib.staticfiles.storage.StaticFilesStorage"),
    ],
)
def test_so_a_producao_serve_os_estaticos_comprimidos_e_de_nome_definitivo(tmp_path, instalacao, armazem):
    pergunta = "from django.conf import settings; print(settings.STORAGES['staticfiles']['BACKEND'])"

    feito = manage(
        tmp_path, "shell", "--no-imports", "-c", pergunta,
        DATABASE_URL=banco_dos_testes(), **PRODUCAO, **instalacao,
    )  # fmt: skip

    assert feito.stdout.strip() == armazem, feito.stderr


@pytest.mark.parametrize("falta", ["CHAVE_SECRETA", "CHAVES_DE_CIFRA"])
def test_producao_sem_segredo_nao_sobe(tmp_path, falta):
    restantes = {nome: valor for nome, valor in PRODUCAO.items() if nome != falta}

    feito = manage(tmp_path, "check", DATABASE_URL=banco_dos_testes(), **restantes)

    assert feito.returncode != 0
    assert f"{falta} não foi definida" in feito.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("nome", "valor"),
    [
        ("DEBUG", "talvez"),
        ("INSTALACAO_LOCAL", "2"),
        ("SESSAO_SEGUNDOS", "doze horas"),
        ("SESSAO_SEGUNDOS", "59"),
        ("REVELACAO_SEGUNDOS", "-1"),
        ("FUSO_HORARIO", "America/Lugar_Nenhum"),
        ("DATABASE_URL", "sqlite:///banco.sqlite3"),
    ],
)
def test_valor_ruim_derruba_a_partida_e_diz_qual(tmp_path, nome, valor):
    feito = manage(tmp_path, "diffsettings", **({"INSTALACAO_LOCAL": "1"} | {nome: valor}))

    assert feito.returncode != 0
    assert f"{nome}" in feito.stderr.splitlines()[-1]


@pytest.mark.parametrize(
    ("valor", "lido"), [("1", True), ("Sim", True), ("0", False), ("não", False), ("", False)]
)
def test_booleano_aceita_as_palavras_da_casa(monkeypatch, valor, lido):
    monkeypatch.setenv("LIGADO", valor)

    assert ambiente.booleano("LIGADO", not lido) is lido


@pytest.mark.parametrize("valor", ["", "1,5", "-3", "0x10", "²"])
def test_inteiro_recusa_o_que_nao_e_numero(monkeypatch, valor):
    monkeypatch.setenv("QUANTOS", valor)

    with pytest.raises(ImproperlyConfigured, match="QUANTOS"):
        ambiente.inteiro("QUANTOS", 1)


def test_segredos_locais_sao_sorteados_uma_vez_e_so_o_dono_le(tmp_path):
    primeiros = ambiente.segredos_locais(tmp_path / "var")

    assert ambiente.segredos_locais(tmp_path / "var") == primeiros
    assert ambiente.segredos_locais(tmp_path / "outra") != primeiros
    assert (tmp_path / "var" / "segredos.json").stat().st_mode & 0o777 == 0o600
    assert [arquivo.name for arquivo in (tmp_path / "var").iterdir()] == ["segredos.json"]
