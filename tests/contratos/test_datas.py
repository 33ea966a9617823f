"""Fim de mês, anos bissextos e dias úteis."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos.datas import dia_do_mes, dia_util, meses_completos, somar_meses, vencimento_apos

dias = st.dates(date(2000, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("ano", "mes", "dia", "certo"),
    [(2026, 2, 31, 28), (2028, 2, 31, 29), (2100, 2, 29, 28), (2026, 4, 31, 30), (2026, 1, 31, 31)],
)
def test_o_dia_que_o_mes_nao_tem_e_o_ultimo(ano, mes, dia, certo):
    assert dia_do_mes(ano, mes, dia).day == certo


def test_o_31_volta_a_ser_31_depois_de_fevereiro():
    janeiro = date(2026, 1, 31)
    assert [somar_meses(janeiro, n, 31).day for n in range(4)] == [31, 28, 31, 30]
    assert somar_meses(date(2026, 12, 15), 1) == date(2027, 1, 15)
    assert somar_meses(date(2026, 3, 31), -1) == date(2026, 2, 28)


@given(dias, st.integers(1, 31))
def test_o_vencimento_e_sempre_depois_e_dentro_de_um_mes(hoje, dia):
    seguinte = vencimento_apos(hoje, dia)
    assert hoje < seguinte <= hoje + timedelta(days=31)
    assert seguinte.day == dia or (seguinte + timedelta(days=1)).day == 1


def test_o_vencimento_de_hoje_e_o_do_mes_que_vem():
    assert vencimento_apos(date(2026, 1, 31), 31) == date(2026, 2, 28)
    assert vencimento_apos(date(2026, 1, 30), 31) == date(2026, 1, 31)


@given(dias)
def test_dia_util_nao_e_fim_de_semana_nem_volta_no_tempo(dia):
    util = dia_util(dia)
    assert util.weekday() < 5
    assert dia <= util <= dia + timedelta(days=2)


@given(dias, st.integers(0, 36))
def test_meses_completos_desfaz_somar_meses(inicio, meses):
    assert meses_completos(inicio, somar_meses(inicio, meses)) == meses
    assert meses_completos(inicio, somar_meses(inicio, meses) - timedelta(days=1)) == max(0, meses - 1)
