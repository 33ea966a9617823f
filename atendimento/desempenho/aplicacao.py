"""A aplicação de produção com um medidor por fora. Só o banco de provas a serve.

Cada pedido que traz `X-Medida` deixa uma linha JSON no arquivo de `REGISTRO_DE_MEDIDAS`: o rótulo, quantos
segundos esperou por cada comando SQL, quantos deles foram entre o BEGIN e o COMMIT da transação final de uma
ação, e quanta CPU o processo gastou.
"""

import json
import os
import time
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path

_django = get_wsgi_application()

from atendimento import transacao, urls  # noqa: E402 - as rotas só se leem com os aplicativos prontos

TEXTO = "constante"


def constante(request):
    """S: nada além do middleware, da sessão e do usuário."""
    request.user.is_active  # noqa: B018 - como toda página, lê a sessão e o usuário
    return HttpResponse(TEXTO)


def permitida(request):
    """S e a leitura das permissões: o que toda página do console gasta antes do que é dela."""
    request.user.permissoes  # noqa: B018
    return HttpResponse(TEXTO)


def por_chave(request, pk: int):
    """K: uma linha por chave primária, direto pelo cursor."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nome FROM clientes_cliente WHERE id = %s", [pk])
        cursor.fetchone()
    return HttpResponse(TEXTO)


urls.urlpatterns += [
    path("desempenho/constante/", constante),
    path("desempenho/permitida/", permitida),
    path("desempenho/chave/<int:pk>/", por_chave),
]


class Medidor:
    """Conta os comandos SQL de um pedido e o tempo deles."""

    def __init__(self):
        self.comandos: list[float] = []
        self.na_transacao = 0

    def __call__(self, executar, *argumentos):
        """O `execute_wrapper` do Django."""
        self.na_transacao += transacao.em_curso()
        inicio = time.perf_counter()
        try:
            return executar(*argumentos)
        finally:
            self.comandos.append(time.perf_counter() - inicio)


def application(environ, start_response):
    """O WSGI que o gunicorn serve."""
    rotulo = environ.get("HTTP_X_MEDIDA")
    if not rotulo:
        return _django(environ, start_response)
    medidor, cpu = Medidor(), time.process_time()
    with connection.execute_wrapper(medidor):
        resposta = _django(environ, start_response)
    linha = {
        "rotulo": rotulo,
        "comandos": medidor.comandos,
        "transacao": medidor.na_transacao,
        "cpu": time.process_time() - cpu,
    }
    with Path(os.environ["REGISTRO_DE_MEDIDAS"]).open("a") as registro:
        registro.write(json.dumps(linha) + "\n")
    return resposta
