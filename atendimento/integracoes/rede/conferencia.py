"""O que veio de fora só entra depois de conferido: tipo, tamanho e valor possível.

Nada aqui levanta por causa de um valor ruim: o que não se entende fica vazio, e a leitura segue com o resto.
Só o que torna a leitura inútil (sem começo, sem login) derruba a linha.
"""

from datetime import UTC, datetime, timedelta
from decimal import Decimal, InvalidOperation
from ipaddress import ip_address

from contratos.identificadores import IdentificadorInvalido, normalizar_mac

MAIOR_BIGINT = 2**63 - 1
INICIO = datetime(2000, 1, 1, tzinfo=UTC)
POTENCIAS = (Decimal(-60), Decimal(20))
DISTANCIA_MAXIMA_M = 100_000


def texto(valor: object, maximo: int) -> str:
    """O texto sem caracteres de controle, cortado; outro tipo é vazio."""
    if isinstance(valor, bytes):
        valor = valor[: maximo * 4].decode(errors="replace")
    if not isinstance(valor, str):
        return ""
    return "".join(letra for letra in valor[: maximo * 2] if letra.isprintable()).strip()[:maximo]


def endereco(valor: object) -> str | None:
    """O IP como se escreve, ou `None`."""
    try:
        return str(ip_address(str(valor)[:64].partition("/")[0])) if valor else None
    except ValueError:
        return None


def mac(valor: object) -> str:
    """Os doze algarismos, ou vazio."""
    try:
        return normalizar_mac(texto(valor, 64))
    except IdentificadorInvalido:
        return ""


def inteiro(valor: object, maximo: int = MAIOR_BIGINT) -> int | None:
    """Um inteiro de zero a `maximo`, ou `None`."""
    if isinstance(valor, bool) or not isinstance(valor, int | float | Decimal | str | bytes):
        return None
    try:
        numero = int(valor[:40] if isinstance(valor, str | bytes) else valor)
    except (ValueError, OverflowError, InvalidOperation):
        return None
    return numero if 0 <= numero <= maximo else None


def instante(valor: object, agora: datetime) -> datetime | None:
    """Um momento com fuso, deste século e não do futuro, ou `None`. Sem fuso é UTC."""
    if not isinstance(valor, datetime):
        return None
    com_fuso = valor if valor.tzinfo else valor.replace(tzinfo=UTC)
    return com_fuso if INICIO <= com_fuso <= agora + timedelta(minutes=10) else None


def potencia(valor: Decimal | None) -> Decimal | None:
    """Uma potência possível, com duas casas, ou `None`."""
    if valor is None or not valor.is_finite() or not POTENCIAS[0] <= valor <= POTENCIAS[1]:
        return None
    return valor.quantize(Decimal("0.01"))
