"""Na demonstração, cada ação do catálogo cabe agora em algum cliente, para o login que a tem."""

import pytest
from django.db.models import Min

from atendimento.acoes.base import ACOES
from atendimento.demonstracao import preparar
from atendimento.disponiveis import acoes_disponiveis
from atendimento.eixo import localizar
from atendimento.models import Solicitacao
from contratos.models import Contrato, Etiqueta
from perfis.models import Usuario
from tests.execucao.conftest import DE_TESTE


@pytest.fixture
def acoes_de_teste():
    """Aqui o catálogo é só o do console."""


def eixos(usuario):
    """As etiquetas dos cenários e de um contrato de cada situação, e cada solicitação viva ou encerrada."""
    primeiros = Contrato.objects.order_by().values("situacao").annotate(id=Min("id")).values("id")
    dos_cenarios = Etiqueta.objects.filter(contrato__cliente__codigo_externo__startswith="cenario-")
    de_cada_situacao = Etiqueta.objects.filter(contrato__in=primeiros)
    for pk in dos_cenarios.union(de_cada_situacao).values_list("pk", flat=True):
        yield localizar("etiqueta", pk, usuario)
    for solicitacao in Solicitacao.objects.filter(demo=True).exclude(situacao="cancelada"):
        yield localizar("etiqueta", solicitacao.etiqueta_id, usuario).com_solicitacao(solicitacao.pk)


def test_o_supervisor_acha_onde_fazer_cada_acao_do_catalogo(db):
    preparar()
    usuario = Usuario.objects.get(username="supervisor")
    livres = {
        acao.slug
        for eixo in eixos(usuario)
        for acao in acoes_disponiveis(usuario, eixo)
        if not acao.impedimento
    }
    assert not {classe.slug for classe in DE_TESTE} & livres
    assert livres == {classe.slug for classe in ACOES}
