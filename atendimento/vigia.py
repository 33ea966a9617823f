"""Um filho que não sobrevive ao pai, mesmo morto com `kill -9`.

O pai segura a ponta de escrita de um cano e entrega a de leitura; quando ele morre, de que jeito
for, o núcleo fecha a ponta dele e a leitura do filho termina.
"""

import os
import signal
import threading

VARIAVEL = "VIGIA_DO_PAI"


def ao_morrer_o_pai(mestre: int | None = None) -> None:
    """Encerra este processo (e o `mestre` dele, se ainda é o pai) quando quem o lançou morrer."""
    leitura = os.environ.get(VARIAVEL)
    if leitura:
        threading.Thread(target=_esperar, args=(int(leitura), mestre), daemon=True).start()


def _esperar(leitura: int, mestre: int | None) -> None:
    os.read(leitura, 1)
    # Sem cerimônia: quem relançar a instalação precisa da porta livre já. Um mestre que morreu antes
    # deu lugar a outro pai, que nada tem com isso.
    if mestre and os.getppid() == mestre:
        os.kill(mestre, signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
