"""Sinal óptico por SNMP v2c: acha a ONU pelo serial na porta PON dela e lê a linha dela, num prazo só.

A versão 2c é a que as OLTs deste mercado têm ligada; a comunidade passa em claro, e por isso a rede de
gerência não deve ser a dos clientes.
"""

import asyncio
from dataclasses import dataclass, field
from decimal import Decimal

from pyasn1.error import PyAsn1Error
from pysnmp.error import PySnmpError
from pysnmp.hlapi.v1arch.asyncio import (
    CommunityData,
    SnmpDispatcher,
    UdpTransportTarget,
    bulk_cmd,
    get_cmd,
)
from pysnmp.hlapi.v1arch.asyncio.transport import Udp6TransportTarget
from pysnmp.proto.rfc1902 import Null, ObjectName

from atendimento.integracoes.rede import conferencia
from atendimento.integracoes.rede.interface import NaoSuportado, Onu, RespostaInvalida, SemResposta, Sinal
from atendimento.integracoes.rede.tabelas_snmp import TABELAS, Tabela
from contratos.cifra import Segredo
from contratos.enums_de_rede import EstadoDaOnu
from contratos.identificadores import IdentificadorInvalido, normalizar_serial

PRAZO_SEGUNDOS = 4
ESPERA_SEGUNDOS = 1
REPETICOES = 1
# Uma porta PON tem 128 ONUs; o que passar disso não é uma porta.
ONUS_POR_PORTA = 128
POR_VEZ = 32


@dataclass(frozen=True, slots=True)
class Snmp:
    """Uma OLT e sua comunidade, que não se imprime."""

    ip: str
    porta: int
    fabricante: str
    comunidade: Segredo | None = field(default=None, repr=False)
    prazo: float = PRAZO_SEGUNDOS
    simulada = False

    def sinal(self, onu: Onu) -> Sinal:
        """Procura a ONU e lê a linha dela."""
        tabela = TABELAS.get(self.fabricante)
        if tabela is None:
            raise NaoSuportado("Deste fabricante de OLT ainda não se lê o sinal.")
        if not self.comunidade:
            raise NaoSuportado("A OLT não tem comunidade SNMP cadastrada.")
        if not onu.serial or onu.slot is None or onu.porta is None:
            raise NaoSuportado("Faltam o serial, o slot ou a porta OLT da conexão para achar a ONU.")
        try:
            return asyncio.run(self._no_prazo(tabela, onu))
        except TimeoutError as erro:
            raise SemResposta("A OLT não respondeu a tempo.") from erro
        except OSError as erro:
            raise SemResposta("A OLT não está ao alcance.") from erro
        except (PySnmpError, PyAsn1Error, ValueError, ArithmeticError) as erro:
            raise RespostaInvalida("A OLT respondeu o que não se entende.") from erro

    def reiniciar(self, onu: Onu) -> str:
        """Nenhuma das tabelas tem um reinício em que se possa confiar."""
        raise NaoSuportado(
            "Por SNMP o console não reinicia a ONU: faça pela OLT ou pelo sistema do fabricante."
        )

    async def _no_prazo(self, tabela: Tabela, onu: Onu) -> Sinal:
        async with asyncio.timeout(self.prazo):
            despachante = SnmpDispatcher()
            try:
                alvo = Udp6TransportTarget if ":" in self.ip else UdpTransportTarget
                destino = await alvo.create(
                    (self.ip, self.porta), timeout=ESPERA_SEGUNDOS, retries=REPETICOES
                )
                conversa = (despachante, CommunityData(str(self.comunidade), mpModel=1), destino)  # noqa: S508
                indice = await _indice_da_onu(conversa, tabela, onu)
                if indice is None:
                    raise NaoSuportado("Nenhuma ONU com este serial na porta OLT da conexão.")
                return _montar(tabela, await _ler(conversa, _colunas(tabela, indice)))
            finally:
                # Só a tomada: `close` do despachante tropeça nos pedidos que ainda não voltaram.
                despachante.transport_dispatcher.close_dispatcher()


