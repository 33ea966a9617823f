"""Contra um FreeRADIUS de verdade: a sessão que ele conta, a senha que ele confere, o NAK do concentrador."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from pyrad import packet

from atendimento.dominio.rede import comandos, leituras
from contratos.cifra import cifrar, decifrar
from contratos.dominio import conexoes as verbos
from contratos.models import Conexao
from tests import fabricas
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import texto_de
from tests.rede import radius as servidores
from tests.rede.mundo import reler

pytestmark = pytest.mark.django_db
LOGIN = "jacira@ipe"
VELHA = "senha-velha-123"


@pytest.fixture(scope="module")
def servidor(request):
    servidores.exigir()
    nome = getattr(request.config, "workerinput", {}).get("workerid", "so")
    with servidores.no_ar(settings.PASTA_VAR / f"radius-{nome}") as no_ar:
        yield no_ar


@pytest.fixture
def radius(servidor):
    with servidor.banco() as banco:
        banco.execute("TRUNCATE radacct, radcheck, radreply")
    return servidor


@pytest.fixture
def cenario():
    return criar_cenario(acoes=("desconectar",))


@pytest.fixture
def conexao(radius, cenario):
    concentrador = fabricas.criar_concentrador(
        ip="127.0.0.1", integracao="freeradius", segredo=cifrar(servidores.SEGREDO), banco_host="127.0.0.1",
        banco_porta=radius.porta_do_banco, banco_nome="radius", banco_usuario="radius",
        banco_senha=cifrar(servidores.SENHA_DO_BANCO),
    )  # fmt: skip
    conexao = fabricas.criar_conexao(
        cenario.etiqueta, login=LOGIN, concentrador=concentrador, senha=cifrar(VELHA)
    )
    provisionar(conexao, mac="00005E005301")
    return conexao


def provisionar(conexao, **campos):
    """Muda a conexão e entrega o comando que o gatilho enfileirou."""
    Conexao.objects.filter(pk=conexao.pk).update(**campos)
    return comandos.entregar(conexao.comandos.na_fila().get().pk)


def pagina(client, conexao, empresa):
    client.force_login(
        fabricas.criar_usuario(capacidades=["atender"], widgets=["conexao"], empresas=[empresa])
    )
    etiqueta = conexao.etiqueta
    url = reverse("contrato", args=[etiqueta.contrato_id, "conexao"])
    return texto_de(client.get(f"{url}?etiqueta={etiqueta.pk}"))


def test_a_sessao_contada_pelo_servidor_aparece_no_cartao_e_a_queda_tambem(client, radius, conexao, cenario):
    radius.contar(LOGIN, "Start", Calling_Station_Id="00:00:5E:00:53:01", Framed_IP_Address="100.64.7.9")
    radius.contar(
        LOGIN, "Interim-Update", Acct_Input_Octets=1000, Acct_Output_Octets=250_000, Acct_Session_Time=60,
        Framed_IP_Address="100.64.7.9", Calling_Station_Id="00:00:5E:00:53:01",
    )  # fmt: skip
    leituras.ler_sessao(conexao.pk)

    texto = pagina(client, conexao, cenario.empresa)
    assert "Online há" in texto
    assert "100.64.7.9" in texto
    assert "MAC visto 00:00:5E:00:53:01" in texto
    assert "Simulador" not in texto
    sessao = conexao.sessoes.get()
    assert (sessao.baixados, sessao.enviados) == (250_000, 1000)

    radius.contar(
        LOGIN, "Stop", Acct_Terminate_Cause="Lost-Carrier", Acct_Output_Octets=300_000,
        Acct_Input_Octets=2000, Acct_Session_Time=90,
    )  # fmt: skip
    assert leituras.varrer(conexao.concentrador_id) == 1
    texto = pagina(client, conexao, cenario.empresa)
    assert "Offline há" in texto
    assert "Perdeu o meio" in texto
    assert sum(dia.baixados for dia in conexao.consumo.all()) in range(299_998, 300_001)


def test_a_troca_de_senha_autentica_com_a_nova_e_nao_com_a_velha(radius, conexao):
    mac = {"Calling_Station_Id": "00-00-5e-00-53-01"}
    assert radius.autenticar(LOGIN, VELHA, **mac).code == packet.AccessAccept

    verbos.gerar_senha(reler(conexao))
    comando = comandos.entregar(conexao.comandos.na_fila().get().pk)

    nova = decifrar(reler(conexao).senha)
    assert (comando.situacao, comando.motivo) == ("feito", "senha")
    assert radius.autenticar(LOGIN, nova, **mac).code == packet.AccessAccept
    assert radius.autenticar(LOGIN, VELHA, **mac).code == packet.AccessReject
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(c::text, '') FROM contratos_comandoderede c")
        assert nova not in cursor.fetchone()[0]


def test_o_mac_amarra_em_qualquer_escrita_e_solto_deixa_entrar(radius, conexao):
    for mac in ("00:00:5E:00:53:01", "00005e005301", "00-00-5E-00-53-01"):
        assert radius.autenticar(LOGIN, VELHA, Calling_Station_Id=mac).code == packet.AccessAccept
    assert radius.autenticar(LOGIN, VELHA, Calling_Station_Id="00:00:5E:00:53:99").code == packet.AccessReject
    provisionar(conexao, mac="")
    assert radius.autenticar(LOGIN, VELHA).code == packet.AccessAccept


def test_o_bloqueio_muda_a_lista_e_a_desativacao_recusa(radius, conexao, cenario):
    provisionar(conexao, mac="", status=2)
    resposta = radius.autenticar(LOGIN, VELHA)
    assert (resposta.code, resposta["Filter-Id"]) == (packet.AccessAccept, ["bloqueado"])
    provisionar(conexao, status=1)
    assert "Filter-Id" not in radius.autenticar(LOGIN, VELHA)
    provisionar(conexao, ativa=False)
    assert radius.autenticar(LOGIN, VELHA).code == packet.AccessReject


def test_o_login_trocado_deixa_de_entrar_e_o_que_o_provedor_pos_por_fora_fica(radius, conexao):
    with radius.banco() as banco:
        banco.execute(
            "INSERT INTO radcheck (username, attribute, op, value)"
            " VALUES (%s, 'Simultaneous-Use', ':=', '1')",
            [LOGIN],
        )
        provisionar(conexao, mac="", login="jacira.nova@ipe")
        sobrou = banco.execute("SELECT attribute FROM radcheck WHERE username = %s", [LOGIN]).fetchall()
    assert sobrou == [("Simultaneous-Use",)]
    assert radius.autenticar(LOGIN, VELHA).code == packet.AccessReject
    assert radius.autenticar("jacira.nova@ipe", VELHA).code == packet.AccessAccept


@pytest.mark.parametrize(
    ("resposta", "situacao", "frase"),
    [
        ("ack", "feito", "derrubou a sessão"),
        ("nak", "recusado", "recusou a desconexão (NAK): ele não conhece esta sessão"),
        ("calado", "falhou", "não respondeu ao pedido"),
        ("lixo", "falhou", "não respondeu ao pedido"),
    ],
)
def test_o_disconnect_chega_ao_concentrador_e_o_que_ele_disse_chega_ao_agente(
    client, radius, conexao, cenario, resposta, situacao, frase
):
    radius.contar(LOGIN, "Start", sessao="0000B7")
    with servidores.Concentrador(resposta) as nas:
        conexao.concentrador.porta_coa = nas.porta
        conexao.concentrador.save()
        comando = comandos.mandar(
            conexao, "desconectar", por=cenario.agente, protocolo=cenario.solicitacao.protocolo,
            validade=timedelta(minutes=2),
        )  # fmt: skip
        comando = comandos.entregar(comando.pk)

    assert nas.pedidos[0] == {"User-Name": LOGIN, "Acct-Session-Id": "0000B7"}
    assert comando.situacao == situacao
    assert frase in cenario.solicitacao.relatos.order_by("-id").first().texto
    assert frase in pagina(client, conexao, cenario.empresa)


def test_o_que_o_banco_do_radius_traz_de_errado_nao_derruba_a_leitura(radius, conexao):
    with radius.banco() as banco:
        banco.execute(
            "INSERT INTO radacct (acctsessionid, acctuniqueid, username, nasipaddress, acctstarttime,"
            " acctstoptime, callingstationid, acctterminatecause, acctinputoctets) VALUES"
            " ('a', 'a', %(l)s, '127.0.0.1', now() - interval '1 hour', now() - interval '2 hours',"
            " repeat('X', 10000000), repeat('<b>', 3000000), -5),"
            " ('b', 'b', %(l)s, '127.0.0.1', 'infinity', NULL, NULL, NULL, NULL),"
            " ('c', 'c', %(l)s, '127.0.0.1', NULL, NULL, NULL, NULL, NULL)",
            {"l": LOGIN},
        )
    leituras.ler_sessao(conexao.pk)
    leitura = reler(conexao).leitura_de_sessao
    if leitura.falha:
        # Uma data infinita não cabe em Python: a leitura inteira se recusa, com uma frase.
        assert "não se entende" in leitura.falha
        with radius.banco() as banco:
            banco.execute("DELETE FROM radacct WHERE acctuniqueid = 'b'")
        leituras.ler_sessao(conexao.pk)
    sessao = conexao.sessoes.get()
    assert (sessao.id_externo, sessao.mac, sessao.enviados) == ("a", "", 0)
    assert sessao.terminada_em == sessao.iniciada_em
    assert len(sessao.causa) <= 40
