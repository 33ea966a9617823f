"""Todo endereço declara quem o abre, e cumpre o que declara."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import URLPattern, get_resolver, reverse

from contratos.cifra import cifrar
from perfis.capacidades import Capacidade
from tests.fabricas import (
    criar_cliente,
    criar_conexao,
    criar_contato,
    criar_contrato,
    criar_empresa,
    criar_perfil,
    criar_usuario,
)

pytestmark = pytest.mark.django_db

# Vistas do allauth, que não são nossas para decorar: todas da própria conta ou da entrada.
DA_CONTA = {"account_login", "account_logout", "account_change_password", "account_reauthenticate"}
DO_FIM = {"account_inactive"}


def percorrer(padroes, prefixo="", espaco=""):
    """(caminho, nome, view) de cada endereço, com os de `include`."""
    for padrao in padroes:
        if isinstance(padrao, URLPattern):
            nome = f"{espaco}:{padrao.name}" if espaco else padrao.name
            yield prefixo + str(padrao.pattern), nome, padrao.callback
        else:
            novo = padrao.namespace or espaco
            yield from percorrer(padrao.url_patterns, prefixo + str(padrao.pattern), novo)


ENDERECOS = list(percorrer(get_resolver().url_patterns))
DO_CONSOLE = [(caminho, nome, view) for caminho, nome, view in ENDERECOS if not caminho.startswith("admin/")]
DO_ADMIN = [(caminho, nome) for caminho, nome, _ in ENDERECOS if caminho.startswith("admin/")]


def declarado(view) -> str | None:
    while view is not None:
        if acesso := getattr(view, "acesso", None):
            return acesso
        view = getattr(view, "__wrapped__", None)
    return None


@pytest.mark.parametrize(("caminho", "nome", "view"), DO_CONSOLE, ids=[c or "/" for c, *_ in DO_CONSOLE])
def test_todo_endereco_declara_quem_o_abre(caminho, nome, view):
    assert declarado(view) in {"publico", "autenticado", *Capacidade.values}, f"/{caminho} não declara acesso"


@pytest.fixture
def cenario():
    """Um cliente completo, o agente que o vê e os segredos que ninguém pode vazar."""
    empresa = criar_empresa()
    cliente = criar_cliente(documento="52998224725", nome="Jacira Alecrim")
    contrato = criar_contrato(cliente, empresa)
    criar_contato(cliente, tipo="telefone", valor="+5554900001234")
    criar_contato(cliente, tipo="email", valor="maria@exemplo.net")
    conexao = criar_conexao(
        contrato.etiquetas.get(),
        senha=cifrar("segredo-da-conexao"),
        senha_equipamento=cifrar("segredo-da-onu"),
    )
    return {
        "empresa": empresa,
        "urls": [
            reverse("inicio"),
            reverse("busca"),
            reverse("cliente", args=[cliente.pk]),
            *[
                reverse("contrato", args=[contrato.pk, aba])
                for aba in ("detalhes", "eventos", "servicos", "conexao")
            ],
            reverse("widget", args=["contatos", "cliente", cliente.pk]),
            reverse("widget", args=["alertas", "cliente", cliente.pk]),
            reverse("widget", args=["faturas", "contrato", contrato.pk]),
            reverse("widget", args=["equipamentos", "etiqueta", conexao.etiqueta_id]),
        ],
    }


WIDGETS = ["detalhes", "eventos", "servicos", "conexao", "contatos", "alertas", "faturas", "equipamentos"]
SEGREDOS = [
    "segredo-da-conexao", "segredo-da-onu", "52998224725", "529.982.247-25", "+5554900001234", "90000-1234",
    "maria@exemplo.net",
]  # fmt: skip


@pytest.mark.parametrize("cabecalhos", [{}, {"HX-Request": "true", "HX-Target": "aba"}])
def test_anonimo_vai_para_a_entrada(client, cenario, cabecalhos):
    for url in cenario["urls"]:
        resposta = client.get(url, headers=cabecalhos)
        destino = resposta.get("HX-Redirect") or resposta.get("Location", "")
        assert destino.startswith("/entrar/"), url


@pytest.mark.parametrize("quem", [{"is_staff": True}, {"is_superuser": True, "is_staff": True}, {}])
def test_sem_perfil_nem_a_equipe_nem_o_superusuario_entram(client, cenario, quem):
    client.force_login(criar_usuario(criar_perfil(), **quem))
    for url in cenario["urls"]:
        assert client.get(url).status_code == 403, url


def test_o_perfil_certo_abre_e_o_de_outra_empresa_nao_distingue_do_que_nao_existe(client, cenario):
    certo = criar_usuario(capacidades=["atender"], widgets=WIDGETS, empresas=[cenario["empresa"]])
    outra = criar_usuario(capacidades=["atender"], widgets=WIDGETS, empresas=[criar_empresa()])
    for url in cenario["urls"]:
        client.force_login(certo)
        assert client.get(url).status_code == 200, url
        client.force_login(outra)
        assert client.get(url).status_code == (200 if url in cenario["urls"][:2] else 404), url


def test_o_perfil_sem_widgets_abre_o_painel_e_nenhum_widget(client, cenario):
    client.force_login(criar_usuario(capacidades=["atender"], empresas=[cenario["empresa"]]))
    situacoes = [client.get(url).status_code for url in cenario["urls"]]
    assert situacoes == [200, 200, 200] + [403] * (len(cenario["urls"]) - 3)


def test_senhas_e_dados_inteiros_nao_estao_em_resposta_nenhuma_nem_na_csp_falta(client, cenario):
    agente = criar_usuario(
        capacidades=["atender", "revelar_dados", "revelar_senha_da_conexao", "revelar_senha_do_equipamento"],
        widgets=WIDGETS,
        empresas=[cenario["empresa"]],
    )
    client.force_login(agente)
    for url in cenario["urls"]:
        resposta = client.get(url)
        corpo = resposta.content.decode()
        assert not [segredo for segredo in SEGREDOS if segredo in corpo], url
        assert "script-src 'self'" in resposta["Content-Security-Policy"]
        assert "no-store" in resposta["Cache-Control"]


def test_o_admin_recusa_quem_nao_tem_permissao(client):
    client.force_login(criar_usuario(capacidades=["atender"], is_staff=True))
    for modelo in admin.site._registry:
        opcoes = modelo._meta
        for pagina in ("changelist", "add"):
            url = reverse(f"admin:{opcoes.app_label}_{opcoes.model_name}_{pagina}")
            assert client.get(url).status_code == 403, url


def test_o_admin_manda_o_anonimo_para_a_entrada(client):
    resposta = client.get(reverse("admin:index"), follow=True)
    assert resposta.redirect_chain[-1][0].startswith("/entrar/")


def test_ninguem_se_cadastra_sozinho(client):
    for caminho in ("/signup/", "/accounts/signup/", "/entrar/cadastro/", "/cadastro/"):
        assert client.get(caminho).status_code in (302, 404)
        assert client.post(caminho, {"username": "x", "password1": "y"}).status_code in (302, 404)
    assert not [nome for _, nome, _ in ENDERECOS if nome and "signup" in nome]


def test_toda_permissao_de_capacidade_existe_no_banco():
    no_banco = Permission.objects.filter(content_type__app_label="perfis").values_list("codename", flat=True)
    assert set(Capacidade.values) <= set(no_banco)
