"""O detector de massivas: acha a falha de um grupo, no lugar certo, e cala nas noites comuns."""

import math
import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atendimento.detector import ESPERA, HISTORICO, JUNTOS, MINIMO, QUASE_TUDO, Vizinho, suspeitas

AGORA = datetime(2026, 3, 20, 21, 0, tzinfo=UTC)
SEMENTE = 20_260_320


def rede(rng: random.Random) -> list[tuple]:
    """Os lugares de cada conexão de uma rede ao acaso: caixas, portas, slots, OLTs e um ponto."""
    conexoes = []
    for olt in range(rng.randint(1, 2)):
        for slot in range(rng.randint(1, 2)):
            for porta in range(rng.randint(1, 2)):
                for caixa in range(rng.randint(1, 3)):
                    lugares = (
                        ("splitter", (olt, slot, porta, caixa)), ("porta", (olt, slot, porta)),
                        ("slot", (olt, slot)), ("olt", (olt,)), ("ponto", (0,)),
                    )  # fmt: skip
                    conexoes += [lugares] * rng.randint(1, 12)
    return conexoes


def noite_comum(rng: random.Random) -> tuple[list[tuple], list[tuple]]:
    """De cada conexão, quantas vezes caiu na semana e as quedas desta noite: raras ou a toda hora."""
    conexoes, historias = rede(rng), []
    for _ in conexoes:
        por_dia = rng.choice([0.05, 0.3, 1, 3, rng.choice([8, 25])])
        quando, quedas = AGORA - timedelta(hours=10), []
        while (quando := quando + timedelta(days=rng.expovariate(por_dia))) < AGORA + timedelta(hours=2):
            volta = quando + timedelta(minutes=min(600, rng.lognormvariate(1.5, 1.4)))
            quedas.append((quando, volta))
            quando = volta
        historias.append((round(rng.uniform(0.5, 1.5) * por_dia * HISTORICO.days), quedas))
    return conexoes, historias


def em(instante: datetime, conexoes, historias) -> list[Vizinho]:
    """O que se sabe das conexões num instante."""
    vizinhos = []
    for numero, (lugares, (na_semana, quedas)) in enumerate(zip(conexoes, historias, strict=True)):
        fora = next((caiu for caiu, volta in quedas if caiu <= instante < volta), None)
        vizinhos.append(Vizinho(numero, lugares, na_semana, fora))
    return vizinhos


def test_nenhum_alarme_falso_em_mil_historias_comuns():
    rng = random.Random(SEMENTE)
    alarmes = []
    for historia in range(1000):
        conexoes, historias = noite_comum(rng)
        for _ in range(3):
            instante = AGORA + timedelta(minutes=rng.uniform(0, 120))
            alarmes += [(historia, s) for s in suspeitas(em(instante, conexoes, historias), instante)]
    assert alarmes == []


@pytest.mark.parametrize("nivel", range(5), ids=["splitter", "porta", "slot", "olt", "ponto"])
def test_toda_queda_de_grupo_se_acha_no_lugar_certo(nivel):
    """Sessenta redes por nível: cai um lugar inteiro, entre as quedas comuns dos outros."""
    rng = random.Random(SEMENTE + nivel)
    perdidas = []
    provadas = 0
    while provadas < 60:
        conexoes, historias = noite_comum(rng)
        lugar = rng.choice(conexoes)[nivel]
        vizinhos = em(AGORA, conexoes, historias)
        dentro = [v for v in vizinhos if lugar in v.lugares and v.fora_desde is None]
        if len(dentro) < 2 * MINIMO or not espalhada(dentro, nivel):
            continue
        provadas += 1
        comeco = AGORA - timedelta(minutes=9)
        caidos = {v.id for v in dentro}
        depois = [
            Vizinho(v.id, v.lugares, v.quedas + 1, comeco + timedelta(seconds=rng.uniform(0, 90)))
            if v.id in caidos
            else v
            for v in vizinhos
        ]
        achadas = suspeitas(depois, AGORA)
        explicadas = set().union(*[s.afetadas for s in achadas])
        if lugar not in [s.lugar for s in achadas] and not caidos <= explicadas:
            perdidas.append((lugar, achadas))
    assert perdidas == []


def espalhada(dentro: list[Vizinho], nivel: int) -> bool:
    """Se nenhum lugar menor tem quase toda a falha: se tem, a resposta certa é ele."""
    if nivel == 0:
        return True
    menores = Counter(v.lugares[nivel - 1] for v in dentro)
    return max(menores.values()) < QUASE_TUDO * len(dentro)


def caixa(quantas: int, caiu=None, quedas: int = 1, de: int = 0, numero: int = 1) -> list[Vizinho]:
    lugares = (("splitter", (numero,)), ("porta", (1, 1, 1)))
    return [Vizinho(de + n, lugares, quedas, caiu(n) if caiu else None) for n in range(quantas)]


def ha(minutos: float):
    return lambda n: AGORA - timedelta(minutes=minutos) + timedelta(seconds=n)


def test_uma_caixa_inteira_se_acha_com_a_hora_e_as_contas():
    (achada,) = suspeitas(caixa(8, ha(10)) + caixa(8, de=100, numero=2), AGORA)
    assert achada.lugar == ("splitter", (1,))
    assert (len(achada.afetadas), achada.conhecidas) == (8, 8)
    assert achada.inicio == AGORA - timedelta(minutes=10)


def test_duas_caixas_da_mesma_porta_sao_a_porta():
    (achada,) = suspeitas(caixa(8, ha(10)) + caixa(8, ha(10), de=100, numero=2), AGORA)
    assert achada.lugar == ("porta", (1, 1, 1))


@pytest.mark.parametrize(
    "vizinhos",
    [
        caixa(3, ha(10)),
        caixa(8, ha(10))[:3] + caixa(8)[3:],
        caixa(8, lambda n: AGORA - timedelta(minutes=4 * n)),
        caixa(8, ha(ESPERA.total_seconds() / 60 - 1)),
        caixa(8, ha(600)),
        caixa(8),
        [],
    ],
    ids=["poucas", "menos da metade", "aos poucos", "agora mesmo", "ontem", "no ar", "ninguém"],
)
def test_o_que_nao_e_queda_de_grupo_nao_se_sugere(vizinhos):
    assert suspeitas(vizinhos, AGORA) == []


@settings(max_examples=60)
@given(
    quantas=st.integers(MINIMO + 2, 40),
    intervalo=st.integers(0, int(JUNTOS.total_seconds())),
    semente=st.integers(0, 999),
)
def test_a_ordem_em_que_se_le_nao_muda_o_que_se_acha(quantas, intervalo, semente):
    vizinhos = caixa(
        quantas, lambda n: AGORA - timedelta(minutes=8, seconds=-(intervalo * n // quantas) * 0.3)
    )
    misturados = vizinhos[:]
    random.Random(semente).shuffle(misturados)
    assert suspeitas(misturados, AGORA) == suspeitas(vizinhos, AGORA)
    assert len(suspeitas(vizinhos, AGORA)) == 1


def test_quem_cai_a_toda_hora_nao_faz_uma_massiva():
    """Quatro que caem oitocentas vezes por semana, juntas por acaso, não bastam."""
    instaveis = caixa(4, ha(10), quedas=800)
    assert suspeitas(instaveis, AGORA) == []
    assert len(suspeitas(caixa(4, ha(10), quedas=1), AGORA)) == 1
    assert math.isclose(JUNTOS / HISTORICO, 5 / (7 * 24 * 60))
