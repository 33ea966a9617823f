"""O Pix copia-e-cola (BR Code): TLV do EMV com CRC16-CCITT, e o seu QR em SVG.

Segue o Manual de Padrões para Iniciação do Pix e o Manual do BR Code do Banco Central; os testes o comparam
com os exemplos que eles publicam.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO

import segno

GUI = "br.gov.bcb.pix"
SEM_IDENTIFICADOR = "***"
MAIOR_VALOR = Decimal("9999999999.99")


class BrCodeInvalido(ValueError):
    """O código não é um BR Code de Pix íntegro; a mensagem diz por quê."""


@dataclass(frozen=True, slots=True)
class BrCode:
    """O que um copia-e-cola diz. Estático traz a chave; dinâmico, o endereço da cobrança."""

    nome: str
    cidade: str
    chave: str = ""
    url: str = ""
    valor: Decimal | None = None
    identificador: str = SEM_IDENTIFICADOR
    descricao: str = ""


def crc16(dados: bytes) -> int:
    """CRC16-CCITT (polinômio 0x1021, começo 0xFFFF)."""
    crc = 0xFFFF
    for byte in dados:
        crc ^= byte << 8
        for _ in range(8):
            crc = (crc << 1 ^ 0x1021) & 0xFFFF if crc & 0x8000 else crc << 1
    return crc


def copia_e_cola(codigo: BrCode) -> str:
    """O texto do BR Code estático ou dinâmico. Levanta `BrCodeInvalido` para um dado que não cabe."""
    if bool(codigo.chave) == bool(codigo.url):
        raise BrCodeInvalido("Um BR Code tem a chave ou o endereço da cobrança, e não os dois.")
    conta = [("00", GUI)]
    conta += [("01", codigo.chave)] if codigo.chave else [("25", codigo.url)]
    conta += [("02", codigo.descricao)] if codigo.descricao else []
    campos = [("00", "01")]
    campos += [("01", "12")] if codigo.url else []
    campos += [("26", _tlv(conta)), ("52", "0000"), ("53", "986")]
    campos += [("54", _valor(codigo.valor))] if codigo.valor is not None else []
    campos += [
        ("58", "BR"),
        ("59", _nome(codigo.nome, 25, "nome")),
        ("60", _nome(codigo.cidade, 15, "cidade")),
        ("62", _tlv([("05", _identificador(codigo.identificador))])),
    ]
    corpo = _tlv(campos) + "6304"
    return f"{corpo}{crc16(corpo.encode()):04X}"


def ler(texto: str) -> BrCode:
    """O que diz um copia-e-cola, com o CRC conferido. Levanta `BrCodeInvalido`."""
    texto = texto.strip()
    if texto[-8:-4] != "6304" or f"{crc16(texto[:-4].encode()):04X}" != texto[-4:].upper():
        raise BrCodeInvalido("O CRC não confere: o código foi alterado ou copiado pela metade.")
    campos = _campos(texto)
    conta = _campos(campos.get("26", ""))
    if conta.get("00", "").lower() != GUI or campos.get("00") != "01":
        raise BrCodeInvalido("O código não é de Pix.")
    return BrCode(
        nome=campos.get("59", ""),
        cidade=campos.get("60", ""),
        chave=conta.get("01", ""),
        url=conta.get("25", ""),
        valor=Decimal(campos["54"]) if "54" in campos else None,
        identificador=_campos(campos.get("62", "")).get("05", SEM_IDENTIFICADOR),
        descricao=conta.get("02", ""),
    )


def identificador(texto: str) -> str:
    """O que do texto cabe num identificador de transação: até 25 letras e algarismos."""
    return re.sub(r"[^A-Za-z0-9]", "", texto)[:25] or SEM_IDENTIFICADOR


def qr_modulos(texto: str) -> list[list[bool]]:
    """O QR do texto, linha a linha: verdadeiro é escuro. Sem margem."""
    return [[bool(modulo) for modulo in linha] for linha in _qr(texto).matrix]


def qr_svg(texto: str) -> str:
    """O QR do texto em SVG, com a margem que a norma pede."""
    saida = BytesIO()
    _qr(texto).save(
        saida, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False, omitsize=True
    )
    return saida.getvalue().decode()


def _qr(texto: str) -> segno.QRCode:
    """Com correção de erros média: lê-se de uma tela com reflexo."""
    return segno.make(texto, error="m", micro=False)


def sem_acentos(texto: str) -> str:
    """O texto no alfabeto que todo aplicativo de banco lê."""
    decomposto = unicodedata.normalize("NFKD", texto)
    return decomposto.encode("ascii", "ignore").decode()


def _tlv(campos: Iterable[tuple[str, str]]) -> str:
    partes = []
    for codigo, valor in campos:
        if not 1 <= len(valor) <= 99:
            raise BrCodeInvalido(f"O campo {codigo} do BR Code tem de 1 a 99 caracteres.")
        partes.append(f"{codigo}{len(valor):02d}{valor}")
    return "".join(partes)


def _campos(texto: str) -> dict[str, str]:
    campos, inicio = {}, 0
    while inicio < len(texto):
        codigo, tamanho = texto[inicio : inicio + 2], texto[inicio + 2 : inicio + 4]
        if not re.fullmatch("[0-9]{4}", codigo + tamanho):
            raise BrCodeInvalido("O código está mal formado.")
        fim = inicio + 4 + int(tamanho)
        if fim > len(texto):
            raise BrCodeInvalido("O código está cortado.")
        campos[codigo], inicio = texto[inicio + 4 : fim], fim
    return campos


def _valor(valor: Decimal) -> str:
    if not 0 < valor <= MAIOR_VALOR or valor != round(valor, 2):
        raise BrCodeInvalido("O valor do Pix é positivo e em centavos.")
    return f"{valor:.2f}"


def _nome(texto: str, tamanho: int, rotulo: str) -> str:
    limpo = sem_acentos(texto).strip()[:tamanho].strip()
    if not limpo:
        raise BrCodeInvalido(f"Falta o campo {rotulo} de quem recebe o Pix.")
    return limpo


def _identificador(texto: str) -> str:
    if texto != SEM_IDENTIFICADOR and not re.fullmatch(r"[A-Za-z0-9]{1,25}", texto):
        raise BrCodeInvalido("O identificador do Pix tem até 25 letras e algarismos.")
    return texto
