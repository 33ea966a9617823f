"""Usuários e catálogo no admin."""

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from perfis.models import Acao, Usuario, Widget
from tests.fabricas import criar_perfil, criar_usuario

pytestmark = pytest.mark.django_db

SENHA = "uma senha bem comprida"
LISTA = "/admin/perfis/usuario/"


@pytest.fixture
def admin(client):
    usuario = criar_usuario(capacidades=["administrar_perfis"], username="alba", is_staff=True)
    client.force_login(usuario)
    return usuario


def pagina(usuario) -> str:
    return reverse("admin:perfis_usuario_change", args=[usuario.pk])


def dados(usuario, **mudancas) -> dict:
    return {
        "username": usuario.username, "first_name": usuario.first_name, "last_name": usuario.last_name,
        "email": "", "is_active": "on",
    } | mudancas  # fmt: skip


def nomes(usuario) -> set[str]:
    return set(usuario.groups.values_list("name", flat=True))


def test_cria_com_senha_e_depois_da_os_perfis(client, admin):
    perfil = criar_perfil(name="Suporte N1", capacidades=["atender"])

    criado = client.post(
        f"{LISTA}add/",
        {"username": "nina", "usable_password": "true", "password1": SENHA, "password2": SENHA},
    )
    nina = Usuario.objects.get(username="nina")
    assert criado.status_code == 302
    assert nina.check_password(SENHA)
    assert (nina.is_staff, nina.is_superuser, nomes(nina)) == (False, False, set())

    salvo = client.post(pagina(nina), dados(nina, first_name="Nina", perfis=[perfil.pk]))
    assert salvo.status_code == 302
    nina.refresh_from_db()
    assert nina.first_name == "Nina"
    assert nomes(nina) == {"Suporte N1"}
    assert LogEntry.objects.filter(object_id=nina.pk, change_message="Posto no perfil Suporte N1").exists()
    assert client.get(pagina(nina)).context["adminform"].form["perfis"].value() == [perfil.pk]

    client.post(pagina(nina), dados(nina))
    assert nomes(nina) == set()


@pytest.mark.parametrize("senha", ["curta", "12345678901", "nina"])
def test_senha_fraca_e_recusada(client, admin, senha):
    enviado = {"username": "nina", "usable_password": "true", "password1": senha, "password2": senha}

    assert client.post(f"{LISTA}add/", enviado).status_code == 200
    assert not Usuario.objects.filter(username="nina").exists()


@pytest.mark.parametrize("campo", ["is_superuser", "user_permissions", "groups", "demo"])
def test_campo_que_daria_poder_e_400_e_nada_muda(client, admin, campo):
    nina = criar_usuario(username="nina")

    assert client.post(pagina(nina), dados(nina, first_name="Outra", **{campo: "1"})).status_code == 400
    nina.refresh_from_db()
    assert (nina.first_name, nina.is_superuser) == ("", False)


def test_a_senha_nao_se_escreve_pelo_formulario_do_usuario(client, admin):
    nina = criar_usuario(username="nina")
    antes = nina.password

    assert client.post(pagina(nina), dados(nina, password="1")).status_code == 302
    nina.refresh_from_db()
    assert nina.password == antes
    assert antes not in client.get(pagina(nina)).text


def test_da_propria_conta_so_se_muda_o_nome(client, admin):
    outro = criar_perfil(capacidades=["exportar"])
    proprio = {"username": "alba", "first_name": "Alba", "last_name": "", "email": ""}

    texto = client.get(pagina(admin)).text
    assert 'name="is_staff"' not in texto
    assert 'name="perfis"' not in texto
    assert client.post(pagina(admin), proprio).status_code == 302
    for campo, valor in (("perfis", outro.pk), ("is_active", ""), ("is_staff", "on")):
        assert client.post(pagina(admin), proprio | {campo: valor}).status_code == 400

    admin.refresh_from_db()
    assert (admin.first_name, admin.is_active, admin.is_staff) == ("Alba", True, True)
    assert not outro.user_set.exists()


def test_varios_usuarios_recebem_e_perdem_perfis_pela_lista(client, admin):
    a, b = criar_perfil(name="A"), criar_perfil(name="B")
    nina, otto = criar_usuario(a, username="nina"), criar_usuario(a, username="otto")
    escolha = {"action": "dar_perfis", "_selected_action": [nina.pk, otto.pk]}

    intermediaria = client.post(LISTA, escolha)
    assert intermediaria.status_code == 200
    assert "nina" in intermediaria.text
    assert client.post(LISTA, escolha | {"confirmar": "1"}).status_code == 200
    assert nomes(nina) == {"A"}

    assert client.post(LISTA, escolha | {"confirmar": "1", "perfis": [a.pk, b.pk]}).status_code == 302
    assert nomes(nina) == nomes(otto) == {"A", "B"}

    tirar = escolha | {"action": "tirar_perfis", "confirmar": "1", "perfis": [a.pk]}
    assert client.post(LISTA, tirar).status_code == 302
    assert nomes(nina) == nomes(otto) == {"B"}


