"""Os cartões do painel num navegador de verdade: a massiva, o arranjo, a fonte que falha e a que volta."""

import re
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import expect

from atendimento.dominio.rede import leituras
from contratos.models import LeituraDeSessao
from perfis.models import ConcessaoDeWidget
from tests.fabricas import (
    SENHA,
    criar_cliente,
    criar_conexao,
    criar_contrato,
    criar_debito,
    criar_empresa,
    criar_equipe,
    criar_massiva,
    criar_prazo,
    criar_solicitacao,
    criar_splitter,
    criar_usuario,
)
from tests.rede.fontes_ruins import FonteTcp
from tests.rede.mundo import criar_concentrador_radius, encurtar_prazo, sem_laco

CARTOES = ["avisos", "alertas", "situacao", "faturas", "plano", "sinal"]


@pytest.fixture
def cena():
    """Jacira, com um débito, numa caixa em massiva, atendida por Estela."""
    with transaction.atomic():
        criar_prazo(padrao=True)
        empresa = criar_empresa()
        estela = criar_usuario(
            username="estela",
            capacidades=["atender"],
            acoes=["vincular_massiva", "segunda_via"],
            widgets=["detalhes", "conexao", *CARTOES],
            empresas=[empresa],
        )
        ConcessaoDeWidget.objects.filter(content_object__slug__in=["avisos", "plano"]).update(recolhido=True)
        criar_equipe(estela)
        contrato = criar_contrato(criar_cliente(nome="Jacira Alecrim"), empresa)
        criar_debito(contrato)
        caixa = criar_splitter()
        criar_conexao(contrato.etiquetas.get(), splitter=caixa, login="jacira@ipe")
        criar_solicitacao(por=estela, etiqueta=contrato.etiquetas.get(), em_maos=True)
    criar_massiva(splitter=caixa, titulo="Rompimento na CTO", texto="Equipe no local.")
    return contrato


def ordem(pagina) -> list[str]:
    return pagina.eval_on_selector_all(
        ".painel__widgets > .cartao", "cartoes => cartoes.map(c => c.id.replace('widget-', ''))"
    )


def test_a_massiva_vem_antes_de_tudo_e_o_atendimento_se_vincula(pagina, entrar, cena):
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente_id}/")
    faixa = pagina.get_by_role("status", name="Massiva")
    expect(faixa).to_contain_text("Rompimento na CTO")
    assert faixa.bounding_box()["y"] < pagina.locator(".barra-atendimento").bounding_box()["y"]
    cartao = pagina.locator("#widget-avisos")
    expect(cartao).to_contain_text("Equipe no local.")
    cartao.get_by_role("link", name="Vincular à massiva").click()
    pagina.locator("#acao").get_by_role("button", name="Vincular").click()
    expect(pagina.locator("#widget-avisos")).to_contain_text("Vinculada")
    assert Axe().run(pagina).response["violations"] == []


def test_o_arranjo_fica_depois_de_recarregar_e_de_entrar_de_novo(pagina, entrar, cena):
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente_id}/")
    expect(pagina.locator("#widget-faturas")).to_contain_text("em 1 fatura")
    plano = pagina.locator("#widget-plano")
    expect(plano.locator(".cartao__corpo")).to_be_hidden()
    # Abrir o recolhido, pelo teclado, lê o cartão e guarda; recolher outro também.
    plano.get_by_role("button").focus()
    pagina.keyboard.press("Enter")
    expect(plano).to_contain_text("Nenhum serviço vigente")
    with pagina.expect_response("**/painel/arranjo/"):
        pagina.locator("#widget-situacao").get_by_role("button", name=re.compile("^Mostrar")).click()
    pagina.get_by_role("link", name="Arrumar o painel").click()
    direita = pagina.locator("section[aria-labelledby=coluna-direita] .lista__principal")
    for posicao in (2, 1):
        pagina.get_by_role("button", name="Subir Faturas em aberto").click()
        expect(direita.nth(posicao)).to_contain_text("Faturas em aberto")
    expect(pagina.locator("#subir-faturas")).to_be_focused()
    pagina.get_by_role("link", name="Concluir").click()
    arrumada = ["avisos", "faturas", "alertas", "situacao", "plano", "sinal"]

    def conferir():
        expect(pagina.locator("#widget-plano")).to_contain_text("Nenhum serviço vigente")
        expect(pagina.locator("#widget-situacao .cartao__corpo")).to_be_hidden()
        assert ordem(pagina) == arrumada

    conferir()
    pagina.reload()
    conferir()
    pagina.context.clear_cookies()
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente_id}/")
    conferir()


def test_um_cartao_que_falha_nao_leva_os_outros_e_tenta_de_novo(pagina, entrar, cena, queixas):
    queixas.esperados.add(503)
    pagina.route("**/widgets/situacao/**", lambda rota: rota.fulfill(status=503, body="<h1>proxy</h1>"))
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/clientes/{cena.cliente_id}/")
    expect(pagina.locator("#widget-faturas")).to_contain_text("em 1 fatura")
    situacao = pagina.locator("#widget-situacao")
    expect(situacao.get_by_role("alert")).to_be_visible()
    queixas.lista = [queixa for queixa in queixas.lista if not queixa.startswith("503 em")]
    pagina.unroute("**/widgets/situacao/**")
    situacao.get_by_role("button", name="Tentar de novo").click()
    expect(situacao.get_by_role("img", name=re.compile("Relógio legal"))).to_be_visible()


def test_o_equipamento_morto_custa_uma_frase_e_o_painel_segue(pagina, entrar, cena, monkeypatch):
    conexao = cena.etiquetas.get().conexoes.get()
    encurtar_prazo(monkeypatch)
    with FonteTcp("dorme") as morto:
        conexao.concentrador = criar_concentrador_radius(morto.porta)
        conexao.save()
        with sem_laco():
            leituras.ler_sessao(conexao.pk)
        entrar(pagina, "estela", SENHA)
        pagina.goto(f"/contratos/{cena.pk}/conexao/")
        aba = pagina.locator("#aba")
        expect(aba.get_by_text("Sem resposta agora")).to_have_count(1)
        expect(aba).to_contain_text("jacira@ipe")
        expect(pagina.locator("#widget-faturas")).to_contain_text("em 1 fatura")
        with pagina.expect_response("**/leituras/conexao/**") as pedida:
            aba.get_by_role("button", name="Tentar de novo").click()
        assert pedida.value.status == 200
        # A tela não espera o equipamento: já se pode ir a outra aba.
        pagina.get_by_role("link", name="Detalhes").click()
        expect(aba).to_contain_text("Dia de vencimento")


def test_a_sessao_que_caiu_e_voltou_se_ve_na_aba(pagina, entrar, cena):
    conexao = cena.etiquetas.get().conexoes.get()
    agora = timezone.now()
    leitura = LeituraDeSessao.objects.create(
        conexao=conexao, online=False, desde=agora - timedelta(minutes=5), lida_em=agora
    )
    entrar(pagina, "estela", SENHA)
    pagina.goto(f"/contratos/{cena.pk}/conexao/")
    expect(pagina.locator("#aba")).to_contain_text("Offline")
    leitura.online, leitura.desde, leitura.lida_em = True, timezone.now(), timezone.now()
    leitura.save()
    pagina.reload()
    expect(pagina.locator("#aba")).to_contain_text("Online")
