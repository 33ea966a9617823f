#!/usr/bin/env python
"""Porta de entrada dos comandos do projeto."""

import os
import sys
from contextlib import AbstractContextManager, nullcontext

# `demo` cuida do próprio banco; os outros não tocam nele.
SEM_BANCO = {"demo", "collectstatic", "compilemessages", "diffsettings", "help", "makemessages"}


def main() -> None:
    """Executa o comando pedido; `demo` vale como instalação local mesmo com `DATABASE_URL`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atendimento.settings")
    comando = sys.argv[1] if len(sys.argv) > 1 else "help"
    if comando == "demo":
        os.environ.setdefault("INSTALACAO_LOCAL", "1")
    from django.core.management import execute_from_command_line

    from atendimento.postgres_embutido import PostgresIndisponivel

    try:
        with _banco(comando):
            execute_from_command_line(sys.argv)
    except PostgresIndisponivel as erro:
        sys.exit(str(erro))


def _banco(comando: str) -> AbstractContextManager[object]:
    """O PostgreSQL embutido no ar enquanto o comando roda, quando não há `DATABASE_URL`."""
    if comando in SEM_BANCO or comando.startswith("-") or {"--help", "-h"} & set(sys.argv):
        return nullcontext()
    from django.conf import settings

    from atendimento import postgres_embutido

    if settings.DATABASE_URL:
        return nullcontext()
    return postgres_embutido.servindo(settings.PASTA_POSTGRES)


if __name__ == "__main__":
    main()
