"""Comandos preparados: planejados uma vez por conexão, com os valores certos de cada vez."""

import time

import pghistory
import pytest
from django.db import DataError, NotSupportedError, OperationalError, connection, transaction
from django.test.utils import CaptureQueriesContext

from atendimento.tempo_limite import tempo_limite
from perfis import preparados

SOMA = "SELECT $1 + $2, 'a%b' LIKE 'a%'"


def somar(um: int, outro: int) -> list[tuple]:
    return preparados.executar(SOMA, [("int", um), ("int", outro)])


def preparados_na_conexao() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE %s", [f"%{SOMA}%"])
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_cada_vez_vale_o_valor_daquela_vez_num_comando_so():
    with CaptureQueriesContext(connection) as feitos:
        assert [somar(1, 2), somar(3, 4), somar(-5, 5)] == [[(3, True)], [(7, True)], [(0, True)]]
    assert len(feitos) == 3
    assert preparados_na_conexao() == 1


@pytest.mark.django_db(transaction=True)
def test_outra_conexao_prepara_de_novo():
    somar(1, 1)
    connection.close()
    assert somar(2, 2) == [(4, True)]
    assert preparados_na_conexao() == 1


@pytest.mark.django_db
def test_dentro_do_contexto_do_historico_e_do_tempo_limite_as_linhas_sao_as_mesmas():
    with pghistory.context(por="teste"), tempo_limite(5):
        assert [somar(1, 2), somar(3, 4)] == [[(3, True)], [(7, True)]]


@pytest.mark.django_db(transaction=True)
def test_fora_de_uma_transacao_nem_o_plano_sob_medida_nem_o_limite_ficam_na_conexao():
    with tempo_limite(5):
        assert preparados.executar(SOMA, [("int", 1), ("int", 1)], generico=False) == [(2, True)]
        assert somar(1, 2) == [(3, True)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('plan_cache_mode'), current_setting('statement_timeout')")
        assert cursor.fetchone() == ("force_generic_plan", "0")


@pytest.mark.django_db
def test_o_plano_sob_medida_de_um_comando_nao_fica_na_conexao():
    preparados.executar(SOMA, [("int", 1), ("int", 1)], generico=False)
    with connection.cursor() as cursor:
        cursor.execute("SHOW plan_cache_mode")
        assert cursor.fetchone() == ("force_generic_plan",)


@pytest.mark.django_db
def test_um_erro_nao_estraga_o_que_ja_se_preparou():
    divisao = "SELECT 10 / $1"
    assert preparados.executar(divisao, [("int", 5)]) == [(2,)]
    with pytest.raises(Exception, match="division by zero"), transaction.atomic():
        preparados.executar(divisao, [("int", 0)])
    assert preparados.executar(divisao, [("int", 2)]) == [(5,)]


@pytest.mark.django_db(transaction=True)
def test_um_preparo_cortado_no_meio_se_refaz():
    espera = "SELECT pg_sleep($1)"
    with pytest.raises(OperationalError), tempo_limite(0.1):
        preparados.executar(espera, [("double precision", 20)])
    with tempo_limite(5):
        assert len(preparados.executar(espera, [("double precision", 0)])) == 1


@pytest.mark.django_db
def test_o_valor_vai_como_valor_e_nunca_como_comando():
    hostil = "x'); DROP TABLE clientes_cliente; --"
    assert preparados.executar("SELECT $1", [("text", hostil)]) == [(hostil,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM clientes_cliente")
        assert cursor.fetchone() == (0,)


@pytest.mark.django_db
@pytest.mark.parametrize("generico", [True, False])
def test_o_plano_e_o_que_se_pediu(generico):
    comando = f"SELECT count(*), {generico} FROM clientes_cliente WHERE id = $1"
    for pk in range(3):
        preparados.executar(comando, [("bigint", pk)], generico=generico)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s"
            " ORDER BY prepare_time DESC LIMIT 1",
            [f"%{comando}%"],
        )
        genericos, sob_medida = cursor.fetchone()
    assert (genericos > 0, sob_medida > 0) == (generico, not generico)


@pytest.mark.django_db(transaction=True)
def test_o_tempo_limite_corta_tambem_o_que_ja_estava_preparado():
    espera = "SELECT pg_sleep($1) IS NULL"
    preparados.executar(espera, [("double precision", 0)])
    comeco = time.monotonic()
    with pytest.raises(OperationalError), tempo_limite(0.1):
        preparados.executar(espera, [("double precision", 20)])
    assert time.monotonic() - comeco < 5


@pytest.mark.django_db(transaction=True)
def test_a_conexao_guarda_so_os_mais_usados(monkeypatch):
    connection.close()
    monkeypatch.setattr(preparados, "GUARDADOS", 3)

    def somar_com(numero: int) -> list[tuple]:
        return preparados.executar(f"SELECT $1 + {numero} AS guardado", [("int", 1)])

    for numero in (1, 2, 3, 1, 4, 5):
        with tempo_limite(5):
            assert somar_com(numero) == [(numero + 1,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE statement LIKE '%guardado%'")
        ficaram = {linha[0].partition(" + ")[2][0] for linha in cursor.fetchall()}
    assert ficaram == {"1", "4", "5"}
    assert somar_com(2) == [(3,)]


@pytest.mark.django_db(transaction=True)
def test_o_que_falha_nao_deixa_nada_preparado_para_tras():
    connection.close()
    for _ in range(3):
        with pytest.raises(DataError):
            preparados.executar("SELECT 10 / $1 AS falha", [("int", 0)])
    assert preparados.executar("SELECT 10 / $1 AS falha", [("int", 5)]) == [(2,)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_o_plano_que_ja_nao_serve_se_refaz_na_vez_seguinte():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE mudavel (coluna int)")
    ler = "SELECT * FROM mudavel WHERE $1 = 1"
    assert preparados.executar(ler, [("int", 1)]) == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE mudavel ADD outra text")
    with pytest.raises(NotSupportedError):
        preparados.executar(ler, [("int", 1)])
    assert preparados.executar(ler, [("int", 1)]) == []
    connection.close()
