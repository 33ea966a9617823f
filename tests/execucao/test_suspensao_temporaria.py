"""A suspensão a pedido: 30 a 120 dias, uma a cada doze meses, em dia; e a volta, certa e uma vez só.

RGC (Resolução Anatel 765/2023). Os números são os de `Parametros`.
"""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from atendimento.dominio import suspensoes
from atendimento.models import RegistroDeAuditoria
from contratos.dominio.suspensao import frase_dos_dias, impedimento_de_suspender
from contratos.enums import SituacaoDoContrato
from contratos.models import Contrato, EventoDeContrato, Eventual, Fatura, Parametros, Suspensao, TipoDeEvento
from perfis.models import ConcessaoDeAcao
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.execucao.contratual import ate_a_previa, concluir, fazer, retrato, ver_previa
from tests.execucao.test_concorrencia import ao_mesmo_tempo, entrar
from tests.fabricas import criar_conexao, criar_contrato, criar_fatura, criar_motivo

SLUG = "suspensao_temporaria"
HOJE = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def relogio(time_machine):
    time_machine.move_to(timezone.make_aware(timezone.datetime(2026, 11, 24, 10)), tick=True)
    return time_machine


def montar():
    mesa = criar_cenario(acoes=(SLUG, "reativar"))
    criar_conexao(mesa.etiqueta)
    return mesa


@pytest.fixture
def mesa(acoes_de_teste):
    return montar()


@pytest.fixture
def agente(client, mesa):
    client.force_login(mesa.agente)
    return client


def pedido(**campos) -> dict:
    motivo = criar_motivo("suspensao", nome="Viagem")
    return {"inicio": "2026-11-24", "dias": 60, "motivo": motivo.pk, "contato": ""} | campos


def situacao() -> int:
    return Contrato.objects.get().situacao


def test_suspende_hoje_e_diz_quando_volta(agente, mesa):
    mes = criar_fatura(mesa.contrato, competencia=date(2026, 11, 1), vencimento=date(2026, 11, 28))
    execucao = ate_a_previa(agente, mesa, SLUG, pedido())
    previa = ver_previa(agente, execucao)
    assert "Suspenso hoje, por 60 dias" in previa
    assert f"Fatura {mes.numero} R$ 99,90 R$ 76,59" in previa
    assert "volta sozinho em 23/01/2027" in previa
    assert "a fatura de 01/2027 sai por R$ 29,00" in previa

    concluir(agente, execucao)

    suspensao = Suspensao.objects.get()
    assert (suspensao.inicio, suspensao.volta_em, suspensao.iniciada) == (HOJE, date(2027, 1, 23), True)
    assert situacao() == SituacaoDoContrato.SUSPENSO
    assert mesa.etiqueta.conexoes.get().status == 2
    assert list(Fatura.objects.filter(situacao="aberta").values_list("valor", "vencimento")) == [
        (Decimal("76.59"), date(2026, 11, 28))
    ]
    assert EventoDeContrato.objects.get().tipo.codigo == "suspensao-inicio"
    assert mesa.solicitacao.relatos.filter(transicao=None).count() == 1


def test_o_que_ja_se_pagou_vira_credito_na_volta(agente, mesa):
    criar_fatura(
        mesa.contrato, competencia=date(2026, 11, 1), vencimento=date(2026, 11, 10), situacao="paga",
        pago_em=date(2026, 11, 9), valor_pago=Decimal("99.90"),
    )  # fmt: skip
    fazer(agente, mesa, SLUG, pedido())
    credito = Eventual.objects.get()
    assert (credito.tipo, credito.valor, credito.competencia) == (
        "desconto", Decimal("23.31"), date(2027, 1, 1),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("norma", "mudar", "frase"),
    [
        ("adimplente", {"fatura": 1}, "exige estar em dia"),
        ("uma a cada 12 meses", {"ha": 364}, "uma vez a cada 12 meses"),
        ("uma a cada 12 meses: no dia", {"ha": 365}, None),
        ("só a normal", {"situacao": SituacaoDoContrato.CORTESIA}, "situação Normal"),
        ("contestada não conta", {"fatura": 1, "contestada": True}, None),
        ("parâmetro muda o resultado", {"ha": 200, "intervalo": 6}, None),
        ("não há duas abertas", {"marcada": 1}, "Já há uma suspensão marcada"),
    ],
    ids=lambda v: v if isinstance(v, str) else "",
)
@pytest.mark.django_db
def test_a_norma_como_tabela(norma, mudar, frase):
    contrato = criar_contrato(situacao=mudar.get("situacao", SituacaoDoContrato.NORMAL))
    if "fatura" in mudar:
        criar_fatura(contrato, vencimento=HOJE - timedelta(1), contestada=mudar.get("contestada", False))
    if "ha" in mudar:
        EventoDeContrato.objects.create(
            contrato=contrato, tipo=TipoDeEvento.objects.get(codigo="suspensao-inicio"), descricao="x",
            ocorrido_em=timezone.now() - timedelta(mudar["ha"]),
        )  # fmt: skip
    if "intervalo" in mudar:
        Parametros.objects.update_or_create(pk=1, defaults={"suspensao_intervalo_meses": mudar["intervalo"]})
    if "marcada" in mudar:
        contrato.suspensoes.create(inicio=HOJE + timedelta(3), volta_em=HOJE + timedelta(40), motivo="x")
    dita = impedimento_de_suspender(contrato, HOJE)
    assert (dita is None) if frase is None else (frase in dita)


