"""O que o banco não deixa escrever nem por SQL direto."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.models import Solicitacao, TipoDeMotivo
from tests import fabricas
from tests.invariantes import recusado

MUDAR = "UPDATE atendimento_solicitacao SET {} WHERE id = %s"


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("solicitacao_tem_dono_quando_deve", "responsavel_id = NULL"),
        ("solicitacao_tem_dono_quando_deve", "situacao = 'aberta'"),
        ("solicitacao_pausada_tem_motivo", "situacao = 'pausada'"),
        ("solicitacao_pausada_tem_motivo", "motivo_da_pausa_id = {motivo}"),
        ("solicitacao_retorno_so_na_pausa", "retorna_em = now()"),
        ("solicitacao_retorno_so_na_pausa", "prazo_congelado_em = now()"),
        ("solicitacao_agendada_tem_data", "situacao = 'agendada'"),
        ("solicitacao_fechada_tem_data", "situacao = 'cancelada'"),
        ("solicitacao_fechada_tem_data", "encerrada_em = now()"),
        ("solicitacao_encerrada_tem_solucao", "situacao = 'encerrada', encerrada_em = now()"),
        (
            "solicitacao_protegida_nao_cancelada",
            "situacao = 'cancelada', encerrada_em = now(), incancelavel = true",
        ),
        ("solicitacao_definitiva_encerrada", "definitiva_em = now()"),
        ("solicitacao_reaberturas_limitadas", "reaberturas = 4"),
        ("solicitacao_nao_aponta_para_si", "pai_id = id"),
        ("solicitacao_nao_aponta_para_si", "duplicada_de_id = id"),
        ("solicitacao_datas_em_ordem", "prazo_regulatorio_em = aberta_em"),
        ("solicitacao_valores_conhecidos", "canal = 'fumaca'"),
        ("solicitacao_valores_conhecidos", "prioridade = 9"),
        ("solicitacao_concorda_com_a_historia", "versao = versao + 1"),
        ("solicitacao_concorda_com_a_historia", "equipe_id = {n2}"),
        ("solicitacao_concorda_com_a_historia", "responsavel_id = {beto}"),
        ("solicitacao_concorda_com_a_historia", "situacao = 'cancelada', encerrada_em = now()"),
        ("solicitacao_no_contrato_da_etiqueta", "contrato_id = {outro_contrato}"),
        ("solicitacao_na_empresa_do_contrato", "empresa_id = {outra_empresa}"),
        ("Cannot update", "protocolo = '20260101000001'"),
        ("Cannot update", "cliente_id = {outro_cliente}"),
        ("Cannot update", "aberta_em = now() + interval '1 day'"),
    ],
)
def test_a_linha_da_solicitacao_nao_se_contradiz(cenario, em_maos, nome, mudanca):
    c = cenario
    outro = fabricas.criar_contrato()
    ids = {
        "motivo": c.motivo[TipoDeMotivo.PAUSA].pk,
        "n2": c.n2.pk,
        "beto": c.beto.pk,
        "outro_contrato": outro.pk,
        "outra_empresa": outro.empresa_id,
        "outro_cliente": outro.cliente_id,
    }
    recusado(nome, MUDAR.format(mudanca.format(**ids)), em_maos.pk)


def test_protocolo_e_unico_e_tem_catorze_algarismos(cenario, em_maos):
    copia = Solicitacao.objects.get(pk=em_maos.pk)
    copia.pk = None
    copia.situacao, copia.responsavel = "aberta", None
    with pytest.raises(IntegrityError), transaction.atomic():
        copia.save(force_insert=True)
    copia.protocolo = "2026112400001"
    with pytest.raises(IntegrityError), transaction.atomic():
        copia.save(force_insert=True)


@pytest.mark.parametrize(
    ("tabela", "coluna"),
    [
        ("transicao", "para = 'cancelada'"),
        ("relato", "texto = 'outro'"),
        ("registrodeauditoria", "acao = 'x'"),
    ],
)
def test_o_que_so_se_acrescenta_nao_se_altera_nem_se_apaga(cenario, em_maos, tabela, coluna):
    recusado("Cannot update or delete", f"UPDATE atendimento_{tabela} SET {coluna}")
    recusado("Cannot update or delete", f"DELETE FROM atendimento_{tabela}")


def test_so_um_intervalo_aberto_por_solicitacao(cenario, em_maos):
    recusado(
        "apontamento_aberto_unico",
        "INSERT INTO atendimento_apontamento (solicitacao_id, agente_id, vaga, inicio)"
        " VALUES (%s, %s, 1, now())",
        em_maos.pk,
        cenario.sofia.pk,
    )


def test_a_vaga_do_agente_e_unica_e_nao_passa_do_limite_dos_perfis(cenario, em_maos, na_fila):
    inserir = (
        "INSERT INTO atendimento_apontamento (solicitacao_id, agente_id, vaga, inicio)"
        " VALUES (%s, %s, %s, now())"
    )
    recusado("apontamento_vaga_unica", inserir, na_fila.pk, cenario.ana.pk, 1)
    recusado("apontamento_vaga_do_perfil", inserir, na_fila.pk, cenario.ana.pk, 2)
    recusado("apontamento_vaga_desde_um", inserir, na_fila.pk, cenario.ana.pk, 0)


def test_intervalo_e_situacao_andam_juntos(cenario, em_maos, na_fila):
    recusado(
        "solicitacao_concorda_com_o_apontamento",
        "UPDATE atendimento_apontamento SET fim = inicio WHERE solicitacao_id = %s",
        em_maos.pk,
    )
    recusado(
        "solicitacao_concorda_com_o_apontamento",
        "INSERT INTO atendimento_apontamento (solicitacao_id, agente_id, vaga, inicio)"
        " VALUES (%s, %s, 1, now())",
        na_fila.pk,
        cenario.beto.pk,
    )
    recusado(
        "apontamento_em_ordem",
        "UPDATE atendimento_apontamento SET fim = inicio - interval '1 second' WHERE solicitacao_id = %s",
        em_maos.pk,
    )


TRANSICAO = (
    "INSERT INTO atendimento_transicao"
    " (solicitacao_id, versao, transicao, de, para, em, usuario_id, perfil, equipe_id, responsavel_id,"
    "  motivo_id, congela, dados)"
    " SELECT solicitacao_id, {versao}, '{transicao}', '{de}', '{para}', em + interval '{depois}', usuario_id,"
    "  perfil, equipe_id, responsavel_id, NULL, false, '{{}}'"
    " FROM atendimento_transicao WHERE solicitacao_id = %s"
)


@pytest.mark.parametrize(
    ("nome", "campos"),
    [
        ("transicao_prevista", {"transicao": "assumir", "de": "em_atendimento", "para": "em_atendimento"}),
        ("transicao_prevista", {"transicao": "encerrar", "para": "aberta"}),
        (
            "transicao_continua_a_anterior",
            {"transicao": "retomar", "de": "pausada", "para": "em_atendimento"},
        ),
        ("transicao_continua_a_anterior", {"versao": 3}),
        ("transicao_continua_a_anterior", {"depois": "-1 second"}),
        ("transicao_versao_unica", {"versao": 1, "transicao": "abrir", "de": "", "para": "aberta"}),
        ("solicitacao_concorda_com_a_historia", {}),
    ],
)
def test_a_historia_segue_a_tabela_sem_saltos_nem_volta_no_tempo(cenario, em_maos, nome, campos):
    certos = {
        "versao": 2, "transicao": "pausar", "de": "em_atendimento", "para": "pausada", "depois": "1 second",
    }  # fmt: skip
    recusado(nome, TRANSICAO.format(**certos | campos), em_maos.pk)


def test_a_empresa_da_solicitacao_segue_a_do_contrato(cenario, em_maos):
    outra = fabricas.criar_empresa()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS etiqueta_da_empresa_do_contrato, solicitacao_na_empresa_do_contrato DEFERRED"
        )
        cursor.execute(
            "UPDATE contratos_contrato SET empresa_id = %s WHERE id = %s", [outra.pk, cenario.contrato.pk]
        )
    em_maos.refresh_from_db()
    assert em_maos.empresa == outra


@pytest.mark.parametrize(
    ("nome", "tabela", "coluna"),
    [
        ("motivo_campos_de_pausa", "motivo", "congela_prazo = true"),
        ("motivo_protocolo_so_no_cancelamento", "motivo", "exige_protocolo = true"),
        ("prazo_manual_ou_com_horas", "prazo", "horas = 0"),
        ("prazo_manual_ou_com_horas", "prazo", "manual = true"),
        ("tipo_prazo_regulatorio_possivel", "tipodesolicitacao", "dias_do_prazo_regulatorio = 0"),
        ("tipo_especie_conhecida", "tipodesolicitacao", "especie = 'outra'"),
    ],
)
def test_cadastros_coerentes(cenario, nome, tabela, coluna):
    recusado(nome, f"UPDATE atendimento_{tabela} SET {coluna}")


def test_prazo_padrao_e_um_so(cenario):
    with pytest.raises(IntegrityError), transaction.atomic():
        fabricas.criar_prazo(padrao=True)


def test_contato_receptivo_tem_protocolo_fixo(cenario):
    contato = solicitacoes.registrar_contato(por=cenario.ana, canal="telefone", em=timezone.now())
    recusado("Cannot update", "UPDATE atendimento_contatoreceptivo SET protocolo = '20260101000001'")
    assert len(contato.protocolo) == 14