async def _indice_da_onu(conversa: tuple, tabela: Tabela, onu: Onu) -> str | None:
    """O índice da ONU: percorre os seriais da porta, no máximo tantos quantos uma porta comporta."""
    raiz = f"{tabela.serial}.{tabela.indice_da_porta(onu.slot, onu.porta)}"
    atual = raiz
    for _ in range(ONUS_POR_PORTA // POR_VEZ + 1):
        linhas = _conferir(await bulk_cmd(*conversa, 0, POR_VEZ, _pergunta(atual)))
        for nome, valor in linhas:
            if not nome.startswith(f"{raiz}.") or nome == atual:
                return None
            if _serial(valor) == onu.serial:
                return nome.removeprefix(f"{tabela.serial}.")
            atual = nome
        if not linhas:
            return None
    return None


def _colunas(tabela: Tabela, indice: str) -> dict[str, str]:
    colunas = {
        "estado": f"{tabela.estado}.{indice}",
        "rx": f"{tabela.rx}.{indice}{tabela.fim}",
        "tx": f"{tabela.tx}.{indice}{tabela.fim}",
        "distancia": f"{tabela.distancia}.{indice}",
    }
    if tabela.rx_na_olt:
        colunas["rx_na_olt"] = f"{tabela.rx_na_olt}.{indice}"
    if tabela.causa:
        colunas["causa"] = f"{tabela.causa}.{indice}"
    return colunas


async def _ler(conversa: tuple, colunas: dict[str, str]) -> dict[str, int | None]:
    achados = dict(_conferir(await get_cmd(*conversa, *map(_pergunta, colunas.values()))))
    return {nome: _inteiro(achados.get(oid)) for nome, oid in colunas.items()}


def _pergunta(oid: str) -> tuple:
    """O par que se envia, já em números: nenhum módulo MIB se carrega."""
    return ObjectName(oid), Null("")


def _conferir(resposta: tuple) -> list[tuple[str, object]]:
    erro, situacao, _, linhas = resposta
    if erro:
        raise SemResposta("A OLT não respondeu a tempo.")
    if situacao:
        raise RespostaInvalida("A OLT respondeu com um erro.")
    return [(str(nome), valor) for nome, valor in (tuple(linha) for linha in linhas)]


def _inteiro(valor: object) -> int | None:
    """Um inteiro do SNMP, com sinal; texto, ausência ou outro tipo é não saber."""
    try:
        return int(valor)  # type: ignore[call-overload]
    except (TypeError, ValueError, PyAsn1Error):
        return None


def _serial(valor: object) -> str:
    """O serial de oito bytes (fabricante e número, ITU-T G.984.3) ou já escrito, como se guarda aqui."""
    try:
        bruto = bytes(valor)  # type: ignore[call-overload]
    except (TypeError, ValueError, PyAsn1Error):
        return ""
    if len(bruto) == 8:
        return f"{conferencia.texto(bruto[:4], 4)}{bruto[4:].hex().upper()}"
    try:
        return normalizar_serial(conferencia.texto(bruto[:32], 32))
    except IdentificadorInvalido:
        return ""


def _montar(tabela: Tabela, lido: dict[str, int | None]) -> Sinal:
    def dbm(nome: str, converter) -> Decimal | None:
        valor = lido.get(nome)
        return conferencia.potencia(converter(valor)) if valor is not None else None

    estado = tabela.estados.get(lido["estado"], "") if lido["estado"] is not None else ""
    causa = tabela.causas.get(lido.get("causa") or 0)
    if estado == EstadoDaOnu.OFFLINE and causa:
        estado = causa
    if not estado:
        raise RespostaInvalida("A OLT respondeu o que não se entende.")
    ligada = estado == EstadoDaOnu.ONLINE
    return Sinal(
        estado=estado,
        rx_dbm=dbm("rx", tabela.dbm) if ligada else None,
        tx_dbm=dbm("tx", tabela.dbm) if ligada else None,
        rx_na_olt_dbm=dbm("rx_na_olt", tabela.dbm_na_olt) if ligada else None,
        distancia_m=conferencia.inteiro(lido["distancia"], conferencia.DISTANCIA_MAXIMA_M),
        causa_da_queda=causa.label if causa else "",
    )
