"""Um atendimento inteiro num navegador de verdade: só com o teclado, e sem JavaScript."""

import re
from datetime import date
from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.db import transaction
from playwright.sync_api import Page, expect

from atendimento.dominio import solicitacoes
from atendimento.models import MembroDaEquipe, Solicitacao
from tests.fabricas import (
    SENHA,
    criar_cliente,
    criar_contrato,
    criar_empresa,
    criar_equipe,
    criar_etiqueta,
    criar_motivo,
    criar_perfil,
    criar_prazo,
    criar_solucao,
    criar_tipo_de_solicitacao,
    criar_usuario,
)

ACOES = (
    "iniciar", "abrir", "assumir", "pausar", "retomar", "encaminhar", "transferir", "alterar_etiqueta",
    "agendar", "retornar", "encerrar", "cancelar", "reabrir",
)  # fmt: skip
EM_TAREFAS = re.compile(r"^http://[^/]+/$")
WIDGETS = ["detalhes", "eventos", "servicos", "conexao", "contatos"]


@pytest.fixture
@transaction.atomic
def cena() -> SimpleNamespace:
    """Estela no N1, Cauã no N2, e Jacira com duas etiquetas."""
    c = SimpleNamespace()
    criar_prazo(padrao=True)
    c.empresa = criar_empresa()
    c.perfil = criar_perfil(
        capacidades=["atender", "revelar_dados"], acoes=ACOES, widgets=WIDGETS, empresas=[c.empresa]
    )
    c.estela = criar_usuario(c.perfil, username="estela", first_name="Estela", last_name="Bromélia")
    c.caua = criar_usuario(c.perfil, username="caua", first_name="Cauã", last_name="Ingá")
    c.n2 = criar_equipe(c.caua, nome="Suporte N2")
    c.n1 = criar_equipe(c.estela, nome="Atendimento N1", encaminha_para=[c.n2])
    c.cliente = criar_cliente(nome="Jacira Alecrim", documento="52998224725")
    c.contrato = criar_contrato(c.cliente, c.empresa, com_etiqueta=False)
    c.casa = criar_etiqueta(c.contrato, codigo="ET-CASA")
    c.praia = criar_etiqueta(c.contrato, codigo="ET-PRAIA")
    c.tipo = criar_tipo_de_solicitacao(nome="Sem conexão")
    c.solucao = criar_solucao(nome="Reparo na rede")
    criar_motivo("pausa", nome="Aguardando cliente", exige_retorno=True, congela_prazo=True)
    criar_motivo("encaminhamento", nome="Exige análise técnica")
    criar_motivo("reabertura", nome="Problema voltou")
    return c


def atendida(c) -> Solicitacao:
    return Solicitacao.objects.get(cliente=c.cliente)


def com_foco(pagina: Page):
    return pagina.locator(":focus")


LER_O_FOCO = """() => {
  const e = document.activeElement;
  const texto = e.labels?.[0]?.innerText || e.getAttribute("aria-label") || e.innerText || "";
  return texto.replace(/\\s+/g, " ").trim();
}"""


def teclar_ate(pagina: Page, texto: str, *, inteiro: bool = False) -> None:
    """Anda com o Tab até o elemento cujo rótulo ou texto começa por `texto`, ou é ele `inteiro`."""
    for _ in range(80):
        lido = pagina.evaluate(LER_O_FOCO)
        if lido == texto if inteiro else lido.startswith(texto):
            return
        pagina.keyboard.press("Tab")
    raise AssertionError(f"o teclado não chega a “{texto}”")


def escolher_acao(pagina: Page, filtro: str) -> None:
    """Abre a lista de ações, filtra e entra na primeira."""
    pagina.keyboard.press("a")
    expect(com_foco(pagina)).to_have_attribute("id", "filtro-de-acoes")
    pagina.keyboard.type(filtro)
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#acao #acao-titulo")).to_be_visible()
    expect(pagina.locator("#acao :focus")).to_have_count(1)


def confirmar(pagina: Page, botao: str) -> None:
    teclar_ate(pagina, botao, inteiro=True)
    pagina.keyboard.press("Enter")


def escrever(pagina: Page, rotulo: str, texto: str) -> None:
    teclar_ate(pagina, rotulo)
    pagina.keyboard.type(texto)


def buscar(pagina: Page, texto: str) -> None:
    if com_foco(pagina).get_attribute("name") != "q":
        pagina.keyboard.press("/")
    pagina.keyboard.type(texto)
    expect(pagina.locator(".busca__resultados a[data-resultado]").first).to_be_visible()
    pagina.keyboard.press("Enter")


