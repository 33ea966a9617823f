"""Textos que o administrador escreve com variáveis de uma lista fechada: `{cliente}`, `{protocolo}`.

Não é uma linguagem de modelos: um nome entre chaves se troca por um valor, numa passada só, e nada mais.
O que se troca não é lido de novo, e por isso um valor com chaves não vira variável.
"""

import re
from collections.abc import Collection, Mapping

_VARIAVEL = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def nomes_em(texto: str) -> set[str]:
    """As variáveis que o texto usa."""
    return set(_VARIAVEL.findall(texto))


def recusa_do_texto(
    texto: str, permitidas: Collection[str], obrigatorias: Collection[str] = ()
) -> str | None:
    """A frase do que está errado nas variáveis do texto, ou `None`."""
    usadas = nomes_em(texto)
    if sobrou := re.search(r"[{}]", _VARIAVEL.sub("", texto)):
        return f"Há um “{sobrou[0]}” solto: uma variável se escreve {{assim}}, em minúsculas e sem espaço."
    if estranhas := sorted(usadas - set(permitidas)):
        return (
            f"Variável desconhecida: {_entre_chaves(estranhas)}. Valem {_entre_chaves(sorted(permitidas))}."
        )
    if faltam := sorted(set(obrigatorias) - usadas):
        return f"Falta no texto: {_entre_chaves(faltam)}."
    return None


def preencher(texto: str, valores: Mapping[str, str]) -> str:
    """O texto com cada variável trocada por seu valor. Levanta `KeyError` para a que não tem valor."""
    return _VARIAVEL.sub(lambda achada: str(valores[achada[1]]), texto)


def _entre_chaves(nomes: Collection[str]) -> str:
    return ", ".join(f"{{{nome}}}" for nome in nomes)
