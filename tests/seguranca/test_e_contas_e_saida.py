"""Seção E: contas, sessões, endereços de volta, limites de tentativas."""

import json

import pytest
from django.conf import settings as configuracao
from django.contrib.auth.hashers import MD5PasswordHasher
from django.urls import reverse

from tests.fabricas import SENHA, criar_usuario
from tests.test_configuracao import PRODUCAO, banco_dos_testes, manage

pytestmark = pytest.mark.django_db
ENTRADA = "/entrar/"


def entrar(client, username="jacira", senha=SENHA, **mais):
    return client.post(ENTRADA, {"login": username, "password": senha} | mais)


@pytest.mark.parametrize(
    "destino",
    [
        "https://outro.example/", "//outro.example/", "/\\outro.example/", "\\\\outro.example",
        "///outro.example",
        "javascript:alert(1)", "data:text/html,x", "https:outro.example", "http:///outro.example",
        "\thttps://outro.example/", "/%0d%0aSet-Cookie:x=1\r\nLocation: https://outro.example/",
    ],
)  # fmt: skip
def test_a_volta_da_entrada_nunca_leva_a_outro_lugar(client, destino):
    criar_usuario(username="jacira")
    local = entrar(client, next=destino)["Location"]
    assert local == "/" or (local.startswith("/%0d") and "\n" not in local)


def test_a_sessao_de_antes_de_entrar_nao_serve_depois(client):
    """Fixação de sessão: quem plantou um cookie não fica com a sessão de quem entrou."""
    criar_usuario(username="jacira")
    client.get(ENTRADA)
    sessao = client.session
    sessao["plantada"] = True
    sessao.save()
    client.cookies["sessionid"] = plantada = sessao.session_key

    entrar(client)

    assert client.cookies["sessionid"].value != plantada
    de_fora = type(client)()
    de_fora.cookies["sessionid"] = plantada
    assert de_fora.get("/conta/").status_code == 302


def test_sair_acaba_com_a_sessao_no_servidor(client):
    criar_usuario(username="jacira")
    entrar(client)
    guardada = client.cookies["sessionid"].value
    client.post("/sair/")
    client.cookies["sessionid"] = guardada
    assert client.get("/conta/")["Location"].startswith(ENTRADA)


def test_nenhum_cookie_se_le_por_script_nem_vai_de_outro_site(client):
    """GLPI CVE-2021-39210."""
    criar_usuario(username="jacira")
    client.get(ENTRADA)
    entrar(client)
    assert {"sessionid", "csrftoken"} <= client.cookies.keys()
    for nome, cookie in client.cookies.items():
        assert cookie["httponly"], nome
        assert cookie["samesite"] == "Lax", nome


def test_em_producao_os_cookies_so_vao_por_tls_e_nada_se_depura(tmp_path):
    """GLPI CVE-2025-25192, CVE-2021-39210."""
    nomes = (
        "DEBUG", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY",
        "CSRF_COOKIE_HTTPONLY",
        "SESSION_COOKIE_SAMESITE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "ALLOWED_HOSTS",
    )  # fmt: skip
    codigo = (
        "import json; from django.conf import settings as s;"
        f"print(json.dumps([getattr(s, n) for n in {nomes}]))"
    )
    feito = manage(
        tmp_path, "shell", "--no-imports", "-c", codigo, DATABASE_URL=banco_dos_testes(), **PRODUCAO
    )
    assert feito.returncode == 0, feito.stderr
    valores = dict(zip(nomes, json.loads(feito.stdout.splitlines()[-1]), strict=True))
    assert valores == {
        "DEBUG": False,
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "SECURE_HSTS_SECONDS": 365 * 24 * 3600,
        "ALLOWED_HOSTS": [PRODUCAO["HOSTS"]],
    }


def test_um_host_que_nao_e_o_da_instalacao_e_400(client):
    for host in ("outro.example", "testserver.outro.example", "testserver@outro.example"):
        assert client.get(ENTRADA, headers={"host": host}).status_code == 400
    forjado = client.get("/conta/", headers={"x-forwarded-host": "outro.example"})
    assert "outro.example" not in forjado["Location"]


def test_usuario_que_nao_existe_custa_o_mesmo_que_senha_errada(client, monkeypatch):
    """FreeScout CVE-2026-45294, FOSSBilling CVE-2026-43926: nem o texto, nem o tempo."""
    criar_usuario(username="jacira")
    contas = []
    de_sempre = MD5PasswordHasher.encode

    def contar(self, password, salt):
        contas.append(salt)
        return de_sempre(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", contar)
    vezes = []
    for nome in ("jacira", "ninguem"):
        contas.clear()
        entrar(client, nome, "senha errada qualquer")
        vezes.append(len(contas))
    assert vezes[0] == vezes[1] > 0


@pytest.mark.parametrize(
    ("rota", "limite", "corpo"),
    [
        ("account_login", "login", {"login": "jacira", "password": "errada"}),
        ("account_change_password", "change_password", {"oldpassword": "x", "password1": "y"}),
        ("account_reauthenticate", "reauthenticate", {"password": "errada"}),
    ],
)  # fmt: skip
def test_toda_porta_de_senha_tem_limite_de_tentativas(client, settings, rota, limite, corpo):
    """FreeScout CVE-2026-45294, FOSSBilling CVE-2026-43926: o limite está em cada endereço, não só num."""
    quem = "ip" if limite == "login" else "user"
    settings.ACCOUNT_RATE_LIMITS = configuracao.ACCOUNT_RATE_LIMITS | {limite: f"2/m/{quem}"}
    if limite != "login":
        client.force_login(criar_usuario(username="jacira"))
    respostas = [client.post(reverse(rota), corpo).status_code for _ in range(4)]
    assert respostas[0] == 422
    assert respostas[-1] == 429, respostas


def test_o_historico_do_navegador_nao_guarda_paginas(client):
    """htmx hx-history: nenhuma fotografia da página em localStorage, e nenhuma cópia no disco."""
    client.force_login(criar_usuario())
    pagina = client.get("/conta/")
    assert '"historyCacheSize":0' in pagina.content.decode()
    assert '"selfRequestsOnly":true' in pagina.content.decode()
    assert "no-store" in pagina["Cache-Control"]
