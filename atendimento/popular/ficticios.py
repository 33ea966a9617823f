"""Documentos, telefones e endereços de rede que não são de ninguém (`dominio.md` §7)."""

from datetime import date
from decimal import Decimal

from clientes.documentos import digitos_do_cnpj, digitos_do_cpf
from contratos import boletos

# Dois desvios do dígito certo: um CPF de demonstração nunca é igual a um de volume.
DESVIO_DA_DEMONSTRACAO = 1
DESVIO_DO_VOLUME = 37

# Só o bloco 9 0000, que não se usa na prática; DDDs variados dão números bastantes.
DDDS = (
    *range(11, 20), 21, 22, 24, 27, 28, *range(31, 36), 37, 38, *range(41, 50), 51, 53, 54, 55,
    *range(61, 70), 71, 73, 74, 75, 77, 79, *range(81, 90), *range(91, 100),
)  # fmt: skip

# Prefixos de fabricante de um serial GPON.
FABRICANTES = {
    "huawei": "HWTC", "zte": "ZTEG", "fiberhome": "FHTT", "nokia": "ALCL", "intelbras": "ITBS",
    "datacom": "DACM", "parks": "PRKS",
}  # fmt: skip


def cpf_errado(base: int, desvio: int) -> str:
    """Um CPF de base `base` (nove algarismos) com dígitos verificadores de propósito errados."""
    nove = f"{base:09d}"
    return f"{nove}{(int(digitos_do_cpf(nove)) + desvio) % 100:02d}"


def cnpj_errado(base: int, desvio: int) -> str:
    """Um CNPJ numérico com dígitos verificadores de propósito errados."""
    doze = f"{base:08d}0001"
    return f"{doze}{(int(digitos_do_cnpj(doze)) + desvio) % 100:02d}"


def cnpj_alfanumerico(raiz: str) -> str:
    """Um CNPJ alfanumérico inventado, com dígitos certos, a partir de oito posições."""
    doze = f"{raiz}0001"
    return doze + digitos_do_cnpj(doze)


def telefone(ddd: int, final: int) -> str:
    """`+55DD90000NNNN`, em E.164."""
    return f"+55{ddd}90000{final % 10_000:04d}"


def mac_do_volume(numero: int) -> str:
    """MAC de administração local: a faixa de documentação só tem 256, e nenhum fabricante usa este."""
    return f"025E{numero * 0x9E3779B1 & 0xFFFFFFFF:08X}"


def serial_do_volume(fabricante: str, numero: int) -> str:
    """Serial GPON único por `numero`; o primeiro algarismo vai de 0 a 7 (na demonstração é D)."""
    return f"{FABRICANTES[fabricante]}{numero * 0x9E3779B1 & 0x7FFFFFFF:08X}"


def ipv6_do_volume(numero: int) -> str:
    """Endereço de documentação (RFC 3849), único por `numero`; as faixas IPv4 são pequenas demais."""
    return f"2001:db8:f:{numero >> 16:x}::{numero & 0xFFFF:x}"


def linha_digitavel(numero: int, vencimento: date, valor: Decimal) -> str:
    """A linha de um boleto de dígitos certos do banco 000, que não existe."""
    codigo = boletos.montar(banco="000", vencimento=vencimento, valor=valor, campo_livre=f"{numero:025d}")
    return boletos.codigo_para_linha(codigo)
