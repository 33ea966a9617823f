"""O que uma pessoa faz no painel, num navegador de verdade."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import expect

from contratos.cifra import cifrar
from tests.fabricas import (
    SENHA,
    criar_cliente,
    criar_conexao,
    criar_contato,
    criar_contrato,
    criar_empresa,
    criar_etiqueta,
    criar_usuario,
)

WIDGETS = ["detalhes", "eventos", "servicos", "conexao", "contatos", "alertas", "faturas", "equipamentos"]


@pytest.fixture
def cliente():
    """Jacira, com duas etiquetas: a segunda tem a conexão de login `praia@ipe`."""
    empresa = criar_empresa()
    criar_usuario(
        username="estela",
        capacidades=["atender", "revelar_dados", "revelar_senha_da_conexao"],
        widgets=WIDGETS,
        empresas=[empresa],
    )
    cliente = criar_cliente(nome="Jacira Alecrim", documento="52998224725")
    with transaction.atomic():
        contrato = criar_contrato(cliente, empresa, com_etiqueta=False)
        casa = criar_etiqueta(contrato, codigo="ET-CASA")
        praia = criar_etiqueta(contrato, codigo="ET-PRAIA")
    criar_conexao(casa, login="casa@ipe", senha=cifrar("senha-da-casa"))
    criar_conexao(praia, login="praia@ipe")
    criar_contato(cliente, valor="+5554900001234")
    return cliente


def test_acha_abre_escolhe_a_etiqueta_e_percorre_as_abas(pagina, entrar, cliente):
    entrar(pagina, "estela", SENHA)
    pagina.locator("input[name=q]").first.fill("alecrim jac")
    expect(pagina.get_by_role("link", name="Jacira Alecrim", exact=True)).to_be_visible()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Jacira Alecrim")
    for aba, texto in [("Eventos", "Nenhum evento"), ("Serviços", "Nenhum serviço"), ("Conexão", "casa@ipe")]:
        pagina.get_by_role("link", name=aba, exact=True).click()
        expect(pagina.locator("#aba")).to_contain_text(texto)
    expect(pagina).to_have_url(re.compile(r"/contratos/\d+/conexao/"))
    pagina.get_by_role("link", name=re.compile("ET-PRAIA")).click()
    expect(pagina.get_by_role("link", name=re.compile("ET-PRAIA"))).to_have_attribute("aria-current", "true")
    pagina.get_by_role("link", name="Conexão", exact=True).click()
    expect(pagina.locator("#aba")).to_contain_text("praia@ipe")
    pagina.reload()
    expect(pagina.locator("#aba")).to_contain_text("praia@ipe")
    pagina.go_back()
    # A etiqueta escolhida guardou a aba em que se estava: voltar é voltar à conexão da primeira.
    expect(pagina.locator("#aba")).to_contain_text("casa@ipe")


def test_revela_a_senha_e_ela_some_sozinha(pagina, entrar, cliente, settings):
    settings.REVELACAO_SEGUNDOS = 2
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/contratos/{cliente.contratos.get().pk}/conexao/")
    assert "senha-da-casa" not in pagina.content()
    pagina.get_by_role("button", name="Revelar a senha da conexão").click()
    expect(pagina.get_by_text("senha-da-casa")).to_be_visible()
    expect(pagina.get_by_text("senha-da-casa")).to_have_count(0)
    assert "senha-da-casa" not in pagina.content()


def test_sem_javascript_se_entra_acha_abre_e_revela(nova_pagina, entrar, cliente):
    pagina = nova_pagina(java_script_enabled=False)
    entrar(pagina, "estela", SENHA)
    pagina.locator("input[name=q]").first.fill("529.982.247-25")
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Jacira Alecrim")
    pagina.get_by_role("link", name="Conexão", exact=True).click()
    pagina.get_by_role("button", name="Revelar a senha da conexão").click()
    expect(pagina.get_by_text("senha-da-casa")).to_be_visible()


@pytest.mark.parametrize("tema", ["light", "dark"])
def test_as_paginas_nao_tem_falha_de_acessibilidade(nova_pagina, entrar, cliente, tema):
    pagina = nova_pagina(color_scheme=tema)
    pagina.goto("/entrar/")
    falhas = {"/entrar/": Axe().run(pagina).response["violations"]}
    entrar(pagina, "estela", SENHA)
    contrato = cliente.contratos.get().pk
    caminhos = [
        "/",
        "/busca/?q=jacira",
        f"/clientes/{cliente.pk}/",
        f"/contratos/{contrato}/conexao/",
        "/ajuda/",
    ]
    for caminho in [*caminhos, f"/contratos/{contrato}/servicos/", "/conta/"]:
        pagina.goto(caminho)
        pagina.wait_for_load_state("networkidle")
        falhas[caminho] = Axe().run(pagina).response["violations"]
    achadas = {c: [(v["id"], v["nodes"][0]["html"]) for v in lista] for c, lista in falhas.items() if lista}
    assert achadas == {}