def test_ninguem_se_inclui_na_lista(client, admin):
    perfil = criar_perfil()
    nina = criar_usuario()
    escolha = {"action": "dar_perfis", "_selected_action": [admin.pk, nina.pk], "confirmar": "1"}

    resposta = client.post(LISTA, escolha | {"perfis": [perfil.pk]}, follow=True)

    assert "Ninguém altera os próprios perfis" in resposta.text
    assert not perfil.user_set.exists()


def test_varias_contas_se_fecham_e_reabrem_pela_lista_menos_a_propria(client, admin):
    nina, otto = criar_usuario(username="nina"), criar_usuario(username="otto", is_active=False)
    escolha = {"action": "desativar", "_selected_action": [nina.pk, otto.pk]}

    assert "1 conta desativada." in client.post(LISTA, escolha, follow=True).text
    assert not Usuario.objects.get(pk=nina.pk).is_active
    assert "2 contas reativadas." in client.post(LISTA, escolha | {"action": "reativar"}, follow=True).text

    com_a_propria = escolha | {"_selected_action": [nina.pk, admin.pk]}
    assert "a própria conta" in client.post(LISTA, com_a_propria, follow=True).text
    assert Usuario.objects.filter(is_active=True).count() == 3


def test_quem_nao_e_superusuario_nao_troca_a_senha_de_um(client, admin):
    raiz = Usuario.objects.create_superuser("raiz", password=SENHA)

    assert client.post(pagina(raiz), dados(raiz)).status_code == 403
    troca = client.post(
        f"{LISTA}{raiz.pk}/password/",
        {"password1": "outra senha comprida", "password2": "outra senha comprida"},
    )
    assert troca.status_code == 403
    raiz.refresh_from_db()
    assert raiz.check_password(SENHA)


def test_o_superusuario_cria_o_primeiro_perfil_e_o_primeiro_administrador(client):
    raiz = Usuario.objects.create_superuser("raiz", password=SENHA)
    client.force_login(raiz)

    assert client.get("/admin/perfis/perfil/add/").status_code == 200
    perfil = criar_perfil(capacidades=["administrar_perfis"])
    nina = criar_usuario(username="nina")
    assert client.post(pagina(nina), dados(nina, is_staff="on", perfis=[perfil.pk])).status_code == 302
    assert Usuario.objects.get(pk=nina.pk).permissoes.tem("administrar_perfis")


@pytest.mark.parametrize(
    "chave", ["password__startswith=a", "user_permissions__codename=x", "groups__permissions__codename=x"]
)
def test_filtro_que_leria_a_senha_e_400(client, admin, chave):
    assert client.get(f"{LISTA}?{chave}").status_code == 400


def test_do_catalogo_so_se_muda_como_se_le(client, admin):
    acao = Acao.objects.create(slug="a-de-teste", nome="A", alvo="contrato", grupo="Teste")
    widget = Widget.objects.create(slug="w-de-teste", nome="W", alvo="cliente", regiao="lateral")
    comuns = {"nome": "Outro nome", "icone": "zap", "ajuda": "Como usar.", "ordem": "7", "ativo": "on"}
    so_da_acao = {"grupo": "Cobrança", "configuracao-TOTAL_FORMS": 0, "configuracao-INITIAL_FORMS": 0}

    for item, modelo in ((acao, "acao"), (widget, "widget")):
        url = reverse(f"admin:perfis_{modelo}_change", args=[item.pk])
        enviado = comuns | (so_da_acao if modelo == "acao" else {})
        assert client.post(url, enviado).status_code == 302
        item.refresh_from_db()
        assert (item.nome, item.ordem, item.ajuda) == ("Outro nome", 7, "Como usar.")
        for campo in ("slug", "alvo", "no_codigo", "limites_declarados", "regiao"):
            assert client.post(url, enviado | {campo: "x"}).status_code == 400
        assert client.post(url, enviado | {"ordem": "99999"}).status_code == 200
        assert (
            client.post(reverse(f"admin:perfis_{modelo}_delete", args=[item.pk]), {"post": "yes"}).status_code
            == 403
        )
        assert client.get(reverse(f"admin:perfis_{modelo}_add")).status_code == 403
