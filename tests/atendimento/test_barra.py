"""A barra do atendimento no painel: o que mostra, o que deixa fazer e o que esconde."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.mostradores import Mostrador, formatar
from perfis.models import Acao, ConcessaoDeAcao
from tests.execucao.cenario import criar_cenario, criar_colega
from tests.fabricas import (
    criar_cliente,
    criar_contrato,
    criar_etiqueta,
    criar_motivo,
    criar_perfil,
    criar_solicitacao,
    criar_usuario,
)

TODAS = (
    "iniciar", "abrir", "assumir", "assumir_por", "pausar", "retomar", "encaminhar", "transferir", "devolver",
    "alterar_etiqueta", "agendar", "retornar", "encerrar", "cancelar", "reabrir",
)  # fmt: skip

# As palavras do texto de referência, na ordem em que ele as diz.
DO_TEXTO = (
    "Resumo da Solicitação", "Informações do contrato", "Alterar etiqueta de serviço",
    "Encaminhar atendimento", "Pausar Atendimento", "Cancelar Atendimentos", "Encerrar",
    "Informações do cliente",
)  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def cenario(client):
    cenario = criar_cenario(acoes=TODAS)
    cenario.agente.groups.add(criar_perfil(widgets=["detalhes"]))
    client.force_login(cenario.agente)
    return cenario


def barra_de(client, cenario, **consulta) -> str:
    resposta = client.get(reverse("cliente", args=[cenario.cliente.pk]), consulta)
    assert resposta.status_code == 200
    inicio, fim = '<section class="barra-atendimento', '<div class="painel">'
    return resposta.content.decode().split(inicio)[1].split(fim)[0]


def palavras(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def icones(barra: str) -> str:
    """O trecho dos ícones, sem a lista de ações."""
    return barra.split('class="barra-atendimento__icones"')[1].split('class="menu__painel"')[0]


def menu_de(client, cenario, **consulta) -> str:
    """A lista de ações, no endereço que a barra dá."""
    barra = barra_de(client, cenario, **consulta)
    url = re.search(r'id="lista-de-acoes"\s+hx-get="([^"]+)"', barra)[1].replace("&amp;", "&")
    resposta = client.get(url, headers={"HX-Request": "true"})
    assert resposta.status_code == 200
    return resposta.content.decode()


def pausar(cenario, **campos):
    return solicitacoes.pausar(
        cenario.solicitacao, por=cenario.agente, versao=None, motivo=criar_motivo(**campos),
        retorna_em=timezone.now() + timedelta(hours=3),
    )  # fmt: skip


def test_traz_as_palavras_do_texto_na_ordem_dele(client, cenario):
    lidas = palavras(icones(barra_de(client, cenario)))
    posicoes = [lidas.find(palavra) for palavra in DO_TEXTO]
    assert -1 not in posicoes, dict(zip(DO_TEXTO, posicoes, strict=True))
    assert posicoes == sorted(posicoes)


def test_diz_protocolo_situacao_responsavel_equipe_e_etiqueta(client, cenario):
    lidas = palavras(barra_de(client, cenario))
    for dado in (
        cenario.solicitacao.protocolo, "Em atendimento", cenario.agente.nome_exibido, cenario.equipe.nome,
        cenario.etiqueta.codigo,
    ):  # fmt: skip
        assert dado in lidas


def test_os_relogios_trazem_o_valor_do_servidor_e_como_anda(client, cenario):
    barra = barra_de(client, cenario)
    lidas = palavras(barra)
    assert re.search(r"Trabalho 00:00:0\d ", lidas)
    assert re.search(r"Prazo 07:59:\d\d ", lidas)
    assert re.search(r"Prazo regulatório 6 d 23:59:\d\d", lidas)
    assert "Pausa" not in palavras(barra.split("barra-atendimento__icones")[0])
    assert len(re.findall(r'<time[^>]*data-relogio[^>]*data-agora="\d{4}-', barra)) == 3
    assert "data-parado" not in barra


def test_na_pausa_que_congela_o_trabalho_e_o_prazo_param_e_o_regulatorio_nao(client, cenario):
    pausar(cenario, nome="Aguardando cliente", congela_prazo=True)
    barra = barra_de(client, cenario)
    relogios = dict(re.findall(r'relogio__rotulo">([^<]+)</span>\s*<time(.*?)>[^<]*</time>', barra, re.S))
    assert {rotulo: "data-parado" in atributos for rotulo, atributos in relogios.items()} == {
        "Trabalho": True, "Pausa": False, "Prazo": True, "Prazo regulatório": False,
    }  # fmt: skip
    assert "congelado" in barra
    assert "Aguardando cliente" in palavras(barra)


def test_pausada_oferece_retomar_e_diz_por_que_nao_pausar(client, cenario):
    pausar(cenario)
    barra = icones(barra_de(client, cenario))
    assert f"/acoes/retomar/solicitacao/{cenario.solicitacao.pk}/" in barra
    assert f"/acoes/pausar/solicitacao/{cenario.solicitacao.pk}/" not in barra
    desligado = re.search(
        r'aria-disabled="true">(?:(?!</span>\s*</span>).)*Pausar Atendimento.*?</span>', barra, re.S
    )
    assert f"A solicitação {cenario.solicitacao.protocolo} está pausada" in palavras(desligado[0])


def test_o_que_o_perfil_nao_concede_nao_aparece(client, cenario):
    ConcessaoDeAcao.objects.filter(content_object__slug__in=["cancelar", "encaminhar"]).delete()
    barra = barra_de(client, cenario)
    assert "Cancelar" not in barra
    assert "Encaminhar" not in barra
    assert "Pausar Atendimento" in barra


def test_sem_atendimento_em_curso_oferece_iniciar_na_etiqueta_escolhida(client, cenario):
    outra = criar_etiqueta(cenario.contrato)
    pausada = pausar(cenario)
    colega = criar_colega(cenario)
    solicitacoes.transferir(
        pausada, por=cenario.agente, versao=None, agente=colega, motivo=criar_motivo("transferencia")
    )
    barra = barra_de(client, cenario, etiqueta=outra.pk)
    assert "Nenhum atendimento seu em curso" in barra
    assert f"/acoes/iniciar/etiqueta/{outra.pk}/" in icones(barra)
    assert "Pausar" not in barra


def test_de_varias_a_barra_e_da_que_se_atende_e_a_do_contrato_escolhido(client, cenario):
    cenario.perfil.max_em_atendimento = 2
    cenario.perfil.save()
    segundo = criar_contrato(cenario.cliente, cenario.empresa)
    outra = criar_solicitacao(por=cenario.agente, etiqueta=segundo.etiquetas.get(), em_maos=True)
    assert outra.protocolo in barra_de(client, cenario, etiqueta=outra.etiqueta_id)
    assert cenario.solicitacao.protocolo in barra_de(client, cenario, etiqueta=cenario.etiqueta.pk)
    pausar(cenario)
    barra = barra_de(client, cenario, etiqueta=cenario.etiqueta.pk)
    assert outra.protocolo in barra
    assert f"?etiqueta={outra.etiqueta_id}" in barra, "a barra leva à etiqueta do atendimento"


def test_a_lista_de_acoes_vem_em_grupos_com_as_favoritas_antes(client, cenario):
    ConcessaoDeAcao.objects.filter(content_object__slug="agendar").update(favorita=True)
    Acao.objects.filter(slug__in=["transferir", "devolver"]).update(grupo="Equipe")
    titulos = re.findall(r'<h3 class="menu__titulo"[^>]*>([^<]+)</h3>', menu_de(client, cenario))
    assert titulos == ["Favoritas", "Atendimento", "Equipe"]


def test_cliente_sem_contrato_tem_a_lista_com_a_razao_em_cada_acao(client, cenario):
    cenario.cliente = criar_cliente()
    menu = menu_de(client, cenario)
    assert menu.count("Cliente sem contrato: não pode ser atendido.") == 2
    assert "/acoes/" not in menu


def test_a_lista_poe_as_livres_antes_das_impedidas_e_diz_por_que(client, cenario):
    pausar(cenario)
    menu = menu_de(client, cenario)
    assert f'hx-get="/acoes/retomar/solicitacao/{cenario.solicitacao.pk}/"' in menu
    lidas = palavras(menu)
    assert lidas.index("Retomar atendimento") < lidas.index("Pausar Atendimento")
    assert f"está pausada (com {cenario.agente.nome_exibido})" in lidas


def test_a_acao_de_supervisor_nao_aparece_a_quem_nao_supervisiona(client, cenario):
    assert "Devolver à fila" not in menu_de(client, cenario)
    url = reverse("acao", args=["devolver", "solicitacao", cenario.solicitacao.pk])
    assert client.get(url).status_code == 403
    cenario.agente.groups.add(criar_perfil(capacidades=["supervisionar"]))
    assert "Devolver à fila" in menu_de(client, cenario)
    assert client.get(url).status_code == 200


def test_sem_javascript_a_lista_e_uma_pagina_em_que_as_acoes_se_abrem_em_outra(client, cenario):
    url = reverse("acoes_do_cliente", args=[cenario.cliente.pk])
    resposta = client.get(url, {"etiqueta": cenario.etiqueta.pk, "protocolo": cenario.solicitacao.protocolo})
    pagina = resposta.content.decode()
    assert "<html" in pagina
    assert f'href="/acoes/pausar/solicitacao/{cenario.solicitacao.pk}/"' in pagina
    assert 'hx-target="#acao"' not in pagina
    assert url in barra_de(client, cenario)


def test_a_lista_e_do_cliente_e_do_escopo(client, cenario):
    url = reverse("acoes_do_cliente", args=[cenario.cliente.pk])
    alheio = criar_contrato()
    de_outro = criar_solicitacao(
        por=cenario.agente, etiqueta=criar_contrato(empresa=cenario.empresa).etiquetas.get()
    )
    for consulta in (
        {"etiqueta": alheio.etiquetas.get().pk},
        {"contrato": alheio.pk},
        {"etiqueta": "x"},
        {"protocolo": de_outro.protocolo},
        {"protocolo": "<script>"},
    ):
        assert client.get(url, consulta).status_code == 404, consulta
    client.force_login(criar_usuario(criar_perfil(empresas=[cenario.empresa])))
    assert client.get(url).status_code == 403
    client.force_login(criar_usuario(capacidades=["atender"], empresas=[alheio.empresa]))
    assert client.get(url).status_code == 404


def test_as_abertas_do_cliente_aparecem_com_o_que_se_pode_fazer(client, cenario):
    na_fila = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    de_outro = criar_solicitacao(por=criar_colega(cenario), etiqueta=cenario.etiqueta, em_maos=True)
    pagina = client.get(reverse("cliente", args=[cenario.cliente.pk])).content.decode()
    cartao = pagina.split('id="titulo-solicitacoes"')[1].split("</section>")[0]
    for uma in (cenario.solicitacao, na_fila, de_outro):
        assert reverse("resumo", args=[uma.protocolo]) in cartao
    assert re.findall(r'href="(/acoes/[^"]+)"', cartao) == [f"/acoes/assumir/solicitacao/{na_fila.pk}/"]


@pytest.mark.parametrize("quantas", [1, 15])
def test_o_numero_de_consultas_nao_cresce_com_as_solicitacoes(client, cenario, quantas):
    for _ in range(quantas):
        criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    # O catálogo se lê uma vez por versão, e não por página.
    client.get(reverse("cliente", args=[cenario.cliente.pk]))
    with CaptureQueriesContext(connection) as consultas:
        client.get(reverse("cliente", args=[cenario.cliente.pk]))
    assert len(consultas) == 9


@pytest.mark.parametrize(
    ("segundos", "texto"),
    [
        (0, "00:00:00"),
        (59.9, "00:00:59"),
        (3600, "01:00:00"),
        (86399, "23:59:59"),
        (86400 * 2 + 61, "2 d 00:01:01"),
    ],
)
def test_o_texto_do_relogio_e_o_que_o_javascript_escreve(segundos, texto):
    assert formatar(segundos) == texto


def test_um_prazo_que_passou_diz_ha_quanto():
    agora = timezone.now()
    assert Mostrador("Prazo", agora, fim=agora - timedelta(minutes=5)).texto == "vencido há 00:05:00"
