"""O console num servidor de verdade cujo processo se mata (`kill -9`) num comando SQL escolhido.

Só os testes o usam. `ORDEM` é um arquivo JSON que cada pedido lê: `caminho` (o fim do endereço a vigiar)
e `comando` (o número do comando, dentro da transação, antes do qual morrer; nulo, só anota). Os comandos
vistos ficam em `COMANDOS`. O COMMIT conta como um comando, e há mais um depois dele: o servidor morre
com tudo gravado e sem responder.
"""

import json
import os
import re
import signal
from importlib import import_module
from pathlib import Path

from django.db import connection

from atendimento.wsgi import application as console

ORDEM = Path(os.environ["ORDEM"])
COMANDOS = Path(os.environ["COMANDOS"])

# Só depois de `wsgi` o Django está pronto para ler ações. A `conftest` as tira do registro ao carregar.
for classe in import_module("tests.execucao.conftest").DE_TESTE:
    import_module("atendimento.acoes.base").ACOES.registrar(classe)


class Contagem:
    """Conta os comandos da transação e morre no escolhido."""

    def __init__(self, morrer_em: int | None):
        self.morrer_em = morrer_em
        self.vistos: list[str] = []

    def comando(self, texto: str) -> None:
        """Anota o comando que vai ser dado, ou morre antes dele."""
        self.vistos.append(texto)
        if len(self.vistos) == self.morrer_em:
            os.kill(os.getpid(), signal.SIGKILL)

    def executar(self, execute, sql, params, many, context):
        """Embrulho do Django para cada comando."""
        if connection.in_atomic_block:
            self.comando(resumir(sql))
        return execute(sql, params, many, context)


def resumir(sql: str) -> str:
    """O verbo, a tabela e a trava de um comando; de um preparado, só que se executa."""
    if "EXECUTE preparado" in sql:
        return "EXECUTE"
    verbo = sql.split(None, 1)[0].strip('(";')
    tabela = re.search(r'(?:FROM|INTO|UPDATE)\s+"?(\w+)"?', sql)
    trava = " FOR NO KEY UPDATE" if "FOR NO KEY UPDATE" in sql else ""
    return f"{verbo} {tabela[1] if tabela else ''}{trava}".strip()


def application(environ, start_response):
    """Um pedido, vigiado se a ordem o diz."""
    ordem = json.loads(ORDEM.read_text())
    if environ["REQUEST_METHOD"] != "POST" or not environ["PATH_INFO"].endswith(ordem["caminho"]):
        return console(environ, start_response)
    contagem = Contagem(ordem["comando"])
    original = connection._commit

    def commit():
        contagem.comando("COMMIT")
        original()
        contagem.comando("resposta")

    connection._commit = commit
    try:
        with connection.execute_wrapper(contagem.executar):
            return console(environ, start_response)
    finally:
        connection._commit = original
        COMANDOS.write_text(json.dumps(contagem.vistos))
