"""As ações de cobrança num navegador de verdade: do painel à prévia, ao efeito e à ajuda."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from atendimento.popular.ficticios import linha_digitavel
from contratos import pix
from contratos.models import Acordo, Contrato, DesbloqueioTemporario, EventoDeContrato, Eventual, Fatura
from tests.execucao.cenario import Cenario, criar_cenario
from tests.fabricas import SENHA, bloquear, criar_contato, criar_debito

ACOES = (
    "segunda_via", "pix", "desbloqueio_confianca", "desbloqueio_pagamento", "informar_pagamento",
    "renegociar", "eventual", "contestar_debito",
)  # fmt: skip


@pytest.fixture
@transaction.atomic
def cena() -> Cenario:
    """Um contrato bloqueado por uma fatura de 100 reais, e o atendimento dele em mãos."""
    cena = criar_cenario(acoes=ACOES)
    empresa = cena.empresa
    empresa.pix_chave, empresa.pix_nome, empresa.pix_cidade = "pix@exemplo.net", "Conecta Ipe", "Vale do Ipe"
    empresa.save()
    vencida = timezone.localdate() - timedelta(days=40)
    linha = linha_digitavel(1, vencida, Decimal("100.00"))
    criar_debito(cena.contrato, numero="F-1", valor=Decimal("100.00"), linha_digitavel=linha)
    criar_contato(cena.cliente, tipo="email", valor="jacira@exemplo.net", confirmado_em=timezone.now())
    bloquear(cena.contrato)
    return cena


@pytest.fixture
def pagina(nova_pagina, entrar, cena) -> Page:
    pagina = nova_pagina()
    entrar(pagina, cena.agente.username, SENHA)
    pagina.goto(f"/clientes/{cena.cliente.pk}/?etiqueta={cena.etiqueta.pk}")
    return pagina


def escolher(pagina: Page, nome: str) -> None:
    """Abre a lista de ações do painel e entra na que se chama assim."""
    pagina.keyboard.press("a")
    pagina.locator("#filtro-de-acoes").fill(nome)
    pagina.keyboard.press("Enter")
    expect(pagina.locator("#acao #acao-titulo")).to_contain_text(nome)


def avancar(pagina: Page, botao: str = "Avançar") -> None:
    pagina.locator("#acao").get_by_role("button", name=botao, exact=True).click()


def concluida(pagina: Page, frase: str) -> None:
    expect(pagina.locator("#acao .aviso")).to_contain_text(frase)


def sem_falha_de_acesso(pagina: Page) -> None:
    achadas = Axe().run(pagina).response["violations"]
    assert not achadas, [(v["id"], v["nodes"][0]["html"]) for v in achadas]


def test_a_segunda_via_se_confere_se_envia_e_se_copia(pagina, cena):
    escolher(pagina, "2ª via de boleto")
    avancar(pagina)
    expect(pagina.locator("#acao")).to_contain_text("de multa e juros")
    avancar(pagina, "Enviar 2ª via")
    concluida(pagina, "2ª via na fila de envio")
    expect(pagina.locator("#entrega-1")).to_have_text(re.compile(r"^0009"))
    sem_falha_de_acesso(pagina)


def test_o_pix_mostra_o_codigo_de_hoje_e_o_qr(pagina, cena):
    escolher(pagina, "Gerar Pix")
    avancar(pagina)
    avancar(pagina, "Gerar Pix")
    concluida(pagina, "Pix gerado")
    codigo = pix.ler(pagina.locator("#entrega-1").inner_text())
    # 100,00 + 2 % (2,00) + 40 dias de 1 % ao mês (1,33).
    assert (codigo.valor, codigo.nome) == (Decimal("103.33"), "Conecta Ipe")
    imagem = pagina.get_by_alt_text("QR do Pix")
    expect(imagem).to_be_visible()
    assert imagem.evaluate("i => i.decode().then(() => i.naturalWidth > 0)")


def test_o_desbloqueio_em_confianca_com_a_ajuda_a_previa_e_a_segunda_vez_impedida(pagina, cena, queixas):
    queixas.esperados.add(409)
    escolher(pagina, "Desbloqueio em confiança")
    ajuda = pagina.locator("#acao-titulo a")
    expect(ajuda).to_have_attribute("href", "/ajuda/acoes/desbloqueio_confianca/")
    avancar(pagina)
    linha = pagina.locator("#acao tr", has_text="Situação")
    expect(linha).to_contain_text("Bloqueio Financeiro")
    expect(linha).to_contain_text("Normal")
    avancar(pagina, "Desbloquear")
    concluida(pagina, "Serviço desbloqueado até")

    assert DesbloqueioTemporario.objects.count() == 1
    assert Contrato.objects.get().situacao == 1
    pagina.goto("/ajuda/acoes/desbloqueio_confianca/")
    expect(pagina.locator("main")).to_contain_text("Diga ao cliente")
    with transaction.atomic():
        bloquear(Contrato.objects.get())
    pagina.goto(f"/acoes/desbloqueio_confianca/contrato/{cena.contrato.pk}/")
    expect(pagina.locator("#acao")).to_contain_text("já foi usado 1 de 1 vez(es)")


def test_a_renegociacao_em_tres_passos_diz_a_conta_e_fecha_o_acordo(pagina, cena, queixas):
    queixas.esperados.add(422)
    escolher(pagina, "Renegociação")
    avancar(pagina)
    pagina.get_by_label("Desconto (%)").fill("10")
    pagina.get_by_label("Entrada, em reais").fill("500,00")
    avancar(pagina)
    expect(pagina.locator("#acao")).to_contain_text("A entrada passa do total, R$ 93,00")
    pagina.get_by_label("Entrada, em reais").fill("33,00")
    avancar(pagina)
    # 103,33 − 10 % (10,33) = 93,00; sem a entrada, três de 20,00.
    expect(pagina.locator("#acao")).to_contain_text("total do acordo R$ 93,00")
    expect(pagina.locator("#acao tr", has_text="Parcela 3")).to_contain_text("R$ 20,00")
    sem_falha_de_acesso(pagina)
    avancar(pagina, "Fechar acordo")
    concluida(pagina, "fechado")

    assert Acordo.objects.get().divida == Decimal("103.33")
    assert sum(Fatura.objects.filter(parcela_de__isnull=False).values_list("valor", flat=True)) == 93
    assert Contrato.objects.get().situacao == 1
    assert EventoDeContrato.objects.get(tipo__codigo="renegociacao").protocolo == cena.solicitacao.protocolo


def test_informar_o_pagamento_e_desbloquear_com_ele(pagina, cena):
    escolher(pagina, "Informar pagamento")
    pagina.get_by_label("Por onde pagou").select_option("pix")
    avancar(pagina)
    avancar(pagina, "Registrar")
    concluida(pagina, "Pagamento informado")
    pagina.goto(f"/clientes/{cena.cliente.pk}/?etiqueta={cena.etiqueta.pk}")
    escolher(pagina, "Desbloqueio por pagamento")
    avancar(pagina)
    expect(pagina.locator("#acao")).to_contain_text("sem a baixa, o bloqueio volta")
    avancar(pagina, "Desbloquear")
    concluida(pagina, "Serviço desbloqueado")
    assert Contrato.objects.get().situacao == 1


def test_contestar_para_a_cobranca_e_libera(pagina, cena):
    escolher(pagina, "Contestação de débito")
    pagina.get_by_label("O que o cliente diz").fill("Já tinha cancelado este serviço.")
    avancar(pagina)
    expect(pagina.locator("#acao tr", has_text="Fatura F-1")).to_contain_text("Contestada")
    avancar(pagina, "Registrar contestação")
    concluida(pagina, "Contestação registrada")
    assert Fatura.objects.get().contestada
    assert Contrato.objects.get().situacao == 1


def test_o_desconto_acima_do_limite_pede_aprovacao_e_nada_lanca(pagina, cena):
    escolher(pagina, "Desconto ou ressarcimento")
    pagina.get_by_label("Motivo").select_option("cortesia")
    avancar(pagina)
    pagina.get_by_label("Desconto, em reais").fill("60,00")
    pagina.get_by_label("Justificativa").fill("Três dias de quedas.")
    avancar(pagina)
    expect(pagina.locator("#acao")).to_contain_text("Precisa de aprovação de um supervisor")
    avancar(pagina, "Pedir aprovação")
    concluida(pagina, "Aguardando aprovação")
    assert not Eventual.objects.exists()
