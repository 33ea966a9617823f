"""As rotinas do trabalhador: idempotentes, e certas depois de uma noite parado."""

import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from atendimento.dominio import cadastros_iniciais, rascunhos, rotinas, solicitacoes
from atendimento.models import (
    Equipe,
    Motivo,
    Prazo,
    Presenca,
    Rascunho,
    RegistroDeAuditoria,
    TipoDeSolicitacao,
)
from atendimento.tarefas import alertar_pausas
from tests import banco, fabricas
from tests.solicitacoes.conftest import montar


def _pausada(c, em_maos, **campos):
    curto = fabricas.criar_motivo(minutos_maximos=10)
    return solicitacoes.pausar(em_maos, por=c.ana, versao=1, motivo=curto, **campos)


def test_pausa_alem_do_limite_alerta_da_hora_em_que_venceu(cenario, em_maos):
    s = _pausada(cenario, em_maos)
    assert rotinas.alertar_pausas(timezone.now() + timedelta(minutes=9)) == 0
    assert rotinas.alertar_pausas(timezone.now() + timedelta(hours=12)) == 1
    assert rotinas.alertar_pausas(timezone.now() + timedelta(hours=12)) == 0
    s.refresh_from_db()
    assert s.alerta_em == s.situacao_desde + timedelta(minutes=10)
    assert "passou do limite" in s.relatos.last().texto
    assert RegistroDeAuditoria.objects.get(acao="solicitacao.alertar").usuario is None


def test_retomar_apaga_o_alerta_e_outra_pausa_alerta_de_novo(cenario, em_maos):
    s = _pausada(cenario, em_maos)
    rotinas.alertar_pausas(timezone.now() + timedelta(hours=1))
    s = solicitacoes.retomar(s, por=cenario.ana, versao=2)
    assert s.alerta_em is None
    assert rotinas.alertar_pausas(timezone.now() + timedelta(hours=1)) == 0


def test_retorno_marcado_na_pausa_vence_antes_do_limite(cenario, em_maos):
    retorno = timezone.now() + timedelta(minutes=3)
    s = _pausada(cenario, em_maos, retorna_em=retorno)
    assert rotinas.alertar_pausas(retorno) == 1
    s.refresh_from_db()
    assert s.alerta_em == retorno
    assert "retorno" in s.relatos.last().texto


def test_visita_sem_registro_alerta_no_fim_do_periodo(cenario, em_maos):
    s = solicitacoes.agendar(
        em_maos, por=cenario.ana, versao=1, data=timezone.localdate() + timedelta(days=1), periodo="manha",
        contato="Portaria", tipo_de_visita="manutencao",
    )  # fmt: skip
    fim = rotinas.fim_da_agenda(s)
    assert timezone.localtime(fim).hour == 12
    assert rotinas.alertar_agenda(fim - timedelta(seconds=1)) == 0
    assert rotinas.alertar_agenda(fim + timedelta(days=3)) == 1
    assert rotinas.alertar_agenda(fim + timedelta(days=3)) == 0
    s.refresh_from_db()
    assert s.alerta_em == fim


def test_janela_de_reabertura_acaba_por_data_e_nao_pela_rotina(cenario, em_maos):
    c = cenario
    s = solicitacoes.encerrar(em_maos, por=c.ana, versao=1, solucao=c.solucao, relato="Feito.")
    assert s.reabrir_ate == s.encerrada_em + timedelta(days=7)
    assert rotinas.fechar_janelas_de_reabertura(s.reabrir_ate) == 0
    assert rotinas.fechar_janelas_de_reabertura(s.reabrir_ate + timedelta(days=2)) == 1
    assert rotinas.fechar_janelas_de_reabertura(s.reabrir_ate + timedelta(days=2)) == 0
    s.refresh_from_db()
    assert s.definitiva_em == s.reabrir_ate