def dia_e_mes_iguais() -> str:
    """Um dia futuro que se digita igual com o dia ou o mês na frente."""
    hoje = date.today()
    mes = hoje.month % 12 + 1
    return f"{mes:02d}{mes:02d}{hoje.year + (mes == 1)}"


def segundos(pagina: Page) -> str:
    return pagina.locator(".barra-atendimento__relogios time").first.inner_text()


def situacao(pagina: Page):
    return pagina.locator(".barra-atendimento__protocolo .selo")


def test_um_atendimento_inteiro_so_com_o_teclado(nova_pagina, entrar, cena, queixas):
    queixas.esperados.add(422)
    pagina = nova_pagina()
    entrar(pagina, "estela", SENHA)
    buscar(pagina, "jacira alecrim")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Jacira Alecrim")

    escolher_acao(pagina, "inic")
    escrever(pagina, "O que o cliente pede", "Luz vermelha na ONU.")
    confirmar(pagina, "Iniciar atendimento")
    expect(situacao(pagina)).to_have_text("Em atendimento")
    protocolo = pagina.locator("#protocolo").inner_text()
    antes = segundos(pagina)
    expect(pagina.locator(".barra-atendimento__relogios time").first).not_to_have_text(antes)

    escolher_acao(pagina, "pausar")
    pagina.keyboard.type("Aguard")
    escrever(pagina, "Observação", "Foi olhar o roteador.")
    confirmar(pagina, "Pausar")
    expect(pagina.locator("#acao")).to_contain_text("exige a data de retorno")
    expect(pagina.get_by_label("Observação")).to_have_value("Foi olhar o roteador.")
    expect(pagina.get_by_label("Retorna em")).to_be_focused()
    pagina.keyboard.type(dia_e_mes_iguais())
    pagina.keyboard.press("Tab")
    pagina.keyboard.type("1000AM")
    confirmar(pagina, "Pausar")
    expect(situacao(pagina)).to_have_text("Pausada")
    expect(pagina.locator(".barra-atendimento")).to_contain_text("congelado")

    escolher_acao(pagina, "retomar")
    confirmar(pagina, "Retomar")
    expect(situacao(pagina)).to_have_text("Em atendimento")

    escolher_acao(pagina, "alterar etiqueta")
    pagina.keyboard.type("ET-PRAIA")
    escrever(pagina, "Justificativa", "O cliente fala da casa da praia.")
    confirmar(pagina, "Alterar etiqueta")
    expect(pagina.get_by_role("link", name=re.compile("ET-PRAIA"))).to_have_attribute("aria-current", "true")

    escolher_acao(pagina, "encaminhar")
    pagina.keyboard.type("Suporte")
    teclar_ate(pagina, "Motivo")
    pagina.keyboard.type("Exige")
    teclar_ate(pagina, "Tipo de solicitação")
    pagina.keyboard.type("Sem con")
    escrever(pagina, "Resumo para quem recebe", "ONU sem luz; já reiniciou.")
    confirmar(pagina, "Encaminhar")
    expect(pagina).to_have_url(EM_TAREFAS)

    outra = nova_pagina()
    entrar(outra, "caua", SENHA)
    buscar(outra, protocolo)
    expect(outra).to_have_url(re.compile(f"/solicitacoes/{protocolo}/"))
    expect(outra.locator("#historia")).to_contain_text("ONU sem luz; já reiniciou.")
    teclar_ate(outra, "Assumir")
    outra.keyboard.press("Enter")
    expect(outra).to_have_url(re.compile("/acoes/assumir/"))
    confirmar(outra, "Assumir")
    expect(outra.locator(".barra-atendimento")).to_contain_text("Cauã Ingá")

    escolher_acao(outra, "encerrar")
    teclar_ate(outra, "Solução")
    outra.keyboard.type("Reparo")
    escrever(outra, "Relato", "Conector refeito na CTO.")
    confirmar(outra, "Encerrar atendimento")
    expect(outra).to_have_url(EM_TAREFAS)

    buscar(outra, protocolo)
    expect(situacao(outra)).to_have_text("Encerrada")
    teclar_ate(outra, "Reabrir")
    outra.keyboard.press("Enter")
    expect(outra.get_by_label("Motivo")).to_be_focused()
    outra.keyboard.type("Problema")
    confirmar(outra, "Reabrir")
    expect(outra.locator("#titulo-solicitacoes")).to_be_visible()
    assert [passo.transicao for passo in atendida(cena).transicoes.order_by("versao")] == [
        "iniciar", "pausar", "retomar", "alterar_etiqueta", "encaminhar", "assumir", "encerrar", "reabrir",
    ]  # fmt: skip


