"""Criar, subir, achar e parar o servidor de uma pasta, à prova de quedas e de partidas simultâneas.

Duas travas do núcleo, que somem com quem as segura, mesmo morto com `kill -9`: `trava` deixa um só
processo mexer no servidor de cada vez; `uso` é compartilhada por quem está usando o servidor, e o
último que sai o desliga.
"""

import fcntl
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import psycopg
from psycopg import sql

from atendimento.postgres_embutido import conta, processos, programas
from atendimento.postgres_embutido.endereco import BANCO, PORTA, arquivo_do_socket, endereco, pasta_do_socket
from atendimento.postgres_embutido.falha import PostgresIndisponivel

PRAZO_SEGUNDOS = 60
PASSO_SEGUNDOS = 0.01
REGISTRO_MAXIMO_BYTES = 10 * 1024 * 1024
AINDA_PRESO = "pre-existing shared memory block"


@contextmanager
def servindo(pasta: Path, *, rapido: bool = False) -> Iterator[str]:
    """Mantém o servidor de `pasta` no ar dentro do bloco; entrega a URL. O último a sair o desliga."""
    _preparar(pasta)
    with (pasta / "uso").open("a") as uso:
        with _trava(pasta):
            fcntl.flock(uso, fcntl.LOCK_SH)
            _garantir(pasta, rapido)
        try:
            yield endereco(pasta)
        finally:
            with _trava(pasta):
                if _so_nosso(uso):
                    _parar(pasta)


def iniciar(pasta: Path, *, rapido: bool = False) -> str:
    """Deixa o servidor de `pasta` no ar, criando-o na primeira vez, e devolve a URL.

    `rapido` dispensa a proteção contra queda de energia: só para testes. Levanta `PostgresIndisponivel`.
    """
    _preparar(pasta)
    with _trava(pasta):
        _garantir(pasta, rapido)
    return endereco(pasta)


def parar(pasta: Path) -> None:
    """Desliga o servidor de `pasta`; nada faz se ele não está no ar."""
    if pasta.is_dir():
        with _trava(pasta):
            _parar(pasta)


def responde(pasta: Path) -> bool:
    """Se há um servidor atendendo em `pasta`; não diz se ele já terminou de subir."""
    with socket.socket(socket.AF_UNIX) as tomada:
        try:
            tomada.connect(os.fsencode(arquivo_do_socket(pasta_do_socket(pasta))))
        except OSError:
            return False
    return True


def apagar_banco(pasta: Path) -> None:
    """Apaga o banco da aplicação e o cria vazio; os outros bancos da pasta ficam como estão.

    Levanta `PostgresIndisponivel` quando outro processo está ligado a ele.
    """
    with psycopg.connect(endereco(pasta, "postgres"), autocommit=True) as conexao:
        try:
            conexao.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(BANCO)))
        except psycopg.errors.ObjectInUse as erro:
            raise PostgresIndisponivel("O banco está em uso por outro processo: encerre-o antes.") from erro
        _garantir_banco(conexao)


def _preparar(pasta: Path) -> None:
    try:
        pasta.mkdir(parents=True, exist_ok=True)
        if os.geteuid() in (0, pasta.stat().st_uid):
            pasta.chmod(0o700)
        (pasta / "trava").touch()
    except OSError as erro:
        raise PostgresIndisponivel(f"Não dá para escrever em {pasta}: {erro.strerror}.") from erro


@contextmanager
def _trava(pasta: Path) -> Iterator[None]:
    with (pasta / "trava").open("a") as trava:
        fcntl.flock(trava, fcntl.LOCK_EX)
        yield


