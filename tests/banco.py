"""O banco dos testes visto de outros processos."""

import os
import subprocess
import sys
from contextlib import contextmanager
from urllib.parse import quote

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

# O que se grava de uma recusa, ou só de se estar na página: nada disso é efeito.
DE_PASSAGEM = {"acessoadado", "presenca", "rascunho"}
DA_CASA = ("perfis", "clientes", "contratos", "atendimento")


def endereco() -> str:
    """O `DATABASE_URL` do banco em que o teste está."""
    banco = connection.settings_dict
    senha = f":{quote(banco['PASSWORD'], safe='')}" if banco["PASSWORD"] else ""
    porta = f":{banco['PORT']}" if banco["PORT"] else ""
    return (
        f"postgresql://{banco['USER']}{senha}@{quote(banco['HOST'], safe='')}{porta}/"
        f"{quote(banco['NAME'], safe='')}"
    )


@contextmanager
def desfeito():
    """O que se muda dentro não fica, nem o que se gravaria numa transação durável."""
    transacao = transaction.atomic()
    transacao._from_testcase = True
    with transacao:
        yield
        transaction.set_rollback(True)


def retrato_do_banco() -> tuple:
    """O conteúdo de cada tabela da casa, resumido, em um comando: o que uma recusa não pode mudar."""
    tabelas = [
        modelo._meta.db_table
        for aplicativo in DA_CASA
        for modelo in apps.get_app_config(aplicativo).get_models()
        if modelo._meta.model_name not in DE_PASSAGEM
    ]
    resumo = "(SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{}\" t)"
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(resumo.format(tabela) for tabela in tabelas))
        return tuple(zip(tabelas, cursor.fetchone(), strict=True))


@contextmanager
def sem_gatilhos(*tabelas: str):
    """Um cursor, numa transação, com os gatilhos destas tabelas desligados até o fim do bloco."""
    with transaction.atomic(), connection.cursor() as cursor:
        _ligar_gatilhos(cursor, "DISABLE", tabelas)
        yield cursor
        _ligar_gatilhos(cursor, "ENABLE", tabelas)


def _ligar_gatilhos(cursor, ligar: str, tabelas) -> None:
    # O que está adiado para o COMMIT impede o ALTER TABLE: confere-se antes.
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for tabela in tabelas:
        cursor.execute(f"ALTER TABLE {tabela} {ligar} TRIGGER USER")
    cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def ambiente() -> dict[str, str]:
    """O ambiente de outro processo que usa o banco do teste."""
    return os.environ | {
        "DATABASE_URL": endereco(),
        "INSTALACAO_LOCAL": "1",
        "PASTA_VAR": str(settings.PASTA_VAR),
        "DJANGO_SETTINGS_MODULE": "tests.settings",
    }


def comando(*argumentos: str, **opcoes) -> subprocess.CompletedProcess:
    """Roda `manage.py` com estes argumentos, noutro processo, no banco do teste."""
    return subprocess.run(
        [sys.executable, "manage.py", *argumentos],
        cwd=settings.BASE_DIR,
        env=ambiente(),
        capture_output=True,
        text=True,
        timeout=120,
        **opcoes,
    )
