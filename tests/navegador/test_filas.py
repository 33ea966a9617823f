"""As filas, os rascunhos e a presença num navegador de verdade."""

import re
import time
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from atendimento.dominio import solicitacoes
from atendimento.models import MembroDaEquipe, Rascunho, Solicitacao
from tests import fabricas
from tests.fabricas import SENHA, criar_perfil, criar_usuario
from tests.solicitacoes.conftest import montar

ACOES = ["assumir", "retomar", "pausar", "transferir", "devolver", "assumir_por"]
SALVA_EM_SEGUNDOS = 5


@pytest.fixture
def c():
    """O cenário dos verbos, com estela e italo no N1 e iracema, que o supervisiona."""
    c = montar()
    with transaction.atomic():
        c.estela, c.italo, c.iracema = pessoa(c, "estela"), pessoa(c, "italo"), pessoa(c, "iracema", True)
    return c


def pessoa(c, username, supervisiona=False):
    capacidades = ["atender", "supervisionar"] if supervisiona else ["atender"]
    perfil = criar_perfil(capacidades=capacidades, acoes=ACOES, empresas=[c.empresa], max_em_atendimento=3)
    usuario = criar_usuario(perfil, username=username, first_name=username.title())
    for equipe in (c.n1, c.n2):
        MembroDaEquipe.objects.create(equipe=equipe, usuario=usuario)
    return usuario


def na_fila(c, quantas=1):
    return [
        fabricas.criar_solicitacao(
            por=c.ana, etiqueta=c.etiqueta, tipo=c.tipo, em=timezone.now() - timedelta(minutes=quantas - n)
        )
        for n in range(quantas)
    ]


def em_maos_de(c, usuario):
    return fabricas.criar_solicitacao(
        por=usuario, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True, equipe=c.n1
    )


def esperar(condicao, segundos):
    fim = time.monotonic() + segundos
    while not condicao():
        assert time.monotonic() < fim
        time.sleep(0.1)


def atualizar_ja(pagina):
    """A próxima atualização vem em um segundo, e não em quinze."""
    pagina.evaluate("document.querySelector('[data-atualiza]').dataset.atualiza = 1")


def test_o_teclado_filtra_percorre_e_assume(pagina, entrar, c):
    primeira, *_ = na_fila(c, 3)
    entrar(pagina, "estela", SENHA)
    pagina.goto("/filas/n1/")
    pagina.get_by_label("Situação").focus()
    pagina.keyboard.press("ArrowDown")
    expect(pagina).to_have_url(re.compile(r"\?situacao=aberta$"))
    expect(pagina.get_by_label("Situação")).to_be_focused()
    ligacoes = pagina.locator("[data-linha]")
    ligacoes.first.focus()
    for tecla, posicao in (("ArrowDown", 1), ("End", 2), ("ArrowUp", 1), ("Home", 0)):
        pagina.keyboard.press(tecla)
        expect(ligacoes.nth(posicao)).to_be_focused()
    expect(ligacoes.first).to_have_text(primeira.protocolo)
    pagina.keyboard.press("Tab")
    pagina.keyboard.press("Tab")
    expect(pagina.get_by_role("button", name=f"Assumir {primeira.protocolo}")).to_be_focused()
    pagina.keyboard.press("Enter")
    expect(pagina).to_have_url(re.compile("/clientes/"))
    primeira.refresh_from_db()
    assert primeira.responsavel == c.estela


def test_a_fila_se_atualiza_sem_perder_foco_marcas_nem_lugar(pagina, entrar, c):
    todas = na_fila(c, 30)
    entrar(pagina, "iracema", SENHA)
    pagina.goto("/filas/n1/")
    alvo = todas[20]
    pagina.locator(f"#m-{todas[18].pk}").check()
    pagina.locator(f"#p-{alvo.pk}").focus()
    pagina.mouse.move(5, 5)
    altura = pagina.evaluate("scrollY")
    assert altura > 0
    [chegou] = na_fila(c)
    atualizar_ja(pagina)
    expect(pagina.locator(f"#p-{chegou.pk}")).to_be_visible()
    expect(pagina.locator(f"#p-{alvo.pk}")).to_be_focused()
    expect(pagina.locator(f"#m-{todas[18].pk}")).to_be_checked()
    assert pagina.evaluate("scrollY") == altura
    # A linha do foco sai da fila: o foco fica na que tomou o lugar dela.
    solicitacoes.cancelar(
        alvo, por=c.sofia, versao=1, motivo=c.motivo["cancelamento"], justificativa="Aberta por engano"
    )
    atualizar_ja(pagina)
    expect(pagina.locator(f"#p-{alvo.pk}")).to_have_count(0)
    expect(pagina.locator(f"#p-{todas[21].pk}")).to_be_focused()


