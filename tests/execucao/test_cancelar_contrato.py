"""Cancelar um contrato: na hora, com débito ou sem, com a multa certa e a prova enviada.

Decreto 11.034/2022, art. 15; RGC (Resolução Anatel 765/2023).
"""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from atendimento.models import Aprovacao, Mensagem, Solicitacao
from contratos.enums import SituacaoDoContrato
from contratos.models import Cancelamento, Contrato, EventoDeContrato, Eventual, Fatura, Parametros
from perfis.models import ConcessaoDeAcao
from tests.execucao.cenario import criar_cenario, criar_colega
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.execucao.contratual import ate_a_previa, concluir, fazer, retrato, ver_previa
from tests.execucao.test_concorrencia import ao_mesmo_tempo, entrar
from tests.fabricas import (
    criar_conexao,
    criar_contato,
    criar_debito,
    criar_equipamento,
    criar_fatura,
    criar_motivo,
    criar_servico,
    verificar_identidade,
)

SLUG = "cancelar_contrato"
HOJE = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def relogio(time_machine):
    time_machine.move_to(timezone.make_aware(timezone.datetime(2026, 11, 24, 10)), tick=True)


def montar():
    mesa = criar_cenario(acoes=(SLUG, "reativar"))
    Contrato.objects.filter(pk=mesa.contrato.pk).update(
        fidelidade_inicio=date(2026, 7, 25), fidelidade_meses=12, fidelidade_beneficio=Decimal("300.00")
    )
    mesa.contrato.refresh_from_db()
    criar_servico(mesa.contrato, etiqueta=mesa.etiqueta)
    criar_conexao(mesa.etiqueta)
    verificar_identidade(mesa.solicitacao)
    return mesa


@pytest.fixture
def mesa(acoes_de_teste):
    return montar()


@pytest.fixture
def agente(client, mesa):
    client.force_login(mesa.agente)
    return client


def pedido(**campos) -> dict:
    motivo = criar_motivo("cancelamento_de_contrato", nome="Preço")
    return {"motivo": motivo.pk, "pedido_em": "2026-11-24"} | campos


RECUSA = {"oferta": "recusada"}
FIM = {"retirada": "nenhuma", "contato": ""}


def test_cancela_na_hora_com_a_multa_explicada_e_a_prova(agente, mesa):
    contato = criar_contato(mesa.cliente, confirmado_em=timezone.now())
    execucao = ate_a_previa(agente, mesa, SLUG, pedido(), RECUSA, FIM | {"contato": contato.pk})

    previa = ver_previa(agente, execucao)
    concluir(agente, execucao)

    feito, contrato = Cancelamento.objects.get(), Contrato.objects.get()
    assert (feito.multa, feito.consumo, feito.credito) == (Decimal("199.73"), Decimal("76.59"), 0)
    assert feito.fatura_final.valor == Decimal("276.32")
    for dito in (
        "R$ 300,00 de benefício × 243 dias que faltam ÷ 365 dias de fidelidade",
        "R$ 99,90 × 23 de 30 dias = R$ 76,59",
        "R$ 276,32 a pagar na fatura final",
    ):
        assert dito in previa
        assert dito in feito.memoria
    assert (contrato.situacao, contrato.cancelado_em, contrato.vigencia_fim) == (
        SituacaoDoContrato.CANCELADO, HOJE, HOJE,
    )  # fmt: skip
    assert contrato.servicos.get().fim == HOJE
    assert not contrato.etiquetas.filter(ativa=True).exists()
    evento = EventoDeContrato.objects.get()
    assert (evento.tipo.codigo, evento.protocolo) == ("cancelamento-preco", mesa.solicitacao.protocolo)
    relato = mesa.solicitacao.relatos.filter(transicao=None).get()
    assert "Comprovante de cancelamento enviado" in relato.texto
    mensagem = Mensagem.objects.get(tipo="cancelamento")
    assert mensagem.dados["efeito"] == "24/11/2026"
    assert mensagem.solicitacao == mesa.solicitacao
    mesa.solicitacao.refresh_from_db()
    assert mesa.solicitacao.incancelavel


