"""O PostgreSQL dos testes: no ar do começo ao fim da sessão, sem nada a instalar.

Cada processo do xdist se declara usuário do mesmo servidor; o primeiro o sobe e o último o desliga.
"""

import os
import threading
from contextlib import ExitStack

import hypothesis
import pytest
from django.conf import settings
from django.db import connection, connections

from atendimento import postgres_embutido
from tests import modelo

# O Playwright síncrono mantém um laço assíncrono aberto, e o Django recusaria o banco dentro dele.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Com um laço à vista o Django usa uma conexão, e sem ele outra: a transação de um teste começaria numa e
# o que ele grava iria, para ficar, pela outra. Aqui a conexão é a da linha de execução, e só.
connections._connections = threading.local()

# Numa máquina ocupada um exemplo demora o que demorar: o tempo não é o que se prova.
hypothesis.settings.register_profile("casa", deadline=None)
hypothesis.settings.load_profile("casa")


def pytest_configure(config):
    if not settings.DATABASE_URL:
        uso = config.stash[pytest.StashKey[ExitStack]()] = ExitStack()
        config.add_cleanup(uso.close)
        uso.enter_context(postgres_embutido.servindo(settings.PASTA_POSTGRES, rapido=True))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """O que demora minutos começa primeiro: no fim, um processo esperaria pelo outro."""
    items.sort(key=lambda item: "test_toda_pagina_que_se_alcanca" not in item.name)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_keepdb, django_db_blocker) -> bool:
    """O banco que já está pronto, porque se copiou de um modelo, é mantido; o próximo o refaz."""
    with django_db_blocker.unblock():
        return modelo.preparar() or django_db_keepdb


@pytest.fixture(autouse=True)
def _tarefas_que_outro_teste_deixaria(request, django_db_blocker):
    """O que se esvazia depois de um teste com transações de verdade não inclui as tarefas do trabalhador."""
    yield
    marca = request.node.get_closest_marker("django_db")
    de_verdade = marca is not None and marca.kwargs.get("transaction")
    if de_verdade or {"live_server", "transactional_db"} & set(request.fixturenames):
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM procrastinate_jobs")
