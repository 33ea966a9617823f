"""O contrato de quem leva mensagens: o que recebe, o que devolve e como falha."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Envelope:
    """Uma mensagem pronta, com os segredos já em claro: não se guarda nem se registra em log."""

    canal: str
    destino: str
    assunto: str
    texto: str
    chave: UUID

    def __repr__(self):
        return f"<Envelope {self.canal} {self.chave}>"


@dataclass(frozen=True, slots=True)
class Recibo:
    """O que o destino respondeu. `simulado` quer dizer que nada saiu daqui."""

    id_externo: str = ""
    simulado: bool = False


class Transporte(Protocol):
    """Leva um envelope, ou levanta `FalhaTemporaria` (vale tentar de novo) ou `FalhaDefinitiva`."""

    def enviar(self, envelope: Envelope) -> Recibo:
        """Entrega ao destino, que pela chave reconhece uma repetição."""
        ...


class FalhaDeEnvio(Exception):
    """A mensagem não saiu; a frase não traz destino nem conteúdo."""


class FalhaTemporaria(FalhaDeEnvio):
    """O destino está fora do ar, ocupado ou lento."""


class FalhaDefinitiva(FalhaDeEnvio):
    """O destino recusou, ou o canal não está configurado: tentar de novo não muda nada."""
