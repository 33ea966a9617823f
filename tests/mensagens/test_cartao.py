"""O cartão das mensagens e o registro delas no admin: mascarados, no escopo, e dizendo o que é simulado."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import mensagens
from atendimento.models import Mensagem
from tests.execucao.conftest import texto_de
from tests.fabricas import (
    criar_agente,
    criar_cliente,
    criar_contato,
    criar_contrato,
    criar_empresa,
    criar_equipe,
    criar_perfil,
    criar_prazo,
    criar_solicitacao,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mesa(client):
    criar_prazo(padrao=True)
    empresa, equipe = criar_empresa(), criar_equipe()
    agente = criar_agente(equipe, empresas=[empresa])
    agente.groups.add(criar_perfil(widgets=["mensagens"]))
    cliente = criar_cliente()
    criar_contato(cliente, valor="+5554900001234", confirmado_em=timezone.now())
    etiqueta = criar_contrato(cliente, empresa).etiquetas.get()
    client.force_login(agente)
    return agente, cliente, etiqueta


def cartao(client, cliente):
    return client.get(reverse("widget", args=["mensagens", "cliente", cliente.pk]))


def test_o_cartao_mostra_a_situacao_e_o_destino_mascarado(client, mesa):
    agente, cliente, etiqueta = mesa
    solicitacao = criar_solicitacao(por=agente, etiqueta=etiqueta)
    assert "Na fila" in texto_de(cartao(client, cliente))

    mensagens.enviar(solicitacao.mensagens.get().pk)

    resposta = cartao(client, cliente)
    assert "Simulador: nesta instalação as mensagens não saem de verdade." in texto_de(resposta)
    assert "Simulada" in texto_de(resposta)
    assert "(54) 9****-1234" in texto_de(resposta)
    assert "900001234" not in resposta.content.decode()


def test_com_tudo_configurado_o_cartao_nao_fala_em_simulador(client, mesa, settings):
    settings.SMTP_HOST, settings.GATEWAY_URL = "correio.exemplo.net", "https://gateway.exemplo.net/"
    assert "Simulador" not in texto_de(cartao(client, mesa[1]))


def test_a_mensagem_de_atendimento_de_empresa_alheia_nao_aparece(client, mesa):
    cliente = mesa[1]
    alheia = criar_empresa()
    outro = criar_agente(criar_equipe(), empresas=[alheia])
    dele = criar_solicitacao(por=outro, etiqueta=criar_contrato(cliente, alheia).etiquetas.get())
    assert dele.protocolo not in texto_de(cartao(client, cliente))


def test_o_aviso_de_debito_do_contrato_de_empresa_alheia_nao_aparece(client, mesa):
    """Quem atende o mesmo cliente por outra empresa não fica sabendo que ele deve à primeira."""
    agente, cliente, etiqueta = mesa
    contato = cliente.contatos.get()
    for contrato in (etiqueta.contrato, criar_contrato(cliente, criar_empresa())):
        avisar(contato, contrato)
    avisar(contato, None)

    [visivel] = Mensagem.objects.visiveis_para(agente)

    assert visivel.contrato == etiqueta.contrato
    assert cartao(client, cliente).content.decode().count("Aviso de débito") == 1


def avisar(contato, contrato) -> Mensagem:
    """O aviso de débito que a rotina mandaria."""
    dados = {
        "fatura": "F1", "valor": "R$ 1,00", "vencimento": "1/2", "suspensao": "2/3",
        "dias": 15, "dias_da_rescisao": 60, "horas": 24, "aviso": 1,
    }  # fmt: skip
    return mensagens.enfileirar(contato=contato, modelo="aviso_de_debito", dados=dados, contrato=contrato)


def test_o_numero_de_consultas_nao_depende_do_numero_de_mensagens(
    client, mesa, django_assert_max_num_queries
):
    agente, cliente, etiqueta = mesa
    criar_solicitacao(por=agente, etiqueta=etiqueta)
    with django_assert_max_num_queries(12) as uma:
        cartao(client, cliente)
    for _ in range(3):
        criar_solicitacao(por=agente, etiqueta=etiqueta)
    with django_assert_max_num_queries(len(uma)):
        cartao(client, cliente)


def test_no_admin_as_palavras_se_mudam_e_um_texto_ruim_nao_se_grava(client):
    agente = criar_agente(criar_equipe(), empresas=[criar_empresa()])
    agente.is_staff = True
    agente.save()
    perfil = criar_perfil()
    do_modelo = Permission.objects.filter(content_type__model="modelodemensagem")
    perfil.permissions.set(do_modelo.filter(codename__regex="^(view|change)_"))
    agente.groups.add(perfil)
    client.force_login(agente)
    mensagens.espelhar_modelos()
    modelo = mensagens.ModeloDeMensagem.objects.get(codigo="protocolo", canal="sms")
    url = reverse("admin:atendimento_modelodemensagem_change", args=[modelo.pk])

    ruim = client.post(url, {"assunto": "", "texto": "Protocolo {protocolo} {segredo}"})
    assert ruim.status_code == 200
    assert "Variável desconhecida: {segredo}" in texto_de(ruim)
    assert "{protocolo}" in texto_de(ruim)

    bom = client.post(url, {"assunto": "", "texto": "Nº {protocolo}, {data} {hora}"})
    assert bom.status_code == 302
    modelo.refresh_from_db()
    assert modelo.texto == "Nº {protocolo}, {data} {hora}"
