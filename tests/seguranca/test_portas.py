"""Todo endereço declara quem o abre e cumpre o que declara, para cada espécie de pessoa.

Percorre o URLconf inteiro, com fragmentos e admin. Uma rota nova sem linha em `casos.py`, uma página sem
acesso declarado ou um modelo novo no admin sem uma linha em `mundo.py` reprovam aqui.
"""

import re

import pytest
from django.conf import settings
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import NoReverseMatch, reverse

from contratos.models import ConcessaoDeEmpresa
from perfis.capacidades import Capacidade
from perfis.models import ConcessaoDeAcao, ConcessaoDeWidget
from tests.fabricas import conceder_empresa, criar_empresa
from tests.seguranca.casos import (
    CASOS,
    DE_REVELAR,
    FRAGMENTOS,
    GRUPOS,
    SEM_LINHA,
    cada_um,
    dizendo,
    grupos,
    permissoes_do_modelo,
)
from tests.seguranca.enderecos import DO_CONSOLE
from tests.seguranca.mundo import Mundo, desfeito
from tests.seguranca.pedir import pedir

pytestmark = pytest.mark.django_db

ACESSOS = {"publico", "autenticado", *Capacidade.values}


@pytest.mark.parametrize("endereco", DO_CONSOLE, ids=lambda e: e.padrao or "/")
def test_todo_endereco_do_console_declara_quem_o_abre(endereco):
    assert endereco.acesso in ACESSOS, f"/{endereco.padrao} não declara acesso (atendimento/acesso.py)"


def test_todo_endereco_tem_uma_linha_que_diz_como_se_pede():
    assert [endereco.padrao for endereco in SEM_LINHA] == [], (
        "acrescente uma linha em tests/seguranca/casos.py"
    )


def _permissao(nome: str) -> Permission:
    aplicativo, _, codigo = nome.partition(".")
    return Permission.objects.get(content_type__app_label=aplicativo, codename=codigo)


def tirar(mundo: Mundo, item: str) -> None:
    """Tira do perfil do protagonista uma ação, um widget, as permissões de um modelo ou uma permissão."""
    especie, _, nome = item.partition(":")
    if especie == "acao":
        ConcessaoDeAcao.objects.get(group=mundo.perfil, content_object__slug=nome).delete()
    elif especie == "widget":
        ConcessaoDeWidget.objects.get(group=mundo.perfil, content_object__slug=nome).delete()
    elif especie == "modelo":
        mundo.perfil.permissions.remove(*map(_permissao, permissoes_do_modelo(nome)))
    else:
        mundo.perfil.permissions.remove(_permissao(item))


def esperado_do_anonimo(pedido) -> int:
    if pedido.anonimo is not None:
        return pedido.anonimo
    return pedido.certo if pedido.acesso == "publico" else 302


@pytest.mark.parametrize("grupo", grupos())
def test_o_anonimo_vai_para_a_entrada(grupo, mundo):
    for pedido in cada_um(grupo):
        with dizendo(pedido):
            resposta = pedir(pedido, mundo, None)

            assert resposta.status_code == esperado_do_anonimo(pedido)
            if pedido.acesso != "publico":
                assert resposta["Location"].startswith(("/entrar/?next=", "/admin/login/?next="))
            if pedido.acesso not in ("publico", "admin"):
                fragmento = pedir(pedido, mundo, HX_Request="true", HX_Current_URL="http://testserver/conta/")
                recebido = (fragmento.status_code, fragmento["HX-Redirect"])
                assert recebido == (401, "/entrar/?next=%2Fconta%2F")


@pytest.mark.parametrize("grupo", grupos())
def test_o_staff_sem_perfil_nada_abre(grupo, mundo):
    for pedido in cada_um(grupo):
        with dizendo(pedido):
            recebido = pedir(pedido, mundo, mundo.staff).status_code
            livre = pedido.acesso in ("publico", "autenticado")
            esperado = pedido.ninguem if pedido.ninguem is not None else pedido.certo if livre else 403
            assert recebido == esperado


def de_capacidade(pedido) -> bool:
    return pedido.acesso in Capacidade.values


@pytest.mark.parametrize("grupo", grupos(de_capacidade))
def test_nem_o_superusuario_nem_quem_tem_tudo_menos_a_capacidade_abrem_o_console(grupo, mundo):
    for pedido in cada_um(grupo, de_capacidade):
        with dizendo(pedido):
            assert pedir(pedido, mundo, mundo.supremo).status_code == 403
            with desfeito():
                tirar(mundo, f"perfis.{pedido.acesso}")
                assert pedir(pedido, mundo, mundo.protagonista).status_code == 403


