"""Os cartões da rede: o que mostram, de quando é, e a porta por onde se pede outra leitura."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from atendimento.dominio.rede import leituras
from atendimento.widgets.consumo import barras, em_bytes
from contratos.dominio.sinal import qualidade
from contratos.models import (
    ComandoDeRede,
    ConsumoDiario,
    LeituraDeSessao,
    LeituraOptica,
    SessaoDeConexao,
)
from tests import fabricas
from tests.execucao.conftest import texto_de
from tests.rede.mundo import criar_conexao

pytestmark = pytest.mark.django_db
WIDGETS = ["conexao", "sinal", "vizinhos", "consumo"]
HOSTIL = "<script>alert(1)</script>"


@pytest.fixture
def empresa():
    return fabricas.criar_empresa()


@pytest.fixture
def conexao(empresa):
    contrato = fabricas.criar_contrato(empresa=empresa)
    return criar_conexao(contrato.etiquetas.get())


@pytest.fixture
def agente(client, empresa):
    client.force_login(fabricas.criar_usuario(capacidades=["atender"], widgets=WIDGETS, empresas=[empresa]))
    return client


def aba(navegador, conexao, **cabecalhos):
    etiqueta = conexao.etiqueta
    url = reverse("contrato", args=[etiqueta.contrato_id, "conexao"]) + f"?etiqueta={etiqueta.pk}"
    return navegador.get(url, headers=cabecalhos)


def cartao(navegador, slug, conexao):
    return navegador.get(reverse("widget", args=[slug, "etiqueta", conexao.etiqueta_id]))


def pedir(navegador, slug, conexao, metodo="post", htmx=True):
    url = reverse("leitura", args=[slug, conexao.pk])
    return getattr(navegador, metodo)(url, headers={"HX-Request": "true"} if htmx else {})


def test_a_aba_diz_online_desde_quando_de_quando_e_que_e_simulador(agente, conexao):
    leituras.ler_sessao(conexao.pk)
    texto = texto_de(aba(agente, conexao))
    assert "Online há" in texto
    assert "lido há 0 s" in texto
    assert "Simulador" in texto
    assert "00:00:5E:00:53:01" in texto


def test_a_caida_mostra_offline_as_cinco_ultimas_quedas_e_a_causa(agente, conexao):
    agora = timezone.now()
    for n in range(7):
        SessaoDeConexao.objects.create(
            conexao=conexao, id_externo=str(n), iniciada_em=agora - timedelta(days=n + 1),
            terminada_em=agora - timedelta(days=n), causa="Lost-Carrier" if n else "NAS-Reboot",
        )  # fmt: skip
    LeituraDeSessao.objects.create(
        conexao=conexao, online=False, desde=agora - timedelta(minutes=42), lida_em=agora
    )
    resposta = aba(agente, conexao)
    texto = texto_de(resposta)
    assert "Offline há 42 min" in texto
    assert texto.count("Perdeu o meio") == 4
    assert "Concentrador reiniciou" in texto


def test_o_mac_visto_que_nao_e_o_cadastrado_se_destaca(agente, conexao):
    LeituraDeSessao.objects.create(conexao=conexao, online=True, lida_em=timezone.now(), mac="00005E0053AA")
    assert "diferente do cadastro" in texto_de(aba(agente, conexao))


def test_o_que_se_mandou_a_rede_aparece_com_o_estado_e_a_resposta(agente, conexao):
    ComandoDeRede.objects.create(conexao=conexao, verbo="provisionar", motivo="bloqueio", tentativas=2)
    ComandoDeRede.objects.create(
        conexao=conexao, verbo="desconectar", situacao="recusado", resposta="NAK: ele não conhece a sessão.",
        proxima_em=None, concluido_em=timezone.now(),
    )  # fmt: skip
    texto = texto_de(aba(agente, conexao))
    assert "Provisionar (bloqueio) Na fila" in texto
    assert "tentativa 2" in texto
    assert "Recusado NAK: ele não conhece a sessão." in texto


def test_o_sinal_mostra_as_potencias_a_distancia_e_a_qualidade(agente, conexao):
    LeituraOptica.objects.create(
        conexao=conexao, estado="online", rx_dbm=Decimal("-27.84"), tx_dbm=Decimal("2.1"), distancia_m=1840,
        lida_em=timezone.now() - timedelta(minutes=3),
    )  # fmt: skip
    texto = texto_de(cartao(agente, "sinal", conexao))
    assert "-27,84 dBm" in texto
    assert "1840 m" in texto
    assert "Crítico" in texto
    assert "lido há 3 min" in texto


@pytest.mark.parametrize(
    ("rx", "esperada"),
    [("-7.99", "alto"), ("-8", "bom"), ("-25", "bom"), ("-25.01", "atencao"), ("-27", "atencao"),
     ("-27.01", "critico"), (None, "")],
)  # fmt: skip
def test_a_qualidade_do_sinal_muda_nos_limites(rx, esperada):
    assert qualidade(rx and Decimal(rx)) == esperada


def vizinhar(conexao, no_ar, fora):
    splitter = fabricas.criar_splitter(razao=32)
    conexao.splitter, conexao.porta_splitter = splitter, 1
    conexao.save()
    for n in range(no_ar + fora):
        vizinha = fabricas.criar_conexao(splitter=splitter, porta_splitter=n + 2)
        LeituraDeSessao.objects.create(conexao=vizinha, online=n < no_ar, lida_em=timezone.now())


@pytest.mark.parametrize(
    ("no_ar", "fora", "online", "frase"),
    [
        (1, 5, False, "Falha de grupo: 5 de 6 fora do ar"),
        (5, 1, False, "Falha só deste cliente"),
        (1, 0, False, "Poucos vizinhos com leitura"),
        (5, 1, True, "Esta conexão está no ar"),
    ],
)
def test_os_vizinhos_dizem_se_a_falha_e_de_um_ou_do_grupo(agente, conexao, no_ar, fora, online, frase):
    vizinhar(conexao, no_ar, fora)
    LeituraDeSessao.objects.create(conexao=conexao, online=online, lida_em=timezone.now())
    texto = texto_de(cartao(agente, "vizinhos", conexao))
    assert frase in texto
    assert "Jacira" not in texto


def test_o_consumo_tem_uma_barra_por_dia_e_o_pico(agente, conexao):
    hoje = timezone.localdate()
    ConsumoDiario.objects.create(conexao=conexao, dia=hoje, baixados=3_500_000_000, enviados=500_000_000)
    ConsumoDiario.objects.create(conexao=conexao, dia=hoje - timedelta(days=40), baixados=10**12)
    resposta = cartao(agente, "consumo", conexao)
    texto = texto_de(resposta)
    assert "3,5 GB baixados" in texto
    assert f"pico {hoje:%d/%m}" in texto
    assert resposta.content.decode().count("<g>") == 30
    assert 'style="' not in resposta.content.decode()


def test_as_barras_cabem_no_desenho_seja_qual_for_o_consumo():
    hoje = timezone.localdate()
    linhas = [ConsumoDiario(dia=hoje, baixados=2**62, enviados=1)]
    assert all(0 <= barra.y_enviados <= 60 for barra in barras(linhas, hoje))
    assert em_bytes(0) == "0 B"
    assert em_bytes(1500) == "1,5 kB"


@pytest.mark.parametrize("slug", ["conexao", "sinal"])
def test_pedir_outra_leitura_volta_na_hora_e_diz_que_se_le(agente, conexao, slug):
    resposta = pedir(agente, slug, conexao)
    assert resposta.status_code == 200
    assert "lendo…" in texto_de(resposta)
    assert "hx-get" in resposta.content.decode()
    assert pedir(agente, slug, conexao).status_code == 200
    assert ProcrastinateJob.objects.filter(task_name__contains="ler_").count() == 1
    assert pedir(agente, slug, conexao, htmx=False).status_code == 302
    assert pedir(agente, slug, conexao, "get").status_code == 200


@pytest.mark.parametrize("slug", ["conexao", "sinal"])
def test_quem_nao_ve_o_cartao_nao_pede_leitura(client, conexao, empresa, slug):
    outros = [w for w in WIDGETS if w != slug]
    client.force_login(fabricas.criar_usuario(capacidades=["atender"], widgets=outros, empresas=[empresa]))
    assert pedir(client, slug, conexao).status_code == 403
    client.force_login(
        fabricas.criar_usuario(capacidades=["atender"], widgets=WIDGETS, empresas=[fabricas.criar_empresa()])
    )
    assert pedir(client, slug, conexao).status_code == 404
    assert not ProcrastinateJob.objects.filter(task_name__contains="ler_").exists()


def test_a_leitura_velha_a_propria_tela_pede_de_novo_e_a_nova_nao(agente, conexao):
    LeituraOptica.objects.create(
        conexao=conexao, estado="online", lida_em=timezone.now() - timedelta(minutes=5)
    )
    assert 'hx-trigger="load"' in cartao(agente, "sinal", conexao).content.decode()
    LeituraOptica.objects.update(lida_em=timezone.now())
    assert 'hx-trigger="load"' not in cartao(agente, "sinal", conexao).content.decode()


def test_o_que_veio_do_equipamento_se_escapa(agente, conexao):
    agora = timezone.now()
    SessaoDeConexao.objects.create(
        conexao=conexao, id_externo=HOSTIL, iniciada_em=agora, terminada_em=agora, causa=HOSTIL
    )
    ComandoDeRede.objects.create(
        conexao=conexao, verbo="desconectar", situacao="falhou", resposta=HOSTIL, proxima_em=None,
        concluido_em=agora,
    )  # fmt: skip
    LeituraDeSessao.objects.create(conexao=conexao, online=True, lida_em=agora, falha=HOSTIL, falhou_em=agora)
    LeituraOptica.objects.create(
        conexao=conexao, estado="online", causa_da_queda=HOSTIL, lida_em=agora, falha=HOSTIL, falhou_em=agora
    )
    fabricas.criar_olt(nome="zz")
    for resposta in (aba(agente, conexao), cartao(agente, "sinal", conexao)):
        assert resposta.status_code == 200
        assert HOSTIL not in resposta.content.decode()
        assert "&lt;script&gt;" in resposta.content.decode()


def test_os_cartoes_leem_o_mesmo_numero_de_vezes_com_uma_ou_tres_conexoes(agente, conexao):
    def contar():
        with CaptureQueriesContext(connection) as vistas:
            aba(agente, conexao)
            cartao(agente, "sinal", conexao)
            cartao(agente, "consumo", conexao)
        return len(vistas)

    contar()
    uma = contar()
    for n in range(2):
        criar_conexao(conexao.etiqueta, login=f"outra{n}@ipe", serial=f"HWTC0000000{n}")
    assert contar() == uma


def test_os_cartoes_oferecem_so_as_acoes_do_perfil(client, conexao, empresa):
    client.force_login(
        fabricas.criar_usuario(
            capacidades=["atender"], widgets=WIDGETS, empresas=[empresa], acoes=["diagnostico"]
        )
    )
    pagina = aba(client, conexao).content.decode()
    assert reverse("acao", args=["diagnostico", "etiqueta", conexao.etiqueta_id]) in pagina
    assert reverse("acao", args=["desconectar", "etiqueta", conexao.etiqueta_id]) not in pagina