def iniciar(c, **campos) -> Solicitacao:
    return solicitacoes.iniciar(
        por=c.estela, etiqueta=c.casa, canal="telefone", solicitante_nome="Jacira", descricao="Sem sinal.",
        tipo=c.tipo, **campos,
    )  # fmt: skip


def test_a_segunda_aba_fica_velha_diz_quem_mudou_e_guarda_o_texto(nova_pagina, entrar, cena, queixas):
    queixas.esperados.add(409)
    s = iniciar(cena)
    pagina = nova_pagina()
    entrar(pagina, "estela", SENHA)
    segunda = pagina.context.new_page()
    queixas.escutar(segunda)
    for aba in (pagina, segunda):
        aba.goto(f"/clientes/{cena.cliente.pk}/")
        aba.get_by_role("group", name="Ícones de ação").get_by_role("link", name="Encerrar").click()
        aba.get_by_role("textbox", name="Relato").fill("Conector refeito; cliente confirmou.")
        aba.get_by_label("Solução").select_option(label="Reparo na rede")
    pagina.get_by_role("button", name="Encerrar atendimento").click()
    expect(pagina).to_have_url(EM_TAREFAS)
    segunda.get_by_role("button", name="Encerrar atendimento").click()
    expect(segunda.locator("#acao [role=alert]")).to_contain_text("Estela Bromélia: encerrar")
    expect(segunda.get_by_role("textbox", name="Relato")).to_have_value(
        "Conector refeito; cliente confirmou."
    )
    assert s.transicoes.filter(transicao="encerrar").count() == 1


def test_a_sessao_que_vence_no_meio_do_texto_devolve_o_texto_depois_de_entrar(pagina, entrar, cena, queixas):
    queixas.esperados.add(401)
    s = iniciar(cena)
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente.pk}/")
    escolher_acao(pagina, "encaminhar")
    resumo = pagina.get_by_label("Resumo para quem recebe")
    resumo.press_sequentially("ONU sem luz; ")
    expect(pagina.locator("[data-rascunho-estado]")).to_contain_text("guardado")
    Session.objects.all().delete()
    resumo.press_sequentially("já reiniciou.")
    expect(pagina).to_have_url(re.compile("/entrar/"))
    pagina.fill("[name=login]", "estela")
    pagina.fill("[name=password]", SENHA)
    pagina.press("[name=password]", "Enter")
    expect(pagina).to_have_url(re.compile(f"/acoes/encaminhar/solicitacao/{s.pk}/"))
    expect(resumo).to_have_value("ONU sem luz; já reiniciou.")
    pagina.get_by_label("Equipe").select_option(label="Suporte N2")
    pagina.get_by_label("Motivo").select_option(label="Exige análise técnica")
    pagina.get_by_role("button", name="Encaminhar").click()
    expect(pagina).to_have_url(EM_TAREFAS)
    pagina.goto(f"/solicitacoes/{s.protocolo}/")
    expect(pagina.locator("#historia")).to_contain_text("ONU sem luz; já reiniciou.")


def test_dois_cliques_tem_um_efeito(pagina, entrar, cena):
    s = iniciar(cena)
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/acoes/encaminhar/solicitacao/{s.pk}/")
    pagina.get_by_label("Equipe").select_option(label="Suporte N2")
    pagina.get_by_label("Motivo").select_option(label="Exige análise técnica")
    pagina.get_by_label("Resumo para quem recebe").fill("ONU sem luz; já reiniciou.")
    pagina.get_by_role("button", name="Encaminhar").dblclick()
    expect(pagina).to_have_url(EM_TAREFAS)
    assert s.transicoes.filter(transicao="encaminhar").count() == 1


