"""A moldura das páginas num navegador: conta, tema, teclado, avisos e o que se esconde."""

import re

import psycopg
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import connection, transaction
from playwright.sync_api import expect

from perfis.dominio.matriz import Matriz, permissoes_concediveis
from perfis.dominio.perfis import salvar_matriz
from perfis.models import Perfil
from tests.fabricas import (
    SENHA,
    criar_cliente,
    criar_contrato,
    criar_empresa,
    criar_perfil,
    criar_usuario,
)

CONTA = ("/conta/", "/conta/senha/", "/conta/confirmar/", "/conta/dois-fatores/", "/sair/", "/nada-aqui/")
TEMAS = ("light", "dark")


@pytest.fixture
def cliente():
    """Um cliente com contrato, e uma pessoa, otavio, que o atende e pode revelar seus dados."""
    empresa = criar_empresa()
    # O banco confere, no fim da transação, que todo contrato ativo tem etiqueta.
    with transaction.atomic():
        cliente = criar_cliente(nome="Jacira Alecrim")
        criar_contrato(cliente, empresa)
    criar_usuario(
        username="otavio",
        capacidades=["atender", "revelar_dados"],
        widgets=["detalhes", "contatos", "alertas"],
        empresas=[empresa],
    )
    return cliente


def violacoes(pagina) -> list[str]:
    achadas = Axe().run(pagina).response["violations"]
    return [f"{v['id']}: {no['html'][:120]}" for v in achadas for no in v["nodes"]]


@pytest.mark.parametrize("tema", TEMAS)
@pytest.mark.parametrize("largura", [1366, 390])
def test_a_conta_nao_tem_barreira_de_acesso(nova_pagina, entrar, queixas, tema, largura):
    queixas.esperados |= {403, 404, 422}
    criar_usuario(username="otavio")
    pagina = nova_pagina(color_scheme=tema, viewport={"width": largura, "height": 768})
    pagina.goto("/entrar/")
    assert violacoes(pagina) == []
    pagina.fill("[name=login]", "otavio")
    pagina.fill("[name=password]", "senha errada qualquer")
    pagina.press("[name=password]", "Enter")
    expect(pagina.get_by_role("alert")).to_have_text("Usuário ou senha incorretos.")
    assert violacoes(pagina) == []
    entrar_ate_a_conta(pagina, entrar)

    for caminho in CONTA:
        pagina.goto(caminho)
        assert violacoes(pagina) == [], caminho
        assert pagina.evaluate("document.documentElement.scrollWidth") <= largura, caminho


def entrar_ate_a_conta(pagina, entrar):
    # Sem perfil a página inicial recusa; a conta, não.
    entrar(pagina, "otavio", SENHA)
    pagina.goto("/conta/")


def test_o_tema_muda_na_hora_e_fica_guardado(pagina, entrar, queixas):
    queixas.esperados.add(403)
    criar_usuario(username="otavio")
    entrar_ate_a_conta(pagina, entrar)

    with pagina.expect_response("**/conta/tema/") as guardado:
        pagina.get_by_role("main").get_by_role("button", name="Escuro").click()
        expect(pagina.locator("html")).to_have_attribute("data-tema", "escuro")
    assert guardado.value.status == 204
    pagina.reload()

    expect(pagina.locator("html")).to_have_attribute("data-tema", "escuro")
    assert pagina.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_sem_javascript_se_entra_muda_o_tema_e_sai(nova_pagina, entrar, cliente):
    pagina = nova_pagina(java_script_enabled=False)
    entrar(pagina, "otavio", SENHA)
    pagina.goto("/conta/")

    pagina.get_by_role("main").get_by_role("button", name="Escuro").click()
    expect(pagina.locator("html")).to_have_attribute("data-tema", "escuro")
    pagina.locator(".topo__usuario summary").click()
    pagina.get_by_role("button", name="Sair").click()

    expect(pagina).to_have_url(re.compile("/entrar/$"))


