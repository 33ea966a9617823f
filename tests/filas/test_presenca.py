"""A presença: dois agentes na mesma solicitação se veem, em qualquer processo, e quem vai embora some."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import rascunhos
from atendimento.models import Presenca
from tests import fabricas
from tests.filas.conftest import entra


@pytest.fixture
def na_fila(cenario):
    return fabricas.criar_solicitacao(por=cenario.ana, etiqueta=cenario.etiqueta, tipo=cenario.tipo)


def sinal(client, s, **campos):
    return client.post(reverse("presenca_na_solicitacao", args=[s.pk]), campos)


def test_cada_um_ve_o_outro_e_se_ele_escreve(client, cenario, agente, na_fila):
    colega = entra(cenario, cenario.n1)
    client.force_login(agente)
    assert "aqui" not in sinal(client, na_fila).content.decode()
    client.force_login(colega)
    assert (
        f"{agente.nome_exibido} também está aqui" in sinal(client, na_fila, escrevendo="1").content.decode()
    )
    client.force_login(agente)
    corpo = sinal(client, na_fila, escrevendo="0").content.decode()
    assert f"{colega.nome_exibido} está escrevendo aqui" in corpo
    assert agente.nome_exibido not in corpo


def test_sem_novidade_e_204(client, cenario, agente, na_fila):
    rascunhos.marcar_presenca(por=cenario.beto, solicitacao=na_fila)
    client.force_login(agente)
    marca = sinal(client, na_fila).context["marca"]
    assert sinal(client, na_fila, marca=marca).status_code == 204
    assert sinal(client, na_fila, marca="outra").status_code == 200


def test_quem_nao_da_sinal_ha_um_minuto_ja_nao_esta(client, cenario, agente, na_fila):
    rascunhos.marcar_presenca(por=cenario.beto, solicitacao=na_fila)
    Presenca.objects.update(vista_em=timezone.now() - timedelta(minutes=1))
    client.force_login(agente)
    assert cenario.beto.nome_exibido not in sinal(client, na_fila).content.decode()


def test_o_sinal_na_solicitacao_vale_tambem_para_o_console(client, cenario, agente, na_fila):
    client.force_login(agente)
    sinal(client, na_fila)
    assert list(rascunhos.online(cenario.n1).values_list("usuario", flat=True)) == [agente.pk]
    assert client.post("/presenca/").status_code == 204
    assert Presenca.objects.count() == 2


def test_fora_do_escopo_nao_se_distingue_do_que_nao_existe(client, cenario, agente, na_fila):
    client.force_login(entra(cenario, cenario.n1, empresas=[]))
    assert sinal(client, na_fila).status_code == 404
    client.force_login(agente)
    assert client.post(reverse("presenca_na_solicitacao", args=[99999999])).status_code == 404
    assert not Presenca.objects.exists()


def test_sinal_desconhecido_sem_perfil_e_por_get_se_recusam(client, agente, na_fila):
    client.force_login(agente)
    assert sinal(client, na_fila, escrevendo="<script>").status_code == 400
    assert client.get("/presenca/").status_code == 405
    client.force_login(fabricas.criar_usuario())
    assert client.post("/presenca/").status_code == 403


def test_as_paginas_da_solicitacao_dao_sinal(client, cenario, agente, na_fila):
    client.force_login(agente)
    for url in (reverse("resumo", args=[na_fila.protocolo]), f"/acoes/assumir/solicitacao/{na_fila.pk}/"):
        corpo = client.get(url).content.decode()
        assert corpo.count(f'hx-post="/presenca/{na_fila.pk}/"') == 1
