"""O acerto quando a cobrança para: ao centavo, e as partes somam o todo."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos.dominio.acerto import acertar, proporcional, valor_do_mes
from contratos.dominio.periodos import dias, dias_cobertos, mes_de
from contratos.models import Fatura

SEMPRE = date.max
DIAS = st.dates(date(2023, 1, 1), date(2030, 12, 31))
VALORES = st.decimals(Decimal("0.01"), Decimal("9999.99"), places=2)


def fatura(competencia, valor="100.00", *, situacao="aberta", vence=10) -> Fatura:
    return Fatura(
        numero=f"F{competencia:%Y%m}", competencia=competencia, vencimento=competencia.replace(day=vence),
        valor=Decimal(valor), situacao=situacao,
    )  # fmt: skip


def parar(faturas, dia, *, volta=SEMPRE, hoje=None, valor="100.00", inicio=date(2020, 1, 1), outros=()):
    return acertar(
        faturas, valor_mensal=Decimal(valor), inicio=inicio, para=(dia, volta), hoje=hoje or dia,
        sem_cobranca=outros,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("dia", "usados", "de", "devido"),
    [
        (date(2026, 11, 24), 23, 30, "76.67"),
        (date(2026, 11, 1), 0, 30, "0.00"),
        (date(2026, 11, 30), 29, 30, "96.67"),
        (date(2026, 2, 15), 14, 28, "50.00"),
        (date(2024, 2, 15), 14, 29, "48.28"),  # bissexto
        (date(2026, 12, 31), 30, 31, "96.77"),
    ],
)
def test_a_fatura_que_nao_venceu_se_troca_pelos_dias_usados(dia, usados, de, devido):
    aberta = fatura(dia.replace(day=1), vence=28)
    acerto = parar([aberta], dia, hoje=dia.replace(day=1))
    assert [(t.fatura, t.devido) for t in acerto.trocas] == [(aberta, Decimal(devido))]
    assert (acerto.consumo, acerto.credito) == (Decimal(devido), 0)
    assert f"{usados} de {de} dias" in acerto.memoria[0]


@pytest.mark.parametrize("situacao", ["paga", "aberta"])
def test_a_paga_e_a_vencida_ficam_e_a_sobra_e_credito(situacao):
    acerto = parar([fatura(date(2026, 11, 1), situacao=situacao)], date(2026, 11, 24))
    assert (acerto.trocas, acerto.consumo, acerto.credito) == ([], 0, Decimal("23.33"))


def test_meio_centavo_sobe():
    assert proporcional(Decimal("0.01"), 15, mes_de(date(2026, 11, 1))) == Decimal("0.01")
    assert proporcional(Decimal("0.10"), 45 // 3, mes_de(date(2026, 11, 5))) == Decimal("0.05")


def test_a_do_mes_que_nao_saiu_se_conta_sobre_a_mensalidade():
    acerto = parar([], date(2026, 11, 16))
    assert (acerto.nao_faturado, acerto.consumo) == (Decimal("50.00"), Decimal("50.00"))


def test_a_do_mes_seguinte_ja_emitida_fica_sem_efeito():
    futura = fatura(date(2026, 12, 1))
    acerto = parar([fatura(date(2026, 11, 1)), futura], date(2026, 11, 24))
    assert [(t.fatura, t.devido) for t in acerto.trocas] == [(futura, 0)]


def test_dos_meses_anteriores_nada_se_mexe():
    assert parar([fatura(date(2026, 10, 1))], date(2026, 11, 1)).credito == 0


def test_o_contrato_que_comecou_no_mes_so_deve_desde_o_comeco():
    assert parar([], date(2026, 11, 16), inicio=date(2026, 11, 11)).consumo == Decimal("16.67")
    assert parar([], date(2026, 11, 16), inicio=date(2026, 11, 16)).consumo == 0


def test_renegociada_e_cancelada_nao_entram():
    for situacao in ("renegociada", "cancelada"):
        acerto = parar([fatura(date(2026, 11, 1), situacao=situacao)], date(2026, 11, 24))
        assert (acerto.trocas, acerto.credito) == ([], 0)


def test_os_dias_suspensos_nao_se_cobram():
    suspenso = [(date(2026, 11, 5), date(2026, 11, 15))]
    assert parar([], date(2026, 11, 16), outros=suspenso).consumo == Decimal("16.67")


def test_suspender_e_voltar_no_mesmo_mes_cobra_as_duas_pontas():
    aberta = fatura(date(2026, 12, 1), vence=28)
    acerto = parar([aberta], date(2026, 12, 1), volta=date(2026, 12, 31))
    assert [t.devido for t in acerto.trocas] == [Decimal("3.23")]  # um dia de 31


@given(DIAS, VALORES, st.integers(0, 150))
def test_o_devido_e_o_credito_somam_a_fatura(dia, valor, ha):
    paga = fatura(mes_de(dia)[0], str(valor), situacao="paga")
    aberta = fatura(mes_de(dia)[0], str(valor), vence=28)
    volta = dia + timedelta(ha + 1)
    da_paga = parar([paga], dia, volta=volta)
    da_aberta = parar([aberta], dia, volta=volta, hoje=mes_de(dia)[0])
    assert da_paga.credito + da_aberta.consumo == valor
    assert 0 <= da_paga.credito <= valor


@given(DIAS, VALORES, st.integers(0, 31), st.integers(0, 31))
def test_o_valor_do_mes_fica_entre_nada_e_a_mensalidade(dia, valor, ate, dura):
    mes = mes_de(dia)
    periodo = (mes[0] + timedelta(ate), mes[0] + timedelta(ate + dura))
    devido = valor_do_mes(valor, mes, [periodo])
    assert 0 <= devido <= valor
    assert devido == devido.quantize(Decimal("0.01"))


@given(DIAS, st.lists(st.tuples(st.integers(-40, 40), st.integers(0, 40)), max_size=5))
def test_dias_cobertos_conta_cada_dia_uma_vez(dia, trechos):
    mes = mes_de(dia)
    periodos = [(dia + timedelta(a), dia + timedelta(a + n)) for a, n in trechos]
    um_a_um = sum(
        any(inicio <= d < fim for inicio, fim in periodos)
        for d in (mes[0] + timedelta(n) for n in range(dias(mes)))
    )
    assert dias_cobertos(mes, periodos) == um_a_um