def test_rascunho_se_troca_se_le_e_se_apaga(cenario):
    for texto in ("O cli", "O cliente diz"):
        rascunhos.salvar_rascunho(por=cenario.ana, chave="pausar:1", dados={"observacao": texto})
    assert rascunhos.ler_rascunho(por=cenario.ana, chave="pausar:1") == {"observacao": "O cliente diz"}
    assert rascunhos.ler_rascunho(por=cenario.beto, chave="pausar:1") == {}
    rascunhos.apagar_rascunho(por=cenario.ana, chave="pausar:1")
    assert not Rascunho.objects.exists()


def test_presenca_mostra_os_outros_e_o_supervisor_ve_quem_esta_no_console(cenario, na_fila):
    c = cenario
    for usuario in (c.ana, c.beto):
        rascunhos.marcar_presenca(por=usuario, solicitacao=na_fila, escrevendo=usuario == c.beto)
        rascunhos.marcar_presenca(por=usuario)
        rascunhos.marcar_presenca(por=usuario)
    outros = list(rascunhos.presentes(na_fila, exceto=c.ana))
    assert [(p.usuario, p.escrevendo) for p in outros] == [(c.beto, True)]
    assert {p.usuario for p in rascunhos.online(c.n1)} == {c.ana, c.beto}
    assert not rascunhos.online(c.n2)
    assert rotinas.limpar_passageiros(timezone.now() + timedelta(hours=2)) == 4
    assert not Presenca.objects.exists()


def test_cadastros_iniciais_sao_idempotentes_e_respeitam_o_administrador(db):
    cadastros_iniciais.garantir_cadastros()
    n1 = Equipe.objects.get(nome="Atendimento N1")
    assert {e.nome for e in n1.encaminha_para.all()} == {
        "Suporte N2", "Financeiro", "Retenção", "Campo/Agendamento",
    }  # fmt: skip
    n1.nome = "Central"
    n1.save()
    n1.encaminha_para.clear()
    antes = [m.objects.count() for m in (Equipe, Motivo, Prazo, TipoDeSolicitacao)]
    cadastros_iniciais.garantir_cadastros()
    assert [m.objects.count() for m in (Equipe, Motivo, Prazo, TipoDeSolicitacao)] == antes
    assert not n1.encaminha_para.exists()
    assert Prazo.objects.get(padrao=True).nome == "8x5 – Degradado"


@pytest.mark.django_db(transaction=True)
def test_trabalhador_faz_o_que_esta_na_fila_e_sai():
    c = montar()
    s = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, em_maos=True)
    motivo = fabricas.criar_motivo(minutos_maximos=10)
    s = solicitacoes.pausar(s, por=c.ana, versao=1, motivo=motivo)
    type(s).objects.filter(pk=s.pk).update(pausa_ate=timezone.now() - timedelta(hours=8))
    alertar_pausas.defer(timestamp=0)
    trabalhador = banco.comando("trabalhador", "--uma-vez")
    assert trabalhador.returncode == 0, trabalhador.stderr
    s.refresh_from_db()
    assert s.alerta_em == s.pausa_ate


ESCUTAS = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND query LIKE 'LISTEN%%' AND NOT pid = ANY(%s)
"""


def esperar_escuta(trabalhador, fora=()):
    """O processo do banco em que o trabalhador espera avisos, que não seja um de `fora`."""
    for _ in range(600):
        assert trabalhador.poll() is None, trabalhador.stderr.read()
        with connection.cursor() as cursor:
            cursor.execute(ESCUTAS, [list(fora)])
            if achada := cursor.fetchone():
                return achada[0]
        time.sleep(0.1)
    raise TimeoutError("o trabalhador não ficou à escuta")


@pytest.mark.django_db(transaction=True)
def test_a_ligacao_que_cai_nao_acaba_com_o_trabalhador_e_o_sigterm_sim():
    trabalhador = subprocess.Popen(
        [sys.executable, "manage.py", "trabalhador"],
        cwd=settings.BASE_DIR, env=banco.ambiente(), stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        primeira = esperar_escuta(trabalhador)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s)", [primeira])
        assert esperar_escuta(trabalhador, fora=[primeira]) != primeira
        trabalhador.terminate()
        dito = trabalhador.communicate(timeout=30)[1]
        assert trabalhador.returncode == 0, dito
    finally:
        trabalhador.kill()
        trabalhador.wait()
        trabalhador.stderr.close()
