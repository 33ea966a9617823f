"""O que o sistema operacional diz de processos e da máquina; só Linux (`/proc`)."""

import os
from collections.abc import Iterable
from pathlib import Path

TIQUE = os.sysconf("SC_CLK_TCK")


def arvore(pid: int) -> list[int]:
    """`pid` e todos os seus descendentes vivos."""
    filhos: dict[int, list[int]] = {}
    for pasta in Path("/proc").iterdir():
        if pasta.name.isdigit():
            try:
                pai = int((pasta / "stat").read_text().rpartition(")")[2].split()[1])
            except (FileNotFoundError, ProcessLookupError):
                continue
            filhos.setdefault(pai, []).append(int(pasta.name))
    achados, fila = [], [pid]
    while fila:
        atual = fila.pop()
        achados.append(atual)
        fila += filhos.get(atual, [])
    return achados


def cpu_exata(pids: Iterable[int]) -> float:
    """Segundos de CPU dos processos, ao nanossegundo (`schedstat`)."""
    return sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for pid in pids) / 1e9


def cpu_com_mortos(pid: int) -> float:
    """Segundos de CPU de um processo, dos seus descendentes e dos filhos que já acabaram."""
    total = 0
    for vivo in arvore(pid):
        try:
            campos = Path(f"/proc/{vivo}/stat").read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        total += sum(int(campo) for campo in campos[11:15])
    return total / TIQUE


def memoria(pids: Iterable[int]) -> int:
    """Bytes dos processos, contando cada página compartilhada uma vez entre os que a dividem (PSS)."""
    total = 0
    for pid in pids:
        for linha in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if linha.startswith("Pss:"):
                total += int(linha.split()[1]) * 1024
    return total


def ocupada() -> tuple[float, float]:
    """(segundos de CPU gastos, segundos de CPU que houve) na máquina inteira, desde que ligou."""
    campos = [int(c) for c in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    parada = campos[3] + campos[4]
    return (sum(campos) - parada) / TIQUE, sum(campos) / TIQUE


def quarto_da_memoria() -> str:
    """Um quarto da memória da máquina, como o PostgreSQL a escreve: o que se dá a um servidor de verdade."""
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') // 4 // 2**20}MB"
