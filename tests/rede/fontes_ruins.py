"""Fontes que se portam mal no loopback: por TCP no lugar do banco do RADIUS, por UDP no da OLT."""

import socket
import threading
from contextlib import contextmanager, suppress

LIXO = bytes(range(256)) * 8
DEZ_MB = b"N" + b"\xff" * (10 * 1024 * 1024)
# Um erro do protocolo do PostgreSQL com o tamanho certo e o conteúdo de outro tipo.
OUTRO_TIPO = b"R\x00\x00\x00\x08\x00\x00\x00\x63"
PRAZO_SEGUNDOS = 30


class FonteTcp:
    """Aceita e faz o que se mandou: `dorme`, `corta`, `lixo`, `enorme` ou `outro_tipo`."""

    def __init__(self, defeito: str):
        self.defeito, self.aceitas = defeito, 0
        self._tomada = socket.create_server(("127.0.0.1", 0))
        self._tomada.settimeout(0.2)
        self.porta = self._tomada.getsockname()[1]
        self._parar = threading.Event()
        self._linhas = [threading.Thread(target=self._aceitar, daemon=True)]

    def __enter__(self):
        self._linhas[0].start()
        return self

    def __exit__(self, *_):
        self._parar.set()
        for linha in self._linhas:
            linha.join()
        self._tomada.close()

    def _aceitar(self) -> None:
        while not self._parar.is_set():
            with suppress(TimeoutError):
                ligacao, _ = self._tomada.accept()
                self.aceitas += 1
                linha = threading.Thread(target=self._atender, args=[ligacao], daemon=True)
                self._linhas.append(linha)
                linha.start()

    def _atender(self, ligacao: socket.socket) -> None:
        with ligacao, suppress(OSError):
            if self.defeito == "dorme":
                self._parar.wait(PRAZO_SEGUNDOS)
                return
            ligacao.recv(4096)
            if self.defeito == "corta":
                ligacao.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                return
            ligacao.settimeout(5)
            ligacao.sendall({"lixo": LIXO, "enorme": DEZ_MB, "outro_tipo": b"N" + OUTRO_TIPO}[self.defeito])
            # Quem espera mais dados fica esperando, como faria com um servidor travado.
            self._parar.wait(PRAZO_SEGUNDOS)


@contextmanager
def fonte_udp(resposta: bytes | None):
    """Responde sempre o mesmo a qualquer pacote; `None` é calar-se. Entrega a porta."""
    tomada, parar = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), threading.Event()
    tomada.bind(("127.0.0.1", 0))
    tomada.settimeout(0.2)

    def atender():
        while not parar.is_set():
            with suppress(TimeoutError):
                _, de_quem = tomada.recvfrom(65535)
                if resposta is not None:
                    tomada.sendto(resposta, de_quem)

    linha = threading.Thread(target=atender, daemon=True)
    linha.start()
    try:
        yield tomada.getsockname()[1]
    finally:
        parar.set()
        linha.join()
        tomada.close()
