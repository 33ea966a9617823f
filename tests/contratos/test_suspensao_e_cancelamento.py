"""Tenta quebrar por SQL cada invariante das suspensões e dos cancelamentos."""

from datetime import date

import pytest
from django.utils import timezone

from contratos.models import Cancelamento
from tests.fabricas import criar_contrato, criar_motivo
from tests.invariantes import recusado

pytestmark = pytest.mark.django_db


@pytest.fixture
def suspensao():
    return criar_contrato().suspensoes.create(
        inicio=date(2026, 1, 10), volta_em=date(2026, 3, 10), iniciada=True, motivo="Viagem"
    )


@pytest.fixture
def cancelamento():
    return Cancelamento.objects.create(
        contrato=criar_contrato(), pedido_em=timezone.now(), efeito_em=date(2026, 1, 10), motivo="Preço",
        multa=10, beneficio=10, memoria="x",
    )  # fmt: skip


def mudar_suspensao(nome, suspensao, **campos):
    pares = ", ".join(f"{campo} = %s" for campo in campos)
    recusado(nome, f"UPDATE contratos_suspensao SET {pares} WHERE id = %s", *campos.values(), suspensao.pk)


def test_suspensao_datas_em_ordem(suspensao):
    mudar_suspensao("suspensao_datas_em_ordem", suspensao, volta_em="2026-01-10")


def test_suspensao_acaba_depois_de_comecar(suspensao):
    mudar_suspensao("suspensao_acaba_depois_de_comecar", suspensao, fim="2026-01-09")


def test_suspensao_aberta_unica(suspensao):
    recusado(
        "suspensao_aberta_unica",
        "INSERT INTO contratos_suspensao (contrato_id, inicio, volta_em, iniciada, motivo, protocolo, "
        "pedida_em)"
        " VALUES (%s, '2026-06-01', '2026-08-01', false, 'x', '', now())",
        suspensao.contrato_id,
    )


def test_suspensao_sem_sobreposicao(suspensao):
    suspensao.fim = date(2026, 3, 10)
    suspensao.save()
    recusado(
        "suspensao_sem_sobreposicao",
        "INSERT INTO contratos_suspensao (contrato_id, inicio, volta_em, iniciada, motivo, protocolo, "
        "pedida_em)"
        " VALUES (%s, '2026-03-09', '2026-05-01', true, 'x', '', now())",
        suspensao.contrato_id,
    )


def test_suspensao_acabada_nao_muda(suspensao):
    suspensao.fim = date(2026, 3, 10)
    suspensao.save()
    mudar_suspensao("suspensao_acabada_nao_muda", suspensao, motivo="outro")


def test_suspensao_nao_se_apaga(suspensao):
    recusado("suspensao_nao_se_apaga", "DELETE FROM contratos_suspensao WHERE id = %s", suspensao.pk)


@pytest.mark.parametrize(
    "comando", ["UPDATE contratos_cancelamento SET multa = 0", "DELETE FROM contratos_cancelamento"]
)
def test_cancelamento_so_acrescenta(cancelamento, comando):
    recusado("cancelamento_so_acrescenta", comando)


INSERE = (
    "INSERT INTO contratos_cancelamento (contrato_id, pedido_em, efeito_em, motivo, multa, multa_dispensada,"
    " justificativa_da_dispensa, beneficio, consumo, credito, debito_anterior, memoria, protocolo)"
    " VALUES (%s, now(), '2026-01-10', 'x', %s, 0, '', 10, %s, 0, 0, 'x', '')"
)


def test_cancelamento_multa_ate_o_beneficio():
    recusado("cancelamento_multa_ate_o_beneficio", INSERE, criar_contrato().pk, "10.01", 0)


def test_cancelamento_valores_nao_negativos():
    recusado("cancelamento_valores_nao_negativos", INSERE, criar_contrato().pk, 0, -1)


def test_motivo_multa_so_no_contrato():
    motivo = criar_motivo("pausa")
    recusado(
        "motivo_multa_so_no_contrato",
        "UPDATE atendimento_motivo SET dispensa_multa = true WHERE id = %s",
        motivo.pk,
    )
