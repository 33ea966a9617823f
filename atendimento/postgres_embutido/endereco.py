"""Onde o servidor de uma pasta atende; aqui só se calcula, nada se inicia."""

import hashlib
import os
from pathlib import Path

BANCO = USUARIO = "atendimento"
PORTA = 5432
# `sun_path` tem 108 bytes no Linux, e o último é o zero final.
TAMANHO_MAXIMO_DO_SOCKET = 107


def pasta_do_socket(pasta: Path) -> Path:
    """A pasta do socket: dentro de `pasta` ou, quando o caminho não serve, uma curta e sempre a mesma.

    Não serve o caminho comprido demais, nem o que tem vírgula, que separa servidores para a libpq.
    """
    pasta = pasta.absolute()
    dentro = pasta / "socket"
    cabe = len(os.fsencode(arquivo_do_socket(dentro))) <= TAMANHO_MAXIMO_DO_SOCKET
    if cabe and "," not in str(dentro):
        return dentro
    return Path("/tmp") / f"atendimento-{hashlib.sha256(os.fsencode(pasta)).hexdigest()[:20]}"  # noqa: S108


def arquivo_do_socket(pasta_do_socket: Path) -> Path:
    """O socket que o PostgreSQL cria em `pasta_do_socket`."""
    return pasta_do_socket / f".s.PGSQL.{PORTA}"


def endereco(pasta: Path, banco: str = BANCO) -> str:
    """URL de `banco` no servidor de `pasta`; não inicia nada."""
    return f"postgresql://{USUARIO}@{_como_servidor(pasta_do_socket(pasta))}:{PORTA}/{banco}"


def _como_servidor(caminho: Path) -> str:
    """O caminho no lugar do nome do servidor na URL.

    As maiúsculas também vão codificadas, porque quem lê uma URL passa esse trecho para minúsculas.
    """
    seguros = b"abcdefghijklmnopqrstuvwxyz0123456789._-"
    return "".join(chr(b) if b in seguros else f"%{b:02x}" for b in os.fsencode(caminho))
