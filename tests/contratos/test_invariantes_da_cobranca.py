"""O que o banco não deixa escrever em parâmetros, acordos e propostas de rescisão nem por SQL direto."""

from datetime import timedelta

import pytest
from django.db import DatabaseError
from django.utils import timezone

from contratos.models import Acordo, Contrato, Parametros, PropostaDeRescisao
from tests import fabricas
from tests.invariantes import recusado, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def contrato():
    return fabricas.criar_contrato()


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("parametros_linha_unica", "id = 2"),
        ("parametros_relogio_legal", "dias_do_aviso_a_suspensao = 14"),
        ("parametros_relogio_legal", "dias_da_suspensao_a_rescisao = 59"),
        ("parametros_encargos_legais", "multa_percentual = 2.01"),
        ("parametros_encargos_legais", "juros_percentual_ao_mes = 1.01"),
        ("parametros_suspensao_em_ordem", "suspensao_minima_dias = suspensao_maxima_dias + 1"),
    ],
)
def test_os_parametros_nao_saem_da_lei(nome, mudanca):
    Parametros.atuais()
    recusado(nome, f"UPDATE contratos_parametros SET {mudanca}")


@pytest.mark.parametrize(
    ("nome", "valores"),
    [
        ("acordo_valores_coerentes", (0, 0, 0, 2)),
        ("acordo_valores_coerentes", (100, 100, 0, 2)),
        ("acordo_valores_coerentes", (100, -1, 0, 2)),
        ("acordo_valores_coerentes", (100, 10, 91, 2)),
        ("acordo_parcelas_conhecidas", (100, 10, 10, 61)),
    ],
)
def test_o_acordo_fecha_a_conta(contrato, nome, valores):
    recusado(
        nome,
        "INSERT INTO contratos_acordo "
        "(contrato_id, divida, desconto, entrada, parcelas, criado_em, protocolo)"
        " VALUES (%s, %s, %s, %s, %s, now(), '')",
        contrato.pk,
        *valores,
    )


@pytest.mark.parametrize("comando", ["UPDATE {} SET contrato_id = contrato_id", "DELETE FROM {}"])
@pytest.mark.parametrize("registro", ["acordo_so_acrescenta", "proposta_so_acrescenta"])
def test_o_registro_so_cresce(contrato, registro, comando):
    Acordo.objects.create(contrato=contrato, divida=100, parcelas=2)
    PropostaDeRescisao.objects.create(contrato=contrato, suspenso_desde=timezone.now())
    tabela = {"acordo": Acordo, "proposta": PropostaDeRescisao}[registro.split("_")[0]]._meta.db_table

    with pytest.raises(DatabaseError, match="pgtrigger: Cannot"):
        sql(comando.format(tabela))


def test_o_bloqueio_por_sql_tambem_espera_o_prazo_legal(contrato):
    """`contrato_bloqueio_no_prazo_legal` recusa com o nome da regra."""
    fabricas.criar_debito(contrato, avisada_ha=14)
    recusado(
        "bloqueio_no_prazo_legal", "UPDATE contratos_contrato SET situacao = 6 WHERE id = %s", contrato.pk
    )


def test_a_mudanca_de_situacao_leva_a_data_mesmo_por_sql(contrato):
    """`contrato_situacao_datada` põe a data que o comando não disse."""
    ontem = timezone.now() - timedelta(days=1)
    Contrato.objects.filter(pk=contrato.pk).update(situacao_desde=ontem)

    sql("UPDATE contratos_contrato SET situacao = 2 WHERE id = %s", contrato.pk)

    contrato.refresh_from_db()
    assert timezone.now() - contrato.situacao_desde < timedelta(minutes=1)
