"""Prazos e relógios contra um oráculo independente e lento, que anda de minuto em minuto."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from atendimento.prazos import (
    CalendarioSemExpediente,
    CalendarioUtil,
    Farol,
    Passo,
    ciclo_atual,
    farol,
    horas_uteis_entre,
    prazo_regulatorio,
    relogios,
    somar_horas_uteis,
    vencimento,
)
from atendimento.situacoes import ABERTAS, TRANSICOES, Situacao

FUSO = ZoneInfo("America/Sao_Paulo")
MINUTO = timedelta(minutes=1)
# O horário de verão brasileiro acabou em 2019: os dois lados dele entram na prova.
INICIO = datetime(2018, 1, 1, tzinfo=UTC)
FERIADOS = {date(ano, mes, dia) for ano in range(2017, 2028) for mes, dia in ((1, 1), (12, 25), (9, 20))}


def aberto(calendario: CalendarioUtil, instante: datetime) -> bool:
    """O oráculo: se o relógio anda neste minuto, lido direto das regras."""
    if calendario.sempre:
        return True
    local = instante.astimezone(FUSO)
    segundo = local.hour * 3600 + local.minute * 60
    if local.date() in calendario.excecoes:
        periodos = calendario.excecoes[local.date()]
    elif local.date() in FERIADOS:
        periodos = []
    else:
        periodos = calendario.turnos.get(local.weekday(), [])
    return any(comeco <= segundo < fim for comeco, fim in periodos)


def minutos_abertos(calendario, inicio, fim) -> timedelta:
    total, instante = timedelta(0), inicio
    while instante < fim:
        total += MINUTO if aberto(calendario, instante) else timedelta(0)
        instante += MINUTO
    return total


@st.composite
def periodos(draw):
    """Turnos partidos em minutos inteiros, sem sobreposição, às vezes até a meia-noite."""
    marcas = draw(st.lists(st.integers(60, 22 * 60), max_size=6, unique=True))
    marcas = sorted(marcas)[: len(marcas) // 2 * 2]
    feitos = [(a * 60, b * 60) for a, b in zip(marcas[::2], marcas[1::2], strict=True)]
    if feitos and draw(st.booleans()):
        feitos[-1] = (feitos[-1][0], 86400)
    return feitos


@st.composite
def calendarios(draw):
    if draw(st.integers(0, 9)) == 0:
        return CalendarioUtil(FUSO, sempre=True)
    turnos = {dia: draw(periodos()) for dia in range(7)}
    # Menos que isto por semana só faria o oráculo andar anos.
    assume(sum(fim - comeco for dia in turnos.values() for comeco, fim in dia) >= 2 * 3600)
    perto = st.dates(date(2018, 1, 1), date(2027, 1, 31))
    excecoes = draw(st.dictionaries(perto, periodos(), max_size=3))
    return CalendarioUtil(FUSO, turnos, excecoes, FERIADOS.__contains__)


instantes = st.one_of(
    st.integers(0, 9 * 365 * 1440),
    # A virada do ano e as duas mudanças do horário de verão.
    *[
        st.integers(-3000, 3000).map(lambda m, alvo=alvo: int((alvo - INICIO) / MINUTO) + m)
        for alvo in (
            datetime(2026, 1, 1, 3, tzinfo=UTC),
            datetime(2018, 11, 4, 3, tzinfo=UTC),
            datetime(2019, 2, 17, 2, tzinfo=UTC),
        )
    ],
).map(lambda minutos: INICIO + minutos * MINUTO)


@given(calendarios(), instantes, st.integers(-100, 8 * 1440))
def test_horas_uteis_entre_concorda_com_o_oraculo(calendario, inicio, minutos):
    fim = inicio + minutos * MINUTO
    assert horas_uteis_entre(calendario, inicio, fim) == minutos_abertos(calendario, inicio, fim)


@given(calendarios(), instantes, st.integers(0, 900))
def test_somar_concorda_com_o_oraculo(calendario, inicio, minutos):
    falta, instante = minutos, inicio
    while falta:
        falta -= aberto(calendario, instante)
        instante += MINUTO
    assert somar_horas_uteis(calendario, inicio, minutos * MINUTO) == instante


def _passo(draw, em, de):
    """Um passo legal a partir de `de`, com o que ele congela."""
    destinos = sorted({para for passos in TRANSICOES.values() for p, para in passos.items() if p == de})
    para = draw(st.sampled_from(destinos))
    return Passo(em, para, congela=para == Situacao.PAUSADA and draw(st.booleans()))


@st.composite
def historias(draw, maximo=8):
    """Uma história qualquer que a tabela de transições permite, em minutos inteiros."""
    em = draw(instantes)
    passos = [Passo(em, draw(st.sampled_from([Situacao.ABERTA, Situacao.EM_ATENDIMENTO])))]
    for _ in range(draw(st.integers(0, maximo))):
        if passos[-1].para == Situacao.CANCELADA:
            break
        em += draw(st.integers(0, 600)) * MINUTO
        passos.append(_passo(draw, em, passos[-1].para))
    return passos


def vencimento_do_oraculo(passos, calendario, minutos):
    """Anda do começo do último ciclo até gastar os minutos, parando onde uma pausa congela."""
    comeco = 0
    for i in range(1, len(passos)):
        if passos[i - 1].para not in ABERTAS:
            comeco = i
    ciclo = passos[comeco:]
    instante, falta = ciclo[0].em, minutos
    while True:
        vigentes = [p for p in ciclo if p.em <= instante]
        # Na última pausa, o vencimento se diz como se ela acabasse ao começar.
        parado = vigentes[-1].congela and vigentes[-1] is not ciclo[-1]
        if falta == 0 and not parado:
            return instante
        if not parado:
            falta -= aberto(calendario, instante)
        if falta == 0:
            return instante + MINUTO
        instante += MINUTO


@settings(max_examples=60)
@given(historias(), calendarios(), st.integers(1, 900))
def test_vencimento_com_pausas_que_congelam_concorda_com_o_oraculo(passos, calendario, minutos):
    esperado = vencimento_do_oraculo(passos, calendario, minutos)
    assert vencimento(passos, calendario, minutos * MINUTO) == esperado


@given(historias(), calendarios(), calendarios(), st.integers(1, 900), st.integers(1, 900))
def test_trocar_o_prazo_no_meio_conta_o_novo_desde_o_comeco(passos, um, outro, antes, depois):
    """O prazo novo não herda nada do antigo: vale como se sempre tivesse sido ele."""
    vencimento(passos, um, antes * MINUTO)
    assert vencimento(passos, outro, depois * MINUTO) >= ciclo_atual(passos)[0].em
    assert vencimento(passos, outro, (depois + 1) * MINUTO) > vencimento(passos, outro, depois * MINUTO)


@given(historias(), calendarios(), st.integers(1, 900), st.integers(0, 100 * 1440))
def test_reabrir_nunca_nasce_vencido(passos, calendario, minutos, fechada_por):
    fim = passos[-1].em
    reaberta = fim + fechada_por * MINUTO
    passos = [*passos, Passo(fim, Situacao.ENCERRADA), Passo(reaberta, Situacao.ABERTA)]
    venceria = vencimento(passos, calendario, minutos * MINUTO)
    assert venceria > reaberta
    assert horas_uteis_entre(calendario, reaberta, venceria) == minutos * MINUTO


@given(historias(), st.integers(0, 100_000))
def test_os_relogios_somam_os_ciclos_abertos_ao_segundo(passos, segundos):
    agora = passos[-1].em + timedelta(seconds=segundos)
    abertos = sum(
        (b.em - a.em for a, b in pairwise([*passos, Passo(agora, "")]) if a.para in ABERTAS), timedelta(0)
    )
    assert relogios(passos, agora).total == abertos


@given(historias(), st.integers(0, 3000))
def test_cada_relogio_concorda_com_o_oraculo(passos, minutos):
    agora = passos[-1].em + minutos * MINUTO
    contados = dict.fromkeys(Situacao, 0)
    instante = passos[0].em
    while instante < agora:
        contados[[p for p in passos if p.em <= instante][-1].para] += 1
        instante += MINUTO
    achados = relogios(passos, agora)
    assert [achados.trabalho, achados.fila, achados.pausa, achados.agenda] == [
        contados[s] * MINUTO
        for s in (Situacao.EM_ATENDIMENTO, Situacao.ABERTA, Situacao.PAUSADA, Situacao.AGENDADA)
    ]


def test_pausa_que_congela_empurra_o_vencimento_pelo_que_durou_em_horas_uteis():
    comercial = CalendarioUtil(
        FUSO, {dia: [(8 * 3600, 12 * 3600), (13 * 3600, 17 * 3600)] for dia in range(5)}
    )
    sexta = datetime(2026, 11, 20, 9, tzinfo=FUSO)
    passos = [
        Passo(sexta, Situacao.EM_ATENDIMENTO),
        Passo(sexta + timedelta(hours=2), Situacao.PAUSADA, congela=True),
        Passo(sexta + timedelta(days=3, hours=1), Situacao.EM_ATENDIMENTO),
    ]
    # Duas horas na sexta; segunda às 10 h faltam seis: duas até o meio-dia, quatro à tarde.
    assert vencimento(passos, comercial, timedelta(hours=8)) == datetime(2026, 11, 23, 17, tzinfo=FUSO)


def test_prazo_regulatorio_guarda_a_hora_local_na_mudanca_do_horario_de_verao():
    inicio = datetime(2018, 11, 1, 15, 30, tzinfo=FUSO)
    assert prazo_regulatorio(inicio, 7, FUSO).astimezone(FUSO).replace(tzinfo=None) == datetime(
        2018, 11, 8, 15, 30
    )


@given(historias(), st.integers(1, 30))
def test_o_prazo_regulatorio_nao_conhece_pausas(passos, dias):
    """Só depende do começo do ciclo: nada do que vem depois entra na conta."""
    inicio = passos[0].em
    assert abs(prazo_regulatorio(inicio, dias, FUSO) - inicio - timedelta(days=dias)) <= timedelta(hours=1)


def test_calendario_que_nunca_abre_se_recusa_a_somar():
    with pytest.raises(CalendarioSemExpediente):
        somar_horas_uteis(CalendarioUtil(FUSO), INICIO, MINUTO)
    assert horas_uteis_entre(CalendarioUtil(FUSO), INICIO, INICIO + timedelta(days=3)) == timedelta(0)


@pytest.mark.parametrize(
    ("minutos", "congelado", "cor"),
    [(10, None, Farol.NO_PRAZO), (76, None, Farol.ATENCAO), (101, None, Farol.VENCIDO),
     (101, 50, Farol.CONGELADO), (150, 120, Farol.VENCIDO)],
)  # fmt: skip
def test_farol(minutos, congelado, cor):
    vence = INICIO + 100 * MINUTO
    congelado_em = INICIO + congelado * MINUTO if congelado else None
    agora = INICIO + minutos * MINUTO
    assert farol(vence, desde=INICIO, agora=agora, congelado_em=congelado_em) == cor


def test_prazo_que_se_esgota_no_fim_do_turno_vence_ali_e_nao_no_passo_seguinte():
    manha = CalendarioUtil(FUSO, {dia: [(8 * 3600, 12 * 3600)] for dia in range(7)})
    nove = datetime(2026, 11, 20, 9, tzinfo=FUSO)
    passos = [Passo(nove, Situacao.EM_ATENDIMENTO), Passo(nove + timedelta(hours=5), Situacao.PAUSADA)]
    assert vencimento(passos, manha, timedelta(hours=3)) == nove + timedelta(hours=3)
