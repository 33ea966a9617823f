"""Quantos bytes comprimidos uma página leva ao navegador, com o que ela carrega."""

import gzip
import re
from pathlib import Path

from django.contrib.staticfiles import finders

LIGADO = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"')
IMPORTADO = re.compile(r'^import[^"]*"\./([^"]+)"', re.MULTILINE)
NIVEL = 9


def comprimido(conteudo: bytes) -> int:
    """Os bytes de `conteudo` em gzip."""
    return len(gzip.compress(conteudo, NIVEL))


def estaticos(pagina: bytes) -> dict[str, int]:
    """Cada arquivo estático que a página carrega, módulos importados inclusive, e seus bytes comprimidos."""
    pesos: dict[str, int] = {}
    fila = LIGADO.findall(pagina.decode())
    while fila:
        nome = fila.pop()
        caminho = finders.find(nome)
        if nome in pesos or caminho is None:
            continue
        conteudo = Path(caminho).read_bytes()
        pesos[nome] = comprimido(conteudo)
        if nome.endswith(".js"):
            pasta = nome.rpartition("/")[0]
            fila += [f"{pasta}/{importado}" for importado in IMPORTADO.findall(conteudo.decode())]
    return pesos
