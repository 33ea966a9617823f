"""Um Chromium de verdade, dirigido contra o servidor dos testes.

Sem Chromium na máquina estes testes são pulados, e dizem por quê; com `EXIGIR_NAVEGADOR=1` a falta
dele é uma falha. `NAVEGADOR` aponta um programa fora do PATH.
"""

import os
import shutil
import threading
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.navegador.queixas import Queixas

PASTA = Path(__file__).parent
PROGRAMAS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPCOES = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PRAZO_MS = 10_000


def pytest_collection_modifyitems(items):
    for item in items:
        if PASTA in item.path.parents:
            item.add_marker(pytest.mark.navegador)
            item.add_marker(pytest.mark.django_db(transaction=True))


@pytest.fixture(scope="session")
def programa_do_navegador():
    programa = os.environ.get("NAVEGADOR") or next(filter(None, map(shutil.which, PROGRAMAS)), None)
    if programa is None:
        falta = f"Não há Chromium na máquina (procurei {', '.join(PROGRAMAS)} e a variável NAVEGADOR)."
        (pytest.fail if os.environ.get("EXIGIR_NAVEGADOR") == "1" else pytest.skip)(falta)
    return programa


@pytest.fixture(scope="session")
def navegador(programa_do_navegador):
    with sync_playwright() as playwright:
        navegador = playwright.chromium.launch(executable_path=programa_do_navegador, args=OPCOES)
        yield navegador
        navegador.close()


@pytest.fixture
def queixas():
    """As queixas do navegador; `queixas.esperados.add(422)` aceita uma resposta que o teste provoca."""
    return Queixas()


@pytest.fixture
def nova_pagina(navegador, live_server, queixas):
    """Abre páginas em contextos novos e, no fim, reprova o teste em que o navegador se queixou.

    Os argumentos são os de `browser.new_context`: `nova_pagina(java_script_enabled=False)`.
    """
    contextos = []

    def abrir(**opcoes) -> Page:
        contexto = navegador.new_context(base_url=live_server.url, locale="pt-BR", **opcoes)
        contexto.set_default_timeout(PRAZO_MS)
        contextos.append(contexto)
        pagina = contexto.new_page()
        queixas.escutar(pagina)
        return pagina

    expect.set_options(timeout=PRAZO_MS)
    yield abrir
    for contexto in contextos:
        contexto.close()
    _esperar_o_servidor()
    assert queixas.lista == []


def _esperar_o_servidor() -> None:
    """Espera as respostas que a página fechada já não lê: uma em curso impediria de esvaziar o banco."""
    prazo = time.monotonic() + PRAZO_MS / 1000
    while any("process_request_thread" in linha.name for linha in threading.enumerate()):
        assert time.monotonic() < prazo, "o servidor ainda atende a uma página fechada"
        time.sleep(0.01)


@pytest.fixture
def pagina(nova_pagina) -> Page:
    return nova_pagina()


@pytest.fixture
def entrar():
    """Entra pela página de entrada, como uma pessoa: `entrar(pagina, "estela", "senha")`."""

    def entrar(pagina: Page, usuario: str, senha: str) -> None:
        pagina.goto("/entrar/")
        pagina.fill("[name=login]", usuario)
        pagina.fill("[name=password]", senha)
        pagina.press("[name=password]", "Enter")
        pagina.wait_for_url(lambda url: "/entrar/" not in url)

    return entrar
