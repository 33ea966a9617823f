#!/usr/bin/env python
"""Porta de entrada dos comandos do projeto."""

import os
import sys


def main():
    """Executa o comando pedido; `demo` vale como instalação local mesmo com `DATABASE_URL`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "atendimento.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("INSTALACAO_LOCAL", "1")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
