"""O relógio legal desenhado diz o mesmo que a lei: marcos, percurso e frase."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from atendimento.linha_legal import LARGURA, MARGEM, desenhar, que_manda
from contratos.relogio_legal import Debito, Prazos

PRAZOS = Prazos()
HOJE = date(2026, 3, 20)
AGORA = timezone.make_aware(datetime(2026, 3, 20, 12))


def debito(vencido_ha: int, avisado_ha: int | None = None, **campos) -> Debito:
    avisado = AGORA - timedelta(days=avisado_ha) if avisado_ha is not None else None
    return Debito("F1", HOJE - timedelta(days=vencido_ha), avisado, **campos)


def test_sem_aviso_a_linha_para_no_vencimento_e_diz_que_nao_suspende():
    linha = desenhar(debito(10), None, AGORA, PRAZOS)
    assert [marco.feito for marco in linha.marcos] == [True, False, False, False]
    assert linha.frase == "Sem aviso de débito entregue: não se suspende."


def test_avisado_ha_seis_dias_faltam_nove():
    linha = desenhar(debito(20, 6), None, AGORA, PRAZOS)
    assert [marco.feito for marco in linha.marcos] == [True, True, False, False]
    assert linha.frase == "Suspensão possível em 29/03/2026: faltam 9 dias."
    aviso, suspensao = linha.marcos[1:3]
    assert aviso.x < linha.percorrido < suspensao.x


def test_bloqueado_o_que_corre_e_a_rescisao():
    linha = desenhar(debito(60, 50), AGORA - timedelta(days=59), AGORA, PRAZOS)
    assert linha.frase == "Rescisão possível em 21/03/2026: falta 1 dia."
    assert desenhar(debito(99, 90), AGORA - timedelta(days=70), AGORA, PRAZOS).frase.startswith(
        "Rescisão possível desde"
    )


@pytest.mark.parametrize(
    ("debitos", "numero"),
    [
        ([debito(50), debito(20, 6)], 1),
        ([debito(50, 3), debito(20, 6)], 1),
        ([debito(50), debito(20)], 0),
        ([debito(50, 30, contestado=True), debito(20)], 1),
    ],
)
def test_manda_o_de_aviso_mais_antigo_e_nunca_o_contestado(debitos, numero):
    assert que_manda(debitos, HOJE) is debitos[numero]


def test_sem_vencida_ninguem_manda():
    assert que_manda([debito(0), debito(-5)], HOJE) is None


@given(
    vencido_ha=st.integers(1, 400),
    avisado_ha=st.none() | st.integers(0, 400),
    suspenso_ha=st.none() | st.integers(0, 400),
)
def test_a_linha_nunca_sai_do_desenho_nem_anda_para_tras(vencido_ha, avisado_ha, suspenso_ha):
    suspenso = AGORA - timedelta(days=suspenso_ha) if suspenso_ha is not None else None
    linha = desenhar(debito(vencido_ha, avisado_ha), suspenso, AGORA, PRAZOS)
    xs = [marco.x for marco in linha.marcos]
    assert xs == sorted(xs)
    assert MARGEM <= linha.percorrido <= LARGURA - MARGEM
    assert linha.percorrido >= max(marco.x for marco in linha.marcos if marco.feito)
    assert linha.frase
