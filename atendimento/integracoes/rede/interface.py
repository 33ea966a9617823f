"""O contrato de quem fala com a rede: o que se pergunta, o que se manda e como se falha.

Só o trabalhador usa isto. As frases das falhas vão à tela: não trazem endereço, login nem segredo.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol

from contratos.cifra import Segredo


class FalhaDeRede(Exception):
    """O que se pediu à rede não deu certo."""


class SemResposta(FalhaDeRede):
    """O equipamento não respondeu, recusou a ligação ou a cortou: tentar depois pode servir."""


class RespostaInvalida(FalhaDeRede):
    """O que ele respondeu não se entende, ou é grande demais."""


class Recusado(FalhaDeRede):
    """O equipamento entendeu e disse não."""


class NaoSuportado(FalhaDeRede):
    """Por esta integração não se faz; tentar de novo não muda nada."""


@dataclass(frozen=True, slots=True)
class Sessao:
    """Uma sessão como o RADIUS a contou. Bytes vistos do cliente: baixados e enviados.

    `mudou_em` é quando ele a contou pela última vez.
    """

    login: str
    id_externo: str
    iniciada_em: datetime
    terminada_em: datetime | None = None
    causa: str = ""
    ip: str | None = None
    mac: str = ""
    id_da_sessao: str = ""
    baixados: int = 0
    enviados: int = 0
    mudou_em: datetime | None = None


@dataclass(frozen=True, slots=True)
class Acesso:
    """O estado que uma conexão deve ter na rede. O segredo não se imprime.

    `lista` é a lista de endereços em que o concentrador a põe; vazia, a normal. Inativa não autentica.
    """

    login: str
    ativo: bool
    senha: Segredo | None = field(default=None, repr=False)
    lista: str = ""
    mac: str = ""
    ip: str | None = None
    download_mbps: int | None = None
    upload_mbps: int | None = None
    login_anterior: str = ""


@dataclass(frozen=True, slots=True)
class Onu:
    """Onde uma ONU está: o serial a reconhece na porta PON."""

    conexao_id: int
    serial: str
    slot: int | None
    porta: int | None


@dataclass(frozen=True, slots=True)
class Sinal:
    """O que a OLT diz de uma ONU; potências em dBm, distância em metros."""

    estado: str
    rx_dbm: Decimal | None = None
    tx_dbm: Decimal | None = None
    rx_na_olt_dbm: Decimal | None = None
    distancia_m: int | None = None
    ultima_queda_em: datetime | None = None
    causa_da_queda: str = ""


class RedeDeAcesso(Protocol):
    """O RADIUS e o concentrador de um grupo de conexões. Todo método pode levantar `FalhaDeRede`."""

    simulada: bool

    def sessoes(self, login: str, desde: datetime) -> Sequence[Sessao]:
        """As sessões do login no ar ou acabadas depois de `desde`, da mais recente à mais velha."""
        ...

    def mudancas(self, desde: datetime) -> Sequence[Sessao]:
        """As sessões que começaram, andaram ou acabaram depois de `desde`, na ordem em que mudaram."""
        ...

    def aplicar(self, acesso: Acesso) -> str:
        """Deixa o RADIUS no estado pedido, sem mexer no que não é seu. Devolve a frase do que fez."""
        ...

    def desconectar(self, sessao: Sessao) -> str:
        """Derruba a sessão. Levanta `Recusado` com o que o concentrador disse (NAK)."""
        ...


class RedeOptica(Protocol):
    """A OLT. Todo método pode levantar `FalhaDeRede`."""

    simulada: bool

    def sinal(self, onu: Onu) -> Sinal:
        """A leitura da ONU agora."""
        ...

    def reiniciar(self, onu: Onu) -> str:
        """Manda a ONU reiniciar. Devolve a frase do que fez."""
        ...
