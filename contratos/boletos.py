"""Linha digitável e código de barras: o boleto bancário (47/44) e a arrecadação (48/44).

Confere e converte nos dois sentidos, pelas regras da FEBRABAN (convenção da carteira de cobrança e leiaute
padrão de arrecadação com código de barras). Nada aqui toca o Django.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

BASE_DO_FATOR = date(1997, 10, 7)
# O fator tem quatro algarismos: depois de 9999, em 21/02/2025, recomeçou em 1000.
VOLTA_DO_FATOR = 9000
ZERO = Decimal(0)


class LinhaInvalida(ValueError):
    """A linha ou o código não passa nos próprios dígitos; a mensagem diz qual."""


@dataclass(frozen=True, slots=True)
class Boleto:
    """O que um código de barras de boleto diz. Sem fator, não há vencimento; sem valor, quem paga o diz."""

    banco: str
    codigo_de_barras: str
    linha_digitavel: str
    valor: Decimal
    vencimento: date | None


@dataclass(frozen=True, slots=True)
class Arrecadacao:
    """O que um código de barras de concessionária ou tributo diz."""

    segmento: str
    codigo_de_barras: str
    linha_digitavel: str
    valor: Decimal | None


def modulo10(numero: str) -> int:
    """Pesos 2 e 1 da direita para a esquerda; de um produto de dois algarismos somam-se os dois."""
    soma = 0
    for posicao, algarismo in enumerate(reversed(numero)):
        produto = int(algarismo) * (2 - posicao % 2)
        soma += produto - 9 if produto > 9 else produto
    return -soma % 10


def _resto11(numero: str) -> int:
    return sum(int(n) * (posicao % 8 + 2) for posicao, n in enumerate(reversed(numero))) % 11


def modulo11(numero: str) -> int:
    """Pesos de 2 a 9 da direita para a esquerda; no boleto, 0, 10 e 11 viram 1."""
    digito = 11 - _resto11(numero)
    return 1 if digito > 9 else digito


def modulo11_arrecadacao(numero: str) -> int:
    """O mesmo, mas na arrecadação resto 0 ou 1 dá 0, e resto 10 dá 1."""
    resto = _resto11(numero)
    return 0 if resto < 2 else 11 - resto


def fator_de_vencimento(vencimento: date) -> int:
    """Os quatro algarismos do vencimento. Levanta `ValueError` antes de 03/07/2000."""
    dias = (vencimento - BASE_DO_FATOR).days
    if dias < 1000:
        raise ValueError("O fator de vencimento começa em 03/07/2000.")
    return (dias - 1000) % VOLTA_DO_FATOR + 1000


def vencimento_do_fator(fator: int, perto_de: date) -> date | None:
    """A data do fator mais próxima de `perto_de`: o mesmo fator volta a cada 9000 dias."""
    if fator < 1000:
        return None
    primeira = BASE_DO_FATOR + timedelta(days=fator)
    voltas = max(0, round((perto_de - primeira).days / VOLTA_DO_FATOR))
    return primeira + timedelta(days=voltas * VOLTA_DO_FATOR)


def montar(*, banco: str, vencimento: date, valor: Decimal, campo_livre: str) -> str:
    """O código de barras de um boleto. Levanta `ValueError` para partes fora do tamanho."""
    centavos = int(valor * 100)
    if not (len(banco) == 3 and len(campo_livre) == 25 and (banco + campo_livre).isdigit()):
        raise ValueError("O banco tem 3 algarismos e o campo livre, 25.")
    if centavos != valor * 100 or not 0 <= centavos < 10**10:
        raise ValueError("O valor tem no máximo 10 algarismos, em centavos.")
    resto = f"{fator_de_vencimento(vencimento):04d}{centavos:010d}{campo_livre}"
    return f"{banco}9{modulo11(f'{banco}9{resto}')}{resto}"


def ler(texto: str, *, perto_de: date | None = None) -> Boleto | Arrecadacao:
    """O que diz uma linha digitável ou um código de barras, com todos os dígitos conferidos.

    Pontos e espaços não contam. `perto_de` desfaz a ambiguidade do fator (sem ela, hoje). Levanta
    `LinhaInvalida`.
    """
    numero = texto.translate(str.maketrans("", "", " .-"))
    if not (numero.isascii() and numero.isdigit()):
        raise LinhaInvalida("A linha digitável só tem algarismos.")
    if len(numero) == 48 or (len(numero) == 44 and numero[0] == "8"):
        return _ler_arrecadacao(numero)
    if len(numero) == 47:
        numero = linha_para_codigo(numero)
    if len(numero) != 44:
        raise LinhaInvalida(f"A linha digitável tem 47 ou 48 algarismos; esta tem {len(numero)}.")
    if modulo11(numero[:4] + numero[5:]) != int(numero[4]):
        raise LinhaInvalida("O dígito geral não confere.")
    vencimento = vencimento_do_fator(int(numero[5:9]), perto_de or date.today())
    return Boleto(numero[:3], numero, codigo_para_linha(numero), Decimal(numero[9:19]) / 100, vencimento)


def codigo_para_linha(codigo: str) -> str:
    """Os 47 algarismos de um código de barras de boleto."""
    livre = codigo[19:]
    campos = (codigo[:4] + livre[:5], livre[5:15], livre[15:25])
    return "".join(f"{campo}{modulo10(campo)}" for campo in campos) + codigo[4] + codigo[5:19]


def linha_para_codigo(linha: str) -> str:
    """Os 44 algarismos de uma linha de boleto, conferidos os dígitos dos três campos."""
    campos = (linha[0:10], linha[10:21], linha[21:32])
    for ordem, campo in enumerate(campos, 1):
        if modulo10(campo[:-1]) != int(campo[-1]):
            raise LinhaInvalida(f"O dígito do {ordem}º campo não confere.")
    return linha[:4] + linha[32] + linha[33:47] + linha[4:9] + linha[10:20] + linha[21:31]


def _digito_de_arrecadacao(codigo: str) -> Callable[[str], int]:
    """A função do dígito, que o terceiro algarismo (6 e 7: módulo 10; 8 e 9: módulo 11) escolhe."""
    if codigo[2] in "67":
        return modulo10
    if codigo[2] in "89":
        return modulo11_arrecadacao
    raise LinhaInvalida("O identificador de valor da arrecadação é desconhecido.")


def codigo_para_linha_de_arrecadacao(codigo: str) -> str:
    """Os 48 algarismos: quatro blocos de onze, cada um com seu dígito."""
    digito = _digito_de_arrecadacao(codigo)
    blocos = [codigo[inicio : inicio + 11] for inicio in range(0, 44, 11)]
    return "".join(f"{bloco}{digito(bloco)}" for bloco in blocos)


def montar_arrecadacao(*, segmento: str, valor: Decimal, resto: str, modulo: int = 10) -> str:
    """O código de barras de uma arrecadação de valor efetivo. `resto` são empresa e campo livre (29)."""
    if not (len(segmento) == 1 and len(resto) == 29 and (segmento + resto).isdigit()):
        raise ValueError("O segmento tem 1 algarismo e o resto, 29.")
    identificador = {10: "6", 11: "8"}[modulo]
    corpo = f"{int(valor * 100):011d}{resto}"
    digito = modulo10 if modulo == 10 else modulo11_arrecadacao
    return f"8{segmento}{identificador}{digito(f'8{segmento}{identificador}{corpo}')}{corpo}"


def _ler_arrecadacao(numero: str) -> Arrecadacao:
    digito = _digito_de_arrecadacao(numero)
    if len(numero) == 48:
        blocos = [numero[inicio : inicio + 12] for inicio in range(0, 48, 12)]
        for ordem, bloco in enumerate(blocos, 1):
            if digito(bloco[:-1]) != int(bloco[-1]):
                raise LinhaInvalida(f"O dígito do {ordem}º bloco não confere.")
        numero = "".join(bloco[:-1] for bloco in blocos)
    if numero[0] != "8":
        raise LinhaInvalida("Uma arrecadação começa por 8.")
    if digito(numero[:3] + numero[4:]) != int(numero[3]):
        raise LinhaInvalida("O dígito geral não confere.")
    # 6 e 8 trazem o valor em reais; 7 e 9, uma quantidade de referência.
    valor = Decimal(numero[4:15]) / 100 if numero[2] in "68" else None
    return Arrecadacao(numero[1], numero, codigo_para_linha_de_arrecadacao(numero), valor)


def formatar(linha: str) -> str:
    """Com os pontos e espaços com que se imprime; o que não tem 47 ou 48 algarismos fica como está."""
    if len(linha) == 47:
        a, b, c = linha[:10], linha[10:21], linha[21:32]
        return f"{a[:5]}.{a[5:]} {b[:5]}.{b[5:]} {c[:5]}.{c[5:]} {linha[32]} {linha[33:]}"
    if len(linha) == 48:
        return " ".join(f"{linha[i : i + 11]}-{linha[i + 11]}" for i in range(0, 48, 12))
    return linha