def test_a_divida_nao_impede_e_continua_devida(agente, mesa):
    debito = criar_debito(mesa.contrato, valor=Decimal("99.90"))

    fazer(agente, mesa, SLUG, pedido(), RECUSA, FIM)

    debito.refresh_from_db()
    assert debito.situacao == "aberta"
    assert Cancelamento.objects.get().debito_anterior == Decimal("99.90")
    assert Contrato.objects.get().situacao == SituacaoDoContrato.CANCELADO


def test_a_cobranca_para_no_dia_a_fatura_que_nao_venceu_se_troca(agente, mesa):
    mes = criar_fatura(mesa.contrato, competencia=date(2026, 11, 1), vencimento=date(2026, 11, 28))
    futura = criar_fatura(mesa.contrato, competencia=date(2026, 12, 1), vencimento=date(2026, 12, 28))

    fazer(agente, mesa, SLUG, pedido(), RECUSA, FIM)

    assert set(Fatura.objects.filter(situacao="cancelada")) == {mes, futura}
    final = Fatura.objects.get(situacao="aberta")
    assert (final.valor, final.vencimento) == (Decimal("276.32"), date(2026, 12, 4))


def test_o_que_se_pagou_a_mais_se_abate_da_multa(agente, mesa):
    criar_fatura(
        mesa.contrato, competencia=date(2026, 11, 1), vencimento=date(2026, 11, 10), situacao="paga",
        pago_em=date(2026, 11, 9), valor_pago=Decimal("99.90"),
    )  # fmt: skip
    fazer(agente, mesa, SLUG, pedido(), RECUSA, FIM)
    feito = Cancelamento.objects.get()
    assert (feito.multa, feito.credito) == (Decimal("199.73"), Decimal("23.31"))
    assert feito.fatura_final.valor == Decimal("176.42")


def test_o_dia_do_pedido_pode_ser_anterior_e_nunca_futuro(agente, mesa):
    motivo = pedido()
    for dia in ("2026-11-25", "2026-10-20", "2025-01-01"):
        assert comecar(agente, mesa, SLUG, **motivo | {"pedido_em": dia}).status_code == 422
    fazer(agente, mesa, SLUG, motivo | {"pedido_em": "2026-11-20"}, RECUSA, FIM)
    assert Contrato.objects.get().cancelado_em == date(2026, 11, 20)


def test_a_oferta_aceita_mantem_o_contrato_e_da_o_desconto(agente, mesa):
    Parametros.objects.update_or_create(
        pk=1, defaults={"retencao_desconto_percentual": Decimal("15.00"), "retencao_meses": 2}
    )
    execucao = ate_a_previa(agente, mesa, SLUG, pedido(), {"oferta": "aceita"}, {"contato": ""})
    assert "15 % de desconto (R$ 14,99) por 2 meses" in ver_previa(agente, execucao)

    concluir(agente, execucao)

    descontos = Eventual.objects.order_by("competencia").values_list("competencia", "tipo", "motivo", "valor")
    assert list(descontos) == [
        (date(2026, mes, 1), "desconto", "retencao", Decimal("14.99")) for mes in (11, 12)
    ]
    assert Contrato.objects.get().situacao == SituacaoDoContrato.NORMAL
    assert not Cancelamento.objects.exists()
    assert EventoDeContrato.objects.get().tipo.codigo == "eventual-lancado"


def test_a_oferta_se_dispensa_em_um_clique(agente, mesa):
    execucao = ate_a_previa(agente, mesa, SLUG, pedido())
    pagina = agente.get(reverse("execucao_passo", args=[execucao.pk, 2])).content.decode()
    marcada = re.search(r'<input[^>]*value="recusada"[^>]*>', pagina)[0]
    assert "checked" in marcada
    assert enviar(agente, execucao, "execucao_passo", 2, **RECUSA).status_code == 302


def test_descumprimento_do_provedor_dispensa_a_multa_sem_aprovacao(agente, mesa):
    motivo = criar_motivo("cancelamento_de_contrato", nome="Descumprimento do provedor", dispensa_multa=True)
    fazer(agente, mesa, SLUG, {"motivo": motivo.pk, "pedido_em": "2026-11-24"}, RECUSA, FIM)
    feito = Cancelamento.objects.get()
    assert (feito.multa, feito.multa_dispensada) == (0, Decimal("199.73"))
    assert EventoDeContrato.objects.get().tipo.codigo == "cancelamento-descumprimento"


