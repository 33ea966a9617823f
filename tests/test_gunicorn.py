"""O que o servidor de produção prepara antes de se dividir em processos."""

import gc

from atendimento import gunicorn


def test_o_coletor_nao_volta_ao_que_o_mestre_carregou():
    try:
        gunicorn.when_ready(None)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()
