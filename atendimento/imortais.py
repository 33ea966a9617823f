"""Objetos que ninguém mais conta: o que o mestre carregou não volta a ser escrito, e fica dividido de fato.

Ler um objeto em Python escreve nele: o contador de referências sobe e desce. Depois do fork, cada página
tocada assim se copia para cada processo, e o que se carregou uma vez passa a existir três. A PEP 683 deu ao
interpretador (3.12 em diante) objetos imortais, cujo contador ele não toca, como `None` e as classes
embutidas; aqui entram nessa conta os que existem antes do fork, que de qualquer modo vivem até o fim.
"""

import ctypes
import gc
import sys
import sysconfig
from types import CodeType

# Os 32 bits baixos do contador; com o bit alto ligado, o objeto é imortal.
Contador = ctypes.c_uint32
IMORTAL = 1 << 31


def imortalizar() -> int:
    """Torna imortal o que o coletor alcança; quantos objetos. Zero onde o formato não é o que se conhece.

    Não tem volta: só no mestre, com tudo carregado e antes do primeiro fork.
    """
    if not _formato_conhecido():
        return 0
    eterno = Contador.from_address(id(None)).value
    feitos, fila = 0, gc.get_objects()
    while fila:
        objeto = fila.pop()
        contador = Contador.from_address(id(objeto))
        if contador.value >= IMORTAL or objeto is fila:
            continue
        contador.value = eterno
        feitos += 1
        fila += gc.get_referents(objeto)
        if isinstance(objeto, CodeType):
            # O coletor não percorre código, e nele está a maior parte do que se lê.
            fila += (objeto.co_consts, objeto.co_names, objeto.co_linetable, objeto.co_exceptiontable)
            fila += (objeto.co_name, objeto.co_qualname, objeto.co_filename)
    return feitos


def _formato_conhecido() -> bool:
    """CPython de 64 bits, com GIL e sem depuração: o contador é a primeira palavra do objeto."""
    if sys.implementation.name != "cpython" or sys.maxsize < 2**32 or hasattr(sys, "gettotalrefcount"):
        return False
    if sysconfig.get_config_var("Py_GIL_DISABLED"):
        return False
    prova = object()
    return (
        Contador.from_address(id(prova)).value == sys.getrefcount(prova) - 1
        and Contador.from_address(id(None)).value >= IMORTAL
    )
