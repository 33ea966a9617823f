"""O que cada verbo grava quando dá certo."""

from datetime import timedelta

import pytest
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.models import RegistroDeAuditoria, Transicao
from atendimento.situacoes import Situacao
from contratos.models import EventoDeContrato
from tests import fabricas


def _historia(solicitacao):
    return list(
        Transicao.objects.filter(solicitacao=solicitacao)
        .order_by("versao")
        .values_list("transicao", "de", "para")
    )


def test_iniciar_da_protocolo_dono_e_intervalo(cenario, em_maos):
    assert em_maos.situacao == Situacao.EM_ATENDIMENTO
    assert em_maos.responsavel == cenario.ana
    assert em_maos.protocolo.startswith(f"{timezone.localtime():%Y%m%d}")
    assert em_maos.prazo_em == em_maos.aberta_em + timedelta(hours=8)
    assert em_maos.prazo_regulatorio_em == em_maos.aberta_em + timedelta(days=7)
    assert _historia(em_maos) == [("iniciar", "", "em_atendimento")]
    assert em_maos.apontamentos.get().vaga == 1


def test_um_dia_inteiro_de_idas_e_voltas(cenario, em_maos):
    c, agora = cenario, timezone.now
    s = solicitacoes.pausar(
        em_maos, por=c.ana, versao=1, motivo=c.motivo["pausa"], retorna_em=agora() + timedelta(hours=1)
    )
    s = solicitacoes.retomar(s, por=c.ana, versao=2)
    s = solicitacoes.agendar(
        s,
        por=c.ana,
        versao=3,
        data=timezone.localdate(),
        periodo="tarde",
        contato="Otávio, portaria",
        tipo_de_visita="manutencao",
    )
    assert s.responsavel == c.ana
    s = solicitacoes.retornar(s, por=c.ana, versao=4, resultado="executada")
    assert s.agendada_para is None
    s = solicitacoes.encaminhar(
        s,
        por=c.ana,
        versao=5,
        equipe=c.n2,
        motivo=c.motivo["encaminhamento"],
        resumo="ONU sem sinal",
    )
    assert (s.situacao, s.responsavel, s.equipe) == (Situacao.ABERTA, None, c.n2)
    s = solicitacoes.assumir(s, por=c.caio, versao=6)
    s = solicitacoes.encerrar(s, por=c.caio, versao=7, solucao=c.solucao, relato="Conector refeito.")
    assert s.encerrada_em
    s = solicitacoes.reabrir(s, por=c.ana, versao=8, motivo=c.motivo["reabertura"])
    assert (s.situacao, s.reaberturas, s.protocolo) == (Situacao.ABERTA, 1, em_maos.protocolo)
    assert [passo[0] for passo in _historia(s)] == [
        "iniciar", "pausar", "retomar", "agendar", "retornar", "encaminhar", "assumir", "encerrar", "reabrir",
    ]  # fmt: skip
    assert s.relatos.count() == RegistroDeAuditoria.objects.filter(alvo_id=s.pk).count() == 9
    assert not s.apontamentos.filter(fim=None).exists()


def test_transferir_chega_pausada_e_guarda_a_agenda(cenario, em_maos):
    c = cenario
    s = solicitacoes.transferir(em_maos, por=c.ana, versao=1, agente=c.beto, motivo=c.motivo["transferencia"])
    assert (s.situacao, s.responsavel) == (Situacao.PAUSADA, c.beto)
    assert s.motivo_da_pausa == c.motivo["transferencia"]


def test_alterar_etiqueta_deixa_evento_nos_dois_contratos(cenario, em_maos):
    c = cenario
    outro = fabricas.criar_contrato(c.cliente, c.empresa)
    nova = outro.etiquetas.get()
    s = solicitacoes.alterar_etiqueta(
        em_maos, por=c.ana, versao=1, etiqueta=nova, justificativa="Falava do outro endereço"
    )
    assert (s.etiqueta, s.contrato, s.situacao) == (nova, outro, Situacao.EM_ATENDIMENTO)
    eventos = EventoDeContrato.objects.order_by("contrato_id")
    assert [(e.contrato_id, e.protocolo) for e in eventos] == [
        (c.contrato.pk, s.protocolo),
        (outro.pk, s.protocolo),
    ]
    assert f"{c.etiqueta.codigo} → {nova.codigo}" in eventos[0].descricao


def test_cancelar_duplicada_aponta_a_original(cenario, em_maos):
    c = cenario
    outra = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta)
    duplicada = fabricas.criar_motivo("cancelamento", nome="Duplicado", exige_protocolo=True)
    s = solicitacoes.cancelar(
        em_maos,
        por=c.ana,
        versao=1,
        motivo=duplicada,
        justificativa="Já havia outra aberta",
        protocolo_original=f" {outra.protocolo[:8]} {outra.protocolo[8:]} ",
    )
    assert (s.situacao, s.duplicada_de) == (Situacao.CANCELADA, outra)


def test_devolver_e_assumir_por_sao_do_supervisor(cenario, em_maos):
    c = cenario
    s = solicitacoes.devolver_a_fila(em_maos, por=c.sofia, versao=1, motivo=c.motivo["devolucao"])
    assert (s.situacao, s.responsavel) == (Situacao.ABERTA, None)
    s = solicitacoes.assumir_por(s, agente=c.beto, por=c.sofia, versao=2)
    assert (s.situacao, s.responsavel) == (Situacao.EM_ATENDIMENTO, c.beto)


def test_contato_receptivo_vira_solicitacao_de_mesmo_protocolo(cenario):
    c = cenario
    contato = solicitacoes.registrar_contato(por=c.ana, canal="telefone", nome="Otávio Manacá")
    s = solicitacoes.converter_contato(contato, por=c.ana, etiqueta=c.etiqueta, descricao="Sem sinal")
    assert s.protocolo == contato.protocolo
    assert s.aberta_em == contato.recebido_em
    contato.refresh_from_db()
    assert (contato.solicitacao, contato.cliente) == (s, c.cliente)


@pytest.mark.parametrize("ensaio", [True, False])
def test_redistribuir_da_um_resultado_por_item_e_o_ensaio_nao_grava(cenario, ensaio):
    c = cenario
    itens = [fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, em_maos=True)]
    itens += [fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta) for _ in range(2)]
    antes = Transicao.objects.count()
    resultados = solicitacoes.redistribuir(
        [(s, s.versao) for s in itens],
        por=c.sofia,
        agentes_de_destino=[c.beto],
        motivo=c.motivo["transferencia"],
        ensaio=ensaio,
    )
    assert [r.feito for r in resultados] == [True, True, False]
    assert "pode ter 1 em atendimento" in resultados[2].frase
    assert Transicao.objects.count() == antes + (0 if ensaio else 2)
