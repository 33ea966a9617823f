"""Uma OLT de mentira: o agente SNMP do snmpsim, no loopback, com tabelas feitas aqui."""

import getpass
import grp
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from atendimento.integracoes.rede.tabelas_snmp import TABELAS
from tests.rede.radius import porta_livre

PRAZO_SEGUNDOS = 30
INTEIRO, TEXTO, HEXADECIMAL = "2", "4", "4x"


def linhas_da_onu(fabricante: str, slot: int, porta: int, onu: int, serial: str, **colunas) -> list[str]:
    """As linhas de uma ONU como o fabricante as guarda; um valor é inteiro, ou um par (tipo, texto)."""
    tabela = TABELAS[fabricante]
    indice = f"{tabela.indice_da_porta(slot, porta)}.{onu}"
    hexa = serial[:4].encode().hex() + serial[4:]
    linhas = [f"{tabela.serial}.{indice}|{HEXADECIMAL}|{hexa}"]
    for nome, valor in colunas.items():
        fim = tabela.fim if nome in ("rx", "tx", "rx_na_olt") else ""
        tipo, texto = valor if isinstance(valor, tuple) else (INTEIRO, valor)
        linhas.append(f"{getattr(tabela, nome)}.{indice}{fim}|{tipo}|{texto}")
    return linhas


@contextmanager
def no_ar(pasta: Path, comunidades: dict[str, list[str]]):
    """Cada comunidade responde com as suas linhas; entrega a porta UDP."""
    dados = pasta / "dados"
    dados.mkdir(parents=True)
    for nome, linhas in comunidades.items():
        em_ordem = sorted(linhas, key=lambda linha: [int(n) for n in linha.partition("|")[0].split(".")])
        (dados / f"{nome}.snmprec").write_text("".join(f"{linha}\n" for linha in em_ordem))
    porta = porta_livre(socket.SOCK_DGRAM)
    registro = pasta / "registro.log"
    with registro.open("w") as saida:
        agente = subprocess.Popen(
            [
                Path(sys.executable).with_name("snmpsim-command-responder"), f"--data-dir={dados}",
                f"--cache-dir={pasta / 'cache'}", f"--agent-udpv4-endpoint=127.0.0.1:{porta}",
                f"--process-user={getpass.getuser()}", f"--process-group={grp.getgrgid(os.getgid()).gr_name}",
            ],
            stdout=saida, stderr=saida,
        )  # fmt: skip
    try:
        limite = time.monotonic() + PRAZO_SEGUNDOS
        while "Listening at UDP/IPv4" not in registro.read_text():
            assert agente.poll() is None, registro.read_text()
            assert time.monotonic() < limite, registro.read_text()
            time.sleep(0.05)
        yield porta
    finally:
        agente.terminate()
        agente.wait(PRAZO_SEGUNDOS)