def test_marca_ve_a_previa_e_redistribui(pagina, entrar, c):
    na_fila(c, 2)
    em_maos_de(c, c.estela)
    entrar(pagina, "iracema", SENHA)
    pagina.goto("/filas/n1/")
    for caixa in pagina.locator("input.marcar").all():
        caixa.check()
    pagina.get_by_role("button", name="Redistribuir as marcadas").click()
    pagina.get_by_label("A agentes da equipe, que se revezam").check()
    pagina.get_by_label("Italo").check()
    pagina.get_by_label("Motivo").select_option(str(c.motivo["transferencia"].pk))
    pagina.get_by_role("button", name="Ver o que aconteceria").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("O que aconteceria")
    expect(pagina.get_by_text("Nada mudou ainda.")).to_be_visible()
    assert Solicitacao.objects.filter(responsavel=c.italo).count() == 0
    pagina.get_by_role("button", name="Confirmar a redistribuição").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Redistribuição feita")
    expect(pagina.get_by_text("Feita", exact=True)).to_have_count(3)
    assert Solicitacao.objects.filter(responsavel=c.italo).count() == 3


def test_dois_agentes_na_mesma_solicitacao_se_veem_e_a_supervisora_ve_os_dois(nova_pagina, entrar, c):
    solicitacao = em_maos_de(c, c.estela)
    url = f"/solicitacoes/{solicitacao.protocolo}/"
    de_estela, de_italo, de_iracema = nova_pagina(), nova_pagina(), nova_pagina()
    entrar(de_estela, "estela", SENHA)
    de_estela.goto(url)
    entrar(de_italo, "italo", SENHA)
    de_italo.goto(url)
    expect(de_italo.get_by_text("Estela também está aqui")).to_be_visible()
    de_italo.locator("[name=texto]").press_sequentially("Vi que")
    with de_italo.expect_response("**/presenca/**"):
        de_italo.evaluate("htmx.trigger('#presenca', 'sinal')")
    expect(de_italo.get_by_text("Estela também está aqui")).to_be_visible()
    de_estela.evaluate("htmx.trigger('#presenca', 'sinal')")
    expect(de_estela.get_by_text("Italo está escrevendo aqui")).to_be_visible()
    entrar(de_iracema, "iracema", SENHA)
    de_iracema.goto("/supervisao/")
    for nome in ("Estela", "Italo"):
        expect(de_iracema.get_by_role("row", name=re.compile(nome))).to_contain_text("Presente")


def vencer_sessoes(pagina):
    """As sessões acabam de verdade: o prazo delas passou, e o primeiro sinal de presença já foi."""
    pagina.wait_for_load_state("networkidle")
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("onde", ["ação", "relato"])
def test_o_que_se_digita_sobrevive_a_sessao_que_vence(pagina, entrar, queixas, c, onde):
    queixas.esperados.add(401)
    solicitacao = em_maos_de(c, c.estela)
    url = {
        "ação": f"/acoes/pausar/solicitacao/{solicitacao.pk}/",
        "relato": f"/solicitacoes/{solicitacao.protocolo}/",
    }[onde]
    entrar(pagina, "estela", SENHA)
    pagina.goto(url)
    campo = pagina.locator({"ação": "[name=observacao]", "relato": "[name=texto]"}[onde])
    campo.press_sequentially("O cliente vai ligar")
    esperar(Rascunho.objects.exists, SALVA_EM_SEGUNDOS)
    expect(pagina.get_by_text("Rascunho guardado")).to_be_visible()
    vencer_sessoes(pagina)
    campo.press_sequentially(" depois das 18 h")
    expect(pagina).to_have_url(re.compile("/entrar/"))
    pagina.fill("[name=login]", "estela")
    pagina.fill("[name=password]", SENHA)
    pagina.press("[name=password]", "Enter")
    expect(pagina).to_have_url(re.compile(re.escape(url)))
    expect(pagina.get_by_text("Recuperamos o que você tinha digitado")).to_be_visible()
    expect(campo).to_have_value("O cliente vai ligar depois das 18 h")
    esperar(lambda: "18 h" in str(Rascunho.objects.get().dados), SALVA_EM_SEGUNDOS)


@pytest.mark.parametrize("onde", ["ação", "relato"])
def test_o_que_se_envia_com_a_sessao_vencida_volta_depois_de_entrar(pagina, entrar, queixas, c, onde):
    queixas.esperados.add(401)
    solicitacao = em_maos_de(c, c.estela)
    url, campo, botao = {
        "ação": (f"/acoes/pausar/solicitacao/{solicitacao.pk}/", "[name=observacao]", "Pausar"),
        "relato": (f"/solicitacoes/{solicitacao.protocolo}/", "[name=texto]", "Acrescentar relato"),
    }[onde]
    entrar(pagina, "estela", SENHA)
    pagina.goto(url)
    vencer_sessoes(pagina)
    pagina.locator(campo).fill("Sinal zerado na porta")
    pagina.get_by_role("button", name=botao, exact=True).click()
    expect(pagina).to_have_url(re.compile("/entrar/"))
    pagina.fill("[name=login]", "estela")
    pagina.fill("[name=password]", SENHA)
    pagina.press("[name=password]", "Enter")
    expect(pagina).to_have_url(re.compile(re.escape(url)))
    expect(pagina.locator(campo)).to_have_value("Sinal zerado na porta")


