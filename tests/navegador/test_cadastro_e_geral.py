"""As ações de Cadastro e as gerais num navegador, da ajuda e da conferência ao relato."""

from types import SimpleNamespace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from atendimento.dominio import mensagens
from atendimento.models import Macro, Mensagem, Solicitacao
from clientes.models import Contato
from tests.fabricas import (
    SENHA,
    criar_cliente,
    criar_contato,
    criar_contrato,
    criar_empresa,
    criar_equipe,
    criar_perfil,
    criar_prazo,
    criar_solicitacao,
    criar_tipo_de_solicitacao,
    criar_usuario,
)

ACOES = (
    "verificar_identidade", "atualizar_cadastro", "atendimento_padrao", "reclamacao", "informar_protocolo",
)  # fmt: skip


@pytest.fixture
@transaction.atomic
def cena() -> SimpleNamespace:
    """Estela com Jacira ao telefone; Jacira não tem contato confirmado."""
    c = SimpleNamespace()
    criar_prazo(padrao=True)
    empresa = criar_empresa()
    perfil = criar_perfil(
        capacidades=["atender"], acoes=ACOES, widgets=["detalhes", "mensagens"], empresas=[empresa]
    )
    estela = criar_usuario(perfil, username="estela", first_name="Estela")
    criar_equipe(estela)
    c.cliente = criar_cliente(nome="Jacira Alecrim")
    criar_contato(c.cliente, valor="+5554900001234")
    c.contrato = criar_contrato(c.cliente, empresa)
    c.solicitacao = criar_solicitacao(por=estela, etiqueta=c.contrato.etiquetas.get(), em_maos=True)
    c.tipo = criar_tipo_de_solicitacao(nome="Lentidão")
    c.queixa = criar_tipo_de_solicitacao(nome="Anatel", especie="reclamacao")
    Macro.objects.create(nome="Reinício", texto="Orientei {cliente} a reiniciar a ONU.")
    return c


@pytest.fixture
def estela(nova_pagina, entrar, cena) -> Page:
    pagina = nova_pagina()
    entrar(pagina, "estela", SENHA)
    return pagina


def abrir(pagina: Page, slug: str, alvo: str, objeto) -> None:
    pagina.goto(f"/acoes/{slug}/{alvo}/{objeto.pk}/")


def acessivel(pagina: Page) -> None:
    achados = Axe().run(pagina).response["violations"]
    assert [achado["id"] for achado in achados] == []


def test_o_cadastro_so_muda_depois_de_conferir_quem_fala(estela, cena, queixas):
    queixas.esperados.add(409)
    abrir(estela, "atualizar_cadastro", "contrato", cena.contrato)
    estela.get_by_role("link", name="Verificar identidade").click()
    estela.get_by_label("CPF, CNPJ ou passaporte").check()
    estela.get_by_label("Data de nascimento ou de fundação").check()
    estela.get_by_role("button", name="Registrar conferência").click()

    expect(estela.get_by_label("Nome social")).to_be_visible()
    acessivel(estela)
    estela.get_by_label("Nome social").fill("Jaci")
    estela.get_by_label("E-mail novo").fill("jaci@exemplo.net")
    estela.get_by_label("O cliente provou que os contatos novos são seus").check()
    estela.get_by_role("button", name="Avançar").click()
    estela.get_by_label("CEP").wait_for()
    estela.get_by_role("button", name="Avançar").click()

    previa = estela.get_by_role("table")
    expect(previa).to_contain_text("ja***@exemplo.net")
    acessivel(estela)
    estela.get_by_role("button", name="Atualizar cadastro").click()
    expect(estela.locator("#acao")).to_contain_text("Cadastro atualizado.")
    assert Contato.objects.get(tipo="email").confirmado_em
    cena.cliente.refresh_from_db()
    assert cena.cliente.nome_social == "Jaci"

    estela.get_by_role("link", name="Atualizar dados cadastrais").click()
    expect(estela.get_by_role("heading", level=1)).to_have_text("Atualizar dados cadastrais")
    expect(estela.get_by_text("Diga ao cliente:")).to_be_visible()


def test_o_atendimento_padrao_recebe_um_texto_pronto_no_relato(estela, cena):
    abrir(estela, "atendimento_padrao", "solicitacao", cena.solicitacao)
    estela.get_by_label("Tipo de solicitação").select_option("Lentidão")
    estela.get_by_role("button", name="Avançar").click()
    estela.get_by_label("Em andamento: fica comigo").check()
    estela.get_by_text("Textos prontos").click()
    estela.get_by_role("button", name="Inserir").click()
    relato = estela.get_by_role("textbox", name="Relato")
    expect(relato).to_have_value("Orientei Jacira Alecrim a reiniciar a ONU.")
    relato.press_sequentially(" Melhorou.")
    estela.get_by_role("button", name="Avançar").click()
    estela.get_by_role("button", name="Confirmar ação e avançar").click()

    expect(estela.locator("#acao")).to_contain_text("em andamento com você")
    ultimo = cena.solicitacao.relatos.order_by("pk").last()
    assert ultimo.texto == "Orientei Jacira Alecrim a reiniciar a ONU. Melhorou."


def test_a_reclamacao_fica_urgente(estela, cena):
    abrir(estela, "reclamacao", "solicitacao", cena.solicitacao)
    estela.get_by_label("Onde o cliente reclamou").select_option("Anatel")
    estela.get_by_label("Número no órgão").fill("2026-000123")
    estela.get_by_label("O que o cliente reclama").fill("Cobrança de serviço que não pediu.")
    acessivel(estela)
    estela.get_by_role("button", name="Avançar").click()
    expect(estela.get_by_role("table")).to_contain_text("nunca mais")
    estela.get_by_role("button", name="Registrar reclamação").click()

    expect(estela.locator("#acao")).to_contain_text("prioridade urgente")
    assert Solicitacao.objects.get().incancelavel


def test_o_protocolo_se_le_em_voz_alta_e_depois_vai_ao_contato_confirmado(nova_pagina, entrar, cena):
    """Sem JavaScript: cada passo é um formulário comum."""
    pagina = nova_pagina(java_script_enabled=False)
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/widgets/mensagens/cliente/{cena.cliente.pk}/")
    expect(pagina.locator("#widget-mensagens")).to_contain_text("A ler ao cliente")
    pagina.get_by_role("link", name="registrar leitura").click()
    pagina.get_by_label("Li o protocolo em voz alta ao cliente").check()
    pagina.get_by_role("button", name="Registrar").click()
    pagina.goto(f"/widgets/mensagens/cliente/{cena.cliente.pk}/")
    expect(pagina.locator("#widget-mensagens")).to_contain_text("Lida ao cliente")

    Contato.objects.update(confirmado_em=timezone.now())
    abrir(pagina, "informar_protocolo", "solicitacao", cena.solicitacao)
    pagina.get_by_label("SMS para (54) 9****-1234").check()
    pagina.get_by_role("button", name="Registrar").click()
    mensagens.enviar(Mensagem.objects.get(canal="sms").pk)
    pagina.goto(f"/widgets/mensagens/cliente/{cena.cliente.pk}/")
    expect(pagina.locator("#widget-mensagens")).to_contain_text("Simulada")
    expect(pagina.locator("#widget-mensagens")).to_contain_text("não saem de verdade")
