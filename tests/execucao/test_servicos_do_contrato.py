"""Mudar de plano e incluir ou excluir serviços: o proporcional ao centavo, na fatura certa."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from contratos.dinheiro import pro_rata
from contratos.dominio.acerto import proporcional
from contratos.dominio.periodos import dias, mes_de
from contratos.dominio.servicos import acerto_do_mes
from contratos.models import Contrato, EventoDeContrato, Eventual
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.execucao.contratual import ate_a_previa, concluir, fazer, retrato, ver_previa
from tests.execucao.test_concorrencia import ao_mesmo_tempo, entrar
from tests.fabricas import (
    criar_contrato,
    criar_fatura,
    criar_plano,
    criar_servico,
)

NOVEMBRO = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def relogio(time_machine):
    time_machine.move_to(timezone.make_aware(datetime(2026, 11, 24, 10)), tick=True)


def montar():
    mesa = criar_cenario(acoes=("mudar_plano", "alterar_servicos"))
    mesa.atual = criar_plano(codigo="FIB-400")
    mesa.maior = criar_plano(codigo="FIB-600", valor=Decimal("119.90"), fidelidade_meses=12)
    mesa.menor = criar_plano(codigo="FIB-200", valor=Decimal("79.90"))
    mesa.mesh = criar_plano(codigo="SVA-MESH", nome="Ponto mesh", tipo="sva", valor=Decimal("19.90"))
    mesa.servico = criar_servico(mesa.contrato, etiqueta=mesa.etiqueta, plano=mesa.atual)
    return mesa


@pytest.fixture
def mesa(acoes_de_teste):
    return montar()


@pytest.fixture
def agente(client, mesa):
    client.force_login(mesa.agente)
    return client


def para(mesa, plano, **aceite) -> list[dict]:
    return [{"servico": mesa.servico.pk, "plano": plano.pk}, {"aceite": "on", "contato": ""} | aceite]


def emitir(contrato, **campos):
    return criar_fatura(contrato, competencia=NOVEMBRO, vencimento=date(2026, 11, 28), **campos)


@pytest.mark.parametrize(
    ("dia", "diferenca", "emitida", "valor", "competencia"),
    [
        # Já saiu com o preço velho: acertam-se os dias de hoje em diante.
        (date(2026, 11, 24), "20.00", True, "4.67", date(2026, 12, 1)),  # 7 de 30
        (date(2026, 11, 24), "-20.00", True, "-4.67", date(2026, 12, 1)),
        (date(2026, 11, 1), "20.00", True, "20.00", date(2026, 12, 1)),
        (date(2026, 11, 30), "20.00", True, "0.67", date(2026, 12, 1)),
        (date(2024, 2, 29), "29.00", True, "1.00", date(2024, 3, 1)),  # bissexto: 1 de 29
        (date(2026, 2, 28), "28.00", True, "1.00", date(2026, 3, 1)),
        # Ainda vai sair, com o preço novo: acertam-se os dias passados.
        (date(2026, 11, 24), "20.00", False, "-15.33", date(2026, 11, 1)),  # 23 de 30
        (date(2026, 11, 1), "20.00", False, "0.00", date(2026, 11, 1)),
        (date(2026, 11, 16), "0.01", True, "0.01", date(2026, 12, 1)),  # meio centavo sobe
    ],
)  # fmt: skip
@pytest.mark.django_db
def test_o_acerto_do_mes_ao_centavo(dia, diferenca, emitida, valor, competencia):
    contrato = criar_contrato()
    if emitida:
        criar_fatura(contrato, competencia=dia.replace(day=1), vencimento=dia)
    acerto = acerto_do_mes(contrato, Decimal(diferenca), dia)
    assert (acerto.valor, acerto.competencia) == (Decimal(valor), competencia)


@given(
    st.dates(date(2023, 1, 1), date(2030, 12, 31)),
    st.decimals(Decimal("0.01"), Decimal("999.99"), places=2),
    st.decimals(Decimal("0.01"), Decimal("999.99"), places=2),
)
def test_antes_e_depois_da_troca_cobram_o_mes_inteiro(dia, velho, novo):
    """O mês pago pelo preço velho, com o acerto, difere do dia a dia no máximo pelo arredondamento."""
    mes = mes_de(dia)
    usados, faltam = dias((mes[0], dia)), dias((dia, mes[1]))
    acerto = pro_rata(novo - velho, faltam, dias(mes))
    dia_a_dia = (velho * usados + novo * faltam) / dias(mes)
    assert abs(velho + acerto - dia_a_dia) <= Decimal("0.005")
    assert proporcional(velho, usados, mes) + proporcional(velho, faltam, mes) - velho in (
        Decimal("-0.01"), Decimal("0.00"), Decimal("0.01"),
    )  # fmt: skip


def test_upgrade_mostra_o_preco_o_proporcional_e_a_fidelidade(agente, mesa):
    emitir(mesa.contrato)
    execucao = ate_a_previa(agente, mesa, "mudar_plano", *para(mesa, mesa.maior))
    previa = ver_previa(agente, execucao)
    assert "R$ 99,90 R$ 119,90" in previa
    assert "Acréscimo de R$ 4,67 na fatura de 12/2026" in previa
    assert "Fidelidade não há não muda" in previa

    concluir(agente, execucao)

    contrato = Contrato.objects.get()
    assert contrato.valor == Decimal("119.90")
    assert contrato.servicos.get(fim=None).plano == mesa.maior
    assert EventoDeContrato.objects.get().tipo.codigo == "upgrade"
    eventual = Eventual.objects.get()
    assert (eventual.tipo, eventual.valor, eventual.competencia) == (
        "acrescimo", Decimal("4.67"), date(2026, 12, 1),
    )  # fmt: skip


def test_downgrade_desconta(agente, mesa):
    emitir(mesa.contrato)
    fazer(agente, mesa, "mudar_plano", *para(mesa, mesa.menor))
    assert EventoDeContrato.objects.get().tipo.codigo == "downgrade"
    assert [(e.tipo, e.valor) for e in Eventual.objects.all()] == [("desconto", Decimal("4.67"))]


def test_a_fidelidade_so_se_renova_com_aceite_e_beneficio(agente, mesa):
    execucao = ate_a_previa(agente, mesa, "mudar_plano", *para(mesa, mesa.maior))
    sem_valor = {"nova_fidelidade": "on", "aceite": "on", "contato": ""}
    assert enviar(agente, execucao, "execucao_passo", 2, **sem_valor).status_code == 422
    com_valor = sem_valor | {"beneficio": "150,00"}
    assert enviar(agente, execucao, "execucao_passo", 2, **com_valor).status_code == 302
    concluir(agente, execucao)
    contrato = Contrato.objects.get()
    assert (contrato.fidelidade_meses, contrato.fidelidade_beneficio) == (12, Decimal("150.00"))
    assert contrato.fidelidade_inicio == date(2026, 11, 24)


def test_beneficio_acima_do_limite_pede_aprovacao(agente, mesa):
    passos = para(mesa, mesa.maior, nova_fidelidade="on", beneficio="300,01")
    assert fazer(agente, mesa, "mudar_plano", *passos).situacao == "aguardando_aprovacao"
    assert Contrato.objects.get().valor == Decimal("99.90")


def test_o_mesmo_plano_e_o_que_nao_se_vende_sao_recusados(agente, mesa):
    mesa.menor.ativo = False
    mesa.menor.save()
    antes = retrato()
    for plano in (mesa.atual, mesa.menor, mesa.mesh):
        resposta = comecar(agente, mesa, "mudar_plano", servico=mesa.servico.pk, plano=plano.pk)
        assert resposta.status_code == 422
    assert retrato() == antes


def test_incluir_e_excluir_volta_ao_preco_de_antes(agente, mesa):
    emitir(mesa.contrato)
    inclui = {"plano": mesa.mesh.pk, "quantidade": 2, "etiqueta": mesa.etiqueta.pk, "aceite": "on"}
    fazer(agente, mesa, "alterar_servicos", {"operacao": "incluir"}, inclui)
    assert Contrato.objects.get().valor == Decimal("139.70")
    mesh = mesa.contrato.servicos.get(plano=mesa.mesh)
    mesa.contrato.refresh_from_db()

    fazer(agente, mesa, "alterar_servicos", {"operacao": "excluir"}, {"servico": mesh.pk, "aceite": "on"})

    assert Contrato.objects.get().valor == Decimal("99.90")
    acertos = list(Eventual.objects.order_by("pk").values_list("tipo", "valor"))
    assert acertos == [("acrescimo", Decimal("9.29")), ("desconto", Decimal("9.29"))]
    tipos = EventoDeContrato.objects.order_by("pk").values_list("tipo__codigo", flat=True)
    assert list(tipos) == ["servico-incluido", "servico-excluido"]


def test_o_plano_de_internet_nao_se_exclui(agente, mesa):
    assert comecar(agente, mesa, "alterar_servicos", operacao="excluir").status_code == 422


@pytest.mark.parametrize("slug", ["mudar_plano", "alterar_servicos"])
def test_suspenso_nao_muda_e_diz_por_que(agente, mesa, slug):
    Contrato.objects.update(situacao=5)
    mesa.contrato.refresh_from_db()
    antes = retrato()
    resposta = (
        comecar(agente, mesa, slug, servico=mesa.servico.pk, plano=mesa.maior.pk)
        if (slug == "mudar_plano")
        else comecar(agente, mesa, slug, operacao="incluir")
    )
    assert resposta.status_code == 409
    assert "este está em Suspenso" in texto_de(resposta)
    assert retrato() == antes


@pytest.mark.django_db(transaction=True)
def test_dois_agentes_mudando_o_plano_mudam_uma_vez(acoes_de_teste):
    mesa = montar()
    navegador = entrar(mesa.agente)
    execucoes = [ate_a_previa(navegador, mesa, "mudar_plano", *para(mesa, mesa.maior)) for _ in range(3)]
    navegadores = [entrar(mesa.agente) for _ in execucoes]

    respostas = ao_mesmo_tempo(lambda n: concluir(navegadores[n], execucoes[n]), 3)

    assert sorted(r.status_code for r in respostas) == [302, 409, 409]
    assert Contrato.objects.get().valor == Decimal("119.90")
    assert EventoDeContrato.objects.count() == 1
