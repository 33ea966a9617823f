"""A supervisão e a redistribuição: números, quem pode, a prévia que não grava e um resultado por item."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from atendimento.dominio import rascunhos, rotinas, solicitacoes
from atendimento.models import Presenca, Transicao
from atendimento.situacoes import Situacao
from perfis.models import Usuario
from tests import fabricas
from tests.filas.conftest import entra

URL = "/supervisao/redistribuir/"


def abrir(c, **campos):
    return fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, **{"tipo": c.tipo} | campos)


def numeros(resposta, equipe):
    linha = next(e for e in resposta.context["equipes"] if e["nome"] == equipe.nome)
    return {celula["coluna"]: celula["quantas"] for celula in linha["celulas"]}


def test_os_numeros_por_equipe(client, cenario, supervisora):
    c, agora = cenario, timezone.now()
    abrir(c)
    abrir(c, em=agora - timedelta(hours=9))
    abrir(c, em=agora - timedelta(hours=7, minutes=30))
    curta = fabricas.criar_motivo(minutos_maximos=5)
    longa = fabricas.criar_solicitacao(
        por=c.ana, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True, em=agora - timedelta(hours=2)
    )
    solicitacoes.pausar(longa, por=c.ana, versao=1, motivo=curta, em=agora - timedelta(hours=1))
    rotinas.alertar_pausas()
    client.force_login(supervisora)
    resposta = client.get("/supervisao/")
    assert numeros(resposta, c.n1) == {
        "Abertas": 4, "Sem dono": 3, "Vencidas": 1, "Vencem em 1 hora": 1, "Pausadas": 1, "Além do limite": 1,
    }  # fmt: skip
    assert sum(numeros(resposta, c.n2).values()) == 0
    assert c.alheia.nome not in resposta.content.decode()


def test_so_quem_supervisiona_entra(client, cenario, agente):
    client.force_login(agente)
    for resposta in (client.get("/supervisao/"), client.get(f"{URL}?agente={agente.pk}"), client.post(URL)):
        assert resposta.status_code == 403


def test_quem_esta_presente_vem_antes_e_com_o_que_tem(client, cenario, supervisora):
    c = cenario
    em_maos = fabricas.criar_solicitacao(por=c.beto, etiqueta=c.etiqueta, em_maos=True)
    rascunhos.marcar_presenca(por=c.beto)
    rascunhos.marcar_presenca(por=c.ana)
    Presenca.objects.filter(usuario=c.ana).update(vista_em=timezone.now() - timedelta(minutes=5))
    client.force_login(supervisora)
    resposta = client.get("/supervisao/")
    primeiro, *outros = resposta.context["agentes"]
    assert (primeiro["id"], primeiro["presenca"]) == (c.beto.pk, "Presente")
    assert [uma["protocolo"] for uma in primeiro["em_maos"]] == [em_maos.protocolo]
    presencas = {agente["id"]: agente["presenca"] for agente in outros}
    assert presencas[c.ana.pk] == "Visto há 5 min"
    assert presencas[c.caio.pk] == "Ausente"


def test_o_numero_de_comandos_nao_depende_de_quantos_ha(
    client, cenario, supervisora, django_assert_max_num_queries
):
    client.force_login(supervisora)
    abrir(cenario)
    with django_assert_max_num_queries(13) as uma:
        client.get("/supervisao/")
    for _ in range(4):
        agente = fabricas.criar_agente(cenario.n1, empresas=[cenario.empresa])
        fabricas.criar_solicitacao(por=agente, etiqueta=cenario.etiqueta, em_maos=True)
    with django_assert_max_num_queries(13) as muitas:
        client.get("/supervisao/")
    assert len(muitas) == len(uma)


def test_o_desativado_aparece_enquanto_tem_alguma_e_volta_tudo_a_fila(client, cenario, supervisora):
    c = cenario
    dele = [fabricas.criar_solicitacao(por=c.beto, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True)]
    c.beto.participacoes.update(ativo=False)
    Usuario.objects.filter(pk=c.beto.pk).update(is_active=False)
    client.force_login(supervisora)
    corpo = client.get("/supervisao/").content.decode()
    assert "Desativado" in corpo
    assert f"{URL}?agente={c.beto.pk}" in corpo
    pagina = client.get(f"{URL}?agente={c.beto.pk}")
    itens = re.findall(r'name="item"\s+value="([^"]+)"', pagina.content.decode())
    assert itens == [f"{s.pk}-{s.versao}" for s in dele]
    resposta = client.post(
        URL, {"item": itens, "destino": "fila", "motivo": c.motivo["devolucao"].pk, "etapa": "confirmar"}
    )
    assert "Devolvida à fila" in resposta.content.decode()
    dele[0].refresh_from_db()
    assert (dele[0].situacao, dele[0].responsavel) == (Situacao.ABERTA, None)


@pytest.fixture
def tres(cenario):
    """Uma com Ana e duas na fila."""
    c = cenario
    com_ana = fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True)
    return [com_ana, abrir(c), abrir(c)]


def envio(c, itens, **campos):
    return {
        "item": [f"{s.pk}-{s.versao}" for s in itens],
        "destino": "agentes",
        "agentes": [c.beto.pk],
        "motivo": c.motivo["transferencia"].pk,
        "etapa": "previa",
    } | campos


def test_a_previa_conta_o_que_aconteceria_e_nada_grava(client, cenario, supervisora, tres):
    client.force_login(supervisora)
    antes = Transicao.objects.count()
    resposta = client.post(URL, envio(cenario, tres))
    corpo = resposta.content.decode()
    assert (resposta.context["feitas"], resposta.context["recusadas"]) == (2, 1)
    assert "Nada mudou ainda" in corpo
    assert f"Transferida para {cenario.beto.nome_exibido}" in corpo
    assert "pode ter 1 em atendimento" in corpo
    assert Transicao.objects.count() == antes


def test_confirmar_faz_o_que_a_previa_disse_e_repetir_nao_faz_de_novo(client, cenario, supervisora, tres):
    client.force_login(supervisora)
    antes = Transicao.objects.count()
    primeira = client.post(URL, envio(cenario, tres, etapa="confirmar"))
    assert (primeira.context["feitas"], primeira.context["recusadas"]) == (2, 1)
    assert Transicao.objects.count() == antes + 2
    segunda = client.post(URL, envio(cenario, tres, etapa="confirmar"))
    assert segunda.context["feitas"] == 0
    assert "mudou enquanto" in segunda.content.decode() or "já está com" in segunda.content.decode()
    assert Transicao.objects.count() == antes + 2


def test_os_agentes_se_revezam_e_o_cheio_cede_a_vez(cenario, supervisora):
    c = cenario
    lia = fabricas.criar_agente(c.n1, empresas=[c.empresa], max_em_atendimento=3)
    fabricas.criar_solicitacao(por=c.beto, etiqueta=c.etiqueta, em_maos=True)
    na_fila = [abrir(c) for _ in range(3)]
    resultados = solicitacoes.redistribuir(
        [(s, s.versao) for s in na_fila], por=supervisora, agentes_de_destino=[c.beto, c.ana, lia]
    )
    assert [r.agente for r in resultados] == [c.ana, lia, lia]
    assert all(r.feito for r in resultados)


@pytest.mark.parametrize(
    ("campos", "status"),
    [
        ({"destino": ""}, 422),
        ({"destino": "lixo"}, 422),
        ({"agentes": []}, 422),
        ({"motivo": ""}, 422),
        ({"motivo": "999999"}, 422),
        ({"agentes": ["<script>"]}, 422),
        ({"observacao": "x" * 3000}, 422),
        ({"item": ["1"]}, 400),
        ({"item": ["<script>-1"]}, 400),
        ({"item": [f"{n}-1" for n in range(101)]}, 400),
        ({"etapa": "fazer"}, 400),
        ({"outro": "1"}, 400),
    ],
)
def test_o_que_vem_errado_se_recusa_e_nada_muda(client, cenario, supervisora, tres, campos, status):
    client.force_login(supervisora)
    antes = Transicao.objects.count()
    resposta = client.post(URL, envio(cenario, tres) | {"etapa": "confirmar"} | campos)
    assert resposta.status_code == status
    assert "<script>" not in resposta.content.decode().replace("<script src", "").replace(
        '<script type="module"', ""
    )
    assert Transicao.objects.count() == antes


def test_o_motivo_tem_de_ser_do_destino(client, cenario, supervisora, tres):
    client.force_login(supervisora)
    resposta = client.post(URL, envio(cenario, tres, motivo=cenario.motivo["devolucao"].pk))
    assert resposta.status_code == 422
    assert "Escolha um motivo de transferência" in resposta.content.decode()


@pytest.mark.parametrize("falta", ["transferir", "assumir_por"])
def test_sem_a_acao_de_uma_so_nao_se_fazem_muitas(client, cenario, tres, falta):
    acoes = [slug for slug in ("transferir", "assumir_por", "devolver") if slug != falta]
    client.force_login(entra(cenario, cenario.n1, capacidades=["atender", "supervisionar"], acoes=acoes))
    antes = Transicao.objects.count()
    assert client.post(URL, envio(cenario, tres)).status_code == 403
    assert client.post(URL, envio(cenario, tres, etapa="confirmar")).status_code == 403
    assert Transicao.objects.count() == antes


def test_o_que_esta_fora_das_minhas_equipes_fica_de_fora(client, cenario, supervisora, tres):
    de_fora = fabricas.criar_contrato()
    outro = fabricas.criar_agente(cenario.n1, empresas=[de_fora.empresa])
    alheia = fabricas.criar_solicitacao(por=outro, etiqueta=de_fora.etiquetas.get(), equipe=cenario.n1)
    client.force_login(supervisora)
    corpo = client.post(URL, envio(cenario, [*tres, alheia], etapa="")).content.decode()
    assert alheia.protocolo not in corpo
    assert "ficaram de fora" in corpo
    assert tres[0].protocolo in corpo


@pytest.mark.parametrize("consulta", ["", "?agente=", "?agente=x", "?agente=1&cor=azul"])
def test_sem_agente_no_endereco_e_400(client, supervisora, consulta):
    client.force_login(supervisora)
    assert client.get(f"{URL}{consulta}").status_code == 400


def test_de_um_agente_que_nao_existe_e_404_e_do_que_nada_tem_a_pagina_diz(client, cenario, supervisora):
    client.force_login(supervisora)
    assert client.get(f"{URL}?agente=99999999").status_code == 404
    assert "Nenhuma solicitação escolhida" in client.get(f"{URL}?agente={cenario.ana.pk}").content.decode()