def test_dispensar_por_cortesia_pede_aprovacao_acima_do_limite(agente, mesa):
    dispensa = {"dispensar_multa": "on", "justificativa": "Cliente antigo, sem queixas."}
    execucao = fazer(agente, mesa, SLUG, pedido(**dispensa), RECUSA, FIM)
    assert execucao.situacao == "aguardando_aprovacao"
    assert "Multa dispensada por cortesia: 199.73 reais" in Aprovacao.objects.get().motivo
    assert Contrato.objects.get().situacao == SituacaoDoContrato.NORMAL


def test_dispensar_dentro_do_limite_conclui(agente, mesa):
    ConcessaoDeAcao.objects.filter(content_object__slug=SLUG).update(limites={"dispensa": 200})
    dispensa = {"dispensar_multa": "on", "justificativa": "Cliente antigo, sem queixas."}
    assert fazer(agente, mesa, SLUG, pedido(**dispensa), RECUSA, FIM).situacao == "concluida"


def test_dispensar_sem_dizer_por_que_e_recusado(agente, mesa):
    antes = retrato()
    resposta = comecar(agente, mesa, SLUG, **pedido(dispensar_multa="on", justificativa="x"))
    assert resposta.status_code == 422
    assert "Diga por que se dispensa" in texto_de(resposta)
    assert retrato() == antes


def test_o_equipamento_tem_de_voltar_e_a_retirada_vai_a_fila(agente, mesa):
    criar_equipamento(mesa.etiqueta, patrimonio="PAT-1")
    execucao = ate_a_previa(agente, mesa, SLUG, pedido(), RECUSA)
    recusada = enviar(agente, execucao, "execucao_passo", 3, **FIM)
    assert recusada.status_code == 422
    assert "diga como ele volta" in texto_de(recusada)
    fim = {"retirada": "visita", "contato_no_local": "Portaria", "contato": ""}
    assert enviar(agente, execucao, "execucao_passo", 3, **fim).status_code == 302

    concluir(agente, execucao)

    retirada = Solicitacao.objects.exclude(pk=mesa.solicitacao.pk).get()
    assert "PAT-1" in retirada.descricao
    assert retirada.protocolo in mesa.solicitacao.relatos.filter(transicao=None).get().texto


def test_o_cancelado_nao_se_cancela_de_novo_e_nada_muda(agente, mesa):
    fazer(agente, mesa, SLUG, pedido(), RECUSA, FIM)
    antes = retrato()
    resposta = comecar(agente, mesa, SLUG, motivo=1, pedido_em="2026-11-24")
    assert resposta.status_code == 409
    assert "já foi cancelado em 24/11/2026" in texto_de(resposta)
    assert retrato() == antes


def test_concluir_duas_vezes_cancela_uma(agente, mesa):
    execucao = fazer(agente, mesa, SLUG, pedido(), RECUSA, FIM)
    assert concluir(agente, execucao).status_code == 302
    assert (Cancelamento.objects.count(), EventoDeContrato.objects.count()) == (1, 1)


def test_sem_a_acao_no_perfil_e_403_e_nada_muda(agente, mesa):
    ConcessaoDeAcao.objects.filter(content_object__slug=SLUG).delete()
    antes = retrato()
    assert comecar(agente, mesa, SLUG, **pedido()).status_code == 403
    assert retrato() == antes


def test_o_contrato_que_mudou_no_meio_e_409_e_nada_muda(agente, mesa):
    execucao = ate_a_previa(agente, mesa, SLUG, pedido(), RECUSA, FIM)
    velha = mesa.contrato.versao
    Contrato.objects.filter(pk=mesa.contrato.pk).update(dia_vencimento=25)
    antes = retrato()
    resposta = enviar(agente, execucao, "execucao_concluir", versao_do_alvo=velha)
    assert resposta.status_code == 409
    assert retrato() == antes