@pytest.mark.parametrize(("dias", "cabe"), [(29, False), (30, True), (120, True), (121, False)])
@pytest.mark.django_db
def test_de_30_a_120_dias(dias, cabe):
    assert (frase_dos_dias(dias) is None) == cabe


@pytest.mark.django_db
def test_o_provedor_pode_ser_mais_generoso():
    Parametros.objects.update_or_create(
        pk=1, defaults={"suspensao_minima_dias": 15, "suspensao_maxima_dias": 180}
    )
    assert frase_dos_dias(15) is None
    assert frase_dos_dias(180) is None
    assert "de 15 a 180 dias" in frase_dos_dias(14)


@pytest.mark.parametrize(
    "ruim",
    [{"dias": 29}, {"dias": 121}, {"dias": "abc"}, {"dias": -1}, {"dias": ""}, {"inicio": "2026-11-23"},
     {"inicio": "2027-11-23"}, {"inicio": "31/02/2027"}, {"motivo": 10**12}],
    ids=str,
)  # fmt: skip
def test_pedido_ruim_e_422_e_nada_muda(agente, mesa, ruim):
    corpo = pedido(**ruim)
    antes = retrato()
    assert comecar(agente, mesa, SLUG, **corpo).status_code == 422
    assert retrato() == antes


def test_devedor_le_por_que_nao(agente, mesa):
    criar_fatura(mesa.contrato)
    antes = retrato()
    resposta = comecar(agente, mesa, SLUG, **pedido())
    assert resposta.status_code == 409
    assert "exige estar em dia" in texto_de(resposta)
    assert retrato() == antes


def test_sem_a_acao_e_403(agente, mesa):
    ConcessaoDeAcao.objects.filter(content_object__slug=SLUG).delete()
    assert comecar(agente, mesa, SLUG, **pedido()).status_code == 403


def test_o_contrato_que_mudou_no_meio_e_409(agente, mesa):
    execucao = ate_a_previa(agente, mesa, SLUG, pedido())
    velha = mesa.contrato.versao
    Contrato.objects.filter(pk=mesa.contrato.pk).update(dia_vencimento=25)
    assert enviar(agente, execucao, "execucao_concluir", versao_do_alvo=velha).status_code == 409
    assert not Suspensao.objects.exists()


def test_volta_sozinha_no_dia_e_uma_vez_mesmo_depois_de_tres_dias_parado(agente, mesa):
    fazer(agente, mesa, SLUG, pedido(dias=30))
    assert suspensoes.cumprir(date(2026, 12, 23)) == 0
    assert situacao() == SituacaoDoContrato.SUSPENSO

    assert [suspensoes.cumprir(date(2026, 12, 27)) for _ in range(3)] == [1, 0, 0]

    assert situacao() == SituacaoDoContrato.NORMAL
    assert Suspensao.objects.get().fim == date(2026, 12, 24)
    assert mesa.etiqueta.conexoes.get().status == 1
    assert EventoDeContrato.objects.filter(tipo__codigo="suspensao-fim").count() == 1
    assert RegistroDeAuditoria.objects.filter(acao="contrato.suspensao").get().usuario is None


