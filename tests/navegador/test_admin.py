"""A administradora muda um perfil no navegador, e o agente obedece no pedido seguinte."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.urls import reverse
from playwright.sync_api import expect

from perfis.models import Acao, Widget
from tests.fabricas import SENHA, criar_contrato, criar_empresa, criar_perfil, criar_usuario

ESTREITA = {"width": 390, "height": 844}


@pytest.fixture
def catalogo():
    """Mais de 30 ações e 20 widgets, como terá o produto pronto."""
    limites = [{"nome": "dias", "rotulo": "Dias", "unidade": "dias", "padrao": 3}]
    for n in range(32):
        Acao.objects.create(
            slug=f"acao-{n}", nome=f"Ação de teste {n}", alvo="contrato", grupo=f"Grupo {n % 4}",
            limites_declarados=limites,
        )  # fmt: skip
    for n in range(20):
        Widget.objects.create(slug=f"w-{n}", nome=f"Widget de teste {n}", alvo="cliente", regiao="lateral")


@pytest.fixture
def empresa(transactional_db):
    return criar_empresa(nome="Filial Aurora")


@pytest.fixture
def agente(empresa):
    perfil = criar_perfil(name="Suporte N1", capacidades=["atender"], empresas=[empresa])
    return criar_usuario(perfil, username="nina")


@pytest.fixture
def administradora(empresa):
    return criar_usuario(capacidades=["administrar_perfis", "atender"], username="alba", is_staff=True)


def perfil_de(usuario):
    return usuario.groups.get().perfil


def endereco(usuario) -> str:
    return reverse("admin:perfis_perfil_change", args=[perfil_de(usuario).pk])


def test_o_agente_obedece_ao_perfil_mudado_no_pedido_seguinte(
    nova_pagina, entrar, agente, administradora, empresa, queixas
):
    queixas.esperados.add(403)
    with transaction.atomic():  # A etiqueta ativa é exigida no COMMIT.
        contrato = criar_contrato(empresa=empresa)
    aba = f"/contratos/{contrato.pk}/detalhes/"
    do_agente, da_administradora = nova_pagina(), nova_pagina()
    entrar(do_agente, "nina", SENHA)
    assert do_agente.goto(aba).status == 403

    entrar(da_administradora, "alba", SENHA)
    da_administradora.goto(endereco(agente))
    da_administradora.get_by_label("Detalhes", exact=True).check()
    da_administradora.get_by_role("button", name="Revisar mudanças").first.click()
    expect(da_administradora.get_by_text("Concedido: widget Detalhes")).to_be_visible()
    da_administradora.get_by_role("button", name="Salvar").click()
    expect(da_administradora.locator(".messagelist")).to_contain_text("Concedido: widget Detalhes")

    assert do_agente.goto(aba).status == 200

    da_administradora.get_by_label("Detalhes", exact=True).uncheck()
    da_administradora.get_by_role("button", name="Revisar mudanças").first.click()
    da_administradora.get_by_role("button", name="Salvar").click()
    expect(da_administradora.locator(".messagelist")).to_contain_text("Retirado: widget Detalhes")

    assert do_agente.goto(aba).status == 403


def test_so_com_o_teclado_e_sem_javascript_o_perfil_muda(nova_pagina, entrar, agente, administradora):
    pagina = nova_pagina(java_script_enabled=False)
    entrar(pagina, "alba", SENHA)
    pagina.goto(endereco(agente))

    pagina.get_by_label("Exportar dados de clientes", exact=True).focus()
    pagina.keyboard.press("Space")
    pagina.locator("#id_descricao").focus()
    # Enter num campo é o primeiro botão da página: revisar, nunca salvar.
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_text("Concedido: Exportar dados de clientes")).to_be_visible()
    pagina.get_by_role("button", name="Salvar").focus()
    pagina.keyboard.press("Enter")

    expect(pagina.locator(".messagelist")).to_contain_text("gravado")
    assert "perfis.exportar" in {f"perfis.{p.codename}" for p in perfil_de(agente).permissions.all()}


def test_filtrar_e_marcar_o_grupo_inteiro(pagina, entrar, catalogo, agente, administradora):
    entrar(pagina, "alba", SENHA)
    pagina.goto(endereco(agente))

    pagina.get_by_label("Filtrar a matriz").fill("ACAO DE TESTE 1")
    expect(pagina.get_by_label("Ação de teste 1", exact=True)).to_be_visible()
    expect(pagina.get_by_label("Ação de teste 2", exact=True)).to_be_hidden()
    pagina.get_by_label("Filtrar a matriz").fill("")
    pagina.get_by_role("button", name="Marcar todas de Grupo 0").click()

    expect(pagina.get_by_label("Ação de teste 4", exact=True)).to_be_checked()
    expect(pagina.get_by_label("Ação de teste 5", exact=True)).not_to_be_checked()


@pytest.mark.parametrize("tema", ["light", "dark"])
@pytest.mark.parametrize("tela", [None, ESTREITA], ids=["larga", "estreita"])
def test_as_paginas_do_admin_sao_acessiveis_e_cabem_na_tela(
    nova_pagina, entrar, catalogo, agente, administradora, tema, tela
):
    pagina = nova_pagina(color_scheme=tema, **({"viewport": tela} if tela else {}))
    entrar(pagina, "alba", SENHA)
    enderecos = [
        "/admin/", "/admin/perfis/perfil/", endereco(agente),
        f"/admin/perfis/perfil/ver-como/?perfil={perfil_de(agente).pk}",
        "/admin/perfis/perfil/por-que-nao/", "/admin/perfis/usuario/", "/admin/perfis/usuario/add/",
        "/admin/perfis/acao/",
    ]  # fmt: skip
    for url in enderecos:
        pagina.goto(url)
        violacoes = Axe().run(pagina).response["violations"]
        assert [(v["id"], [n["html"] for n in v["nodes"]][:3]) for v in violacoes] == [], url
        sobra = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert sobra <= 0, url