def test_o_teclado_chega_a_busca_percorre_os_resultados_e_abre(pagina, entrar, cliente):
    entrar(pagina, "otavio", SENHA)
    pagina.goto("/conta/")

    pagina.keyboard.press("/")
    campo = pagina.get_by_role("searchbox")
    expect(campo).to_be_focused()
    pagina.keyboard.type("jacira")
    resultado = pagina.locator("[data-resultado]")
    expect(resultado).to_have_text("Jacira Alecrim")
    pagina.keyboard.press("ArrowDown")
    expect(resultado).to_be_focused()
    pagina.keyboard.press("ArrowUp")
    expect(campo).to_be_focused()
    pagina.keyboard.press("Enter")

    expect(pagina).to_have_url(re.compile(f"/clientes/{cliente.pk}/$"))


def test_esc_fecha_os_resultados_e_devolve_o_foco(pagina, entrar, cliente):
    entrar(pagina, "otavio", SENHA)
    pagina.goto("/conta/")
    pagina.keyboard.press("/")
    pagina.keyboard.type("jacira")
    expect(pagina.locator("[data-resultado]")).to_be_visible()
    pagina.keyboard.press("ArrowDown")

    pagina.keyboard.press("Escape")

    expect(pagina.locator("[data-resultado]")).to_have_count(0)
    expect(pagina.get_by_role("searchbox")).to_be_focused()


def test_continuar_a_digitar_abandona_a_busca_em_curso_e_so_a_ultima_aparece(
    pagina, entrar, cliente, queixas
):
    entrar(pagina, "otavio", SENHA)
    pagina.goto("/conta/")
    pagina.keyboard.press("/")
    abandonadas = []
    pagina.on(
        "requestfailed",
        lambda pedido: abandonadas.append(pedido.post_data.rpartition("q=")[2] + " " + pedido.failure),
    )

    with psycopg.connect(**connection.get_connection_params()) as outra:
        # Enquanto a tabela está trancada, a busca não responde.
        outra.execute("LOCK TABLE clientes_cliente IN ACCESS EXCLUSIVE MODE")
        with pagina.expect_request("**/busca/"):
            pagina.keyboard.type("jacir")
        with pagina.expect_request("**/busca/"):
            pagina.keyboard.type("a alecrim")
        outra.rollback()

    expect(pagina.locator("[data-resultado]")).to_have_text("Jacira Alecrim")
    assert abandonadas == ["jacir net::ERR_ABORTED"]
    # O htmx anota como erro o pedido que ele mesmo abandonou.
    queixas.lista = [queixa for queixa in queixas.lista if not queixa.startswith("console: htmx:")]


def test_enter_com_resultado_de_outro_texto_nao_abre_o_cliente_errado(pagina, entrar, cliente):
    entrar(pagina, "otavio", SENHA)
    pagina.goto("/conta/")
    pagina.keyboard.press("/")
    pagina.keyboard.type("jacira")
    expect(pagina.locator("[data-resultado]")).to_be_visible()

    # Enter antes de chegar a resposta do texto novo: vai à busca, nunca ao cliente que está na tela.
    pagina.get_by_role("searchbox").fill("manacá")
    pagina.keyboard.press("Enter")

    expect(pagina).not_to_have_url(re.compile("/conta/"))
    expect(pagina).not_to_have_url(re.compile(f"/clientes/{cliente.pk}/"))


def test_interrogacao_mostra_os_atalhos_e_eles_se_desligam(pagina, entrar, queixas):
    queixas.esperados.add(403)
    criar_usuario(username="otavio")
    entrar_ate_a_conta(pagina, entrar)
    pagina.keyboard.press("?")
    janela = pagina.get_by_role("dialog", name="Atalhos do teclado")
    expect(janela).to_be_visible()
    assert violacoes(pagina) == []
    pagina.get_by_label("Usar atalhos de uma tecla neste navegador").uncheck()
    pagina.keyboard.press("Escape")
    expect(janela).to_be_hidden()

    pagina.keyboard.press("?")

    expect(janela).to_be_hidden()


