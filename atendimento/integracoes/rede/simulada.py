"""Uma rede de mentira, sempre a mesma para a mesma conexão, para a demonstração e os testes.

O que cada conexão faz sai do seu login: não há sorteio nem estado. Quem quer um defeito o dita no `roteiro`
do concentrador ou da OLT: login (ou serial) → os campos de `Defeito`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from django.utils import timezone

from atendimento.integracoes.rede.interface import (
    Acesso,
    NaoSuportado,
    Onu,
    Recusado,
    SemResposta,
    Sessao,
    Sinal,
)
from contratos.enums_de_rede import EstadoDaOnu

DIA = timedelta(days=1)
GB = 10**9
HISTORIA_DIAS = 30


@dataclass(frozen=True, slots=True)
class Defeito:
    """O que há de errado: fora do ar desde quando e por quê, sinal fraco, MAC estranho, ou nada responde."""

    caida_em: datetime | None = None
    causa: str = "Lost-Carrier"
    estado: str = EstadoDaOnu.SEM_LUZ
    rx_dbm: Decimal | None = None
    mac: str = ""
    muda: bool = False
    recusa: str = ""
    quedas_por_dia: int = 0


SEM_DEFEITO = Defeito()
CAMPOS = {campo.name for campo in fields(Defeito)}


def defeito_de(dados: object) -> Defeito:
    """O defeito escrito em JSON; o que não se entende é como se não houvesse."""
    if not isinstance(dados, dict):
        return SEM_DEFEITO
    valores = {nome: valor for nome, valor in dados.items() if nome in CAMPOS}
    try:
        if caida := valores.get("caida_em"):
            valores["caida_em"] = datetime.fromisoformat(caida)
        if rx := valores.get("rx_dbm"):
            valores["rx_dbm"] = Decimal(str(rx))
        return Defeito(**valores)
    except (TypeError, ValueError, ArithmeticError):
        return SEM_DEFEITO


def numero(texto: str, ate: int, sal: str = "") -> int:
    """Um número de 0 a `ate`-1 que é sempre o mesmo para o texto."""
    return int.from_bytes(sha256(f"{sal}:{texto}".encode()).digest()[:6]) % ate


class AcessoSimulado:
    """O RADIUS de mentira das conexões dadas.

    `macs` é login → MAC cadastrado; `cortes`, login → quando alguém derrubou a sessão dele.
    """

    simulada = True

    def __init__(
        self,
        macs: Mapping[str, str],
        roteiro: Mapping[str, object] | None = None,
        cortes: Mapping[str, Sequence[datetime]] | None = None,
    ):
        self._macs, self._roteiro, self._cortes = macs, roteiro or {}, cortes or {}

    def sessoes(self, login: str, desde: datetime) -> Sequence[Sessao]:
        """Uma sessão por dia, mais as quedas do roteiro."""
        defeito = self._defeito(login)
        if defeito.muda:
            raise SemResposta("O concentrador não respondeu a tempo.")
        return [s for s in self._historia(login, defeito) if s.terminada_em is None or s.terminada_em > desde]

    def mudancas(self, desde: datetime) -> Sequence[Sessao]:
        """A de agora, ou a última, de cada login que responde; de um dia atrás em diante, a história toda."""
        quantas = 2 if timezone.now() - desde < DIA else None
        achadas = []
        for login in self._macs:
            defeito = self._defeito(login)
            if not defeito.muda:
                achadas += self._historia(login, defeito)[:quantas]
        return achadas

    def aplicar(self, acesso: Acesso) -> str:
        """Finge que levou o estado ao RADIUS."""
        if self._defeito(acesso.login).muda:
            raise SemResposta("O concentrador não respondeu a tempo.")
        return "Simulador: o estado teria sido levado ao RADIUS."

    def desconectar(self, sessao: Sessao) -> str:
        """Finge o Disconnect; o roteiro pode recusar."""
        defeito = self._defeito(sessao.login)
        if defeito.muda:
            raise SemResposta("O concentrador não respondeu a tempo.")
        if defeito.recusa:
            raise Recusado(defeito.recusa)
        return "Simulador: a sessão teria sido derrubada."

    def _defeito(self, login: str) -> Defeito:
        return defeito_de(self._roteiro.get(login))

    def _historia(self, login: str, defeito: Defeito) -> list[Sessao]:
        agora = timezone.now()
        meia_noite = timezone.localtime(agora).replace(hour=0, minute=0, second=0, microsecond=0)
        vira = timedelta(minutes=numero(login, 300))
        cortes = sorted(
            {meia_noite + vira - n * DIA for n in range(HISTORIA_DIAS)}
            | self._quedas_a_mais(login, defeito, meia_noite)
            | set(self._cortes.get(login, ()))
        )
        cortes = [corte for corte in cortes if corte < (defeito.caida_em or agora)]
        fins = [*cortes[1:], defeito.caida_em]
        sessoes = [
            self._sessao(login, defeito, inicio, fim, agora) for inicio, fim in zip(cortes, fins, strict=True)
        ]
        return sessoes[::-1]

    def _quedas_a_mais(self, login: str, defeito: Defeito, meia_noite: datetime) -> set[datetime]:
        return {
            meia_noite - dia * DIA + timedelta(minutes=numero(f"{login}{dia}{n}", 1400))
            for dia in range(7)
            for n in range(defeito.quedas_por_dia)
        }

    def _sessao(self, login, defeito, inicio, fim, agora) -> Sessao:
        duracao = ((fim or agora) - inicio) / DIA
        dia = f"{login}{inicio:%Y%m%d}"
        return Sessao(
            login=login,
            id_externo=f"sim-{numero(login, 10**9)}-{inicio:%Y%m%d%H%M}",
            id_da_sessao=f"{numero(dia, 2**32):08x}",
            iniciada_em=inicio,
            terminada_em=fim,
            causa=self._causa(login, defeito, fim) if fim else "",
            ip=f"100.64.{numero(login, 256)}.{numero(login, 254, 'ip') + 1}",
            mac=defeito.mac or self._macs.get(login, ""),
            baixados=int(duracao * (2 + numero(dia, 18)) * GB),
            enviados=int(duracao * (1 + numero(dia, 4, "s")) * GB / 2),
        )

    def _causa(self, login: str, defeito: Defeito, fim: datetime) -> str:
        if fim in self._cortes.get(login, ()):
            return "Admin-Reset"
        return defeito.causa if fim == defeito.caida_em or defeito.quedas_por_dia else "Session-Timeout"


class OpticaSimulada:
    """A OLT de mentira; `roteiro` é serial → defeito."""

    simulada = True

    def __init__(self, roteiro: Mapping[str, object] | None = None):
        self._roteiro = roteiro or {}

    def sinal(self, onu: Onu) -> Sinal:
        """Um sinal bom, a não ser que o roteiro diga outra coisa."""
        defeito = self._defeito(onu)
        if defeito.caida_em:
            return Sinal(
                estado=defeito.estado,
                distancia_m=self._distancia(onu),
                ultima_queda_em=defeito.caida_em,
                causa_da_queda=EstadoDaOnu(defeito.estado).label,
            )
        bom = Decimal(-17) - Decimal(numero(onu.serial, 500)) / 100
        rx = bom if defeito.rx_dbm is None else defeito.rx_dbm
        return Sinal(
            estado=EstadoDaOnu.ONLINE,
            rx_dbm=rx,
            tx_dbm=Decimal(2) + Decimal(numero(onu.serial, 80, "tx")) / 100,
            rx_na_olt_dbm=rx - Decimal("1.40"),
            distancia_m=self._distancia(onu),
        )

    def reiniciar(self, onu: Onu) -> str:
        """Finge o reinício."""
        defeito = self._defeito(onu)
        if defeito.recusa:
            raise Recusado(defeito.recusa)
        return "Simulador: o equipamento teria sido reiniciado."

    def _defeito(self, onu: Onu) -> Defeito:
        if not onu.serial:
            raise NaoSuportado("A conexão não tem serial: não há ONU a procurar.")
        defeito = defeito_de(self._roteiro.get(onu.serial))
        if defeito.muda:
            raise SemResposta("A OLT não respondeu a tempo.")
        return defeito

    def _distancia(self, onu: Onu) -> int:
        return 400 + numero(onu.serial, 9000, "m")