def test_a_marcada_comeca_no_dia_e_acerta_as_faturas(agente, mesa):
    fazer(agente, mesa, SLUG, pedido(inicio="2026-12-01", dias=30))
    assert situacao() == SituacaoDoContrato.NORMAL
    assert EventoDeContrato.objects.get().tipo.codigo == "suspensao-marcada"
    criar_fatura(mesa.contrato, competencia=date(2026, 12, 1), vencimento=date(2026, 12, 10))

    assert suspensoes.cumprir(date(2026, 11, 30)) == 0
    assert suspensoes.cumprir(date(2026, 12, 3)) == 1

    assert situacao() == SituacaoDoContrato.SUSPENSO
    assert Fatura.objects.get(situacao="aberta").valor == Decimal("3.22")  # 31/12: um dia de 31
    assert suspensoes.cumprir(date(2027, 1, 1)) == 1
    assert situacao() == SituacaoDoContrato.NORMAL


def test_parado_a_suspensao_inteira_comeca_e_acaba_de_uma_vez(agente, mesa):
    fazer(agente, mesa, SLUG, pedido(inicio="2026-12-01", dias=30))
    assert suspensoes.cumprir(date(2027, 3, 1)) == 1
    assert situacao() == SituacaoDoContrato.NORMAL
    assert Suspensao.objects.get().fim == date(2026, 12, 31)
    tipos = set(EventoDeContrato.objects.values_list("tipo__codigo", flat=True))
    assert tipos == {"suspensao-marcada", "suspensao-inicio", "suspensao-fim"}


def test_a_marcada_nao_comeca_em_contrato_que_acabou(agente, mesa):
    fazer(agente, mesa, SLUG, pedido(inicio="2026-12-01", dias=30))
    Contrato.objects.update(situacao=SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO)
    assert suspensoes.cumprir(date(2026, 12, 1)) == 1
    assert situacao() == SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO
    assert Suspensao.objects.get().iniciada is False


def test_voltar_antes_cobra_so_os_dias_ja_faturados(agente, mesa, relogio):
    criar_fatura(mesa.contrato, competencia=date(2026, 11, 1), vencimento=date(2026, 11, 28))
    fazer(agente, mesa, SLUG, pedido(dias=30))
    relogio.move_to(timezone.make_aware(timezone.datetime(2026, 11, 27, 10)))
    agente.force_login(mesa.agente)
    mesa.contrato.refresh_from_db()
    execucao = ate_a_previa(agente, mesa, "reativar", {"ciente": "on"})
    assert "R$ 13,32 na próxima fatura" in ver_previa(agente, execucao)  # 27 a 30/11: 4 de 30

    concluir(agente, execucao)

    assert situacao() == SituacaoDoContrato.NORMAL
    assert Suspensao.objects.get().fim == date(2026, 11, 27)
    assert list(Eventual.objects.values_list("tipo", "valor")) == [("acrescimo", Decimal("13.32"))]
    assert suspensoes.cumprir(date(2027, 1, 1)) == 0


def test_desmarcar_antes_de_comecar_nao_gasta_o_direito(agente, mesa):
    fazer(agente, mesa, SLUG, pedido(inicio="2026-12-01", dias=30))
    mesa.contrato.refresh_from_db()
    fazer(agente, mesa, "reativar", {"ciente": "on"})
    assert impedimento_de_suspender(Contrato.objects.get(), HOJE) is None
    assert suspensoes.cumprir(date(2026, 12, 5)) == 0


@pytest.mark.django_db(transaction=True)
def test_dois_trabalhadores_e_um_agente_devolvem_o_servico_uma_vez(acoes_de_teste):
    mesa = montar()
    suspensao = mesa.contrato.suspensoes.create(
        inicio=HOJE - timedelta(40), volta_em=HOJE - timedelta(3), iniciada=True, motivo="Viagem"
    )
    Contrato.objects.update(situacao=SituacaoDoContrato.SUSPENSO)
    assert entrar(mesa.agente)

    feitas = ao_mesmo_tempo(lambda n: suspensoes.cumprir(HOJE), 4)

    assert sorted(feitas) == [0, 0, 0, 1]
    suspensao.refresh_from_db()
    assert suspensao.fim == HOJE - timedelta(3)
    assert EventoDeContrato.objects.count() == 1
