"""O que a transação de uma ação poupa aos verbos, e o que ela não deixa passar por isso."""

from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from atendimento import auditoria, transacao
from atendimento import execucao as executor
from atendimento.acoes.base import ACOES
from atendimento.dominio import solicitacoes
from atendimento.eixo import localizar
from atendimento.excecoes import Desatualizada, LimiteDoAgente, SemPermissao
from atendimento.models import Motivo, RegistroDeAuditoria, Relato, Solicitacao
from contratos.models import ConcessaoDeEmpresa
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar
from tests.fabricas import criar_motivo, criar_solicitacao


def trancar(cenario) -> Solicitacao:
    eixo = localizar("solicitacao", cenario.solicitacao.pk, cenario.agente, travas=("solicitacao",))
    return eixo.solicitacao


def pausar(cenario, solicitacao, motivo, versao=None):
    return solicitacoes.pausar(solicitacao, por=cenario.agente, versao=versao, motivo=motivo, descricao="a")


def retrato(cenario) -> tuple:
    return (
        list(Solicitacao.objects.order_by("pk").values()),
        list(cenario.solicitacao.apontamentos.values()),
        Relato.objects.count(),
        RegistroDeAuditoria.objects.count(),
    )


def pausadas_demais(cenario) -> Motivo:
    """Já há tantas pausadas quantas o agente pode ter: a próxima pausa se recusa."""
    motivo = criar_motivo()
    cenario.perfil.max_em_atendimento = 3
    cenario.perfil.save()
    outra = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta, em_maos=True)
    pausar(cenario, outra, motivo)
    cenario.perfil.max_pausadas = 1
    cenario.perfil.save()
    return motivo


def test_o_verbo_nao_tranca_nem_le_de_novo_o_que_o_executor_trancou(cenario):
    motivo = criar_motivo()
    with transacao.de_acao():
        solicitacao = trancar(cenario)
        with CaptureQueriesContext(connection) as captura:
            pausar(cenario, solicitacao, motivo)
    sql = [comando["sql"] for comando in captura.captured_queries]
    assert not [texto for texto in sql if texto.startswith("SAVEPOINT")]
    assert not [texto for texto in sql if 'FOR NO KEY UPDATE OF "atendimento_solicitacao"' in texto]


def test_o_segundo_verbo_le_o_que_o_primeiro_deixou(cenario):
    motivo = criar_motivo()
    with transacao.de_acao():
        antes = trancar(cenario)
        pausar(cenario, antes, motivo)
        assert antes.situacao == "em_atendimento", "o verbo muda a sua, e não a do eixo"
        with pytest.raises(Desatualizada):
            solicitacoes.retomar(antes, por=cenario.agente, versao=antes.versao)
        transacao._corrente.get().recusou = False
        Solicitacao.objects.filter(pk=antes.pk).update(solicitante_nome="Alba")
        retomada = solicitacoes.retomar(antes, por=cenario.agente, versao=None)
    assert retomada.solicitante_nome == "Alba"
    cenario.solicitacao.refresh_from_db()
    assert (cenario.solicitacao.situacao, cenario.solicitacao.versao) == ("em_atendimento", antes.versao + 2)


def test_fora_da_transacao_da_acao_nada_fica_guardado(cenario):
    with transacao.de_acao():
        solicitacao = trancar(cenario)
    motivo = criar_motivo()
    solicitacoes.retomar(pausar(cenario, solicitacao, motivo), por=cenario.agente, versao=None)
    with pytest.raises(Desatualizada):
        pausar(cenario, solicitacao, motivo, versao=solicitacao.versao)


def test_a_acao_que_engole_a_recusa_de_um_verbo_nao_grava_nada(cenario):
    motivo = pausadas_demais(cenario)
    antes = retrato(cenario)

    @transacao.de_acao()
    def engolir():
        cenario.cliente.segmento = "VIP"
        cenario.cliente.save()
        solicitacao = trancar(cenario)
        with pytest.raises(LimiteDoAgente):
            pausar(cenario, solicitacao, motivo)

    with pytest.raises(transacao.RecusaEngolida):
        engolir()

    assert retrato(cenario) == antes
    cenario.cliente.refresh_from_db()
    assert cenario.cliente.segmento == ""


def test_num_ponto_de_salvamento_a_recusa_desfaz_so_o_que_e_dela(cenario):
    motivo = pausadas_demais(cenario)
    antes = retrato(cenario)

    @transaction.atomic
    def tentar():
        auditoria.registrar("teste.x", por=None, alvo="teste", alvo_id=1)
        pausar(cenario, trancar(cenario), motivo)

    with transacao.de_acao():
        with pytest.raises(LimiteDoAgente):
            tentar()
        cenario.cliente.segmento = "VIP"
        cenario.cliente.save()

    assert retrato(cenario) == antes
    cenario.cliente.refresh_from_db()
    assert cenario.cliente.segmento == "VIP"


def test_os_registros_de_auditoria_da_acao_vao_num_comando_so_e_na_ordem(agente, cenario):
    with CaptureQueriesContext(connection) as captura, transacao.de_acao():
        for numero in range(3):
            auditoria.registrar(f"teste.{numero}", por=cenario.agente, alvo="teste", alvo_id=numero)
    inseridos = [c for c in captura if c["sql"].startswith('INSERT INTO "atendimento_registrodeauditoria')]
    assert len(inseridos) == 1
    gravados = RegistroDeAuditoria.objects.filter(alvo="teste").order_by("pk").values_list("acao", flat=True)
    assert list(gravados) == ["teste.0", "teste.1", "teste.2"]


def test_o_mesmo_formulario_depois_de_feito_segue_para_o_resultado(agente, cenario):
    """A segunda vez acharia o cliente mudado: vale o que a primeira fez, e não a recusa."""
    chave = uuid4()
    for _ in range(2):
        resposta = comecar(agente, cenario, "segmento_de_teste", chave=chave, segmento="VIP")
        assert resposta.status_code == 302
    assert RegistroDeAuditoria.objects.filter(acao="acao.concluir").count() == 1


@pytest.mark.parametrize("slug", ["pausar", "iniciar"])
def test_a_empresa_que_se_tira_depois_de_abrir_o_formulario_se_confere_debaixo_da_trava(acoes_de_teste, slug):
    cenario = criar_cenario(acoes=[slug])
    classe, agente = ACOES[slug], cenario.agente
    eixo = localizar(classe.alvo, getattr(cenario, classe.alvo).pk, agente)
    ConcessaoDeEmpresa.objects.filter(group=cenario.perfil).delete()
    antes = retrato(cenario)

    with pytest.raises(SemPermissao, match="não atende mais a empresa"):
        executor.iniciar(classe, eixo, por=agente, chave=uuid4(), enviados=QueryDict(), versao=eixo.versao)

    assert retrato(cenario) == antes