def _so_nosso(uso: IO[str]) -> bool:
    try:
        fcntl.flock(uso, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _garantir(pasta: Path, rapido: bool) -> None:
    """Chame com a trava."""
    dados = pasta.absolute() / "dados"
    if responde(pasta) or _esta_subindo(pasta, dados):
        _aguardar(pasta)
        return
    executaveis = programas.pasta_dos_programas()
    quem = conta.escolher(pasta, dados, executaveis / "postgres")
    if not dados.exists():
        _criar(executaveis, dados, quem, rapido)
    _conferir_versao(executaveis, dados)
    _preparar_socket(pasta, quem)
    comando = programas.comando_do_servidor(executaveis, dados, pasta_do_socket(pasta), rapido=rapido)
    _subir(pasta, [*quem.prefixo, *comando])


def _esta_subindo(pasta: Path, dados: Path) -> bool:
    """Espera um servidor vivo que ainda não (ou já não) atende; limpa os restos de um que caiu."""
    limite = time.monotonic() + PRAZO_SEGUNDOS
    while (pid := processos.pid_registrado(dados)) in processos.da_pasta(dados):
        if responde(pasta):
            return True
        if time.monotonic() > limite:
            raise PostgresIndisponivel(f"O PostgreSQL de {pasta} (processo {pid}) está vivo e não atende.")
        time.sleep(PASSO_SEGUNDOS)
    processos.encerrar_orfaos(dados)
    # O número registrado pode hoje ser de um zumbi ou de um estranho; o PostgreSQL não subiria.
    (dados / "postmaster.pid").unlink(missing_ok=True)
    arquivo_do_socket(pasta_do_socket(pasta)).with_suffix(f".{PORTA}.lock").unlink(missing_ok=True)
    return False


def _criar(executaveis: Path, dados: Path, quem: conta.Conta, rapido: bool) -> None:
    """Cria numa pasta provisória: a definitiva ou não existe ou está inteira."""
    provisoria = dados.with_name("dados.novo")
    shutil.rmtree(provisoria, ignore_errors=True)
    feito = subprocess.run(  # noqa: S603
        [*quem.prefixo, *programas.comando_de_criacao(executaveis, provisoria, rapido=rapido)],
        capture_output=True,
        text=True,
        cwd="/",
        env=programas.ambiente(),
        check=False,
    )
    if feito.returncode:
        raise PostgresIndisponivel(f"O initdb falhou em {dados}:\n{feito.stderr.strip()}")
    provisoria.rename(dados)


def _conferir_versao(executaveis: Path, dados: Path) -> None:
    gravada, instalada = int((dados / "PG_VERSION").read_text()), programas.versao(executaveis)
    if gravada != instalada:
        raise PostgresIndisponivel(
            f"{dados} foi criada pelo PostgreSQL {gravada}, e o instalado é o {instalada}: "
            "aponte PG_BINDIR para a versão certa ou apague a pasta."
        )


def _preparar_socket(pasta: Path, quem: conta.Conta) -> None:
    """A pasta do socket, 0700 e da conta certa: em `/tmp` outra pessoa poderia tê-la criado antes."""
    destino = pasta_do_socket(pasta)
    try:
        destino.mkdir(mode=0o700)
        if os.geteuid() == 0:
            os.chown(destino, quem.uid, quem.gid)
    except FileExistsError:
        pass
    achada = destino.lstat()
    if destino.is_symlink() or achada.st_uid != quem.uid or achada.st_mode & 0o077:
        raise PostgresIndisponivel(f"{destino} não é uma pasta 0700 da conta do PostgreSQL: apague-a.")


def _subir(pasta: Path, comando: list[str]) -> None:
    """Sobe o servidor; insiste enquanto um resto da queda anterior ainda segura a memória."""
    limite = time.monotonic() + PRAZO_SEGUNDOS
    registro = pasta.absolute() / "registro.log"
    if registro.exists() and registro.stat().st_size > REGISTRO_MAXIMO_BYTES:
        registro.write_bytes(b"")
    while True:
        antes = registro.stat().st_size if registro.exists() else 0
        pid = _lancar(comando, registro)
        try:
            _aguardar(pasta, pid)
        except PostgresIndisponivel as erro:
            dito = registro.read_bytes()[antes:].decode(errors="replace").strip()
            if AINDA_PRESO not in dito or time.monotonic() > limite:
                raise PostgresIndisponivel(f"{erro}\n{dito}") from erro
            time.sleep(0.2)
        else:
            return


def _lancar(comando: list[str], registro: Path) -> int:
    """Lança o servidor solto deste processo: fora da sessão e do grupo, para que um Ctrl-C não o alcance."""
    feito = subprocess.run(  # noqa: S603
        ["/bin/sh", "-c", '"$@" </dev/null >>"$0" 2>&1 & echo $!', registro, *comando],
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        env=programas.ambiente(),
        start_new_session=True,
        check=True,
    )
    return int(feito.stdout)


def _aguardar(pasta: Path, pid: int | None = None) -> None:
    """Espera o servidor aceitar conexões e deixa o banco da aplicação criado."""
    limite = time.monotonic() + PRAZO_SEGUNDOS
    while True:
        try:
            with psycopg.connect(endereco(pasta, "postgres"), autocommit=True) as conexao:
                _garantir_banco(conexao)
            return
        except psycopg.OperationalError as erro:
            if pid and not processos.corre(pid):
                raise PostgresIndisponivel(f"O PostgreSQL de {pasta} não subiu.") from erro
            if time.monotonic() > limite:
                raise PostgresIndisponivel(f"O PostgreSQL de {pasta} não atende: {erro}") from erro
        time.sleep(PASSO_SEGUNDOS)


def _garantir_banco(conexao: psycopg.Connection) -> None:
    if not conexao.execute("SELECT 1 FROM pg_database WHERE datname = %s", [BANCO]).fetchone():
        conexao.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(BANCO)))


def _parar(pasta: Path) -> None:
    """Chame com a trava. Primeiro pede (parada rápida), depois exige (imediata, sem perder dados)."""
    pid = processos.pid_registrado(pasta / "dados") if responde(pasta) else None
    if pid is None:
        return
    for sinal in (signal.SIGINT, signal.SIGQUIT):
        os.kill(pid, sinal)
        limite = time.monotonic() + PRAZO_SEGUNDOS
        while processos.corre(pid) and time.monotonic() < limite:
            time.sleep(PASSO_SEGUNDOS)
        if not processos.corre(pid):
            return
    raise PostgresIndisponivel(f"O PostgreSQL de {pasta} (processo {pid}) não parou.")
