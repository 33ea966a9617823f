"""Configuração do gunicorn: `gunicorn -c python:atendimento.gunicorn atendimento.wsgi`.

Um processo por núcleo, sem linhas de execução, é o que tem a melhor cauda sob carga, e pede na frente
um proxy que entregue as requisições inteiras. Exposto direto a navegadores, que abrem conexões de
reserva e nada mandam nelas, cada conexão ociosa prenderia um processo: aí use `LINHAS` maior que 1.
"""

import gc
import os

from atendimento.ambiente import booleano, inteiro
from atendimento.imortais import imortalizar
from atendimento.vigia import ao_morrer_o_pai

bind = "127.0.0.1:8000"
workers = inteiro("PROCESSOS", os.cpu_count() or 1, minimo=1)
threads = inteiro("LINHAS", 1, minimo=1)
preload_app = True
timeout = 60
loglevel = "warning"
# Sem registro de acessos: a URL de uma busca pode ter o nome de um cliente.
accesslog = None
control_socket_disable = True
COLETA_A_CADA = 200


def post_fork(server, worker):
    """Se quem lançou o servidor morrer à força, ninguém fica segurando a porta."""
    ao_morrer_o_pai(worker.ppid)


def post_request(worker, req, environ, resp):
    """De tantos em tantos pedidos, o coletor passa por tudo.

    O Django ata cada requisição ao seu usuário num ciclo, e com ele ficam as permissões e o que a página leu.
    Sozinho o coletor espera juntar-se um quarto do que já havia: a memória subia por dezesseis mil pedidos.
    """
    if worker.nr % COLETA_A_CADA == 0:
        gc.collect()


def when_ready(server):
    """Com a aplicação carregada e antes do primeiro fork: aquece-a, e o que se carregou fica dividido.

    Contá-lo ou percorrê-lo escreveria em cada página que os processos dividem com o mestre, e cada um teria a
    sua cópia: os objetos passam a imortais, e o coletor não volta a eles.
    """
    if booleano("AQUECER", True):
        # Os modelos só se importam com a aplicação carregada.
        from atendimento.aquecimento import aquecer

        aquecer()
    gc.collect()
    imortalizar()
    gc.freeze()