def test_o_que_outra_pessoa_digitou_nesta_aba_nao_aparece_a_quem_entra_depois(pagina, entrar, queixas, c):
    queixas.esperados.add(401)
    solicitacao = em_maos_de(c, c.estela)
    url = f"/solicitacoes/{solicitacao.protocolo}/"
    entrar(pagina, "estela", SENHA)
    pagina.goto(url)
    vencer_sessoes(pagina)
    pagina.locator("[name=texto]").fill("segredo de estela")
    expect(pagina).to_have_url(re.compile("/entrar/"))
    pagina.fill("[name=login]", "italo")
    pagina.fill("[name=password]", SENHA)
    pagina.press("[name=password]", "Enter")
    expect(pagina.locator("[name=texto]")).to_have_value("")
    assert "segredo" not in pagina.evaluate("Object.values(sessionStorage).join()")


def test_enviar_esquece_o_rascunho_e_a_pagina_seguinte_vem_em_branco(pagina, entrar, c):
    solicitacao = em_maos_de(c, c.estela)
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/solicitacoes/{solicitacao.protocolo}/")
    pagina.locator("[name=texto]").press_sequentially("Sinal bom")
    esperar(Rascunho.objects.exists, SALVA_EM_SEGUNDOS)
    pagina.locator("[name=texto]").press_sequentially(" agora")
    pagina.get_by_role("button", name="Acrescentar relato").click()
    expect(pagina.get_by_text("Relato acrescentado.")).to_be_visible()
    expect(pagina.locator("[name=texto]")).to_have_value("")
    assert not Rascunho.objects.exists()


def test_sem_javascript_se_filtra_assume_e_redistribui(nova_pagina, entrar, c):
    na_fila(c, 2)
    em_maos_de(c, c.estela)
    pagina = nova_pagina(java_script_enabled=False)
    entrar(pagina, "iracema", SENHA)
    pagina.get_by_role("link", name="Atendimento N1").click()
    pagina.get_by_label("Situação").select_option("aberta")
    pagina.get_by_role("button", name="Filtrar").click()
    expect(pagina.get_by_role("heading", level=2)).to_have_text("2 solicitações")
    pagina.get_by_role("link", name="Supervisão").click()
    pagina.get_by_role("link", name=re.compile("Redistribuir as de Estela")).click()
    pagina.get_by_label("De volta à fila da equipe").check()
    pagina.get_by_label("Motivo").select_option(str(c.motivo["devolucao"].pk))
    pagina.get_by_role("button", name="Ver o que aconteceria").click()
    pagina.get_by_role("button", name="Confirmar a redistribuição").click()
    expect(pagina.get_by_text("Devolvida à fila")).to_be_visible()
    pagina.goto("/filas/n1/")
    pagina.get_by_role("button", name=re.compile("Assumir")).first.click()
    expect(pagina).to_have_url(re.compile("/clientes/"))


@pytest.mark.parametrize("tema", ["light", "dark"])
@pytest.mark.parametrize("largura", [1366, 390])
def test_as_paginas_nao_tem_barreira_de_acesso(nova_pagina, entrar, c, tema, largura):
    na_fila(c, 3)
    em_maos_de(c, c.iracema)
    s = em_maos_de(c, c.estela)
    solicitacoes.pausar(s, por=c.estela, versao=1, motivo=c.motivo["pausa"])
    pagina = nova_pagina(color_scheme=tema, viewport={"width": largura, "height": 768})
    entrar(pagina, "iracema", SENHA)
    for caminho in (
        "/",
        "/filas/",
        "/filas/n1/?prazo=vencida",
        "/supervisao/",
        f"/supervisao/redistribuir/?agente={c.estela.pk}",
        f"/acoes/assumir_por/solicitacao/{Solicitacao.objects.na_fila().first().pk}/",
        "/ajuda/filas/",
        "/ajuda/supervisao/",
        "/ajuda/minhas-tarefas/",
    ):
        pagina.goto(caminho)
        achadas = Axe().run(pagina).response["violations"]
        assert [(v["id"], no["html"][:120]) for v in achadas for no in v["nodes"]] == [], caminho
        assert pagina.evaluate("document.documentElement.scrollWidth") <= largura, caminho
