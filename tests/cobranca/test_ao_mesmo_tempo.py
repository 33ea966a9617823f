"""Dois agentes, ou um agente e o trabalhador, sobre o mesmo contrato: um efeito só."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import rotinas_de_cobranca as rotinas
from atendimento.models import Execucao
from contratos.models import (
    Acordo,
    Contestacao,
    Contrato,
    DesbloqueioTemporario,
    EventoDeContrato,
    Eventual,
    Fatura,
)
from tests.execucao.cenario import criar_cenario, criar_colega
from tests.execucao.conftest import acoes_de_teste, comecar, enviar  # noqa: F401
from tests.execucao.test_concorrencia import ao_mesmo_tempo, entrar
from tests.fabricas import bloquear, criar_debito, criar_solicitacao

pytestmark = pytest.mark.django_db(transaction=True)

QUANTOS = 4
ACOES = ("desbloqueio_confianca", "renegociar", "contestar_debito", "alterar_vencimento", "eventual")


@pytest.fixture
def mesa(acoes_de_teste):  # noqa: F811
    """Um contrato bloqueado e tantos agentes quantos correm, cada um com o seu atendimento."""
    cenario = criar_cenario(acoes=ACOES)
    with transaction.atomic():
        cenario.agentes = [cenario.agente]
        for _ in range(QUANTOS - 1):
            colega = criar_colega(cenario)
            criar_solicitacao(por=colega, etiqueta=cenario.etiqueta, em_maos=True, equipe=cenario.equipe)
            cenario.agentes.append(colega)
    return cenario


def bloqueado(mesa):
    criar_debito(mesa.contrato, valor=Decimal("100.00"))
    bloquear(mesa.contrato)


def na_previa(mesa, agente, slug, *passos):
    """A execução de `slug` pronta a concluir, no navegador do agente."""
    navegador, chave = entrar(agente), uuid4()
    mesa.contrato.refresh_from_db()
    primeiro, *outros = passos
    resposta = comecar(navegador, mesa, slug, mesa.contrato, chave=chave, **primeiro)
    assert resposta.status_code == 302, resposta.content.decode()[-2000:]
    execucao = Execucao.objects.select_related("contrato").get(pk=chave)
    for numero, campos in enumerate(outros, 2):
        assert enviar(navegador, execucao, "execucao_passo", numero, **campos).status_code == 302
    execucao.refresh_from_db()
    campos = {"versao": execucao.versao, "versao_do_alvo": mesa.contrato.versao}
    return lambda: navegador.post(reverse("execucao_concluir", args=[execucao.pk]), campos)


def todos_concluem(mesa, slug, *passos) -> list[int]:
    concluir = [na_previa(mesa, agente, slug, *passos) for agente in mesa.agentes]
    respostas = ao_mesmo_tempo(lambda n: concluir[n](), QUANTOS)
    return sorted(resposta.status_code for resposta in respostas)


UM_SO = [302] + [409] * (QUANTOS - 1)


def eventos(tipo) -> int:
    return EventoDeContrato.objects.filter(tipo__codigo=tipo).count()


def test_dois_desbloqueios_em_confianca_ao_mesmo_tempo_sao_um(mesa):
    bloqueado(mesa)
    hoje = timezone.localdate()

    assert todos_concluem(mesa, "desbloqueio_confianca", {"dias": 3, "promessa": hoje}) == UM_SO

    assert DesbloqueioTemporario.objects.count() == eventos("desbloqueio-em-confianca") == 1
    assert Contrato.objects.get(pk=mesa.contrato.pk).situacao == 1


def test_duas_renegociacoes_ao_mesmo_tempo_sao_um_acordo(mesa):
    bloqueado(mesa)
    condicoes = {
        "desconto": 0, "entrada": 0, "parcelas": 2,
        "primeiro_vencimento": timezone.localdate() + timedelta(days=10),
    }  # fmt: skip

    assert todos_concluem(mesa, "renegociar", {"faturas": [Fatura.objects.get().pk]}, condicoes) == UM_SO

    acordo = Acordo.objects.get()
    novas = Fatura.objects.filter(parcela_de=acordo)
    assert novas.count() == 2
    assert sum(fatura.valor for fatura in novas) == acordo.divida
    assert eventos("renegociacao") == 1


def test_duas_contestacoes_da_mesma_fatura_sao_uma(mesa):
    bloqueado(mesa)
    campos = {"fatura": Fatura.objects.get().pk, "motivo": "valor", "descricao": "Não reconhece o valor."}

    assert todos_concluem(mesa, "contestar_debito", campos) == UM_SO

    assert Contestacao.objects.count() == eventos("contestacao") == 1


def test_duas_mudancas_de_vencimento_lancam_um_proporcional(mesa):
    assert todos_concluem(mesa, "alterar_vencimento", {"dia": 20, "justificativa": ""}) == UM_SO
    assert Eventual.objects.count() == eventos("alteracao-de-vencimento") == 1


def test_descontos_ao_mesmo_tempo_nunca_passam_da_mensalidade(mesa):
    passos = (
        {"motivo": "cortesia", "competencia": f"{timezone.localdate():%Y-%m}-01"},
        {"valor": "40,00", "justificativa": "Quedas na semana passada."},
    )
    todos_concluem(mesa, "eventual", *passos)
    assert sum(e.valor for e in Eventual.objects.all()) <= mesa.contrato.valor


def test_dois_trabalhadores_fazem_cada_coisa_uma_vez(mesa):
    criar_debito(mesa.contrato)
    criado = timezone.now() - timedelta(days=6)
    DesbloqueioTemporario.objects.create(
        contrato=mesa.contrato,
        origem="confianca",
        dias=3,
        criado_em=criado,
        vale_ate=criado + timedelta(days=3),
    )

    feitos = ao_mesmo_tempo(lambda n: rotinas.rebloquear_vencidos() + rotinas.suspender_por_debito(), QUANTOS)

    assert sum(feitos) == 1
    assert eventos("rebloqueio-automatico") + eventos("bloqueio-financeiro") == 1


def test_o_desbloqueio_do_agente_e_a_rotina_de_bloqueio_nao_se_atropelam(mesa):
    bloqueado(mesa)
    concluir = na_previa(
        mesa, mesa.agente, "desbloqueio_confianca", {"dias": 3, "promessa": timezone.localdate()}
    )

    ao_mesmo_tempo(lambda n: concluir() if n == 0 else rotinas.suspender_por_debito(), 2)
    rotinas.suspender_por_debito()

    assert Contrato.objects.get(pk=mesa.contrato.pk).situacao == 1
    assert eventos("bloqueio-financeiro") == 0
