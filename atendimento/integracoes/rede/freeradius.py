"""FreeRADIUS: sessões e credenciais no banco dele, e a desconexão no concentrador."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from atendimento.integracoes.rede.desligamento import Desligamento
from atendimento.integracoes.rede.interface import Acesso, Sessao
from atendimento.integracoes.rede.radius_sql import BancoDoRadius


@dataclass(frozen=True, slots=True)
class FreeRadius:
    """O banco e o concentrador."""

    banco: BancoDoRadius
    nas: Desligamento
    simulada = False

    def sessoes(self, login: str, desde: datetime) -> Sequence[Sessao]:
        """Do radacct."""
        return self.banco.sessoes(login, desde)

    def mudancas(self, desde: datetime) -> Sequence[Sessao]:
        """Do radacct."""
        return self.banco.mudancas(desde)

    def aplicar(self, acesso: Acesso) -> str:
        """No radcheck e no radreply; vale na próxima autenticação."""
        self.banco.aplicar(acesso)
        return "Gravado no RADIUS."

    def desconectar(self, sessao: Sessao) -> str:
        """Disconnect-Request."""
        return self.nas.desconectar(sessao)