@pytest.mark.parametrize("grupo", grupos(lambda p: p.tira))
def test_quem_tem_tudo_menos_o_que_se_pede_nao_abre(grupo, mundo):
    for pedido in cada_um(grupo, lambda p: p.tira):
        with dizendo(pedido), desfeito():
            tirar(mundo, pedido.tira)
            assert pedir(pedido, mundo, mundo.protagonista).status_code == pedido.tirado


@pytest.mark.parametrize("grupo", GRUPOS)
def test_quem_tem_tudo_abre(grupo, mundo):
    for pedido in GRUPOS[grupo]:
        with dizendo(pedido):
            resposta = pedir(pedido, mundo, mundo.protagonista)

            esperados = pedido.certo if isinstance(pedido.certo, set) else {pedido.certo}
            assert resposta.status_code in esperados
            if resposta.status_code == 302:
                assert not resposta["Location"].startswith("/entrar/?"), resposta["Location"]


def sem_o_que_e_do_pedido(resposta) -> str:
    """A página sem o token do formulário e sem o endereço e o número que a própria pessoa digitou."""
    texto = resposta.content.decode().replace(resposta.wsgi_request.path, "")
    return re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"', "", texto)


def fora_do_manual(pedido) -> bool:
    """O manual é o mesmo para todas as empresas."""
    return not pedido.rota.startswith("ajuda")


@pytest.mark.parametrize("grupo", grupos(fora_do_manual))
def test_quem_e_de_outra_empresa_nao_distingue_do_que_nao_existe(grupo, mundo):
    with desfeito():
        ConcessaoDeEmpresa.objects.filter(group=mundo.perfil).delete()
        conceder_empresa(mundo.perfil, criar_empresa())
        for pedido in cada_um(grupo):
            with dizendo(pedido):
                conferir_de_fora(pedido, mundo)


def conferir_de_fora(pedido, mundo) -> None:
    fora = pedir(pedido, mundo, mundo.protagonista)
    endereco = pedido.url_inexistente(mundo)
    esperado = pedido.alheio
    if esperado is None:
        tem_objeto = pedido.acesso in Capacidade.values and endereco is not None
        esperado = 404 if tem_objeto else pedido.certo
    assert fora.status_code == esperado
    if esperado == 404 and endereco is not None:
        ausente = pedir(pedido, mundo, mundo.protagonista, url=endereco)
        assert ausente.status_code == 404
        assert sem_o_que_e_do_pedido(fora) == sem_o_que_e_do_pedido(ausente)


def test_todo_alvo_de_fragmento_que_uma_pagina_conhece_se_pede():
    textos = [arquivo.read_text() for arquivo in (settings.BASE_DIR / "atendimento/views").glob("*.py")]
    comparados = " ".join(re.findall(r"htmx\.target\s*(?:[=!]=|in)\s*(\"\w+\"|\([^)]+\))", " ".join(textos)))
    pedidos = {alvo for alvos in FRAGMENTOS.values() for alvo in alvos}
    assert set(re.findall(r'"(\w+)"', comparados)) == pedidos, "acrescente o alvo em FRAGMENTOS (casos.py)"


def test_os_casos_de_revelar_sao_todos_os_alvos():
    alvos = {p.rotulo.partition(".")[0] for p in CASOS if p.rota == "revelar"}
    assert alvos == set(DE_REVELAR), "diga em DE_REVELAR (tests/seguranca/casos.py) qual é o objeto"


def test_todo_post_sem_token_de_formulario_e_recusado(mundo):
    navegador = Client(enforce_csrf_checks=True)
    navegador.force_login(mundo.protagonista)
    with desfeito():
        aceitos = {
            str(pedido): codigo
            for pedido in CASOS
            if pedido.metodo == "POST"
            and (codigo := navegador.post(pedido.url(mundo), pedido.corpo(mundo)).status_code) != 403
        }
    assert aceitos == {}


def test_ninguem_se_cadastra_nem_redefine_senha_sozinho(client):
    for caminho in ("/signup/", "/accounts/signup/", "/entrar/cadastro/", "/cadastro/", "/password/reset/"):
        assert client.get(caminho).status_code == 404
        assert client.post(caminho, {"username": "x", "password1": "y"}).status_code == 404
    for rota in ("account_signup", "account_reset_password", "account_email", "admin:auth_group_add"):
        with pytest.raises(NoReverseMatch):
            reverse(rota)


def test_toda_permissao_de_capacidade_existe_no_banco():
    no_banco = Permission.objects.filter(content_type__app_label="perfis").values_list("codename", flat=True)
    assert set(Capacidade.values) <= set(no_banco)
