"""Os comandos da rede: nascem na transação, entregam-se uma vez, e o que o equipamento disse se conta."""

from datetime import timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from atendimento.dominio.rede import comandos, leituras
from atendimento.integracoes.rede import Acesso
from atendimento.models import RegistroDeAuditoria
from contratos.cifra import Segredo, cifrar
from contratos.dominio import provisionamento, situacao
from contratos.models import ComandoDeRede, Conexao
from tests import fabricas
from tests.execucao.cenario import criar_cenario
from tests.rede.mundo import MAC, criar_conexao, reler

pytestmark = pytest.mark.django_db


@pytest.fixture
def cenario():
    return criar_cenario(acoes=("desconectar",))


@pytest.fixture
def conexao(cenario):
    return criar_conexao(cenario.etiqueta, senha=cifrar("senha-da-conexao"))


def mandar(cenario, conexao, verbo="desconectar"):
    return comandos.mandar(
        conexao, verbo, por=cenario.agente, protocolo=cenario.solicitacao.protocolo,
        validade=timedelta(minutes=2),
    )  # fmt: skip


def ditar(conexao, **defeito):
    """Muda o que o simulador finge, no RADIUS e na OLT."""
    for equipamento, chave in ((conexao.concentrador, conexao.login), (conexao.olt, conexao.serial)):
        equipamento.roteiro = {chave: defeito}
        equipamento.save()


def ultimo_relato(cenario):
    return cenario.solicitacao.relatos.order_by("-id").first().texto


def test_desconectar_derruba_a_sessao_e_ela_volta(cenario, conexao):
    leituras.ler_sessao(conexao.pk)
    antes = reler(conexao).leitura_de_sessao.desde
    comando = mandar(cenario, conexao)
    assert comandos.entregar(comando.pk).situacao == "feito"
    leituras.ler_sessao(conexao.pk)

    leitura = reler(conexao).leitura_de_sessao
    assert leitura.online
    assert leitura.desde > antes
    assert conexao.sessoes.filter(causa="Admin-Reset").count() == 1
    assert "(simulador)" in ultimo_relato(cenario)
    assert RegistroDeAuditoria.objects.get(acao="rede.desconectar").usuario == cenario.agente


def test_o_nao_do_equipamento_se_diz_ao_agente_e_nao_se_repete(cenario, conexao):
    ditar(conexao, recusa="O concentrador recusou a desconexão (NAK): ele não conhece esta sessão.")
    comando = comandos.entregar(mandar(cenario, conexao).pk)

    assert comando.situacao == "recusado"
    assert "NAK" in ultimo_relato(cenario)
    assert comandos.entregar(comando.pk) is None
    assert comando.tentativas == 1


def test_quem_nao_responde_falha_na_hora_porque_o_pedido_e_de_agora(cenario, conexao):
    ditar(conexao, muda=True)
    comando = comandos.entregar(mandar(cenario, conexao).pk)
    assert (comando.situacao, comando.resposta) == ("falhou", "O concentrador não respondeu a tempo.")
    assert "falhou" in ultimo_relato(cenario)


def test_o_pedido_que_passou_da_validade_nao_se_faz(cenario, conexao):
    comando = mandar(cenario, conexao)
    comando = comandos.entregar(comando.pk, timezone.now() + timedelta(minutes=3))
    assert comando.situacao == "falhou"
    assert not conexao.sessoes.exists()


def test_pedir_duas_vezes_e_um_comando_e_uma_entrega(cenario, conexao):
    assert mandar(cenario, conexao).pk == mandar(cenario, conexao).pk
    assert ProcrastinateJob.objects.filter(task_name__contains="entregar_comando").count() == 1


def test_reiniciar_vai_a_olt(cenario, conexao):
    assert comandos.entregar(mandar(cenario, conexao, "reiniciar").pk).situacao == "feito"
    ditar(conexao, recusa="A OLT recusou.")
    assert comandos.entregar(mandar(cenario, conexao, "reiniciar").pk).situacao == "recusado"


