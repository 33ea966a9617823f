"""Dinheiro ao centavo: casos feitos à mão e propriedades."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos.dinheiro import arredondar, dividir, em_reais, encargos, percentual, pro_rata

centavos = st.integers(1, 10**9).map(lambda n: Decimal(n) / 100)


@pytest.mark.parametrize(
    ("valor", "certo"),
    [("0.005", "0.01"), ("0.004", "0.00"), ("1.115", "1.12"), ("2.675", "2.68"), ("-0.005", "-0.01")],
)
def test_meio_centavo_vai_para_cima(valor, certo):
    assert arredondar(Decimal(valor)) == Decimal(certo)


@pytest.mark.parametrize(
    ("total", "partes", "certo"),
    [
        ("100.00", 3, ["33.34", "33.33", "33.33"]),
        ("0.02", 3, ["0.01", "0.01", "0.00"]),
        ("99.90", 1, ["99.90"]),
        ("10.00", 4, ["2.50"] * 4),
    ],
)
def test_as_parcelas_feitas_a_mao(total, partes, certo):
    assert dividir(Decimal(total), partes) == [Decimal(parte) for parte in certo]


@given(centavos, st.integers(1, 60))
def test_as_partes_somam_o_todo_e_diferem_no_maximo_um_centavo(total, partes):
    divididas = dividir(total, partes)
    assert sum(divididas) == total
    assert len(divididas) == partes
    assert max(divididas) - min(divididas) <= Decimal("0.01")
    assert divididas == sorted(divididas, reverse=True)


@pytest.mark.parametrize(("total", "partes"), [("1.001", 2), ("1.00", 0), ("1.00", -1)])
def test_o_que_nao_se_divide_e_erro(total, partes):
    with pytest.raises(ValueError):
        dividir(Decimal(total), partes)


@pytest.mark.parametrize(
    ("mensal", "dias", "ciclo", "certo"),
    [
        ("99.90", 10, 30, "33.30"),
        ("99.90", 10, 31, "32.23"),  # 999 / 31 = 32,2258…
        ("99.90", 10, 28, "35.68"),  # 999 / 28 = 35,6785…
        ("99.90", 10, 29, "34.45"),  # bissexto: 999 / 29 = 34,4482…
        ("79.90", -5, 30, "-13.32"),  # 399,5 / 30 = 13,3166…
        ("119.90", 30, 30, "119.90"),
        ("0.01", 15, 30, "0.01"),  # meio centavo sobe
    ],
)
def test_o_proporcional_feito_a_mao(mensal, dias, ciclo, certo):
    assert pro_rata(Decimal(mensal), dias, ciclo) == Decimal(certo)


@given(centavos, st.integers(28, 31), st.data())
def test_o_ciclo_inteiro_e_a_mensalidade_e_a_ordem_dos_dias_e_a_dos_valores(mensal, ciclo, data):
    dias = data.draw(st.integers(0, ciclo))
    assert pro_rata(mensal, ciclo, ciclo) == mensal
    assert pro_rata(mensal, 0, ciclo) == 0
    assert 0 <= pro_rata(mensal, dias, ciclo) <= mensal
    assert pro_rata(mensal, -dias, ciclo) == -pro_rata(mensal, dias, ciclo)
    resto = pro_rata(mensal, dias, ciclo) + pro_rata(mensal, ciclo - dias, ciclo) - mensal
    assert abs(resto) <= Decimal("0.01")


def com(valor, vencimento, quando, multa="2", juros="1", **campos):
    return encargos(
        Decimal(valor),
        vencimento,
        quando,
        multa_percentual=Decimal(multa),
        juros_percentual_ao_mes=Decimal(juros),
        **campos,
    )


TERCA = date(2026, 3, 10)


@pytest.mark.parametrize(
    ("dias", "multa", "juros"),
    [
        (0, "0.00", "0.00"),
        (1, "2.00", "0.03"),
        (15, "2.00", "0.50"),
        (30, "2.00", "1.00"),
        (45, "2.00", "1.50"),
    ],
)
def test_multa_de_2_por_cento_e_juros_de_1_por_cento_ao_mes_feitos_a_mao(dias, multa, juros):
    """CDC, art. 52, § 1º (multa até 2 %); Código Civil, art. 406, e CTN, art. 161 (1 % ao mês)."""
    acrescimo = com("99.90" if dias == 0 else "100.00", TERCA, TERCA + timedelta(days=dias))
    assert (acrescimo.multa, acrescimo.juros) == (Decimal(multa), Decimal(juros))


def test_quem_paga_no_dia_util_seguinte_ao_do_vencimento_sem_expediente_nao_paga_acrescimo():
    """Lei 7.089/1983."""
    sabado, domingo, segunda, terca = (date(2026, 3, dia) for dia in (14, 15, 16, 17))
    assert com("100", sabado, segunda).total == 0
    assert com("100", domingo, segunda).total == 0
    assert com("100", sabado, terca).dias == 3
    assert com("100", sabado, terca, feriado=lambda dia: dia == segunda).total == 0


def test_os_percentuais_mudam_o_resultado():
    assert com("100", TERCA, TERCA + timedelta(days=30), multa="0", juros="0.5").total == Decimal("0.50")


@given(centavos, st.integers(0, 400), st.integers(0, 400))
def test_mais_atraso_nunca_custa_menos(valor, um, outro):
    menos, mais = sorted((um, outro))
    assert (
        com(valor, TERCA, TERCA + timedelta(days=menos)).total
        <= com(valor, TERCA, TERCA + timedelta(days=mais)).total
    )


@pytest.mark.parametrize(
    ("valor", "certo"),
    [("0", "R$ 0,00"), ("1234.5", "R$ 1.234,50"), ("-3.1", "−R$ 3,10"), ("1234567.89", "R$ 1.234.567,89")],
)
def test_como_se_le_um_valor(valor, certo):
    assert em_reais(Decimal(valor)) == certo


def test_percentual_ao_centavo():
    assert percentual(Decimal("166.73"), Decimal("10")) == Decimal("16.67")
