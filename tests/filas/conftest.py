"""O mesmo cenário dos verbos, com quem entra podendo assumir, redistribuir e supervisionar."""

import pytest

from atendimento.models import MembroDaEquipe
from tests.fabricas import criar_perfil, criar_usuario
from tests.solicitacoes.conftest import cenario as cenario

ACOES = ["assumir", "retomar", "pausar", "transferir", "devolver", "assumir_por"]


@pytest.fixture
def agente(cenario):
    """Ana, que entra e assume."""
    return entra(cenario, cenario.n1)


@pytest.fixture
def supervisora(cenario):
    """Quem supervisiona o N1 e o N2."""
    return entra(cenario, cenario.n1, cenario.n2, capacidades=["atender", "supervisionar"])


def entra(cenario, *equipes, capacidades=("atender",), acoes=ACOES, empresas=None):
    """Um membro das equipes com as ações concedidas."""
    perfil = criar_perfil(
        capacidades=capacidades,
        acoes=acoes,
        empresas=[cenario.empresa] if empresas is None else empresas,
        max_em_atendimento=3,
    )
    usuario = criar_usuario(perfil)
    for equipe in equipes:
        MembroDaEquipe.objects.create(equipe=equipe, usuario=usuario)
    return usuario
