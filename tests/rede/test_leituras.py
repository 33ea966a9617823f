"""Ler, guardar com a hora, e não contar duas vezes."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from atendimento.dominio.rede import leituras, sessoes
from atendimento.integracoes.rede import Sessao
from contratos.models import ConsumoDiario, LeituraDeSessao, LeituraOptica, SessaoDeConexao
from tests import fabricas
from tests.rede.mundo import MAC, criar_conexao, reler

pytestmark = pytest.mark.django_db


def sessao(inicio, **campos):
    return Sessao(**{"login": "jacira@ipe", "id_externo": "S1", "iniciada_em": inicio} | campos)


def guardar(conexao, *lidas, agora=None):
    sessoes.guardar({conexao.login: conexao.pk}, lidas, agora=agora or timezone.now(), simulada=False)


def test_a_leitura_diz_que_esta_no_ar_desde_quando_e_com_que_mac():
    conexao = criar_conexao()
    leituras.ler_sessao(conexao.pk)

    leitura = reler(conexao).leitura_de_sessao
    assert (leitura.online, leitura.simulada, leitura.mac, leitura.falha) == (True, True, MAC, "")
    assert leitura.ip.startswith("100.64.")
    assert leitura.idade == 0
    assert conexao.sessoes.no_ar().get().iniciada_em == leitura.desde
    assert 28 <= conexao.sessoes.count() <= 30
    assert 28 <= conexao.consumo.count() <= 31


def test_a_caida_diz_desde_quando_e_a_queda_entra_na_lista():
    caida = timezone.now() - timedelta(minutes=42)
    conexao = criar_conexao(roteiro={"caida_em": caida.isoformat(), "estado": "sem_energia"})
    leituras.ler_sessao(conexao.pk)
    leituras.ler_sinal(conexao.pk)

    conexao = reler(conexao)
    assert (conexao.leitura_de_sessao.online, conexao.leitura_de_sessao.desde) == (False, caida)
    assert conexao.sessoes.quedas().first().causa == "Lost-Carrier"
    assert conexao.leitura_optica.estado == "sem_energia"
    assert conexao.leitura_optica.rx_dbm is None
    assert conexao.leitura_optica.ultima_queda_em == caida


def test_quem_nao_responde_deixa_a_frase_e_a_leitura_boa_de_antes():
    conexao = criar_conexao()
    leituras.ler_sessao(conexao.pk)
    antes = reler(conexao).leitura_de_sessao.lida_em
    conexao.concentrador.roteiro = {"jacira@ipe": {"muda": True}}
    conexao.concentrador.save()
    leituras.ler_sessao(conexao.pk)

    leitura = reler(conexao).leitura_de_sessao
    assert (leitura.lida_em, leitura.online) == (antes, True)
    assert leitura.falha == "O concentrador não respondeu a tempo."


def test_depois_de_tres_falhas_o_equipamento_repousa_e_nao_se_tenta(monkeypatch):
    conexao = criar_conexao(roteiro={"muda": True})
    for _ in range(3):
        leituras.ler_sessao(conexao.pk)
    concentrador = reler(conexao).concentrador
    assert concentrador.falhas_seguidas == 3
    assert concentrador.repousa_ate > timezone.now()

    concentrador.roteiro = {}
    concentrador.save()
    leituras.ler_sessao(conexao.pk)
    assert "Descansa até" in reler(conexao).leitura_de_sessao.falha
    leituras.varrer_todos()
    assert not ProcrastinateJob.objects.filter(task_name__contains="varrer").exists()

    concentrador.repousa_ate = timezone.now()
    concentrador.save()
    leituras.ler_sessao(conexao.pk)
    assert reler(conexao).leitura_de_sessao.online
    assert reler(conexao).concentrador.falhas_seguidas == 0


@pytest.mark.parametrize(
    ("campos", "frase"),
    [({"concentrador": None}, "não tem concentrador"), ({"olt": None, "serial": ""}, "não tem integração")],
)
def test_sem_de_onde_ler_a_frase_diz(campos, frase):
    conexao = fabricas.criar_conexao(
        **{"concentrador": fabricas.criar_concentrador(), "login": "jacira@ipe"} | campos
    )
    leituras.ler_sessao(conexao.pk)
    leituras.ler_sinal(conexao.pk)
    assert frase in LeituraDeSessao.objects.get().falha
    assert "não passa por uma OLT" in LeituraOptica.objects.get().falha


def test_pedir_cinquenta_vezes_enfileira_uma_leitura_e_nao_fala_com_ninguem():
    conexao = criar_conexao(roteiro={"muda": True})
    for _ in range(50):
        leituras.pedir_sessao(conexao)
    [tarefa] = ProcrastinateJob.objects.filter(task_name="atendimento.tarefas.ler_sessao")
    assert tarefa.lock == f"concentrador-{conexao.concentrador_id}"
    assert leituras.esperando(reler(conexao).leitura_de_sessao)
    assert reler(conexao).leitura_de_sessao.falha == ""


def test_a_mesma_sessao_lida_de_novo_soma_so_o_que_cresceu():
    conexao, agora = criar_conexao(), timezone.now()
    inicio = agora - timedelta(minutes=1)
    guardar(conexao, sessao(inicio, baixados=1000, enviados=10), agora=agora)
    guardar(conexao, sessao(inicio, baixados=1500, enviados=10), agora=agora)
    guardar(conexao, sessao(inicio, baixados=400, enviados=10), agora=agora)

    assert SessaoDeConexao.objects.count() == 1
    total = sum(dia.baixados for dia in ConsumoDiario.objects.all())
    assert 1490 <= total <= 1500


def test_o_login_que_nao_e_daqui_se_ignora():
    conexao = criar_conexao()
    guardar(conexao, sessao(timezone.now(), login="outro@ipe"))
    assert not SessaoDeConexao.objects.exists()


def test_vale_a_sessao_mais_nova_ainda_que_a_velha_nunca_tenha_acabado():
    conexao, agora = criar_conexao(), timezone.now()
    perdida = sessao(agora - timedelta(days=2), id_externo="perdida")
    ultima = sessao(agora - timedelta(hours=2), id_externo="ultima", terminada_em=agora - timedelta(hours=1))
    guardar(conexao, perdida, ultima)
    assert reler(conexao).leitura_de_sessao.online is False


def test_repartir_da_a_cada_dia_a_sua_parte():
    fuso = timezone.get_current_timezone()
    inicio = datetime(2026, 1, 5, 18, tzinfo=fuso)
    partes = sessoes.repartir(inicio, inicio + timedelta(hours=24))
    assert partes == {date(2026, 1, 5): 0.25, date(2026, 1, 6): 0.75}
    assert sessoes.repartir(inicio, inicio) == {date(2026, 1, 5): 1.0}
    assert sessoes.repartir(inicio, inicio + timedelta(days=900)).keys() == {date(2028, 6, 23)}


def test_a_varredura_le_todos_de_uma_vez_e_anota_ate_onde():
    conexao = criar_conexao()
    outra = fabricas.criar_conexao(concentrador=conexao.concentrador, login="outra@ipe")
    assert leituras.varrer(conexao.concentrador_id) > 50

    assert reler(conexao).leitura_de_sessao.online
    assert reler(outra).leitura_de_sessao.online
    assert reler(conexao).concentrador.lido_ate
    assert leituras.varrer(conexao.concentrador_id) <= 4


def test_o_que_e_velho_demais_se_apaga():
    # Ao meio-dia: uma sessão que atravessasse a meia-noite teria consumo em dois dias.
    conexao, meio_dia = criar_conexao(), timezone.localtime().replace(hour=12)
    for dias in (91, 89):
        fim = meio_dia - timedelta(days=dias)
        guardar(conexao, sessao(fim - timedelta(hours=1), id_externo=str(dias), terminada_em=fim, baixados=9))
    assert leituras.apagar_velhas() == 2
    assert conexao.sessoes.get().id_externo == "89"
    assert conexao.consumo.count() == 1
