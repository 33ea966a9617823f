"""`/saude/`: o que o vigia do servidor lê."""

from django.db import OperationalError, connection


def test_com_o_banco_no_ar_qualquer_um_le_so_ok(client, db):
    resposta = client.get("/saude/")

    assert (resposta.status_code, resposta.content) == (200, b"ok")


def test_sem_o_banco_le_so_nao_ok(client, db):
    def recusar(*_):
        raise OperationalError("senha errada para atendimento em 10.0.0.1")

    with connection.execute_wrapper(recusar):
        resposta = client.get("/saude/")

    assert (resposta.status_code, resposta.content.decode()) == (503, "não ok")


def test_so_aceita_leitura(client, db):
    assert client.post("/saude/").status_code == 405