def test_sem_javascript_se_atende_do_comeco_ao_fim(nova_pagina, entrar, cena):
    pagina = nova_pagina(java_script_enabled=False)
    entrar(pagina, "estela", SENHA)
    pagina.locator("input[name=q]").first.fill("529.982.247-25")
    pagina.keyboard.press("Enter")
    barra = pagina.get_by_role("group", name="Ícones de ação")
    barra.get_by_role("link", name="Iniciar atendimento").first.click()
    pagina.get_by_label("O que o cliente pede").fill("Luz vermelha na ONU.")
    pagina.get_by_role("button", name="Iniciar atendimento").click()
    expect(situacao(pagina)).to_have_text("Em atendimento")
    assert re.fullmatch(r"00:00:\d\d", segundos(pagina)), "o relógio mostra o valor do servidor"

    pagina.get_by_text("Informações do cliente", exact=True).last.click()
    pagina.get_by_role("link", name="Ver as ações").click()
    pagina.get_by_role("main").get_by_role("link", name="Pausar Atendimento").click()
    pagina.get_by_label("Motivo").select_option(index=1)
    pagina.get_by_label("Retorna em").fill(f"{date.today().year + 1}-01-10T10:00")
    pagina.get_by_role("button", name="Pausar").click()
    expect(situacao(pagina)).to_have_text("Pausada")
    barra.get_by_role("link", name="Retomar atendimento").first.click()
    pagina.get_by_role("button", name="Retomar").click()
    barra.get_by_role("link", name="Alterar etiqueta de serviço").first.click()
    pagina.get_by_label("Nova etiqueta").select_option(index=1)
    pagina.get_by_label("Justificativa").fill("O cliente fala da casa da praia.")
    pagina.get_by_role("button", name="Alterar etiqueta").click()

    barra.get_by_role("link", name="Resumo da Solicitação").click()
    pagina.get_by_role("textbox", name="Relato").fill("Pediu que ligassem à tarde.")
    pagina.get_by_role("button", name="Acrescentar relato").click()
    expect(pagina.locator("#historia")).to_contain_text("Pediu que ligassem à tarde.")
    foto = {"name": "luz.png", "mimeType": "image/png", "buffer": b"\x89PNG\r\n\x1a\n0000"}
    pagina.get_by_label(re.compile("^Arquivo")).set_input_files(foto)
    pagina.get_by_role("button", name="Anexar arquivo").click()
    with pagina.expect_download() as baixado:
        pagina.locator("#historia").get_by_role("link", name="luz.png").click()
    assert baixado.value.suggested_filename == "luz.png"

    barra.get_by_role("link", name="Encerrar").first.click()
    pagina.get_by_label("Tipo de solicitação").select_option(label="Sem conexão")
    pagina.get_by_label("Solução").select_option(label="Reparo na rede")
    pagina.get_by_role("textbox", name="Relato").fill("Conector refeito.")
    pagina.get_by_role("button", name="Encerrar atendimento").click()
    assert atendida(cena).situacao == "encerrada"


def test_a_etiqueta_escolhida_mantem_a_aba_trocada_sem_recarregar(pagina, entrar, cena):
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente.pk}/")
    with pagina.expect_response(re.compile("/eventos/")):
        pagina.get_by_role("link", name="Eventos", exact=True).click()
    expect(pagina.locator("#aba")).to_contain_text("Nenhum evento")
    pagina.get_by_role("link", name=re.compile("ET-PRAIA")).click()
    expect(pagina).to_have_url(
        re.compile(rf"/contratos/{cena.contrato.pk}/eventos/\?etiqueta={cena.praia.pk}")
    )
    expect(pagina.get_by_role("link", name="Eventos", exact=True)).to_have_attribute("aria-current", "page")


def test_o_documento_digitado_na_busca_nao_fica_em_atributo_nenhum(pagina, entrar, cena):
    entrar(pagina, "estela", SENHA)
    pagina.locator("input[name=q]").first.fill("52998224725")
    expect(pagina.locator(".busca__resultados").first).to_contain_text("Jacira Alecrim")
    assert "52998224725" not in pagina.content()
    pagina.keyboard.press("Enter")
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Jacira Alecrim")


def test_a_lista_de_acoes_filtra_sem_acentos_e_anda_com_as_setas(pagina, entrar, cena):
    iniciar(cena)
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente.pk}/")
    pagina.keyboard.press("a")
    visiveis = pagina.locator(".menu-de-acoes [data-acao]:visible")
    expect(visiveis).to_have_count(len(ACOES))
    pagina.keyboard.type("servico alterar")
    expect(visiveis).to_have_count(1)
    pagina.locator("#filtro-de-acoes").fill("não há esta")
    expect(pagina.get_by_text("Nenhuma ação com este nome.")).to_be_visible()
    pagina.locator("#filtro-de-acoes").fill("")
    pagina.keyboard.press("ArrowDown")
    expect(com_foco(pagina)).to_contain_text("Iniciar atendimento")
    pagina.keyboard.press("ArrowUp")
    expect(com_foco(pagina)).to_have_attribute("id", "filtro-de-acoes")
    pagina.keyboard.press("Escape")
    expect(pagina.locator(".menu-de-acoes")).not_to_have_attribute("open", "")
    expect(com_foco(pagina)).to_contain_text("Informações do cliente")


