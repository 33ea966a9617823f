"""A versão de um cliente ou contrato sobe a cada mudança, venha de onde vier.

São os gatilhos cliente_versao_sobe e contrato_versao_sobe.
"""

import pytest

from clientes.models import Cliente
from contratos.models import Contrato
from tests.fabricas import criar_cliente, criar_contrato

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("criar", "modelo", "campo", "valor"),
    [(criar_cliente, Cliente, "segmento", "VIP"), (criar_contrato, Contrato, "vendedor", "Alba")],
)
def test_sobe_quando_algo_muda_e_so_entao(criar, modelo, campo, valor):
    objeto = criar()

    modelo.objects.filter(pk=objeto.pk).update(**{campo: valor})
    modelo.objects.filter(pk=objeto.pk).update(**{campo: valor})
    objeto.refresh_from_db()
    objeto.save()

    objeto.refresh_from_db()
    assert (getattr(objeto, campo), objeto.versao) == (valor, 2)


def test_uma_versao_escrita_a_mao_nao_vale():
    contrato = criar_contrato()

    Contrato.objects.filter(pk=contrato.pk).update(versao=40, vendedor="Alba")

    contrato.refresh_from_db()
    assert contrato.versao == 2
