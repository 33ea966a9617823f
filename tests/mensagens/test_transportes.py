"""O que sai de verdade: um e-mail recebido por um servidor SMTP, um SMS por um gateway HTTP."""

import email
from datetime import timedelta
from email import policy

import pytest
from django.utils import timezone

from atendimento.dominio import mensagens
from atendimento.integracoes.mensagens import FalhaDefinitiva, FalhaTemporaria, transporte_para
from atendimento.integracoes.mensagens import gateway as modulo
from atendimento.integracoes.mensagens.gateway import Gateway
from atendimento.integracoes.mensagens.interface import Envelope
from atendimento.models.mensagem import SituacaoDaMensagem
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM
from contratos.cifra import cifrar
from tests.fabricas import criar_cliente, criar_conexao
from tests.mensagens.servidores import servidor_http, servidor_smtp
from tests.mensagens.test_caixa_de_saida import AVISO, COM_SENHA, confirmado, de_email

S = SituacaoDaMensagem


@pytest.fixture(autouse=True)
def tipos_de_teste(db):
    for tipo in (AVISO, COM_SENHA):
        TIPOS_DE_MENSAGEM.registrar(tipo)
    yield
    for tipo in (AVISO, COM_SENHA):
        TIPOS_DE_MENSAGEM.retirar(tipo.codigo)


@pytest.fixture
def correio(settings):
    with servidor_smtp() as (recebidas, porta):
        settings.SMTP_HOST, settings.SMTP_PORTA = "127.0.0.1", porta
        settings.SMTP_SEGURANCA, settings.SMTP_REMETENTE = "nenhuma", "Atendimento <avisos@exemplo.net>"
        yield recebidas


@pytest.fixture
def gateway(settings):
    with servidor_http() as falso:
        settings.GATEWAY_URL, settings.GATEWAY_CREDENCIAL = falso.url, "credencial-de-teste"
        settings.GATEWAY_HOSTS, settings.GATEWAY_REDE_PRIVADA = ["127.0.0.1"], True
        yield falso


def na_fila_por_email(dados=None):
    contato = de_email(criar_cliente(nome="Jacira Alecrim"))
    return mensagens.enfileirar(contato=contato, modelo=AVISO, dados=dados or {"assunto": "a rede"})


def na_fila_por_sms():
    return mensagens.enfileirar(
        contato=confirmado(criar_cliente()), modelo=AVISO, dados={"assunto": "a rede"}
    )


def lida(envelope):
    return email.message_from_bytes(envelope.content, policy=policy.default)


def test_o_email_chega_ao_servidor_como_se_escreveu(correio):
    mensagem = na_fila_por_email({"assunto": "manutenção às 3 h"})

    enviada = mensagens.enviar(mensagem.pk)

    (envelope,) = correio.mensagens
    chegou = lida(envelope)
    assert envelope.rcpt_tos == ["jacira@exemplo.net"]
    assert chegou["Subject"] == "Aviso sobre manutenção às 3 h"
    assert chegou["Message-ID"] == f"<{mensagem.chave}@exemplo.net>" == enviada.id_externo
    assert chegou.get_content().strip() == "Olá, Jacira Alecrim: manutenção às 3 h."
    assert (enviada.situacao, enviada.falha) == (S.ENVIADA, "")


def test_o_email_leva_o_segredo_que_nao_se_guarda(correio):
    conexao = criar_conexao(senha=cifrar("ipe-secreta-77"))
    contato = de_email(conexao.etiqueta.contrato.cliente)
    mensagem = mensagens.enfileirar(contato=contato, modelo=COM_SENHA, dados={"senha": conexao.pk})

    mensagens.enviar(mensagem.pk)

    assert "ipe-secreta-77" in lida(correio.mensagens[0]).get_content()


def test_um_assunto_nao_injeta_cabecalho(correio):
    mensagem = na_fila_por_email({"assunto": "x\r\nBcc: outro@exemplo.net"})
    mensagens.enviar(mensagem.pk)
    (envelope,) = correio.mensagens
    assert envelope.rcpt_tos == ["jacira@exemplo.net"]
    assert lida(envelope)["Bcc"] is None


@pytest.mark.parametrize(("resposta", "situacao"), [("451 depois", S.NA_FILA), ("554 não", S.FALHOU)])
def test_a_recusa_do_servidor_de_email_diz_se_vale_tentar_de_novo(correio, resposta, situacao):
    correio.resposta = resposta
    mensagem = mensagens.enviar(na_fila_por_email().pk)
    assert mensagem.situacao == situacao
    assert resposta[:3] in mensagem.falha


def test_servidor_de_email_fora_do_ar_e_falha_temporaria(settings):
    settings.SMTP_HOST, settings.SMTP_PORTA, settings.SMTP_SEGURANCA = "127.0.0.1", 1, "nenhuma"
    mensagem = mensagens.enviar(na_fila_por_email().pk)
    assert (mensagem.situacao, mensagem.tentativas) == (S.NA_FILA, 1)
    assert mensagem.proxima_em > timezone.now()


def test_sem_tls_o_servidor_que_nao_o_oferece_nao_recebe_nada(correio, settings):
    settings.SMTP_SEGURANCA = "starttls"
    assert mensagens.enviar(na_fila_por_email().pk).situacao == S.NA_FILA
    assert correio.mensagens == []


