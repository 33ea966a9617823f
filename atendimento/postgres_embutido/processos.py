"""Os processos de um servidor: quem está vivo, quem sobrou de uma queda."""

import os
import signal
from pathlib import Path

PROC = Path("/proc")


def pid_registrado(dados: Path) -> int | None:
    """O pid que o PostgreSQL deixou em `postmaster.pid`, vivo ou não."""
    try:
        return int((dados / "postmaster.pid").read_text().splitlines()[0])
    except (FileNotFoundError, IndexError, ValueError):
        return None


def corre(pid: int) -> bool:
    """Se `pid` é um processo de verdade: um zumbi ainda tem número, mas já acabou."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:
        estado = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, IndexError):
        return not PROC.is_dir()
    return estado != "Z"


def da_pasta(dados: Path) -> set[int]:
    """Os processos que trabalham dentro de `dados`, sem zumbis; vazio onde não há `/proc`."""
    real = os.path.realpath(dados)
    achados = set()
    for processo in PROC.glob("[0-9]*"):
        try:
            if str((processo / "cwd").readlink()) == real:
                achados.add(int(processo.name))
        except OSError:
            continue
    return achados


def encerrar_orfaos(dados: Path) -> None:
    """Mata o que sobrou de um servidor que caiu: enquanto um deles vive, o próximo não sobe."""
    for pid in da_pasta(dados):
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
