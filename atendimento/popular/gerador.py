"""De onde vêm os lotes: deste processo, se são poucos, ou de outro que gera enquanto o banco grava."""

import signal
from collections.abc import Iterator
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from atendimento.popular import mistura
from atendimento.popular.blocos import EXTREMO, Lote, gerar_lote
from atendimento.popular.referencias import Referencias


def repartir(ref: Referencias, por_lote: int) -> list[list[int]]:
    """Os índices de bloco de cada lote; os clientes de medida vêm no primeiro."""
    blocos_por_lote = max(1, por_lote // mistura.CLIENTES)
    lotes = [
        list(range(primeiro, min(primeiro + blocos_por_lote, ref.blocos)))
        for primeiro in range(0, ref.blocos, blocos_por_lote)
    ]
    if ref.extremos:
        lotes = [[EXTREMO, *(lotes[0] if lotes else [])], *lotes[1:]]
    return lotes


def lotes_gerados(ref: Referencias, lotes: list[list[int]]) -> Iterator[Lote]:
    """Os lotes na ordem pedida. Fechar o iterador encerra o processo gerador."""
    if len(lotes) < 2:
        yield from (gerar_lote(ref, indices) for indices in lotes)
        return
    contexto = get_context("spawn")
    leitura, escrita = contexto.Pipe(duplex=False)
    processo = contexto.Process(target=_gerar_para, args=(escrita, ref, lotes), daemon=True)
    processo.start()
    escrita.close()
    try:
        for _ in lotes:
            yield leitura.recv()
    finally:
        leitura.close()
        processo.terminate()
        processo.join()


def _gerar_para(canal: Connection, ref: Referencias, lotes: list[list[int]]) -> None:
    # O Ctrl-C chega a todo o grupo: quem decide parar é o processo que grava.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # O cano fechado diz que quem gravava parou ou morreu.
    with suppress(BrokenPipeError):
        for indices in lotes:
            canal.send(gerar_lote(ref, indices))
