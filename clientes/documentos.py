"""CPF, CNPJ (numérico e alfanumérico) e suas formas: normalizar, validar, formatar e mascarar.

CNPJ alfanumérico: IN RFB 2.229/2024, em vigor desde julho de 2026. As doze primeiras posições são
`[0-9A-Z]` e o valor de um caractere no módulo 11 é seu código ASCII menos 48.
"""

import re

CPF = re.compile(r"[0-9]{11}")
CNPJ = re.compile(r"[0-9A-Z]{12}[0-9]{2}")
SEPARADORES = str.maketrans("", "", ".-/ \t\u00a0")


def normalizar(texto: str) -> str:
    """O documento em maiúsculas e sem pontuação. Não valida: letras ficam onde estão."""
    return texto.translate(SEPARADORES).upper()


def _digito(valores: list[int], pesos: list[int]) -> int:
    resto = sum(valor * peso for valor, peso in zip(valores, pesos, strict=True)) % 11
    return 0 if resto < 2 else 11 - resto


def digitos_do_cpf(base: str) -> str:
    """Os dois dígitos verificadores de um CPF, a partir de seus nove primeiros."""
    valores = [int(c) for c in base]
    primeiro = _digito(valores, list(range(10, 1, -1)))
    segundo = _digito([*valores, primeiro], list(range(11, 1, -1)))
    return f"{primeiro}{segundo}"


def digitos_do_cnpj(base: str) -> str:
    """Os dois dígitos verificadores de um CNPJ, a partir de suas doze primeiras posições."""
    valores = [ord(c) - 48 for c in base]
    pesos = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]
    primeiro = _digito(valores, pesos)
    segundo = _digito([*valores, primeiro], [6, *pesos])
    return f"{primeiro}{segundo}"


def cpf_valido(documento: str) -> bool:
    """Se `documento`, já normalizado, é um CPF com dígitos certos e não onze algarismos iguais."""
    return (
        CPF.fullmatch(documento) is not None
        and len(set(documento)) > 1
        and documento[9:] == digitos_do_cpf(documento[:9])
    )


def cnpj_valido(documento: str) -> bool:
    """Se `documento`, já normalizado, é um CNPJ com dígitos certos e não catorze zeros."""
    return (
        CNPJ.fullmatch(documento) is not None
        and documento != "0" * 14
        and documento[12:] == digitos_do_cnpj(documento[:12])
    )


def formatar(documento: str) -> str:
    """O documento com a pontuação de costume; o que não é CPF nem CNPJ volta como veio."""
    if CPF.fullmatch(documento):
        return f"{documento[:3]}.{documento[3:6]}.{documento[6:9]}-{documento[9:]}"
    if CNPJ.fullmatch(documento):
        return f"{documento[:2]}.{documento[2:5]}.{documento[5:8]}/{documento[8:12]}-{documento[12:]}"
    return documento


def mascarar(documento: str) -> str:
    """O documento sem o que identifica: `***.982.247-**`, `**.ABC.345/****-**`, `AB****`."""
    if CPF.fullmatch(documento):
        return f"***.{documento[3:6]}.{documento[6:9]}-**"
    if CNPJ.fullmatch(documento):
        return f"**.{documento[2:5]}.{documento[5:8]}/****-**"
    return documento[:2] + "****" if documento else ""
