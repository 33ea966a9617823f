"""O JavaScript e o CSS enxutos, que só a produção serve, funcionam num navegador de verdade."""

from pathlib import Path, PurePosixPath

from django.contrib.staticfiles import finders
from playwright.sync_api import expect

from atendimento.estaticos import ENXUGAR
from tests.fabricas import SENHA, criar_usuario

TIPOS = {".js": "text/javascript", ".css": "text/css"}


def enxugar(rota):
    """Responde no lugar do servidor com o arquivo pedido, enxuto."""
    nome = rota.request.url.partition("/static/")[2]
    extensao = PurePosixPath(nome).suffix
    enxuto = ENXUGAR[extensao](Path(finders.find(nome)).read_text())
    rota.fulfill(body=enxuto, content_type=TIPOS[extensao])


def test_os_modulos_enxutos_carregam_e_os_atalhos_valem(pagina, entrar):
    pedidos = []
    pagina.route("**/static/js/*.js", lambda rota: (pedidos.append(rota.request.url), enxugar(rota)))
    pagina.route("**/static/css/*.css", enxugar)
    criar_usuario(username="estela", capacidades=["atender"])

    entrar(pagina, "estela", SENHA)

    # A última linha do módulo de entrada, que só roda se todos os que ele importa rodaram.
    expect(pagina.locator("html[data-js]")).to_be_attached()
    assert len(pedidos) > 10
    pagina.evaluate("document.activeElement.blur()")
    pagina.keyboard.press("/")
    expect(pagina.locator("input[name=q]").first).to_be_focused()
