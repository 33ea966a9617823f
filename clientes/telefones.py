"""Telefones no formato E.164 e suas formas para ler e para mascarar."""

import re

import phonenumbers

# No Brasil, DDD (ou o 800 de uma ligação gratuita) e número, sem zero no começo.
E164 = re.compile(r"\+(?:55[1-9][0-9]{9,10}|(?!55)[0-9]{8,15})")


class TelefoneInvalido(ValueError):
    """O texto não é um telefone que se possa discar."""


def normalizar(texto: str) -> str:
    """O telefone em E.164 (`+5554900000001`); sem código de país, vale o Brasil.

    Levanta `TelefoneInvalido` quando os algarismos não formam um número possível e quando há letras,
    que a biblioteca trocaria pelas teclas de um telefone antigo ou, num ramal, perderia.
    """
    if any(c.isalpha() for c in texto.removeprefix("tel:")):
        raise TelefoneInvalido("Telefone inválido: use só algarismos, sem letras nem ramal.")
    try:
        numero = phonenumbers.parse(texto, "BR")
    except phonenumbers.NumberParseException as erro:
        raise TelefoneInvalido("Telefone inválido: informe DDD e número.") from erro
    e164 = phonenumbers.format_number(numero, phonenumbers.PhoneNumberFormat.E164)
    if not phonenumbers.is_possible_number(numero) or not E164.fullmatch(e164):
        raise TelefoneInvalido("Telefone inválido: informe DDD e número.")
    return e164


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
