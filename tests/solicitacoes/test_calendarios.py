"""Do cadastro às contas: turnos, feriados nacionais e do estado, exceções."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from atendimento.dominio.calendarios import calendario_util
from atendimento.models import ExcecaoDoCalendario, Turno
from atendimento.prazos import horas_uteis_entre
from tests import fabricas

FUSO = ZoneInfo("America/Sao_Paulo")


def _horas(calendario, dia: date) -> float:
    meia_noite = datetime.combine(dia, time.min, tzinfo=FUSO)
    aberto = horas_uteis_entre(calendario_util(calendario), meia_noite, meia_noite + timedelta(days=1))
    return aberto / timedelta(hours=1)


@pytest.fixture
def comercial(db):
    calendario = fabricas.criar_calendario(sempre=False, uf="RS")
    for dia in range(5):
        for inicio, fim in ((8, 12), (13, 17)):
            Turno.objects.create(calendario=calendario, dia=dia, inicio=time(inicio), fim=time(fim))
    return calendario


@pytest.mark.parametrize(
    ("dia", "horas"),
    [
        (date(2026, 11, 24), 8),  # terça comum
        (date(2026, 11, 28), 0),  # sábado
        (date(2026, 11, 20), 0),  # Consciência Negra, feriado nacional
        (date(2026, 4, 3), 0),  # Sexta-feira Santa, feriado móvel
        (date(2027, 1, 1), 0),  # virada do ano
        (date(2028, 9, 20), 0),  # Dia do Gaúcho, feriado do estado
        (date(2026, 12, 24), 4),  # exceção: meio expediente
        (date(2026, 12, 25), 2),  # exceção que vence o feriado
        (date(2026, 12, 28), 0),  # exceção: fechado
    ],
)
def test_horas_de_cada_dia(comercial, dia, horas):
    for data, inicio, fim in [
        (date(2026, 12, 24), time(8), time(12)),
        (date(2026, 12, 25), time(22), time(0)),
        (date(2026, 12, 28), None, None),
    ]:
        ExcecaoDoCalendario.objects.create(calendario=comercial, data=data, inicio=inicio, fim=fim)
    assert _horas(comercial, dia) == horas


def test_sem_feriados_so_valem_os_turnos(comercial):
    comercial.feriados_nacionais, comercial.uf = False, ""
    assert _horas(comercial, date(2026, 11, 20)) == 8


def test_so_os_do_estado_deixa_abrir_no_nacional(comercial):
    comercial.feriados_nacionais = False
    assert _horas(comercial, date(2026, 11, 20)) == 8
    assert _horas(comercial, date(2028, 9, 20)) == 0


def test_turnos_do_mesmo_dia_nao_se_sobrepoem_nem_acabam_antes_de_comecar(comercial):
    for inicio, fim in ((time(11), time(14)), (time(20), time(19)), (time(16, 59), time(0))):
        with pytest.raises(IntegrityError), transaction.atomic():
            Turno.objects.create(calendario=comercial, dia=0, inicio=inicio, fim=fim)
    Turno.objects.create(calendario=comercial, dia=0, inicio=time(17), fim=time(0))