def test_bloquear_o_contrato_se_enfileira_na_mesma_transacao_e_se_entrega(conexao, cenario):
    fabricas.criar_debito(cenario.contrato)
    situacao.bloquear(cenario.contrato)
    [comando] = conexao.comandos.all()
    assert (comando.verbo, comando.situacao, comando.motivo) == ("provisionar", "na_fila", "bloqueio")

    assert comandos.entregar(comando.pk).situacao == "feito"
    assert comandos.estado_de(reler(conexao)).lista == "bloqueado"
    situacao.liberar(cenario.contrato)
    assert conexao.comandos.na_fila().get().motivo == "liberação"
    assert comandos.estado_de(reler(conexao)).lista == ""


def test_o_que_falha_se_tenta_de_novo_cada_vez_mais_tarde_e_no_fim_se_desiste(conexao):
    ditar(conexao, muda=True)
    Conexao.objects.update(mac="")
    comando, agora = conexao.comandos.get(), timezone.now()
    esperas = []
    for _ in comandos.ESPERAS:
        comando.refresh_from_db()
        agora = comando.proxima_em + timedelta(seconds=1)
        assert comandos.entregar(comando.pk, agora).situacao == "na_fila"
        comando.refresh_from_db()
        esperas.append(round((comando.proxima_em - agora).total_seconds() / 60))
    assert esperas == list(comandos.ESPERAS)
    assert "não respondeu" in comando.resposta
    assert comandos.entregar(comando.pk, comando.proxima_em + timedelta(seconds=1)).situacao == "falhou"


def test_a_mudanca_no_meio_da_entrega_nao_se_perde(conexao, monkeypatch):
    Conexao.objects.update(mac="")
    comando = conexao.comandos.get()
    fazer = comandos.FAZER["provisionar"]

    def mudar_no_meio(reservado):
        resultado = fazer(reservado)
        Conexao.objects.update(mac="00005E0053BB")
        return resultado

    monkeypatch.setitem(comandos.FAZER, "provisionar", mudar_no_meio)
    assert comandos.entregar(comando.pk) is None
    comando.refresh_from_db()
    assert (comando.situacao, comando.versao) == ("na_fila", 2)
    monkeypatch.undo()
    assert comandos.entregar(comando.pk).situacao == "feito"


def test_de_dois_trabalhadores_um_entrega(conexao):
    Conexao.objects.update(mac="")
    comando = conexao.comandos.get()
    assert comandos._reservar(comando.pk, timezone.now())
    assert comandos.entregar(comando.pk) is None


def test_o_estado_que_se_leva_e_o_do_banco(conexao, cenario):
    plano = fabricas.criar_plano(download_mbps=600, upload_mbps=300)
    fabricas.criar_servico(cenario.contrato, etiqueta=cenario.etiqueta, plano=plano)
    assert comandos.estado_de(reler(conexao)) == Acesso(
        login="jacira@ipe", ativo=True, senha=Segredo("senha-da-conexao"), mac=MAC, download_mbps=600,
        upload_mbps=300,
    )  # fmt: skip
    Conexao.objects.update(ativa=False)
    assert not comandos.estado_de(reler(conexao)).ativo


def test_a_senha_nao_se_imprime(conexao):
    assert "senha-da-conexao" not in repr(comandos.estado_de(reler(conexao)))


def test_trocar_o_plano_provisiona_a_etiqueta(conexao):
    provisionamento.da_etiqueta(conexao.etiqueta_id, "plano")
    provisionamento.da_conexao(conexao.pk, "conexão nova")
    assert conexao.comandos.get().motivo == "conexão nova"
    assert ComandoDeRede.objects.get().versao == 2


def test_o_que_ficou_para_tras_a_rotina_acorda(conexao):
    Conexao.objects.update(mac="")
    comandos.entregar_pendentes()
    comandos.entregar_pendentes()
    [tarefa] = ProcrastinateJob.objects.filter(task_name__contains="entregar_comando")
    assert tarefa.args == {"comando": conexao.comandos.get().pk}
