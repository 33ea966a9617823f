"""MAC e serial de equipamento: normalizar e formatar."""

import re

SEPARADORES = re.compile(r"[:\-.\s]")
SERIAL_GPON = re.compile(r"[A-Z]{4}[0-9A-F]{8}")
SERIAL_HEXADECIMAL = re.compile(r"[0-9A-F]{16}")


class IdentificadorInvalido(ValueError):
    """O texto não é um MAC ou serial."""


def normalizar_mac(texto: str) -> str:
    """Os doze algarismos hexadecimais em maiúsculas, vindos de `:`, `-`, `.` ou sem separador.

    Levanta `IdentificadorInvalido` para outra forma e para os endereços que não são de um
    equipamento só: zeros, difusão e multidifusão.
    """
    mac = SEPARADORES.sub("", texto).upper()
    if not re.fullmatch(r"[0-9A-F]{12}", mac):
        raise IdentificadorInvalido("MAC inválido: são doze algarismos de 0 a 9 e A a F.")
    if mac == "0" * 12 or int(mac[:2], 16) & 1:
        raise IdentificadorInvalido("MAC inválido: não é de um único equipamento.")
    return mac


def formatar_mac(mac: str) -> str:
    """`00005E005301` → `00:00:5E:00:53:01`."""
    return ":".join(mac[i : i + 2] for i in range(0, len(mac), 2))


def normalizar_serial(texto: str) -> str:
    """O serial em maiúsculas; o de 16 hexadecimais de uma ONU GPON vira fabricante + 8.

    `485754431A2B3C4D` e `HWTC1A2B3C4D` são o mesmo equipamento: os oito primeiros algarismos são
    as quatro letras do fabricante em ASCII (ITU-T G.984.3). Outros equipamentos ficam como vieram,
    sem espaços. Levanta `IdentificadorInvalido` acima de 32 caracteres.
    """
    serial = re.sub(r"\s", "", texto).upper()
    if len(serial) > 32:
        raise IdentificadorInvalido("Serial inválido: use até 32 caracteres.")
    if not SERIAL_HEXADECIMAL.fullmatch(serial):
        return serial
    fabricante = bytes.fromhex(serial[:8])
    if all(65 <= letra <= 90 for letra in fabricante):
        return fabricante.decode("ascii") + serial[8:]
    return serial
