"""Servidores locais de verdade, um de SMTP e um gateway HTTP, para que nada se prove contra um boneco."""

import json
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from aiosmtpd.controller import Controller


@dataclass
class Recebidas:
    """O que o servidor de e-mail aceitou, e com que código recusa."""

    mensagens: list = field(default_factory=list)
    resposta: str = "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        """Guarda a mensagem, se é para aceitar."""
        if self.resposta.startswith("250"):
            self.mensagens.append(envelope)
        return self.resposta


@contextmanager
def servidor_smtp() -> Iterator[tuple[Recebidas, int]]:
    """Um servidor SMTP numa porta livre de 127.0.0.1."""
    recebidas = Recebidas()
    # Ao subir, o controlador confere a própria porta, e por isso não aceita que o sistema a escolha.
    with socket.create_server(("127.0.0.1", 0)) as livre:
        porta = livre.getsockname()[1]
    controle = Controller(recebidas, hostname="127.0.0.1", port=porta)
    controle.start()
    try:
        yield recebidas, porta
    finally:
        controle.stop()


@dataclass
class GatewayFalso:
    """O que o gateway recebeu e o que responde: uma fila de respostas, e depois a última sempre."""

    url: str = ""
    pedidos: list[dict] = field(default_factory=list)
    respostas: list[tuple[int, dict]] = field(default_factory=lambda: [(202, {"id": "gw-1"})])
    cabecalhos: dict[str, str] = field(default_factory=dict)
    demora: float = 0
    entregues: dict[str, str] = field(default_factory=dict)

    def responder(self) -> tuple[int, dict]:
        """A próxima da fila."""
        return self.respostas.pop(0) if len(self.respostas) > 1 else self.respostas[0]


@contextmanager
def servidor_http() -> Iterator[GatewayFalso]:
    """Um gateway numa porta livre de 127.0.0.1, que reconhece a repetição pela chave."""
    falso = GatewayFalso()

    class Tratador(BaseHTTPRequestHandler):
        def do_POST(self):
            corpo = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            falso.pedidos.append({"caminho": self.path, "corpo": corpo, "cabecalhos": dict(self.headers)})
            time.sleep(falso.demora)
            status, dado = falso.responder()
            if status < 300:
                falso.entregues.setdefault(self.headers["Idempotency-Key"], corpo["texto"])
            self.send_response(status)
            for nome, valor in falso.cabecalhos.items():
                self.send_header(nome, valor)
            self.end_headers()
            self.wfile.write(json.dumps(dado).encode())

        def log_message(self, *args):
            pass

    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Tratador)
    falso.url = f"http://127.0.0.1:{servidor.server_port}/mensagens?v=1"
    linha = Thread(target=servidor.serve_forever, daemon=True)
    linha.start()
    try:
        yield falso
    finally:
        servidor.shutdown()
        servidor.server_close()
        linha.join()
