"""Onde cada fabricante guarda o sinal de uma ONU (GPON), e como se lê cada número.

Huawei: HUAWEI-XPON-MIB (MA5600 e MA5800). ZTE: ZTE-AN-GPON-MIB (C300 e C320). O índice de uma ONU é o da
porta PON seguido do número dela na porta; o serial é o que a reconhece.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from contratos.enums import TipoDeEquipamento
from contratos.enums_de_rede import EstadoDaOnu

HUAWEI = "1.3.6.1.4.1.2011.6.128.1.1.2"
ZTE = "1.3.6.1.4.1.3902.1012.3"
# O que a Huawei responde quando a ONU não diz a potência.
HUAWEI_SEM_LEITURA = 2_147_483_647


@dataclass(frozen=True, slots=True)
class Tabela:
    """As colunas de um fabricante; a vazia não existe nele. `fim` vai depois do índice das potências."""

    serial: str
    estado: str
    rx: str
    tx: str
    rx_na_olt: str
    distancia: str
    causa: str
    indice_da_porta: Callable[[int, int], int]
    dbm: Callable[[int], Decimal | None]
    dbm_na_olt: Callable[[int], Decimal | None]
    estados: Mapping[int, EstadoDaOnu]
    causas: Mapping[int, EstadoDaOnu]
    fim: str = ""


def _centesimos(valor: int) -> Decimal | None:
    return None if valor == HUAWEI_SEM_LEITURA else Decimal(valor) / 100


def _centesimos_deslocados(valor: int) -> Decimal | None:
    """A Huawei soma 100 dBm ao que a OLT recebe, para não ter sinal."""
    return None if valor == HUAWEI_SEM_LEITURA else Decimal(valor - 10_000) / 100


def _dois_milesimos(valor: int) -> Decimal | None:
    """A ZTE conta de 0,002 em 0,002 dBm a partir de -30, em 16 bits com sinal; 65535 é sem leitura."""
    if valor == 65_535:
        return None
    com_sinal = valor - 65_536 if valor > 32_767 else valor
    return Decimal(com_sinal) * 2 / 1000 - 30


TABELAS = {
    TipoDeEquipamento.HUAWEI: Tabela(
        serial=f"{HUAWEI}.43.1.3",
        estado=f"{HUAWEI}.46.1.15",
        rx=f"{HUAWEI}.51.1.4",
        tx=f"{HUAWEI}.51.1.3",
        rx_na_olt=f"{HUAWEI}.51.1.6",
        distancia=f"{HUAWEI}.46.1.20",
        causa=f"{HUAWEI}.46.1.24",
        indice_da_porta=lambda slot, porta: 0xFA000000 + (slot << 13) + (porta << 8),
        dbm=_centesimos,
        dbm_na_olt=_centesimos_deslocados,
        estados={1: EstadoDaOnu.ONLINE, 2: EstadoDaOnu.OFFLINE},
        causas={
            1: EstadoDaOnu.SEM_LUZ,
            2: EstadoDaOnu.SEM_LUZ,
            3: EstadoDaOnu.SEM_LUZ,
            13: EstadoDaOnu.SEM_ENERGIA,
        },
    ),
    TipoDeEquipamento.ZTE: Tabela(
        serial=f"{ZTE}.28.1.1.5",
        estado=f"{ZTE}.28.2.1.4",
        rx=f"{ZTE}.50.12.1.1.10",
        tx=f"{ZTE}.50.12.1.1.14",
        rx_na_olt="",
        distancia=f"{ZTE}.11.4.1.2",
        causa="",
        indice_da_porta=lambda slot, porta: 0x10000000 + (slot << 16) + (porta << 8),
        dbm=_dois_milesimos,
        dbm_na_olt=_dois_milesimos,
        estados={
            0: EstadoDaOnu.OFFLINE,
            1: EstadoDaOnu.SEM_LUZ,
            2: EstadoDaOnu.OFFLINE,
            3: EstadoDaOnu.ONLINE,
            4: EstadoDaOnu.SEM_ENERGIA,
            5: EstadoDaOnu.OFFLINE,
            6: EstadoDaOnu.OFFLINE,
        },
        causas={},
        fim=".1",
    ),
}
