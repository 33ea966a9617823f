"""O banco de testes copiado de um modelo já migrado, em vez de migrado a cada vez.

Um modelo por estado do código que faz o esquema e o catálogo; o primeiro processo que precisa dele o faz,
e os outros, do xdist ou da próxima vez, o copiam em um segundo. Só no PostgreSQL embutido, que é nosso.
"""

import fcntl
import hashlib
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from psycopg import sql

PREFIXO = "modelo_"
# O que não muda o esquema nem o que `post_migrate` escreve; o resto, na dúvida, refaz o modelo.
SEM_EFEITO = {"views", "management", "demonstracao", "popular", "importacao", "integracoes", "filas", "admin"}


def preparar() -> bool:
    """Deixa o banco de testes migrado; falso se isso não é conosco, e o Django o faz como sempre."""
    if settings.DATABASE_URL:
        return False
    with _trava():
        if _modelo() in _bancos():
            _copiar(_modelo(), _de_testes())
        else:
            _migrar()
            for velho in _bancos():
                if velho.startswith(PREFIXO):
                    _apagar(velho)
            _copiar(_de_testes(), _modelo())
    return True


@contextmanager
def _trava():
    with (settings.PASTA_POSTGRES / "modelo").open("a") as arquivo:
        fcntl.flock(arquivo, fcntl.LOCK_EX)
        yield


def _modelo() -> str:
    resumo = hashlib.sha256()
    for nome in ("requirements.lock", "atendimento", "clientes", "contratos", "perfis"):
        caminho = settings.BASE_DIR / nome
        for arquivo in sorted(caminho.rglob("*.py")) if caminho.is_dir() else [caminho]:
            if not SEM_EFEITO & set(arquivo.parts):
                resumo.update(str(arquivo).encode() + arquivo.read_bytes())
    return PREFIXO + resumo.hexdigest()[:20]


def _de_testes() -> str:
    return connection.creation._get_test_db_name()


def _migrar() -> None:
    """Como o Django: cria e migra o banco de testes, e volta à ligação de antes."""
    antes = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    connection.creation.destroy_test_db(antes, verbosity=0, keepdb=True)


def _copiar(de: str, para: str) -> None:
    _apagar(para)
    copia = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
    _executar(copia.format(sql.Identifier(para), sql.Identifier(de)))


def _apagar(nome: str) -> None:
    _executar(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(nome)))


def _executar(comando) -> None:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute(comando)


def _bancos() -> set[str]:
    with connection.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {nome for (nome,) in cursor.fetchall()}
