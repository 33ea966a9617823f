"""O chão dos outros testes: o que um grava não fica para o próximo, com ou sem navegador no ar."""

import asyncio

import pytest
from django.db import connections

from tests.rede.mundo import sem_laco


@pytest.mark.django_db
def test_o_laco_do_navegador_nao_troca_a_conexao_do_teste():
    conexao = connections["default"]

    async def com_laco():
        return connections["default"]

    with sem_laco():
        assert asyncio.run(com_laco()) is conexao
        assert connections["default"] is conexao