def test_o_enter_nunca_escolhe_a_acao_que_o_digitado_esconderia(pagina, entrar, cena):
    iniciar(cena)
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente.pk}/")
    pagina.keyboard.press("a")
    expect(pagina.locator(".menu-de-acoes [data-acao]:visible")).to_have_count(len(ACOES))
    # Como quando a lista acaba de chegar: o texto já está na caixa e ainda não a filtrou.
    pagina.locator("#filtro-de-acoes").evaluate("caixa => { caixa.value = 'pausar'; }")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#acao #acao-titulo")).to_contain_text("Pausar Atendimento")


def test_o_motivo_do_icone_desligado_aparece_com_o_foco(pagina, entrar, cena):
    s = iniciar(cena)
    Solicitacao.objects.filter(pk=s.pk).update(incancelavel=True)
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente.pk}/")
    teclar_ate(pagina, "Cancelar Atendimentos")
    dica = com_foco(pagina).locator(".dica")
    expect(dica).to_contain_text("não se cancelam")
    expect(dica).to_have_css("opacity", "1")


@pytest.mark.parametrize("tema", ["light", "dark"])
def test_as_paginas_do_atendimento_nao_tem_falha_de_acessibilidade(nova_pagina, entrar, cena, tema):
    s = iniciar(cena)
    Solicitacao.objects.filter(pk=s.pk).update(incancelavel=True)
    solicitacoes.relatar(s, por=cena.estela, texto="Um relato.", visivel_ao_cliente=True)
    contato = solicitacoes.registrar_contato(
        por=cena.estela, canal="telefone", nome="Marina", assunto="Plano"
    )
    pagina = nova_pagina(color_scheme=tema)
    entrar(pagina, "estela", SENHA)
    falhas = {}
    for caminho in (
        f"/clientes/{cena.cliente.pk}/", f"/solicitacoes/{s.protocolo}/", "/contatos/",
        f"/clientes/{cena.cliente.pk}/solicitacoes/", f"/contatos/{contato.protocolo}/",
        f"/acoes/encerrar/solicitacao/{s.pk}/", f"/clientes/{cena.cliente.pk}/acoes/",
        "/ajuda/solicitacoes/", "/ajuda/contatos/",
    ):  # fmt: skip
        pagina.goto(caminho)
        pagina.wait_for_load_state("networkidle")
        if pagina.locator("[data-menu-de-acoes]").count():
            pagina.locator("[data-menu-de-acoes] > summary").click()
            expect(pagina.locator("[data-menu-de-acoes] [data-acao]").first).to_be_visible()
        falhas[caminho] = Axe().run(pagina).response["violations"]
    pagina.goto(f"/contatos/{contato.protocolo}/")
    pagina.get_by_label("Buscar cliente").last.fill("jacira")
    pagina.get_by_role("button", name="Buscar").last.click()
    expect(pagina.get_by_text("ET-PRAIA")).to_be_visible()
    falhas["contato com achados"] = Axe().run(pagina).response["violations"]
    achadas = {c: [(v["id"], v["nodes"][0]["html"]) for v in lista] for c, lista in falhas.items() if lista}
    assert achadas == {}


def test_um_contato_vira_solicitacao_no_navegador(pagina, entrar, cena):
    entrar(pagina, "estela", SENHA)
    pagina.goto("/busca/?q=ninguem")
    pagina.get_by_role("link", name="Registrar contato").click()
    pagina.get_by_label("Quem fala").fill("Marina Imbuia")
    pagina.get_by_label("Assunto").fill("Sem sinal na praia.")
    pagina.get_by_role("button", name="Registrar contato").click()
    expect(pagina.get_by_role("heading", level=1)).to_contain_text("Contato")
    pagina.get_by_label("Buscar cliente").last.fill("529.982.247-25")
    pagina.get_by_role("button", name="Buscar").last.click()
    pagina.get_by_label(re.compile("ET-PRAIA")).check()
    pagina.get_by_role("button", name="Iniciar atendimento").click()
    expect(situacao(pagina)).to_have_text("Em atendimento")
    assert atendida(cena).etiqueta == cena.praia
    assert MembroDaEquipe.objects.filter(usuario=cena.estela, equipe=atendida(cena).equipe).exists()