def test_o_sms_leva_a_chave_e_a_credencial(gateway):
    mensagem = na_fila_por_sms()

    enviada = mensagens.enviar(mensagem.pk)

    (pedido,) = gateway.pedidos
    assert pedido["caminho"] == "/mensagens?v=1"
    assert pedido["cabecalhos"]["Idempotency-Key"] == str(mensagem.chave)
    assert pedido["cabecalhos"]["Authorization"] == "Bearer credencial-de-teste"
    assert pedido["corpo"] == {"canal": "sms", "para": mensagem.destino, "texto": mensagem.texto_exibido}
    assert (enviada.situacao, enviada.id_externo) == (S.ENVIADA, "gw-1")


def test_a_falha_se_repete_mais_tarde_com_a_mesma_chave_e_o_cliente_recebe_uma(gateway):
    gateway.respostas = [(503, {}), (202, {"id": "gw-7"})]
    mensagem = na_fila_por_sms()

    primeira = mensagens.enviar(mensagem.pk)
    assert (primeira.situacao, primeira.falha) == (S.NA_FILA, "O gateway respondeu 503.")
    assert mensagens.enviar(mensagem.pk) is None, "ainda não é a vez dela"
    depois = timezone.now() + timedelta(minutes=2)
    assert mensagens.enviar_pendentes(depois) == 1

    mensagem.refresh_from_db()
    assert (mensagem.situacao, mensagem.tentativas) == (S.ENVIADA, 2)
    assert len({p["cabecalhos"]["Idempotency-Key"] for p in gateway.pedidos}) == 1


def test_cada_espera_e_maior_e_no_fim_a_mensagem_falha(gateway):
    gateway.respostas = [(500, {})]
    mensagem, agora, esperas = na_fila_por_sms(), timezone.now() + timedelta(seconds=1), []
    while (tentada := mensagens.enviar(mensagem.pk, agora=agora)).situacao == S.NA_FILA:
        esperas.append(tentada.proxima_em - agora)
        agora = tentada.proxima_em
    assert esperas == sorted(esperas)
    assert len(set(esperas)) == len(mensagens.ESPERAS)
    assert sum(esperas, timedelta()) < timedelta(hours=20)
    assert (tentada.situacao, tentada.tentativas) == (S.FALHOU, len(mensagens.ESPERAS) + 1)


@pytest.mark.parametrize(
    ("status", "situacao"), [(400, S.FALHOU), (401, S.FALHOU), (429, S.NA_FILA), (302, S.FALHOU)]
)
def test_o_status_do_gateway_diz_se_vale_tentar_de_novo(gateway, status, situacao):
    gateway.respostas = [(status, {})]
    assert mensagens.enviar(na_fila_por_sms().pk).situacao == situacao


def test_um_redirecionamento_nao_se_segue(gateway):
    with servidor_http() as outro:
        gateway.respostas, gateway.cabecalhos = [(307, {})], {"Location": outro.url}
        mensagem = mensagens.enviar(na_fila_por_sms().pk)
        assert outro.pedidos == []
    assert mensagem.situacao == S.FALHOU
    assert "redirecionar" in mensagem.falha


def test_um_host_fora_da_lista_nao_recebe_nada(gateway, settings):
    settings.GATEWAY_HOSTS = ["gateway.exemplo.net"]
    mensagem = mensagens.enviar(na_fila_por_sms().pk)
    assert gateway.pedidos == []
    assert "não está na lista" in mensagem.falha


def test_um_nome_que_leva_a_rede_interna_nao_recebe_nada(gateway, settings):
    settings.GATEWAY_REDE_PRIVADA = False
    mensagem = mensagens.enviar(na_fila_por_sms().pk)
    assert gateway.pedidos == []
    assert "rede interna" in mensagem.falha


def test_um_gateway_lento_e_falha_temporaria(gateway, monkeypatch):
    monkeypatch.setattr(modulo, "ESPERA_SEGUNDOS", 0.2)
    gateway.demora = 1
    assert mensagens.enviar(na_fila_por_sms().pk).situacao == S.NA_FILA


def test_uma_resposta_enorme_nao_se_le_inteira(gateway):
    gateway.respostas = [(200, {"id": "x" * (modulo.RESPOSTA_MAXIMA + 10)})]
    assert "mais do que se aceita" in mensagens.enviar(na_fila_por_sms().pk).falha


def test_um_trabalhador_que_morre_enviando_deixa_a_mensagem_para_outro(gateway):
    mensagem = na_fila_por_sms()
    agora = timezone.now()
    mensagens._reservar(mensagem.pk, agora)
    assert mensagens.enviar(mensagem.pk, agora=agora) is None
    assert mensagens.enviar(mensagem.pk, agora=agora + mensagens.RESERVA).situacao == S.ENVIADA


def test_o_envelope_nao_se_deixa_imprimir(gateway):
    envelope = Envelope("sms", "+5554900000001", "", "senha 123", "chave")
    assert "senha" not in repr(envelope)
    assert "54900" not in repr(envelope)


def test_em_producao_um_canal_sem_configuracao_falha_e_diz_por_que(settings):
    settings.INSTALACAO_LOCAL = False
    with pytest.raises(FalhaDefinitiva, match="não está configurado"):
        transporte_para("sms")


def test_so_um_gateway_que_responde_e_um_recibo():
    with pytest.raises(FalhaTemporaria):
        Gateway("http://127.0.0.1:1/", "x", ["127.0.0.1"], rede_privada=True).enviar(
            Envelope("sms", "+5554900000001", "", "oi", "chave")
        )
