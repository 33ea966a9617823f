"""A lei como tabela: cada linha diz a norma, e os parâmetros mudam o resultado."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos import relogio_legal as relogio
from contratos.relogio_legal import Debito, Prazos

RGC = "RGC, Res. Anatel 765/2023"
SAC = "Decreto 11.034/2022, art. 13"
AGORA = datetime(2026, 3, 31, 12, tzinfo=UTC)
HOJE = AGORA.date()
LEI = Prazos()
ATRASO = timedelta(days=40)


def ha(**tempo) -> datetime:
    return AGORA - timedelta(**tempo)


def debito(**campos) -> Debito:
    return Debito(**{"numero": "F-1", "vencimento": HOJE - ATRASO, "avisado_em": ha(days=20)} | campos)


CASA_20 = Prazos(3, 20, 60)
ANTIGA = date(2020, 1, 1)
# O que se diz, a norma, o débito, os prazos, se suspende.
SUSPENSAO = [
    ("sem aviso entregue", RGC, debito(vencimento=ANTIGA, avisado_em=None), LEI, False),
    ("avisada há 14 dias e 23 h", RGC, debito(avisado_em=ha(days=14, hours=23)), LEI, False),
    ("avisada há 15 dias", RGC, debito(avisado_em=ha(days=15)), LEI, True),
    ("avisada há 15, e a casa espera 20", "Parâmetro", debito(avisado_em=ha(days=15)), CASA_20, False),
    ("avisada há 20, e a casa espera 20", "Parâmetro", debito(avisado_em=ha(days=20)), CASA_20, True),
    ("conta o aviso, não o vencimento", RGC, debito(vencimento=ANTIGA, avisado_em=ha(days=1)), LEI, False),
    ("contestada", SAC, debito(contestado=True), LEI, False),
    ("informada", "Regra da casa", debito(informado_ate=AGORA + timedelta(hours=1)), LEI, False),
    ("informe que acabou", "Regra da casa", debito(informado_ate=ha(hours=1)), LEI, True),
    ("vence hoje", RGC, debito(vencimento=HOJE), LEI, False),
    ("avisada há mais de um ano", RGC, debito(avisado_em=ha(days=400)), LEI, True),
]


@pytest.mark.parametrize(
    ("norma", "em_atraso", "prazos", "suspende"),
    [linha[1:] for linha in SUSPENSAO],
    ids=[f"{linha[0]} ({linha[1]})" for linha in SUSPENSAO],
)
def test_quando_o_debito_suspende(norma, em_atraso, prazos, suspende):
    frase = relogio.por_que_nao_suspende(em_atraso, AGORA, HOJE, prazos)
    assert (frase is None) is suspende
    assert relogio.suspende(em_atraso, AGORA, HOJE, prazos) is suspende
    if frase:
        assert "F-1" in frase
        assert frase.endswith(".")


RESCISAO = [
    (59, 23, LEI, False),
    (60, 0, LEI, True),
    (60, 0, Prazos(3, 15, 90), False),
    (90, 0, Prazos(3, 15, 90), True),
]


@pytest.mark.parametrize(("dias", "horas", "prazos", "pode"), RESCISAO)
def test_a_rescisao_so_60_dias_depois_da_suspensao(dias, horas, prazos, pode):
    """RGC, Res. Anatel 765/2023."""
    assert relogio.pode_rescindir(ha(days=dias, hours=horas), AGORA, prazos) is pode


def test_o_aviso_sai_tantos_dias_depois_do_vencimento():
    assert relogio.notificar_em(date(2028, 2, 27), LEI) == date(2028, 3, 1)
    assert relogio.notificar_em(date(2026, 2, 27), LEI) == date(2026, 3, 2)


@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.integers(15, 60),
    st.integers(60, 120),
    st.timedeltas(timedelta(0), timedelta(days=300)),
)
def test_nunca_antes_do_aviso_mais_15_nem_da_suspensao_mais_60(avisado, ate_suspender, ate_rescindir, passou):
    prazos, agora = Prazos(3, ate_suspender, ate_rescindir), avisado + passou
    em_atraso = debito(vencimento=avisado.date() - timedelta(days=5), avisado_em=avisado)
    if relogio.suspende(em_atraso, agora, agora.date(), prazos):
        assert passou >= timedelta(days=15)
    suspenso = relogio.suspender_em(avisado, prazos)
    assert relogio.rescindir_em(suspenso, prazos) - avisado >= timedelta(days=75)