def test_um_widget_que_falha_diz_isso_no_cartao_e_tenta_de_novo(pagina, entrar, queixas, cliente):
    queixas.esperados.add(503)
    entrar(pagina, "otavio", SENHA)
    pagina.route("**/widgets/contatos/**", lambda rota: rota.fulfill(status=503, body="<h1>proxy</h1>"))
    pagina.goto(f"/clientes/{cliente.pk}/")
    cartao = pagina.locator("#widget-contatos")

    expect(cartao.get_by_role("alert")).to_contain_text("O servidor não conseguiu responder agora.")
    expect(cartao).not_to_contain_text("proxy")
    queixas.lista = [queixa for queixa in queixas.lista if not queixa.startswith("503 em")]
    pagina.unroute("**/widgets/contatos/**")
    cartao.get_by_role("button", name="Tentar de novo").click()

    expect(cartao).to_contain_text("Nenhum contato")
    expect(cartao.get_by_role("alert")).to_have_count(0)


def test_uma_recusa_fora_de_um_cartao_vira_aviso_com_a_frase_do_servidor(pagina, entrar, queixas, cliente):
    queixas.esperados.add(403)
    entrar(pagina, "otavio", SENHA)
    pagina.goto(f"/clientes/{cliente.pk}/")
    botao = pagina.get_by_role("button", name="Revelar documento")
    expect(botao).to_be_visible()
    perfil = Perfil.objects.get(user__username="otavio")
    perfil.permissions.remove(perfil.permissions.get(codename="revelar_dados"))

    botao.click()

    expect(pagina.locator("#mensagens")).to_contain_text("Seu perfil não permite")


def test_sessao_vencida_num_fragmento_leva_a_entrada_e_de_volta(pagina, entrar, queixas, cliente):
    queixas.esperados.add(401)
    entrar(pagina, "otavio", SENHA)
    pagina.goto(f"/clientes/{cliente.pk}/")
    pagina.wait_for_load_state("networkidle")
    pagina.context.clear_cookies(name="sessionid")

    pagina.get_by_role("button", name="Revelar documento").click()
    expect(pagina).to_have_url(re.compile("/entrar/\\?next="))
    pagina.fill("[name=login]", "otavio")
    pagina.fill("[name=password]", SENHA)
    pagina.press("[name=password]", "Enter")

    expect(pagina).to_have_url(re.compile(f"/clientes/{cliente.pk}/$"))


def test_depois_de_sair_voltar_nao_mostra_o_cliente_nem_o_navegador_o_guarda(pagina, entrar, cliente):
    entrar(pagina, "otavio", SENHA)
    pagina.goto(f"/clientes/{cliente.pk}/")
    expect(pagina.get_by_role("heading", name="Jacira Alecrim")).to_be_visible()
    pagina.locator(".topo__usuario summary").click()
    pagina.get_by_role("button", name="Sair").click()
    expect(pagina).to_have_url(re.compile("/entrar/$"))

    pagina.go_back()

    expect(pagina).to_have_url(re.compile("/entrar/"))
    guardado = pagina.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
    assert "Jacira" not in guardado


@pytest.mark.parametrize(("tema", "esperado"), [("claro", "light"), ("escuro", "dark")])
def test_o_admin_segue_o_tema_da_conta_e_nao_tem_barreira_de_acesso(pagina, entrar, cliente, tema, esperado):
    contrato = cliente.contratos.get()
    administracao = criar_perfil(name="Administração")
    empresas = {"contratos.atender_empresa": {contrato.empresa_id: {}}}
    salvar_matriz(administracao, Matriz(frozenset(permissoes_concediveis()), empresas), por=None)
    criar_usuario(administracao, username="chefe", is_staff=True, tema=tema)
    entrar(pagina, "chefe", SENHA)

    for caminho in (
        "/admin/",
        "/admin/clientes/cliente/",
        f"/admin/clientes/cliente/{cliente.pk}/change/",
        f"/admin/contratos/contrato/{contrato.pk}/change/",
        f"/admin/perfis/perfil/{administracao.pk}/change/",
    ):
        pagina.goto(caminho)
        expect(pagina.locator("html")).to_have_attribute("data-theme", esperado)
        assert violacoes(pagina) == [], caminho
