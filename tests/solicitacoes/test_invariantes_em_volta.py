"""O que o banco não deixa escrever em volta da solicitação: cadastros, anexos, acessos, auditoria."""

from datetime import date, time

import pytest
from django.utils import timezone

from atendimento import auditoria
from atendimento.dominio import solicitacoes
from atendimento.models import (
    AcessoADado,
    Anexo,
    Calendario,
    ExcecaoDoCalendario,
    ItemDeCatalogo,
    Presenca,
    Rascunho,
    Turno,
)
from tests import fabricas
from tests.invariantes import recusado, sql


@pytest.fixture
def em_volta(cenario, em_maos):
    """Uma linha de cada tabela, além das do cenário."""
    calendario = Calendario.objects.create(nome="Expediente de teste")
    Turno.objects.create(calendario=calendario, dia=0, inicio=time(8), fim=time(12))
    Turno.objects.create(calendario=calendario, dia=1, inicio=time(8), fim=time(12))
    ExcecaoDoCalendario.objects.create(calendario=calendario, data=date(2026, 12, 24))
    ExcecaoDoCalendario.objects.create(calendario=calendario, data=date(2026, 12, 31))
    for nome in ("Roteador", "Cabo"):
        ItemDeCatalogo.objects.create(tipo=cenario.tipo, nome=nome)
    agora = timezone.now()
    for chave in ("relato", "descricao"):
        Rascunho.objects.create(usuario=cenario.ana, chave=chave, atualizado_em=agora)
    for usuario in (cenario.ana, cenario.beto):
        Presenca.objects.create(usuario=usuario, vista_em=agora)
    fabricas.criar_motivo("pausa", nome="Outro motivo")
    fabricas.criar_prazo(nome="Outro prazo")
    Anexo.objects.create(
        solicitacao=em_maos, arquivo="ab/cd", nome="foto.png", formato="image/png", tamanho=1,
        sha256="0" * 64, enviado_por=cenario.ana, enviado_em=agora,
    )  # fmt: skip
    AcessoADado.objects.create(tipo="painel", usuario=cenario.ana, cliente=cenario.cliente)
    solicitacoes.relatar(em_maos, por=cenario.ana, texto="Um relato.")
    solicitacoes.registrar_contato(por=cenario.ana, canal="telefone", em=agora)
    auditoria.registrar("teste.x", por=cenario.ana, alvo="teste", alvo_id=1, dados={})
    sql("SELECT 1")  # o selo nasce quando as restrições adiadas são conferidas
    return cenario


@pytest.mark.parametrize(
    ("nome", "tabela", "mudanca"),
    [
        ("turno_dia_conhecido", "turno", "dia = 7"),
        ("turno_fim_depois_do_inicio", "turno", "fim = inicio"),
        ("turnos_sem_sobreposicao", "turno", "dia = 0"),
        ("excecao_fim_depois_do_inicio", "excecaodocalendario", "inicio = '08:00'"),
        ("excecao_fim_depois_do_inicio", "excecaodocalendario", "inicio = '08:00', fim = '08:00'"),
        ("excecao_fim_depois_do_inicio", "excecaodocalendario", "fim = '08:00'"),
        ("excecao_unica", "excecaodocalendario", "data = '2026-12-24'"),
        ("prazo_padrao_unico", "prazo", "padrao = true"),
        ("prazo_padrao_nao_manual", "prazo",
         "padrao = true, manual = true, horas = NULL, calendario_id = NULL"),
        ("prazo_manual_ou_com_horas", "prazo", "horas = NULL"),
        ("prazo_manual_ou_com_horas", "prazo", "calendario_id = NULL"),
        ("motivo_unico_por_tipo", "motivo", "tipo = 'pausa', nome = 'Outro motivo'"),
        ("item_de_catalogo_unico", "itemdecatalogo", "nome = 'Cabo'"),
        ("membro_unico_por_equipe", "membrodaequipe", "equipe_id = {n1}, usuario_id = {ana}"),
        ("rascunho_unico", "rascunho", "chave = 'relato'"),
        ("presenca_unica", "presenca", "usuario_id = {ana}"),
        ("solicitacao_protocolo_formato", "solicitacao", "protocolo = '2026-010100001'"),
        ("contato_protocolo_formato", "contatoreceptivo", "protocolo = '2026-010100001'"),
    ],
)  # fmt: skip
def test_os_cadastros_nao_se_contradizem(em_volta, nome, tabela, mudanca):
    mudanca = mudanca.format(n1=em_volta.n1.pk, ana=em_volta.ana.pk)
    if "protocolo" in mudanca:
        # A identidade fixa recusaria antes: o formato só se prova com a linha nova.
        sql(f"ALTER TABLE atendimento_{tabela} DISABLE TRIGGER USER")
    recusado(nome, f"UPDATE atendimento_{tabela} SET {mudanca}")


@pytest.mark.parametrize(
    ("nome", "coluna"),
    [("anexo_formato_conhecido", "'text/html'"), ("relato_com_texto", "''")],
)
def test_uma_linha_nova_do_que_so_se_acrescenta_tambem_e_conferida(em_volta, nome, coluna):
    tabela, campo = {
        "anexo_formato_conhecido": ("anexo", "formato"),
        "relato_com_texto": ("relato", "texto"),
    }[nome]
    sql(f"ALTER TABLE atendimento_{tabela} DISABLE TRIGGER USER")
    recusado(nome, f"UPDATE atendimento_{tabela} SET {campo} = {coluna}")


@pytest.mark.parametrize(
    ("gatilho", "tabela", "mudanca"),
    [
        ("acesso_so_acrescenta", "acessoadado", "campo = 'outro'"),
        ("anexo_so_acrescenta", "anexo", "nome = 'outro'"),
        ("relato_so_acrescenta", "relato", "texto = 'outro'"),
        ("transicao_so_acrescenta", "transicao", "perfil = 'outro'"),
        ("auditoria_so_acrescenta", "registrodeauditoria", "acao = 'outra'"),
        ("selo_so_acrescenta", "selodeauditoria", "resumo = ''"),
    ],
)
def test_o_que_so_se_acrescenta_nao_muda_nem_some(em_volta, gatilho, tabela, mudanca):
    recusado("Cannot update or delete", f"UPDATE atendimento_{tabela} SET {mudanca}")
    recusado("Cannot update or delete", f"DELETE FROM atendimento_{tabela}")


@pytest.mark.parametrize(
    ("gatilho", "tabela"),
    [("solicitacao_identidade_fixa", "solicitacao"), ("contato_identidade_fixa", "contatoreceptivo")],
)
def test_um_protocolo_nao_se_troca(em_volta, gatilho, tabela):
    recusado("Cannot update", f"UPDATE atendimento_{tabela} SET protocolo = '20260101000001'")


def test_todo_registro_de_auditoria_sai_da_transacao_selado(em_volta):
    """O gatilho auditoria_selada."""
    assert not auditoria.verificar().quebra
