"""Tempos em palavras."""

from datetime import UTC, datetime, timedelta

import pytest

from atendimento.filas import tempos
from atendimento.filas.contagens import por_extenso

AGORA = datetime(2026, 3, 4, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("tempo", "texto"),
    [
        (timedelta(seconds=59), "menos de 1 min"),
        (timedelta(minutes=5), "5 min"),
        (timedelta(hours=2), "2 h"),
        (timedelta(hours=2, minutes=10), "2 h 10 min"),
        (timedelta(days=3), "3 d"),
        (timedelta(days=3, hours=4, minutes=59), "3 d 4 h"),
    ],
)
def test_as_duas_maiores_unidades(tempo, texto):
    assert tempos.duracao(tempo) == texto
    assert tempos.distancia(AGORA - tempo, AGORA) == f"há {texto}"
    if tempo >= timedelta(minutes=1):
        assert tempos.distancia(AGORA + tempo, AGORA) == f"em {texto}"


@pytest.mark.parametrize(
    ("falta", "parado_ha", "palavra", "quando"),
    [
        (timedelta(hours=6), None, "No prazo", "em 6 h"),
        (timedelta(hours=1), None, "Vence logo", "em 1 h"),
        (-timedelta(hours=1), None, "Vencida", "há 1 h"),
        (-timedelta(hours=1), timedelta(hours=2), "Prazo parado", "na pausa"),
        (-timedelta(hours=3), timedelta(hours=2), "Vencida", "há 3 h"),
    ],
)
def test_o_prazo_tem_palavra_e_distancia(falta, parado_ha, palavra, quando):
    visto = tempos.prazo(
        AGORA + falta,
        desde=AGORA - timedelta(hours=8),
        congelado_em=AGORA - parado_ha if parado_ha else None,
        agora=AGORA,
    )
    assert (visto.palavra, visto.quando) == (palavra, quando)


def test_o_prazo_legal_so_aparece_quando_falta_pouco():
    assert tempos.regulatorio(AGORA + timedelta(days=3), AGORA) is None
    assert tempos.regulatorio(AGORA + timedelta(days=1), AGORA).palavra == "Prazo legal"
    assert tempos.regulatorio(AGORA - timedelta(hours=1), AGORA).palavra == "Prazo legal vencido"


@pytest.mark.parametrize(
    ("quantas", "texto"), [(0, "0"), (37, "37"), (1000, "1.000"), (1001, "mais de 1.000")]
)
def test_contagem_por_extenso(quantas, texto):
    assert por_extenso(quantas) == texto
