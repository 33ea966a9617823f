"""De cada estado da rede, a causa provável e o que fazer; a primeira explicação vale."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from atendimento import rede_na_tela
from atendimento.dominio import massivas
from atendimento.dominio.rede.diagnostico import diagnosticar
from contratos.models import Conexao, Contrato, LeituraDeSessao, LeituraOptica, SessaoDeConexao
from tests import fabricas
from tests.rede.mundo import criar_conexao

pytestmark = pytest.mark.django_db


@pytest.fixture
def conexao():
    splitter = fabricas.criar_splitter(razao=16)
    ponto = splitter.olt.ponto_de_acesso
    return criar_conexao(splitter=splitter, porta_splitter=1, olt=splitter.olt, ponto_de_acesso=ponto)


def sessao(conexao, **campos):
    padrao = {"online": True, "lida_em": timezone.now(), "mac": conexao.mac, "ip": "100.64.0.9"}
    LeituraDeSessao.objects.update_or_create(conexao=conexao, defaults=padrao | campos)


def sinal(conexao, **campos):
    padrao = {"estado": "online", "rx_dbm": Decimal("-19.5"), "lida_em": timezone.now()}
    LeituraOptica.objects.update_or_create(conexao=conexao, defaults=padrao | campos)


def tudo_bem(conexao):
    sessao(conexao)
    sinal(conexao)


def bloqueado(conexao):
    tudo_bem(conexao)
    Contrato.objects.update(situacao=7)


def ponto_fora(conexao):
    sessao(conexao, online=False)
    conexao.ponto_de_acesso.fora_do_ar = True
    conexao.ponto_de_acesso.save()


def grupo_caido(conexao):
    sessao(conexao, online=False)
    for porta in range(2, 7):
        vizinha = fabricas.criar_conexao(splitter=conexao.splitter, porta_splitter=porta)
        sessao(vizinha, online=False)


def caiu_com(estado):
    def por(conexao):
        sessao(conexao, online=False)
        sinal(conexao, estado=estado, rx_dbm=None)

    return por


def fraco(conexao):
    sessao(conexao)
    sinal(conexao, rx_dbm=Decimal("-28.1"))


def mac_outro(conexao):
    sessao(conexao, mac="00005E0053AA")
    sinal(conexao)


def nao_autentica(conexao):
    sessao(conexao, online=False, ip=None)
    sinal(conexao)


def cai_muito(conexao):
    tudo_bem(conexao)
    agora = timezone.now()
    for n in range(3):
        SessaoDeConexao.objects.create(
            conexao=conexao, id_externo=str(n), iniciada_em=agora - timedelta(hours=n + 2),
            terminada_em=agora - timedelta(hours=n + 1), causa="Lost-Carrier",
        )  # fmt: skip


@pytest.mark.parametrize(
    ("por", "causa", "fazer"),
    [
        (tudo_bem, "nada de errado", "Wi-Fi"),
        (bloqueado, "contrato em Bloqueio Administrativo", "desbloqueio"),
        (ponto_fora, "ponto de acesso", "massiva"),
        (grupo_caido, "falha de grupo: 5 de 5", "não agende visita"),
        (caiu_com("sem_energia"), "sem energia", "tomada"),
        (caiu_com("sem_luz"), "fibra rompida", "visita técnica"),
        (fraco, "fraco demais (-28,10 dBm)", "visita técnica"),
        (mac_outro, "MAC diferente", "Limpar ou trocar MAC"),
        (nao_autentica, "não autentica", "senha"),
        (lambda conexao: None, "não se sabe", "outra leitura"),
        (cai_muito, "quedas repetidas: 3 em 24 horas", "visita técnica"),
    ],
)
def test_a_causa_provavel_e_o_que_fazer(conexao, por, causa, fazer):
    por(conexao)
    lida = rede_na_tela.com_leituras(Conexao.objects.filter(pk=conexao.pk)).get()
    achado = diagnosticar(lida, lida.etiqueta.contrato)
    assert causa in achado.conclusao.causa
    assert fazer in achado.conclusao.fazer
    assert achado.conclusao.dizer
    assert len(achado.passos) >= 6
    assert achado.relato.startswith("Causa provável:")


def test_a_massiva_explica_antes_do_sinal_e_diz_as_palavras_dela(conexao):
    caiu_com("sem_luz")(conexao)
    supervisor = fabricas.criar_usuario(capacidades=["atender", "supervisionar"])
    massiva = massivas.abrir(
        por=supervisor, titulo="Rompimento na CTO", escopo="splitter", alvo={"splitter": conexao.splitter},
        inicio=timezone.now(), texto="A fibra da sua rua rompeu; volta às 18 h.",
    )  # fmt: skip
    lida = rede_na_tela.com_leituras(Conexao.objects.filter(pk=conexao.pk)).get()
    achado = diagnosticar(lida, lida.etiqueta.contrato, [massiva])
    assert "massiva em curso: Rompimento na CTO" in achado.conclusao.causa
    assert achado.conclusao.dizer == "A fibra da sua rua rompeu; volta às 18 h."
    assert "Massivas: Rompimento na CTO." in achado.passos
