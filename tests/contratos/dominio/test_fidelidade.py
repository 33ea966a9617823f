"""A multa da fidelidade: proporcional, ao centavo, nunca maior que o benefício.

RGC (Resolução Anatel 765/2023) e Resolução 632/2014, art. 57 a 59.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos.dominio.fidelidade import Fidelidade

DIAS = st.dates(date(2023, 1, 1), date(2030, 12, 31))
BENEFICIOS = st.decimals(Decimal("0.01"), Decimal("5000"), places=2)


def de(inicio, beneficio="300.00", meses=12, suspensos=0) -> Fidelidade:
    return Fidelidade(inicio, meses, Decimal(beneficio), suspensos)


@pytest.mark.parametrize(
    ("inicio", "dia", "beneficio", "meses", "suspensos", "multa"),
    [
        (date(2026, 7, 25), date(2026, 11, 24), "300.00", 12, 0, "199.73"),  # 243 de 365
        (date(2026, 1, 1), date(2026, 1, 1), "300.00", 12, 0, "300.00"),  # no primeiro dia, inteira
        (date(2026, 1, 1), date(2026, 12, 31), "300.00", 12, 0, "0.82"),  # falta um dia
        (date(2026, 1, 1), date(2027, 1, 1), "300.00", 12, 0, "0.00"),  # cumprida
        (date(2026, 1, 1), date(2031, 1, 1), "300.00", 12, 0, "0.00"),
        (date(2024, 2, 29), date(2024, 8, 29), "150.00", 12, 0, "75.21"),  # até 28/02: 183 de 365
        (date(2023, 8, 31), date(2023, 12, 31), "100.00", 6, 0, "32.97"),  # acaba em 29/02: 60 de 182
        (date(2026, 1, 1), date(2026, 7, 2), "100.01", 12, 0, "50.14"),  # 183 de 365 = 50,1420…
        (date(2026, 1, 1), date(2026, 12, 1), "365.00", 12, 30, "61.00"),  # 30 dias suspensos não contam
        (date(2026, 1, 1), date(2026, 6, 1), "0.00", 12, 0, "0.00"),  # sem benefício, sem multa
        (None, date(2026, 6, 1), "300.00", 0, 0, "0.00"),
    ],
)  # fmt: skip
def test_a_multa_ao_centavo(inicio, dia, beneficio, meses, suspensos, multa):
    assert de(inicio, beneficio, meses, suspensos).multa(dia) == Decimal(multa)


@given(DIAS, st.integers(1, 12), BENEFICIOS, st.integers(0, 120), st.integers(0, 800))
def test_nunca_passa_do_beneficio_nem_e_negativa_e_so_diminui(inicio, meses, beneficio, suspensos, passados):
    fidelidade = Fidelidade(inicio, meses, beneficio, suspensos)
    dia = inicio + timedelta(passados)
    hoje, amanha = fidelidade.multa(dia), fidelidade.multa(dia + timedelta(1))
    assert Decimal(0) <= amanha <= hoje <= beneficio
    assert hoje == hoje.quantize(Decimal("0.01"))
    assert (hoje == 0) or dia < fidelidade.fim


@given(DIAS, st.integers(1, 12), BENEFICIOS, st.integers(0, 800))
def test_suspender_nao_encurta_a_fidelidade(inicio, meses, beneficio, passados):
    dia = inicio + timedelta(passados)
    assert de(inicio, beneficio, meses, 30).multa(dia) >= de(inicio, beneficio, meses).multa(dia)


def test_a_formula_diz_a_conta_inteira():
    texto = de(date(2026, 7, 25)).formula(date(2026, 11, 24))
    assert texto == (
        "R$ 300,00 de benefício × 243 dias que faltam ÷ 365 dias de fidelidade "
        "(25/07/2026 a 25/07/2027) = R$ 199,73"
    )
    assert "cumprida em 25/07/2027" in de(date(2026, 7, 25)).formula(date(2028, 1, 1))
    assert "sem fidelidade" in de(None, meses=0).formula(date(2026, 1, 1))
