"""O relógio do débito no trabalhador: na hora certa, uma vez, e também depois de dias parado."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import rotinas_de_cobranca as rotinas
from atendimento.models import Mensagem, RegistroDeAuditoria
from clientes.models import Alerta
from contratos.dominio import desbloqueio
from contratos.enums import SituacaoDoContrato as Situacao
from contratos.models import (
    Contrato,
    DesbloqueioTemporario,
    EventoDeContrato,
    Fatura,
    InformeDePagamento,
    NotificacaoDeDebito,
    Parametros,
    PropostaDeRescisao,
)
from tests.fabricas import (
    bloquear,
    criar_conexao,
    criar_contato,
    criar_contrato,
    criar_debito,
    criar_fatura,
    criar_usuario,
)

pytestmark = pytest.mark.django_db

MEIO_DIA = 12


@pytest.fixture
def contrato():
    contrato = criar_contrato()
    criar_conexao(contrato.etiquetas.get())
    return contrato


@pytest.fixture
def hoje():
    return timezone.localdate()


@pytest.fixture
def agora():
    """Meio-dia de hoje: hora de avisar, onde quer que o teste rode."""
    return timezone.localtime().replace(hour=MEIO_DIA, minute=0, second=0, microsecond=0)


def eventos(tipo) -> int:
    return EventoDeContrato.objects.filter(tipo__codigo=tipo).count()


def situacao(contrato) -> Situacao:
    return Situacao(Contrato.objects.get(pk=contrato.pk).situacao)


def status(contrato) -> int:
    return contrato.etiquetas.get().conexoes.get().status


# Suspender


def test_suspende_quem_foi_avisado_ha_15_dias_com_a_prova_no_evento(contrato):
    fatura = criar_debito(contrato, avisada_ha=15)

    assert [rotinas.suspender_por_debito() for _ in range(3)] == [1, 0, 0]

    assert situacao(contrato) == Situacao.BLOQUEIO_FINANCEIRO
    assert status(contrato) == 2
    evento = EventoDeContrato.objects.get(tipo__codigo="bloqueio-financeiro")
    assert fatura.numero in evento.descricao
    assert "aviso entregue em" in evento.descricao
    assert RegistroDeAuditoria.objects.filter(acao="contrato.suspender").count() == 1


@pytest.mark.parametrize("avisada_ha", [None, 1, 14])
def test_antes_do_prazo_ninguem_se_suspende(contrato, avisada_ha):
    criar_debito(contrato, vencida_ha=200, avisada_ha=avisada_ha)
    assert rotinas.suspender_por_debito() == 0
    assert situacao(contrato) == Situacao.NORMAL


def test_o_parametro_adia_a_suspensao(contrato):
    criar_debito(contrato, avisada_ha=16)
    Parametros.atuais()
    Parametros.objects.update(dias_do_aviso_a_suspensao=30)
    assert rotinas.suspender_por_debito() == 0


@pytest.mark.parametrize("situado", [2, 3, 5, 7, 9])
def test_so_o_contrato_normal_se_suspende(contrato, situado):
    criar_debito(contrato)
    Contrato.objects.update(situacao=situado)
    assert rotinas.suspender_por_debito() == 0
    assert situacao(contrato) == situado


def test_o_que_o_cliente_contestou_ou_disse_ter_pago_ou_nao_bloqueia_sozinho_nao_suspende(contrato):
    fatura = criar_debito(contrato)
    informe = InformeDePagamento.objects.create(
        fatura=fatura, pago_em="2026-01-01", valor=1, meio="pix",
        vale_ate=timezone.now() + timedelta(hours=1),
    )  # fmt: skip
    assert rotinas.suspender_por_debito() == 0
    informe.delete()
    Fatura.objects.update(contestada=True)
    assert rotinas.suspender_por_debito() == 0
    Fatura.objects.update(contestada=False)
    Contrato.objects.update(bloqueio_automatico=False)
    assert rotinas.suspender_por_debito() == 0
    Contrato.objects.update(bloqueio_automatico=True)
    assert rotinas.suspender_por_debito() == 1


def test_muitos_lotes_vao_ate_o_fim(contrato, monkeypatch):
    monkeypatch.setattr(rotinas, "LOTE", 2)
    contratos = [contrato, *(criar_contrato() for _ in range(4))]
    for um in contratos:
        criar_debito(um)
    assert rotinas.suspender_por_debito() == 5


# Bloquear de novo


def desbloquear(contrato, *, venceu_ha: timedelta, origem="confianca") -> DesbloqueioTemporario:
    criado = timezone.now() - venceu_ha - timedelta(days=3)
    return DesbloqueioTemporario.objects.create(
        contrato=contrato, origem=origem, dias=3, criado_em=criado, vale_ate=criado + timedelta(days=3)
    )


@pytest.mark.parametrize("parado", [timedelta(0), timedelta(days=3)])
def test_no_fim_do_desbloqueio_bloqueia_de_novo_uma_vez_mesmo_parado_tres_dias(contrato, parado):
    criar_debito(contrato, avisada_ha=40, vencida_ha=60)
    aberto = desbloquear(contrato, venceu_ha=parado)

    assert [rotinas.rebloquear_vencidos() for _ in range(3)] == [1, 0, 0]

    aberto.refresh_from_db()
    assert (aberto.desfecho, aberto.encerrado_em) == ("rebloqueado", aberto.vale_ate)
    assert situacao(contrato) == Situacao.BLOQUEIO_FINANCEIRO
    assert eventos("rebloqueio-automatico") == 1
    assert status(contrato) == 2


def test_antes_do_fim_do_desbloqueio_nada_bloqueia(contrato):
    criar_debito(contrato)
    DesbloqueioTemporario.objects.create(
        contrato=contrato, origem="confianca", dias=3, vale_ate=timezone.now() + timedelta(minutes=1)
    )
    assert (rotinas.rebloquear_vencidos(), rotinas.suspender_por_debito()) == (0, 0)
    assert situacao(contrato) == Situacao.NORMAL


def test_quem_pagou_durante_o_desbloqueio_fica_com_o_servico(contrato, hoje):
    criar_debito(contrato)
    desbloquear(contrato, venceu_ha=timedelta(hours=1))
    Fatura.objects.update(situacao="paga", pago_em=hoje, valor_pago=1)

    assert rotinas.rebloquear_vencidos() == 0

    assert DesbloqueioTemporario.objects.get().desfecho == "pago"
    assert situacao(contrato) == Situacao.NORMAL


def test_quem_cancelou_durante_o_desbloqueio_nao_se_bloqueia(contrato, hoje):
    criar_debito(contrato)
    desbloquear(contrato, venceu_ha=timedelta(hours=1))
    Contrato.objects.update(situacao=Situacao.CANCELADO, cancelado_em=hoje)
    assert rotinas.rebloquear_vencidos() == 0
    assert DesbloqueioTemporario.objects.get().desfecho == "superado"


def test_o_pagamento_informado_que_nao_se_confirma_volta_a_bloquear(contrato):
    fatura = criar_debito(contrato)
    aberto = desbloquear(contrato, venceu_ha=timedelta(days=3), origem="comprovante")
    InformeDePagamento.objects.create(
        fatura=fatura, pago_em="2026-01-01", valor=1, meio="pix", vale_ate=aberto.vale_ate
    )

    assert [rotinas.encerrar_informes() for _ in range(2)] == [1, 0]
    assert rotinas.rebloquear_vencidos() == 1

    assert InformeDePagamento.objects.get().desfecho == "nao_confirmado"
    assert situacao(contrato) == Situacao.BLOQUEIO_FINANCEIRO


# Religar


def test_a_baixa_religa_sozinha_e_uma_vez(contrato, hoje):
    criar_debito(contrato)
    bloquear(contrato)
    assert rotinas.religar_quem_pagou() == 0
    Fatura.objects.update(situacao="paga", pago_em=hoje, valor_pago=1)

    assert [rotinas.religar_quem_pagou() for _ in range(2)] == [1, 0]

    assert situacao(contrato) == Situacao.NORMAL
    assert status(contrato) == 1
    assert eventos("desbloqueio-por-pagamento") == 1


def test_quem_pagou_so_uma_das_que_bloqueiam_continua_bloqueado(contrato, hoje):
    paga = criar_debito(contrato)
    criar_debito(contrato)
    bloquear(contrato)
    Fatura.objects.filter(pk=paga.pk).update(situacao="paga", pago_em=hoje, valor_pago=1)
    assert rotinas.religar_quem_pagou() == 0


def test_o_bloqueado_que_veio_de_outro_sistema_sem_faturas_nao_se_religa():
    contrato = criar_contrato(situacao=Situacao.BLOQUEIO_FINANCEIRO, demo=True)
    criar_fatura(contrato, situacao="paga", pago_em="2026-01-01", valor_pago=1)
    assert rotinas.religar_quem_pagou() == 0
    assert situacao(contrato) == Situacao.BLOQUEIO_FINANCEIRO


# Rescindir


@pytest.mark.parametrize(("ha", "propostas"), [(59, 0), (60, 1), (63, 1)])
def test_a_rescisao_se_propoe_60_dias_depois_do_bloqueio_e_uma_vez(contrato, ha, propostas):
    criar_debito(contrato, vencida_ha=120, avisada_ha=100)
    bloquear(contrato)
    Contrato.objects.update(situacao_desde=timezone.now() - timedelta(days=ha))

    assert [rotinas.propor_rescisoes() for _ in range(2)] == [propostas, 0]

    assert PropostaDeRescisao.objects.count() == eventos("rescisao-proposta") == propostas
    assert Alerta.objects.count() == propostas
    assert situacao(contrato) == Situacao.BLOQUEIO_FINANCEIRO, "quem rescinde é gente"


# Avisar


def vencer(contrato, hoje, ha=5, **campos):
    vencimento = hoje - timedelta(days=ha)
    return criar_fatura(contrato, vencimento=vencimento, competencia=vencimento.replace(day=1), **campos)


def test_avisa_pelo_email_confirmado_com_o_que_a_norma_pede_e_uma_vez(contrato, hoje, agora):
    criar_contato(contrato.cliente, confirmado_em=agora)
    criar_contato(contrato.cliente, tipo="email", valor="jacira@exemplo.net", confirmado_em=agora)
    fatura = vencer(contrato, hoje)

    assert [rotinas.avisar_debitos(agora) for _ in range(2)] == [1, 0]

    aviso = NotificacaoDeDebito.objects.get()
    assert (aviso.fatura, aviso.canal, aviso.entregue_em) == (fatura, "email", None)
    mensagem = Mensagem.objects.get()
    assert (mensagem.tipo, mensagem.destino) == ("aviso_de_debito", "jacira@exemplo.net")
    suspensao = f"{hoje + timedelta(days=15):%d/%m/%Y}"
    for dito in (fatura.numero, "R$ 99,90", suspensao, "60 dias", "24 h"):
        assert dito in aviso.conteudo
    assert mensagem.dados["suspensao"] == suspensao
    assert eventos("notificacao-de-debito") == 1


def test_sem_contato_confirmado_fica_a_carta_e_nada_se_envia(contrato, hoje, agora):
    criar_contato(contrato.cliente)
    vencer(contrato, hoje)
    assert rotinas.avisar_debitos(agora) == 1
    assert NotificacaoDeDebito.objects.get().canal == "carta"
    assert not Mensagem.objects.exists()


@pytest.mark.parametrize("ha", [0, 1, 2])
def test_antes_dos_dias_do_parametro_nao_se_avisa(contrato, hoje, agora, ha):
    vencer(contrato, hoje, ha=ha)
    assert rotinas.avisar_debitos(agora) == 0


def test_de_madrugada_ninguem_recebe_cobranca(contrato, hoje, agora):
    vencer(contrato, hoje)
    assert rotinas.avisar_debitos(agora.replace(hour=3)) == 0
    assert rotinas.avisar_debitos(agora.replace(hour=8)) == 1


def test_o_que_se_contestou_ou_informou_pago_nao_se_avisa(contrato, hoje, agora):
    fatura = vencer(contrato, hoje)
    Fatura.objects.update(contestada=True)
    assert rotinas.avisar_debitos(agora) == 0
    Fatura.objects.update(contestada=False)
    InformeDePagamento.objects.create(
        fatura=fatura, pago_em=hoje, valor=1, meio="pix", vale_ate=agora + timedelta(days=1)
    )
    assert rotinas.avisar_debitos(agora) == 0


@pytest.mark.parametrize(
    ("feita", "demo", "prova"), [("enviada", False, 1), ("simulada", False, 0), ("simulada", True, 1)]
)
def test_a_entrega_vem_da_caixa_de_saida_e_a_simulada_so_prova_na_demonstracao(
    contrato, hoje, agora, feita, demo, prova
):
    Contrato.objects.update(demo=demo)
    criar_contato(contrato.cliente, tipo="email", valor="jacira@exemplo.net", confirmado_em=agora)
    vencer(contrato, hoje)
    rotinas.avisar_debitos(agora)
    entregue = agora + timedelta(minutes=3)

    assert rotinas.anotar_entregas() == 0
    Mensagem.objects.update(situacao=feita, entregue_em=entregue, proxima_em=None)

    assert [rotinas.anotar_entregas() for _ in range(2)] == [prova, 0]
    assert NotificacaoDeDebito.objects.get().entregue_em == (entregue if prova else None)


# Depois de três dias parado


def test_tres_dias_parado_e_a_volta_faz_cada_coisa_certa_e_uma_vez(hoje, agora):
    por_avisar, por_suspender, por_rebloquear, por_religar = (criar_contrato() for _ in range(4))
    vencer(por_avisar, hoje, ha=6)
    criar_debito(por_suspender, avisada_ha=18)
    criar_debito(por_rebloquear, avisada_ha=60, vencida_ha=80)
    desbloquear(por_rebloquear, venceu_ha=timedelta(days=3))
    paga = criar_debito(por_religar)
    bloquear(por_religar)
    Fatura.objects.filter(pk=paga.pk).update(situacao="paga", pago_em=hoje, valor_pago=1)

    for _ in range(3):
        rotinas.anotar_entregas()
        rotinas.avisar_debitos(agora)
        rotinas.religar_quem_pagou()
        rotinas.encerrar_informes()
        rotinas.rebloquear_vencidos()
        rotinas.suspender_por_debito()
        rotinas.propor_rescisoes()

    assert {c.pk: situacao(c) for c in (por_avisar, por_suspender, por_rebloquear, por_religar)} == {
        por_avisar.pk: Situacao.NORMAL,
        por_suspender.pk: Situacao.BLOQUEIO_FINANCEIRO,
        por_rebloquear.pk: Situacao.BLOQUEIO_FINANCEIRO,
        por_religar.pk: Situacao.NORMAL,
    }
    contagem = {tipo: eventos(tipo) for tipo in (
        "notificacao-de-debito", "bloqueio-financeiro", "rebloqueio-automatico", "desbloqueio-por-pagamento",
        "rescisao-proposta",
    )}  # fmt: skip
    assert contagem == {
        "notificacao-de-debito": 1,
        "bloqueio-financeiro": 1,
        "rebloqueio-automatico": 1,
        "desbloqueio-por-pagamento": 1,
        "rescisao-proposta": 0,
    }


def test_o_desbloqueio_acaba_no_fim_do_dia_do_fuso_da_instalacao(hoje):
    fim = timezone.localtime(desbloqueio.fim_do_dia(hoje))
    assert (fim.date(), fim.hour, fim.minute, fim.second) == (hoje, 23, 59, 59)


# A carta, que alguém leva ao correio


@pytest.mark.parametrize(
    ("canal", "quando", "aceita"),
    [("carta", -1, True), ("carta", 1, False), ("carta", -9, False), ("email", -1, False)],
)
def test_a_entrega_da_carta_se_anota_no_admin_uma_vez_e_nunca_no_futuro(
    client, contrato, canal, quando, aceita
):
    administrador = criar_usuario(
        capacidades=["atender"], empresas=[contrato.empresa], is_staff=True, is_superuser=True
    )
    client.force_login(administrador)
    aviso = NotificacaoDeDebito.objects.create(
        fatura=criar_fatura(contrato),
        canal=canal,
        enviada_em=timezone.now() - timedelta(days=5),
        conteudo="x",
    )
    dia = timezone.localtime() + timedelta(days=quando)
    campos = {"entregue_em_0": f"{dia:%d/%m/%Y}", "entregue_em_1": f"{dia:%H:%M:%S}"}

    client.post(reverse("admin:contratos_notificacaodedebito_change", args=[aviso.pk]), campos)

    aviso.refresh_from_db()
    assert (aviso.entregue_em is not None) is aceita
