"""O banco dos testes visto de outros processos."""

import os
import subprocess
import sys
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def endereco() -> str:
    """O `DATABASE_URL` do banco em que o teste está."""
    banco = connection.settings_dict
    senha = f":{quote(banco['PASSWORD'], safe='')}" if banco["PASSWORD"] else ""
    porta = f":{banco['PORT']}" if banco["PORT"] else ""
    return (
        f"postgresql://{banco['USER']}{senha}@{quote(banco['HOST'], safe='')}{porta}/"
        f"{quote(banco['NAME'], safe='')}"
    )


def comando(*argumentos: str, **opcoes) -> subprocess.CompletedProcess:
    """Roda `manage.py` com estes argumentos, noutro processo, no banco do teste."""
    return subprocess.run(
        [sys.executable, "manage.py", *argumentos],
        cwd=settings.BASE_DIR,
        env=os.environ
        | {
            "DATABASE_URL": endereco(),
            "INSTALACAO_LOCAL": "1",
            "PASTA_VAR": str(settings.PASTA_VAR),
            "DJANGO_SETTINGS_MODULE": "tests.settings",
        },
        capture_output=True,
        text=True,
        timeout=120,
        **opcoes,
    )
