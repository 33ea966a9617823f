"""Telefones no formato E.164 e suas formas para ler e para mascarar."""

import phonenumbers


class TelefoneInvalido(ValueError):
    """O texto não é um telefone que se possa discar."""


def normalizar(texto: str) -> str:
    """O telefone em E.164 (`+5554900000001`); sem código de país, vale o Brasil.

    Levanta `TelefoneInvalido` quando os algarismos não formam um número possível.
    """
    try:
        numero = phonenumbers.parse(texto, "BR")
    except phonenumbers.NumberParseException as erro:
        raise TelefoneInvalido("Telefone inválido: informe DDD e número.") from erro
    if not phonenumbers.is_possible_number(numero) or (
        numero.country_code == 55 and len(str(numero.national_number)) not in (10, 11)
    ):
        raise TelefoneInvalido("Telefone inválido: informe DDD e número.")
    return phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164)


def formatar(e164: str) -> str:
    """`+5554900000001` → `(54) 90000-0001`; números de fora ficam em E.164."""
    if e164.startswith("+55") and len(e164) in (13, 14):
        return f"({e164[3:5]}) {e164[5:-4]}-{e164[-4:]}"
    return e164


def mascarar(e164: str) -> str:
    """`+5554900000001` → `(54) 9****-0001`."""
    if e164.startswith("+55") and len(e164) in (13, 14):
        return f"({e164[3:5]}) {e164[5]}****-{e164[-4:]}"
    return f"{e164[:3]}****{e164[-2:]}"
