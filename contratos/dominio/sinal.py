"""O que uma potência óptica quer dizer (GPON classe B+: a ONU recebe de -8 a -27 dBm; ITU-T G.984.2)."""

from decimal import Decimal

ALTO_DEMAIS = Decimal(-8)
BOM_ATE = Decimal(-25)
LIMITE = Decimal(-27)


def qualidade(rx_dbm: Decimal | None) -> str:
    """`bom`, `atencao`, `critico`, `alto`, ou vazio sem leitura."""
    if rx_dbm is None:
        return ""
    if rx_dbm > ALTO_DEMAIS:
        return "alto"
    if rx_dbm >= BOM_ATE:
        return "bom"
    return "atencao" if rx_dbm >= LIMITE else "critico"
