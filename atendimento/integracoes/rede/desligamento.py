"""Disconnect-Request (RFC 5176): derruba uma sessão no concentrador, por UDP, com o segredo dele."""

import io
import socket
from dataclasses import dataclass, field

from pyrad import packet
from pyrad.client import Client, Timeout
from pyrad.dictionary import Dictionary

from atendimento.integracoes.rede.interface import (
    NaoSuportado,
    Recusado,
    RespostaInvalida,
    SemResposta,
    Sessao,
)
from contratos.cifra import Segredo

ESPERA_SEGUNDOS = 1.5
TENTATIVAS = 2
DICIONARIO = """
ATTRIBUTE User-Name 1 string
ATTRIBUTE NAS-IP-Address 4 ipaddr
ATTRIBUTE Framed-IP-Address 8 ipaddr
ATTRIBUTE Acct-Session-Id 44 string
ATTRIBUTE Message-Authenticator 80 octets
ATTRIBUTE Error-Cause 101 integer
"""
# RFC 5176, 3.6 (Error-Cause), nas palavras de quem atende.
RECUSAS = {
    402: "falta um atributo que ele exige",
    403: "o endereço do concentrador não confere",
    404: "o pedido é inválido",
    406: "ele não aceita este pedido",
    501: "o console não está autorizado nele",
    503: "ele não conhece esta sessão",
    504: "a sessão não se pode derrubar",
    506: "faltam recursos",
}


@dataclass(frozen=True, slots=True)
class Desligamento:
    """Um concentrador; o segredo não se imprime."""

    ip: str
    porta: int
    segredo: Segredo | None = field(default=None, repr=False)

    def desconectar(self, sessao: Sessao) -> str:
        """Manda o pedido e espera a resposta. Levanta `Recusado` num NAK, com o motivo que ele deu."""
        if not self.segredo:
            raise NaoSuportado("O concentrador não tem segredo RADIUS cadastrado.")
        cliente = Client(
            self.ip, coaport=self.porta, secret=self.segredo.encode(), dict=_dicionario(),
            retries=TENTATIVAS, timeout=ESPERA_SEGUNDOS,
        )  # fmt: skip
        try:
            resposta = cliente.SendPacket(_pedido(cliente, sessao))
        except Timeout as erro:
            raise SemResposta("O concentrador não respondeu ao pedido de desconexão.") from erro
        except (OSError, socket.gaierror) as erro:
            raise SemResposta("O concentrador não está ao alcance.") from erro
        except packet.PacketError as erro:
            raise RespostaInvalida("O concentrador respondeu o que não se entende.") from erro
        finally:
            cliente._CloseSocket()
        return _ler(resposta)


def _dicionario() -> Dictionary:
    return Dictionary(io.StringIO(DICIONARIO))


def _pedido(cliente: Client, sessao: Sessao):
    atributos = {"User_Name": sessao.login}
    if sessao.id_da_sessao:
        atributos["Acct_Session_Id"] = sessao.id_da_sessao
    if sessao.ip and ":" not in sessao.ip:
        atributos["Framed_IP_Address"] = sessao.ip
    return cliente.CreateCoAPacket(code=packet.DisconnectRequest, message_authenticator=True, **atributos)


def _ler(resposta) -> str:
    if resposta.code == packet.DisconnectACK:
        return "O concentrador derrubou a sessão."
    if resposta.code != packet.DisconnectNAK:
        raise RespostaInvalida("O concentrador respondeu o que não se entende.")
    causas = resposta.get("Error-Cause") or [0]
    causa = causas[0] if isinstance(causas[0], int) else 0
    motivo = RECUSAS.get(causa, f"código {causa}" if causa else "sem dizer por quê")
    raise Recusado(f"O concentrador recusou a desconexão (NAK): {motivo}.")
