"""Os bancos de volume: um por tamanho, no mesmo servidor, feitos uma vez e reaproveitados."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

import psycopg
from django.conf import settings
from psycopg import sql

SEMENTE = 42
PREFIXO = "desempenho_"


@dataclass(frozen=True, slots=True)
class Banco:
    """Um banco pronto; `popular_segundos` é quanto a carga levou quando se fez."""

    clientes: int
    url: str
    popular_segundos: float


def garantir(clientes: int, avisar: Callable[[str], None], nome: str = "") -> Banco:
    """O banco com `clientes` clientes de volume e outras tantas solicitações; cria o que falta.

    Um banco pela metade, de uma carga interrompida, se refaz. Com `nome`, é outro que o das medições.
    """
    nome = nome or f"{PREFIXO}{clientes}"
    url = _endereco(nome)
    with psycopg.connect(_endereco("postgres"), autocommit=True) as conexao:
        pronto = conexao.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [nome]
        ).fetchone()
        if pronto and pronto[0]:
            _rodar(url, "migrate", "--verbosity", "0")
            _assentar(url)
            return Banco(clientes, url, json.loads(pronto[0])["popular_segundos"])
        conexao.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(nome)))
        conexao.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(nome)))
        avisar(f"Fazendo o banco de {clientes} clientes: uma vez só.")
        _rodar(url, "demo", "--preparar")
        inicio = time.monotonic()
        _rodar(url, "popular", "--clientes", str(clientes), "--semente", str(SEMENTE))
        segundos = round(time.monotonic() - inicio, 1)
        _rodar(url, "popular", "--solicitacoes", str(clientes), "--semente", str(SEMENTE))
        _assentar(url)
        conexao.execute(
            sql.SQL("COMMENT ON DATABASE {} IS {}").format(
                sql.Identifier(nome), sql.Literal(json.dumps({"popular_segundos": segundos}))
            )
        )
    return Banco(clientes, url, segundos)


def _assentar(url: str) -> None:
    """O que o PostgreSQL faria sozinho depois da carga, ao lado do que se mede; já feito, é um instante."""
    with psycopg.connect(url, autocommit=True) as conexao:
        conexao.execute("VACUUM")


def apagar(nome: str) -> None:
    """Apaga um banco de volume, com quem estiver ligado a ele."""
    with psycopg.connect(_endereco("postgres"), autocommit=True) as conexao:
        conexao.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nome)))


def _endereco(banco: str) -> str:
    """A URL de outro banco do mesmo servidor."""
    partes = settings.DATABASES["default"]
    quem = quote(partes["USER"], safe="")
    if partes["PASSWORD"]:
        quem += f":{quote(partes['PASSWORD'], safe='')}"
    onde = {nome.lower(): partes[nome] for nome in ("HOST", "PORT") if partes[nome]}
    return f"postgresql://{quem}@/{banco}?{urlencode(onde)}"


def _rodar(url: str, *argumentos: str) -> None:
    ambiente = os.environ | {
        "DATABASE_URL": url,
        "INSTALACAO_LOCAL": "1",
        "PASTA_VAR": str(settings.PASTA_VAR),
    }
    subprocess.run(  # noqa: S603
        [sys.executable, "manage.py", *argumentos],
        cwd=settings.BASE_DIR, env=ambiente, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
