"""SMS e WhatsApp por um gateway HTTP do provedor.

Só se fala com um host da lista; nenhum redirecionamento se segue; o endereço a que o nome leva se confere
na hora e é nele que se conecta, para que um nome não leve à rede interna. A resposta tem tamanho e tempo
contados.
"""

import json
import socket
import ssl
import time
from collections.abc import Collection
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from urllib.parse import urlsplit

from atendimento.integracoes.mensagens.interface import (
    Envelope,
    FalhaDefinitiva,
    FalhaTemporaria,
    Recibo,
)

ESPERA_SEGUNDOS = 10
PRAZO_SEGUNDOS = 20
RESPOSTA_MAXIMA = 64 * 1024
TENTAR_DEPOIS = frozenset({408, 425, 429})


@dataclass(frozen=True, slots=True)
class Gateway:
    """O endereço, a credencial e os hosts que se aceitam.

    `rede_privada` deixa usar um gateway da própria rede do provedor; sem ela, só endereços públicos.
    """

    url: str
    credencial: str
    hosts: Collection[str]
    rede_privada: bool = False

    def enviar(self, envelope: Envelope) -> Recibo:
        """Um POST com a chave em `Idempotency-Key`."""
        corpo = json.dumps(
            {"canal": envelope.canal, "para": envelope.destino, "texto": envelope.texto}
        ).encode()
        cabecalhos = {
            "Authorization": f"Bearer {self.credencial}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(envelope.chave),
        }
        status, resposta = self._pedir(corpo, cabecalhos)
        if 200 <= status < 300:
            return Recibo(id_externo=_identificador(resposta))
        if status >= 500 or status in TENTAR_DEPOIS:
            raise FalhaTemporaria(f"O gateway respondeu {status}.")
        if 300 <= status < 400:
            raise FalhaDefinitiva(f"O gateway tentou redirecionar ({status}), e não se segue.")
        raise FalhaDefinitiva(f"O gateway recusou a mensagem ({status}).")

    def _pedir(self, corpo: bytes, cabecalhos: dict[str, str]) -> tuple[int, bytes]:
        partes = urlsplit(self.url)
        if partes.hostname not in self.hosts:
            raise FalhaDefinitiva("O host do gateway não está na lista dos permitidos.")
        limite = time.monotonic() + PRAZO_SEGUNDOS
        try:
            conexao = self._conectar(partes)
            try:
                caminho = f"{partes.path or '/'}{f'?{partes.query}' if partes.query else ''}"
                conexao.request("POST", caminho, corpo, cabecalhos)
                resposta = conexao.getresponse()
                return resposta.status, _ler(resposta, limite)
            finally:
                conexao.close()
        except (OSError, HTTPException) as erro:
            raise FalhaTemporaria(f"O gateway não respondeu ({type(erro).__name__}).") from erro

    def _conectar(self, partes) -> HTTPConnection:
        tls = partes.scheme == "https"
        porta = partes.port or (443 if tls else 80)
        ip = self._resolver(partes.hostname, porta)
        tomada = socket.create_connection((ip, porta), ESPERA_SEGUNDOS)
        try:
            if tls:
                contexto = ssl.create_default_context()
                tomada = contexto.wrap_socket(tomada, server_hostname=partes.hostname)
        except BaseException:
            tomada.close()
            raise
        conexao = HTTPConnection(partes.hostname, porta, timeout=ESPERA_SEGUNDOS)
        conexao.sock = tomada
        return conexao

    def _resolver(self, host: str, porta: int) -> str:
        ip = str(socket.getaddrinfo(host, porta, type=socket.SOCK_STREAM)[0][4][0])
        if not self.rede_privada and not ip_address(ip).is_global:
            raise FalhaDefinitiva("O host do gateway leva a um endereço da rede interna.")
        return ip


def _ler(resposta: HTTPResponse, limite: float) -> bytes:
    lido = b""
    while parte := resposta.read1(8192):
        lido += parte
        if len(lido) > RESPOSTA_MAXIMA:
            raise FalhaTemporaria("O gateway respondeu mais do que se aceita ler.")
        if time.monotonic() > limite:
            raise FalhaTemporaria("O gateway demorou demais a responder.")
    return lido


def _identificador(resposta: bytes) -> str:
    """O `id` que o gateway deu, se deu um; sem ele a mensagem foi aceita do mesmo modo."""
    try:
        dado = json.loads(resposta)
    except ValueError:
        return ""
    return str(dado.get("id", ""))[:120] if isinstance(dado, dict) else ""
