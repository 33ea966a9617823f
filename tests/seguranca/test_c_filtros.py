"""Seção C: filtros e ordens são listas fechadas; um nome de fora é 400, e nunca chega a uma consulta."""

import pytest

from tests.seguranca.casos import CASOS, dizendo
from tests.seguranca.pedir import pedir

pytestmark = pytest.mark.django_db

# Os da django-helpdesk, com os nomes dela e com os daqui, e os da ordenação.
PAYLOADS = (
    "assigned_to__password__startswith=pbkdf2",
    "queue__email_box_pass=x",
    "responsavel__password__startswith=md5",
    "criada_por__password__startswith=md5",
    "cliente__documento__startswith=529",
    "o=1.password",
    "ordem=responsavel__password",
    "sort=-password",
    "q__or=1&entry_aggregator=OR+1%3D1",
)
DO_CONSOLE = {"filas", "fila", "solicitacoes_do_cliente", "historico_exportado"}
LISTAS = [
    pedido
    for pedido in CASOS
    if pedido.metodo == "GET"
    and pedido.certo == 200
    and (pedido.rota in DO_CONSOLE or pedido.rota.endswith("_changelist"))
]


def test_filtro_que_leria_uma_senha_ou_um_documento_e_400(mundo):
    """django-helpdesk GHSA-mxcg-7m22-x9pj e 171c4c14, RT CVE-2026-41075, GLPI CVE-2023-43813."""
    assert len(LISTAS) > 30
    for numero, pedido in enumerate(LISTAS):
        # Nas do admin, que têm uma regra só, cada lista recebe um; nas nossas, todos.
        payloads = PAYLOADS if pedido.rota in DO_CONSOLE else [PAYLOADS[numero % len(PAYLOADS)]]
        for payload in payloads:
            with dizendo(pedido):
                resposta = pedir(pedido, mundo, mundo.protagonista, url=f"{pedido.url(mundo)}?{payload}")
                assert resposta.status_code == 400, payload
