"""As fixtures do navegador: ele abre o servidor dos testes, e o que reclama reprova."""

import pytest
from playwright.sync_api import expect

from tests.navegador.queixas import Queixas


def test_a_pagina_de_saude_abre_no_servidor_dos_testes(pagina):
    resposta = pagina.goto("/saude/")

    assert resposta.status == 200
    expect(pagina.locator("body")).to_have_text("ok")


@pytest.mark.parametrize(
    ("corpo", "queixa"),
    [
        ("<script>alert(1)</script>", "Content Security Policy"),
        ("<p style='color: red'>oi</p>", "Content Security Policy"),
        ("<img src='/nao-existe.png'>", "404"),
        ("<script src='/falha.js'></script>", "erro de script: falhou"),
    ],
)
def test_o_que_o_navegador_reclama_e_anotado(pagina, queixas, corpo, queixa):
    csp = {"Content-Security-Policy": "default-src 'none'; script-src 'self'; img-src 'self'"}
    pagina.route(
        "**/teste", lambda r: r.fulfill(body=f"<!doctype html>{corpo}", content_type="text/html", headers=csp)
    )
    pagina.route(
        "**/falha.js", lambda r: r.fulfill(body="throw new Error('falhou')", content_type="text/javascript")
    )
    with pagina.expect_event("load"):
        pagina.goto("/teste")
    pagina.wait_for_timeout(200)

    anotadas, queixas.lista = queixas.lista, []
    assert any(queixa in anotada for anotada in anotadas), anotadas


def test_uma_resposta_esperada_nao_e_queixa():
    queixas = Queixas()
    queixas.esperados.add(422)
    texto = "Failed to load resource: the server responded with a status of {} (Unprocessable Content)"

    assert queixas._esperada(texto.format(422))
    assert not queixas._esperada(texto.format(404))
