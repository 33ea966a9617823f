"""Quem fala com a rede começa o seu próprio laço, como no trabalhador."""

import pytest

from tests.rede.mundo import sem_laco


@pytest.fixture(autouse=True)
def _sem_o_laco_do_navegador():
    with sem_laco():
        yield
