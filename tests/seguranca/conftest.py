"""O mundo, construído uma vez por módulo; o que cada teste muda nele se desfaz."""

import pytest
from django.conf import settings
from django.db import transaction
from django.test import override_settings

from tests.seguranca.mundo import Mundo, construir


@pytest.fixture(scope="module")
def mundo(django_db_setup, django_db_blocker, tmp_path_factory) -> Mundo:
    anexos = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("anexos")},
    }
    sem_lixo = override_settings(STORAGES=settings.STORAGES | {"default": anexos})
    with django_db_blocker.unblock(), sem_lixo:
        # Como a transação que o pytest-django abre em volta de cada teste, que fica dentro desta.
        transacao = transaction.atomic()
        transacao._from_testcase = True
        with transacao:
            yield construir()
            transaction.set_rollback(True)
