"""O que todo widget cumpre, percorrido pelo registro: um widget novo entra aqui sem que se mexa no teste."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from atendimento.views.widgets import SEM_RESPOSTA
from atendimento.widgets.base import WIDGETS
from contratos.models import ConcessaoDeEmpresa
from perfis.models import ConcessaoDeWidget
from tests.fabricas import criar_contrato
from tests.seguranca.mundo import DA_OUTRA, PESSOAIS, SENHAS, desfeito
from tests.widgets.hostil import PROIBIDOS, envenenar, multiplicar

pytestmark = pytest.mark.django_db

COMANDOS = 6
FRAGMENTO = {"HX-Request": "true"}
todos = pytest.mark.parametrize("classe", list(WIDGETS), ids=lambda classe: classe.slug)


def pedir(mundo, classe, objeto=None, usuario=None, **cabecalhos):
    objeto = objeto or mundo.alvo(classe.alvo)
    navegador = mundo.navegador(usuario or mundo.protagonista, **cabecalhos)
    return navegador.get(reverse("widget", args=[classe.slug, classe.alvo, objeto.pk]))


def texto(resposta) -> str:
    return resposta.content.decode()


@todos
def test_abre_como_fragmento_e_como_pagina(mundo, classe):
    fragmento, pagina = pedir(mundo, classe, **FRAGMENTO), pedir(mundo, classe)
    assert (fragmento.status_code, pagina.status_code) == (200, 200)
    assert "<html" not in texto(fragmento)
    assert f'id="widget-{classe.slug}"' in texto(fragmento)
    assert "<html" in texto(pagina)
    assert classe.nome in texto(pagina)


@todos
def test_sem_a_concessao_e_403_e_nada_do_cliente_aparece(mundo, classe):
    with desfeito():
        ConcessaoDeWidget.objects.filter(group=mundo.perfil, content_object__slug=classe.slug).delete()
        resposta = pedir(mundo, classe, **FRAGMENTO)
    assert resposta.status_code == 403
    assert mundo.cliente.nome not in texto(resposta)
    assert mundo.contrato.numero not in texto(resposta)


@todos
def test_fora_do_escopo_e_404(mundo, classe):
    with desfeito():
        ConcessaoDeEmpresa.objects.filter(group=mundo.perfil).delete()
        assert pedir(mundo, classe, **FRAGMENTO).status_code == 404


def test_com_muitas_linhas_os_mesmos_comandos_nenhuma_marcacao_e_nenhum_segredo(mundo):
    """Um mundo só para todos: encher e envenenar custa mais do que pedir."""
    with desfeito():
        poucas = {classe.slug: comandos(mundo, classe) for classe in WIDGETS}
        multiplicar(mundo)
        envenenar()
        muitas = {classe.slug: comandos(mundo, classe) for classe in WIDGETS}
        lidos = {classe.slug: texto(pedir(mundo, classe, **FRAGMENTO)) for classe in WIDGETS}
    assert poucas == muitas
    assert {slug: quantos for slug, quantos in muitas.items() if quantos > COMANDOS} == {}
    proibidos = (*PROIBIDOS, *SENHAS, *DA_OUTRA)
    assert {slug: v for slug, lido in lidos.items() for v in proibidos if v in lido} == {}
    escapados = [slug for slug, lido in lidos.items() if "&lt;script&gt;x1" in lido or "&lt;i&gt;x1" in lido]
    assert len(escapados) > len(lidos) / 2, "a marcação não chegou aos cartões, e o teste não prova nada"


def comandos(mundo, classe) -> int:
    with CaptureQueriesContext(connection) as lidos:
        assert pedir(mundo, classe, **FRAGMENTO).status_code == 200
    return len(lidos)


@todos
def test_sem_as_capacidades_nenhum_dado_pessoal(mundo, classe):
    with desfeito():
        mundo.perfil.permissions.filter(codename__in=PESSOAIS).delete()
        lido = texto(pedir(mundo, classe, **FRAGMENTO))
    assert [valor for valores in PESSOAIS.values() for valor in valores if valor in lido] == []


@todos
def test_sem_dados_o_cartao_se_desenha(mundo, classe):
    with desfeito():
        contrato = criar_contrato(empresa=mundo.empresa)
        vazios = {"cliente": contrato.cliente, "contrato": contrato, "etiqueta": contrato.etiquetas.get()}
        resposta = pedir(mundo, classe, vazios[classe.alvo], **FRAGMENTO)
    assert resposta.status_code == 200
    assert SEM_RESPOSTA not in texto(resposta)
    assert f'id="widget-{classe.slug}"' in texto(resposta)


@todos
def test_quando_a_fonte_falha_diz_no_proprio_cartao_e_oferece_tentar_de_novo(mundo, classe):
    lidos = []

    def falhar(execute, sql, params, many, context):
        # Dentro do limite de tempo há um segundo invólucro: é o widget que lê.
        if len(connection.execute_wrappers) > 1:
            lidos.append(sql)
            raise OperationalError("canceling statement due to statement timeout")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(falhar):
        resposta = pedir(mundo, classe, **FRAGMENTO)
    assert resposta.status_code == 200
    assert f'id="widget-{classe.slug}"' in texto(resposta)
    if lidos:
        assert SEM_RESPOSTA in texto(resposta)
        assert f'hx-get="{resposta.wsgi_request.path}"' in texto(resposta)
        assert "canceling statement" not in texto(resposta)
