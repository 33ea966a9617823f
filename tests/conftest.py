"""O PostgreSQL dos testes: no ar do começo ao fim da sessão, sem nada a instalar.

Cada processo do xdist se declara usuário do mesmo servidor; o primeiro o sobe e o último o desliga.
"""

import os
from contextlib import ExitStack

import hypothesis
import pytest
from django.conf import settings

from atendimento import postgres_embutido
from tests import modelo

# O Playwright síncrono mantém um laço assíncrono aberto, e o Django recusaria o banco dentro dele.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# Numa máquina ocupada um exemplo demora o que demorar: o tempo não é o que se prova.
hypothesis.settings.register_profile("casa", deadline=None)
hypothesis.settings.load_profile("casa")


def pytest_configure(config):
    if not settings.DATABASE_URL:
        uso = config.stash[pytest.StashKey[ExitStack]()] = ExitStack()
        config.add_cleanup(uso.close)
        uso.enter_context(postgres_embutido.servindo(settings.PASTA_POSTGRES, rapido=True))


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_modify_db_settings, django_db_keepdb, django_db_blocker) -> bool:
    """O banco que já está pronto, porque se copiou de um modelo, é mantido; o próximo o refaz."""
    with django_db_blocker.unblock():
        return modelo.preparar() or django_db_keepdb
