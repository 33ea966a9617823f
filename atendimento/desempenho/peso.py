"""Quantos bytes comprimidos uma página leva ao navegador, com o que ela carrega.

Pesa-se o que a produção serve: os arquivos estáticos juntados por `collectstatic` com o armazém dela, no
`.br` que se escreveu (ou no `.gz`, ou no próprio arquivo, se comprimir não adiantou); e a página em brotli
na qualidade em que um proxy comprime o que muda a cada pedido.
"""

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import brotli
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command

from atendimento.estaticos import Estaticos

LIGADO = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"')
IMPORTADO = re.compile(r'\bimport\b[^"\';]*"\./([^"]+)"')
QUALIDADE_DE_PROXY = 5
# Páginas do console nada carregam dele, e comprimi-lo levaria segundos.
ADMIN = "admin"


def comprimido(conteudo: bytes) -> int:
    """Os bytes de `conteudo` como um proxy o mandaria."""
    return len(brotli.compress(conteudo, quality=QUALIDADE_DE_PROXY))


@contextmanager
def coleta() -> Iterator[Estaticos]:
    """Os arquivos estáticos como a produção os serve, numa pasta que some com o bloco."""
    with tempfile.TemporaryDirectory() as pasta:
        comando = Command()
        comando.storage = Estaticos(location=pasta)
        call_command(comando, interactive=False, verbosity=0, ignore_patterns=[ADMIN])
        yield comando.storage


def estaticos(pagina: bytes, armazem: Estaticos) -> dict[str, int]:
    """Cada arquivo estático que a página carrega, módulos importados inclusive, e os bytes que se mandam."""
    pesos: dict[str, int] = {}
    fila = [armazem.stored_name(nome) for nome in LIGADO.findall(pagina.decode())]
    while fila:
        nome = fila.pop()
        if nome in pesos:
            continue
        arquivo = Path(armazem.path(nome))
        pesos[nome] = _mandado(arquivo)
        if nome.endswith(".js"):
            pasta = nome.rpartition("/")[0]
            fila += [f"{pasta}/{importado}" for importado in IMPORTADO.findall(arquivo.read_text())]
    return pesos


def _mandado(arquivo: Path) -> int:
    formas = (arquivo.with_name(arquivo.name + extensao) for extensao in (".br", ".gz", ""))
    return next(forma.stat().st_size for forma in formas if forma.exists())
