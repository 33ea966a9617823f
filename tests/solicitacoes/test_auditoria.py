"""O selo da auditoria: qualquer alteração quebra a cadeia, e a conferência acha a primeira."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction

from atendimento import auditoria
from atendimento.models import RegistroDeAuditoria, SeloDeAuditoria
from tests import banco, fabricas

pytestmark = pytest.mark.django_db(transaction=True)


def registrar(quantos):
    por = fabricas.criar_agente(empresas=[])
    for numero in range(quantos):
        with auditoria.vindo_de("203.0.113.7" if numero % 2 else None):
            auditoria.registrar("teste.x", por=por, alvo="teste", alvo_id=numero, dados={"ção": [1.5, None]})
    return list(RegistroDeAuditoria.objects.order_by("pk"))


def adulterar(comando, *parametros):
    """Escreve como quem manda no banco: sem gatilhos."""
    with banco.sem_gatilhos("atendimento_registrodeauditoria", "atendimento_selodeauditoria") as cursor:
        cursor.execute(comando, parametros)


def test_cadeia_intacta_se_confere_e_diz_o_ultimo_elo(capsys):
    registros = registrar(5)
    call_command("verificar_auditoria")
    saida = capsys.readouterr().out
    assert "5 registros conferidos" in saida
    ultimo = SeloDeAuditoria.objects.order_by("ordem").last()
    assert (ultimo.ordem, ultimo.registro_id) == (5, registros[-1].pk)
    elo = f"5:{bytes(ultimo.resumo).hex()}"
    assert elo in saida
    call_command("verificar_auditoria", "--esperado", elo)


COLUNAS = (
    "acao = 'outra'", "alvo = 'y'", "alvo_id = 999", "em = em + interval '1 microsecond'",
    "usuario_id = NULL", "perfil = 'x'", "dados = '{}'", "ip = '203.0.113.8'", "protocolo = '20260101000000'",
)  # fmt: skip


def test_qualquer_coluna_alterada_quebra_naquele_registro():
    alvo = registrar(4)[2]
    for coluna in COLUNAS:
        with transaction.atomic():
            adulterar(f"UPDATE atendimento_registrodeauditoria SET {coluna} WHERE id = %s", alvo.pk)
            achado = auditoria.verificar()
            assert (achado.registro, achado.registros) == (alvo.pk, 2), coluna
            with pytest.raises(CommandError, match=f"Registro {alvo.pk}: .*alterado"):
                call_command("verificar_auditoria")
            transaction.set_rollback(True)
    assert not auditoria.verificar().quebra


def test_registro_apagado_com_ou_sem_o_elo_e_inserido_por_fora():
    alvo = registrar(4)[1]
    adulterar("DELETE FROM atendimento_registrodeauditoria WHERE id = %s", alvo.pk)
    assert "apagado" in auditoria.verificar().quebra
    adulterar("DELETE FROM atendimento_selodeauditoria WHERE registro_id = %s", alvo.pk)
    assert "falta o elo 2" in auditoria.verificar().quebra


def test_registro_sem_selo_e_cauda_apagada():
    registros = registrar(3)
    ultimo = SeloDeAuditoria.objects.get(ordem=3)
    elo = f"3:{bytes(ultimo.resumo).hex()}"
    adulterar(
        "INSERT INTO atendimento_registrodeauditoria (em, perfil, acao, alvo, alvo_id, protocolo, dados)"
        " VALUES (now(), '', 'x', 'x', 1, '', '{}')"
    )
    assert "não tem selo" in auditoria.verificar().quebra
    adulterar("DELETE FROM atendimento_registrodeauditoria WHERE id >= %s", registros[2].pk)
    adulterar("DELETE FROM atendimento_selodeauditoria WHERE ordem >= 3")
    assert not auditoria.verificar().quebra
    with pytest.raises(CommandError, match="acaba no elo 2"):
        call_command("verificar_auditoria", "--esperado", elo)
    auditoria.registrar("teste.x", por=None, alvo="teste", alvo_id=1)
    with pytest.raises(CommandError, match="reescrita"):
        call_command("verificar_auditoria", "--esperado", elo)


def test_o_comando_sai_com_1_noutro_processo():
    alvo = registrar(2)[0]
    assert banco.comando("verificar_auditoria").returncode == 0
    adulterar("UPDATE atendimento_registrodeauditoria SET acao = 'y' WHERE id = %s", alvo.pk)
    feito = banco.comando("verificar_auditoria")
    assert feito.returncode == 1
    assert f"Registro {alvo.pk}" in feito.stderr


def test_a_ordem_e_a_dos_commits_e_o_que_se_desfaz_nao_deixa_elo():
    primeira, segunda = fabricas.criar_agente(empresas=[]), fabricas.criar_agente(empresas=[])

    def outra_transacao():
        try:
            auditoria.registrar("teste.segunda", por=segunda, alvo="teste", alvo_id=2)
        finally:
            connections.close_all()

    with transaction.atomic():
        auditoria.registrar("teste.primeira", por=primeira, alvo="teste", alvo_id=1)
        with ThreadPoolExecutor(1) as linha:
            linha.submit(outra_transacao).result(timeout=10)
    with transaction.atomic():
        auditoria.registrar("teste.desfeita", por=primeira, alvo="teste", alvo_id=3)
        transaction.set_rollback(True)
    acoes = SeloDeAuditoria.objects.order_by("ordem").values_list("registro__acao", flat=True)
    assert list(acoes) == ["teste.segunda", "teste.primeira"]
    assert not auditoria.verificar().quebra


def test_oito_linhas_escrevendo_deixam_uma_cadeia_so():
    por = fabricas.criar_agente(empresas=[])

    def escrever(linha):
        try:
            for numero in range(10):
                auditoria.registrar("teste.x", por=por, alvo="teste", alvo_id=linha * 100 + numero)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as linhas:
        list(linhas.map(escrever, range(8)))
    achado = auditoria.verificar()
    assert (achado.registros, achado.quebra) == (80, "")


def test_selo_so_se_acrescenta():
    registrar(1)
    for comando in (
        "UPDATE atendimento_selodeauditoria SET ordem = 9",
        "DELETE FROM atendimento_selodeauditoria",
    ):
        with pytest.raises(Exception, match="Cannot update or delete"), connection.cursor() as cursor:
            cursor.execute(comando)
