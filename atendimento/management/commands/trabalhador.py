"""O trabalhador: tarefas periódicas e as que as páginas deixam para depois."""

import asyncio
import signal
import time

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from psycopg import OperationalError
from psycopg_pool import PoolTimeout

from atendimento.vigia import ao_morrer_o_pai

ESPERA_SEGUNDOS = 3
# Um equipamento lento ocupa uma linha por alguns segundos; as outras seguem com o resto.
CONCORRENCIA = 4
# Ao receber SIGTERM, quanto se espera pelas tarefas em curso.
DESPEDIDA_SEGUNDOS = 8


class Command(BaseCommand):
    """Roda até SIGINT ou SIGTERM; se o banco cai, espera que volte."""

    help = "Roda as tarefas de fundo (prazos, alertas, janelas). Pode haver quantos se queira."

    def add_arguments(self, parser):
        """`--uma-vez`."""
        parser.add_argument("--uma-vez", action="store_true", help="faz o que está na fila e sai")

    def handle(self, *, uma_vez, **opcoes):
        """Cada queda do banco recomeça o trabalhador; o que estava na fila continua nela."""
        ao_morrer_o_pai()
        while True:
            try:
                with app.replace_connector(app.connector.get_worker_connector()):
                    pediram_o_fim = asyncio.run(trabalhar(esperar=not uma_vez))
                if pediram_o_fim or uma_vez:
                    return
                erro = "a ligação caiu"
            except (ConnectorException, OperationalError, PoolTimeout) as falha:
                if uma_vez:
                    raise
                erro = falha
            self.stderr.write(f"Sem o banco ({erro}); tento de novo em {ESPERA_SEGUNDOS} s.")
            time.sleep(ESPERA_SEGUNDOS)


async def trabalhar(*, esperar: bool) -> bool:
    """Faz tarefas até que peçam o fim (verdadeiro) ou que uma parte do trabalhador caia (falso).

    Quem trata os sinais somos nós: o procrastinate também acaba sem erro quando a ligação com o banco cai, e
    só assim se sabe por que acabou.
    """
    async with app.open_async():
        tarefa = asyncio.create_task(
            app.run_worker_async(
                wait=esperar,
                concurrency=CONCORRENCIA,
                delete_jobs="successful",
                shutdown_graceful_timeout=DESPEDIDA_SEGUNDOS,
                install_signal_handlers=False,
            )
        )
        for sinal in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(sinal, tarefa.cancel)
        await asyncio.wait([tarefa])
        if tarefa.cancelled():
            return True
        tarefa.result()
        return False
