"""O tempo limite por comando: corta o que demora, não gasta comando e não fica na conexão."""

import time

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from atendimento.tempo_limite import tempo_limite
from perfis.models import Widget


def valor_do_limite() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        return cursor.fetchone()[0]


@pytest.mark.django_db(transaction=True)
def test_o_que_demora_e_cortado_e_a_conexao_fica_sem_limite():
    comeco = time.monotonic()
    with pytest.raises(OperationalError), tempo_limite(0.1), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(20)")
    assert time.monotonic() - comeco < 5
    assert valor_do_limite() == "0"
    assert Widget.objects.count() >= 0


@pytest.mark.django_db
def test_nao_gasta_comando_nem_muda_o_que_se_le():
    with CaptureQueriesContext(connection) as lidos, tempo_limite(5):
        nomes = list(Widget.objects.order_by("slug").values_list("slug", flat=True))
        assert Widget.objects.filter(slug=nomes[0]).exists()
        assert Widget.objects.filter(slug="nenhum").first() is None
    assert len(lidos) == 3
    assert nomes == list(Widget.objects.order_by("slug").values_list("slug", flat=True))
    assert valor_do_limite() == "0"
