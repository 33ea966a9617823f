"""Os processos que a demonstração mantém no ar: sobem juntos e caem juntos."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

from atendimento import vigia

PRAZO_SEGUNDOS = 10
# Com `fork` o filho já nasce com o Django carregado, que é quase todo o tempo de uma partida.
_contexto = multiprocessing.get_context("fork")


class Filhos:
    """Processos filhos que acabam com o bloco `with` e, à força, com a morte do pai.

    Lance-os sem linhas de execução nem conexões com o banco abertas, que o `fork` copiaria.
    """

    def __init__(self) -> None:
        self._leitura, self._escrita = os.pipe()
        self._processos: list[multiprocessing.context.ForkProcess] = []

    def __enter__(self) -> Self:
        return self

    def lancar(self, nome: str, funcao: Callable[..., object], *args: object) -> None:
        """Roda `funcao(*args)` num processo `nome`; o retorno dela é o fim do processo."""
        processo = _contexto.Process(target=self._no_filho, args=(funcao, *args), name=nome)
        sys.stdout.flush()
        processo.start()
        self._processos.append(processo)

    def caido(self) -> str | None:
        """O nome de um filho que acabou sozinho."""
        return next((p.name for p in self._processos if not p.is_alive()), None)

    def _no_filho(self, funcao: Callable[..., object], *args: object) -> None:
        # Em sessão própria: um Ctrl-C no terminal chega só ao pai, que encerra os filhos.
        os.setsid()
        for sinal in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sinal, signal.SIG_DFL)
        os.close(self._escrita)
        os.environ[vigia.VARIAVEL] = str(self._leitura)
        funcao(*args)

    def __exit__(
        self, tipo: type[BaseException] | None, erro: BaseException | None, rastro: TracebackType | None
    ) -> None:
        """Pede a todos que acabem e, passado o prazo, mata os que restam."""
        for processo in self._processos:
            processo.terminate()
        limite = time.monotonic() + PRAZO_SEGUNDOS
        for processo in self._processos:
            processo.join(max(0, limite - time.monotonic()))
            if processo.is_alive():
                processo.kill()
                processo.join()
        os.close(self._escrita)
        os.close(self._leitura)