@pytest.mark.parametrize("ruim", ["", "abc", "99999999999999", "<script>", "\x00"])
def test_motivo_ruim_e_422_com_frase(agente, mesa, ruim):
    antes = retrato()
    resposta = comecar(agente, mesa, SLUG, motivo=ruim, pedido_em=ruim)
    assert resposta.status_code == 422
    assert retrato() == antes


def test_suspenso_nao_paga_os_dias_suspensos(agente, mesa):
    suspensao = mesa.contrato.suspensoes.create(
        inicio=date(2026, 11, 11), volta_em=date(2026, 12, 20), iniciada=True, motivo="Viagem"
    )
    Contrato.objects.filter(pk=mesa.contrato.pk).update(situacao=SituacaoDoContrato.SUSPENSO)
    mesa.contrato.refresh_from_db()
    fazer(agente, mesa, SLUG, pedido(), RECUSA, FIM)
    feito = Cancelamento.objects.get()
    suspensao.refresh_from_db()
    assert feito.consumo == Decimal("33.30")  # 10 de 30 dias
    assert feito.multa == Decimal("210.41")  # 13 dias suspensos não contam: 256 de 365
    assert suspensao.fim == HOJE


@pytest.mark.parametrize("meses", [6, 12, 24])
def test_o_teto_da_fidelidade_e_do_consumidor(agente, mesa, meses):
    Contrato.objects.filter(pk=mesa.contrato.pk).update(
        fidelidade_meses=meses, fidelidade_inicio=HOJE - timedelta(100)
    )
    mesa.contrato.refresh_from_db()
    fazer(agente, mesa, SLUG, pedido(), RECUSA, FIM)
    assert ("÷ 365 dias" in Cancelamento.objects.get().memoria) == (meses >= 12)


@pytest.mark.django_db(transaction=True)
def test_dois_agentes_cancelando_ao_mesmo_tempo_cancelam_uma_vez(acoes_de_teste):
    mesa = montar()
    motivo = pedido()
    navegador = entrar(mesa.agente)
    execucoes = [ate_a_previa(navegador, mesa, SLUG, motivo, RECUSA, FIM) for _ in range(4)]
    navegadores = [entrar(mesa.agente) for _ in execucoes]
    assert criar_colega(mesa)

    respostas = ao_mesmo_tempo(lambda n: concluir(navegadores[n], execucoes[n]), 4)

    assert sorted(r.status_code for r in respostas) == [302, 409, 409, 409]
    assert (Cancelamento.objects.count(), EventoDeContrato.objects.count()) == (1, 1)
    assert Fatura.objects.filter(numero__startswith="RES-").count() == 1


def test_reativar_desfaz_o_cancelamento_e_a_multa(agente, mesa):
    fazer(agente, mesa, SLUG, pedido(), RECUSA, FIM)
    mesa.contrato.refresh_from_db()
    execucao = ate_a_previa(agente, mesa, "reativar", {"observacao": "Arrependeu-se.", "ciente": "on"})
    assert "Sem efeito" in ver_previa(agente, execucao)

    concluir(agente, execucao)

    contrato = Contrato.objects.get()
    assert (contrato.situacao, contrato.cancelado_em) == (SituacaoDoContrato.NORMAL, None)
    assert contrato.etiquetas.filter(ativa=True).exists()
    assert contrato.servicos.get().fim is None
    assert Fatura.objects.get(numero__startswith="RES-").situacao == "cancelada"
    acerto = Eventual.objects.get()
    assert (acerto.tipo, acerto.valor) == ("acrescimo", Decimal("76.59"))


def test_passado_o_prazo_nao_se_reativa(agente, mesa):
    Contrato.objects.filter(pk=mesa.contrato.pk).update(
        situacao=SituacaoDoContrato.CANCELADO, cancelado_em=HOJE - timedelta(31)
    )
    mesa.contrato.refresh_from_db()
    resposta = comecar(agente, mesa, "reativar", ciente="on")
    assert resposta.status_code == 409
    assert "Podia ser reativado até" in texto_de(resposta)
    Parametros.objects.update_or_create(pk=1, defaults={"reativacao_dias": 31})
    assert comecar(agente, mesa, "reativar", ciente="on").status_code == 302
