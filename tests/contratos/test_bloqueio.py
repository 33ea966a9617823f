"""Nenhum caminho leva ao Bloqueio Financeiro antes do relógio legal: quem recusa é o banco."""

import pytest
from django.db import IntegrityError, transaction

from contratos.enums import SituacaoDoContrato
from contratos.models import Contrato, Fatura, Parametros
from tests import fabricas

pytestmark = pytest.mark.django_db
BLOQUEIO = SituacaoDoContrato.BLOQUEIO_FINANCEIRO


@pytest.fixture
def contrato():
    return fabricas.criar_contrato()


def recusa_bloquear(contrato):
    for gravar in (lambda: fabricas.bloquear(contrato), lambda: _por_update(contrato)):
        with pytest.raises(IntegrityError, match="prazo legal"), transaction.atomic():
            gravar()


def _por_update(contrato):
    Contrato.objects.filter(pk=contrato.pk).update(situacao=BLOQUEIO)


@pytest.mark.parametrize("avisada_ha", [None, 0, 14])
def test_sem_aviso_entregue_ha_15_dias_nao_se_bloqueia(contrato, avisada_ha):
    fabricas.criar_debito(contrato, vencida_ha=300, avisada_ha=avisada_ha)
    recusa_bloquear(contrato)


def test_com_15_dias_do_aviso_bloqueia_e_a_situacao_leva_a_data(contrato):
    fabricas.criar_debito(contrato, avisada_ha=15)
    antes = contrato.situacao_desde
    assert fabricas.bloquear(contrato).situacao == BLOQUEIO
    assert contrato.situacao_desde > antes


def test_o_parametro_muda_o_resultado(contrato):
    fabricas.criar_debito(contrato, avisada_ha=15)
    Parametros.atuais()
    Parametros.objects.update(dias_do_aviso_a_suspensao=20)
    recusa_bloquear(contrato)


@pytest.mark.parametrize(
    "mudanca",
    [
        {"contestada": True},
        {"situacao": "paga", "pago_em": "2026-01-01", "valor_pago": 1},
        {"situacao": "cancelada"},
        {"situacao": "renegociada"},
        {"vencimento": "2999-01-01"},
    ],
    ids=str,
)
def test_fatura_que_nao_se_deve_nao_bloqueia(contrato, mudanca):
    fabricas.criar_debito(contrato, avisada_ha=30)
    Fatura.objects.update(**mudanca)
    recusa_bloquear(contrato)


def test_aviso_enviado_e_nao_entregue_nao_conta(contrato):
    fatura = fabricas.criar_debito(contrato, avisada_ha=30)
    fatura.notificacoes.update(entregue_em=None)
    recusa_bloquear(contrato)


def test_o_debito_de_outro_contrato_nao_bloqueia_este(contrato):
    fabricas.criar_debito(fabricas.criar_contrato(contrato.cliente, contrato.empresa), avisada_ha=30)
    recusa_bloquear(contrato)


def test_um_contrato_nao_nasce_bloqueado_a_nao_ser_ficticio():
    with pytest.raises(IntegrityError, match="prazo legal"), transaction.atomic():
        fabricas.criar_contrato(situacao=BLOQUEIO)
    assert fabricas.criar_contrato(situacao=BLOQUEIO, demo=True).situacao == BLOQUEIO


def test_o_bloqueado_se_grava_de_novo_sem_que_o_prazo_se_confira(contrato):
    fatura = fabricas.criar_debito(contrato)
    fabricas.bloquear(contrato)
    fatura.situacao = "cancelada"
    fatura.save()
    contrato.vendedor = "Alba"
    contrato.save()
    assert Contrato.objects.get(pk=contrato.pk).vendedor == "Alba"
