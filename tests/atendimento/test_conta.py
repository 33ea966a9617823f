"""Entrar, sair, trocar o tema e a senha, e a segunda etapa."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from tests.fabricas import SENHA, criar_usuario

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limites_zerados(db):
    cache.clear()


def entrar(client, usuario, senha=SENHA, **dados):
    return client.post("/entrar/", {"login": usuario, "password": senha} | dados)


def avisos(resposta) -> list[str]:
    return re.findall(r'role="alert">.*?<p>(.*?)</p>', resposta.content.decode(), re.S)


def test_com_usuario_e_senha_se_entra(client):
    criar_usuario(username="jacira")

    resposta = entrar(client, "jacira")

    assert (resposta.status_code, resposta["Location"]) == (302, "/")
    assert client.get("/conta/").status_code == 200


def test_depois_de_entrar_se_volta_ao_lugar_pedido_mas_nunca_a_outro_site(client):
    criar_usuario(username="jacira")

    assert entrar(client, "jacira", next="/clientes/7/")["Location"] == "/clientes/7/"
    client.logout()
    assert entrar(client, "jacira", next="https://outro.example/")["Location"] == "/"


def test_senha_errada_e_usuario_desconhecido_tem_a_mesma_resposta(client):
    criar_usuario(username="jacira")

    errada = entrar(client, "jacira", "outra senha comprida")
    desconhecido = entrar(client, "ninguem", "outra senha comprida")

    assert errada.status_code == desconhecido.status_code == 422
    assert avisos(errada) == avisos(desconhecido) == ["Usuário ou senha incorretos."]


def test_a_senha_digitada_nunca_volta_na_pagina(client):
    assert b"segredo-digitado" not in entrar(client, "jacira", "segredo-digitado").content


def test_depois_de_cinco_erros_nem_a_senha_certa_entra(client):
    criar_usuario(username="jacira")
    for _ in range(5):
        entrar(client, "jacira", "senha errada qualquer")

    resposta = entrar(client, "jacira")

    assert resposta.status_code == 422
    assert avisos(resposta) == ["Muitas tentativas seguidas. Espere alguns minutos e tente de novo."]
    assert "_auth_user_id" not in client.session


def test_o_limite_por_endereco_responde_429_em_portugues(client, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"login": "1/m/ip"}
    entrar(client, "jacira")

    resposta = entrar(client, "otavio")

    assert resposta.status_code == 429
    assert "Espere um pouco" in resposta.content.decode()


def test_usuario_desativado_nao_entra_e_so_sabe_disso_com_a_senha_certa(client):
    criar_usuario(username="jacira", is_active=False)

    assert avisos(entrar(client, "jacira", "senha errada qualquer")) == ["Usuário ou senha incorretos."]
    assert entrar(client, "jacira")["Location"] == "/entrar/desativado/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    "nome",
    ["account_signup", "account_reset_password", "account_email", "account_set_password"],
)
def test_cadastro_recuperacao_e_emails_nao_tem_endereco(nome):
    with pytest.raises(NoReverseMatch):
        reverse(nome)


@pytest.mark.parametrize("caminho", ["/signup/", "/accounts/signup/", "/entrar/signup/", "/conta/email/"])
def test_os_caminhos_de_costume_do_cadastro_nao_existem(client, caminho):
    client.force_login(criar_usuario())

    assert client.get(caminho).status_code == 404


def test_a_porta_do_admin_leva_a_entrada_do_console(client):
    resposta = client.get("/admin/login/?next=/admin/auth/")

    assert (resposta.status_code, resposta["Location"]) == (302, "/entrar/?next=%2Fadmin%2Fauth%2F")


def test_a_porta_do_admin_nao_aceita_usuario_e_senha(client):
    criar_usuario(username="chefe", is_staff=True)

    client.post("/admin/login/", {"username": "chefe", "password": SENHA})

    assert "_auth_user_id" not in client.session


def test_a_porta_do_admin_nao_leva_a_outro_site(client):
    client.force_login(criar_usuario(is_staff=True))

    assert client.get("/admin/login/?next=//outro.example/")["Location"] == "/admin/"


def test_quem_nao_administra_le_por_que_em_vez_de_rodar_entre_as_portas(client):
    client.force_login(criar_usuario())

    resposta = client.get("/admin/", follow=True)

    assert resposta.status_code == 403
    assert "Seu usuário não tem acesso aos Parâmetros do Atendimento." in resposta.content.decode()


def test_sair_e_por_post(client):
    client.force_login(criar_usuario())

    assert client.get("/sair/").status_code == 200
    assert "_auth_user_id" in client.session
    assert client.post("/sair/")["Location"] == "/entrar/"
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("caminho", ["/conta/", "/conta/senha/", "/conta/dois-fatores/", "/conta/confirmar/"])
def test_a_conta_e_so_de_quem_entrou(client, caminho):
    assert client.get(caminho)["Location"] == f"/entrar/?next={caminho}"


def test_o_tema_escolhido_vale_na_proxima_pagina(client):
    client.force_login(criar_usuario())

    resposta = client.post("/conta/tema/", {"tema": "escuro"})

    assert (resposta.status_code, resposta["Location"]) == (302, "/conta/")
    assert 'data-tema="escuro"' in client.get("/conta/").content.decode()


def test_o_tema_volta_a_pagina_de_onde_se_veio_se_for_desta_casa(client):
    client.force_login(criar_usuario())

    daqui = client.post(
        "/conta/tema/", {"tema": "claro"}, headers={"referer": "http://testserver/ajuda/?a=1"}
    )
    de_fora = client.post("/conta/tema/", {"tema": "claro"}, headers={"referer": "http://outro.example/x/"})

    assert daqui["Location"] == "/ajuda/?a=1"
    assert de_fora["Location"] == "/conta/"


def test_um_tema_que_nao_existe_e_recusado(client):
    usuario = criar_usuario()
    client.force_login(usuario)

    resposta = client.post("/conta/tema/", {"tema": "roxo"})

    usuario.refresh_from_db()
    assert (resposta.status_code, usuario.tema) == (400, "auto")


def test_a_senha_se_troca_com_a_atual(client):
    usuario = criar_usuario()
    client.force_login(usuario)
    nova = "outra senha bem comprida"

    errada = client.post("/conta/senha/", {"oldpassword": "x", "password1": nova, "password2": nova})
    certa = client.post("/conta/senha/", {"oldpassword": SENHA, "password1": nova, "password2": nova})

    usuario.refresh_from_db()
    assert (errada.status_code, certa.status_code, certa["Location"]) == (422, 302, "/conta/")
    assert "A senha atual não confere." in errada.content.decode()
    assert usuario.check_password(nova)


def test_a_conta_mostra_o_nome_inteiro_e_os_perfis(client):
    usuario = criar_usuario(first_name="Jacira", last_name="Alecrim")
    client.force_login(usuario)

    pagina = client.get("/conta/").content.decode()

    assert "Jacira Alecrim" in pagina
    assert usuario.groups.get().name in pagina


def codigo(segredo: str) -> str:
    return format_hotp_value(hotp_value(segredo, next(iter(yield_hotp_counters_from_time()))))


def ligar_dois_fatores(client) -> str:
    client.post("/conta/confirmar/?next=/conta/dois-fatores/ligar/", {"password": SENHA})
    pagina = client.get("/conta/dois-fatores/ligar/").content.decode()
    segredo = re.search(r"<dt>Chave</dt>\s*<dd[^>]*>\s*([A-Z2-7]+)\s*</dd>", pagina)[1]
    resposta = client.post("/conta/dois-fatores/ligar/", {"code": codigo(segredo)})
    assert resposta["Location"] == "/conta/dois-fatores/codigos/"
    return segredo


def test_com_a_segunda_etapa_a_senha_sozinha_nao_entra(client):
    client.force_login(criar_usuario(username="jacira"))
    segredo = ligar_dois_fatores(client)
    client.post("/sair/")
    cache.clear()

    assert entrar(client, "jacira", next="/ajuda/")["Location"].startswith("/entrar/codigo/")
    assert "_auth_user_id" not in client.session
    assert client.post("/entrar/codigo/", {"code": "000000"}).status_code == 422
    assert client.post("/entrar/codigo/", {"code": codigo(segredo)})["Location"] == "/ajuda/"
    assert "_auth_user_id" in client.session


def test_um_codigo_de_recuperacao_vale_uma_vez(client):
    client.force_login(criar_usuario(username="jacira"))
    ligar_dois_fatores(client)
    pagina = client.get("/conta/dois-fatores/codigos/").content.decode()
    recuperacao = re.findall(r"<li>([0-9a-z]{6,})</li>", pagina)
    assert len(recuperacao) == 10

    for status in (302, 422):
        client.post("/sair/")
        entrar(client, "jacira")
        assert client.post("/entrar/codigo/", {"code": recuperacao[0]}).status_code == status


def test_os_segredos_da_segunda_etapa_ficam_cifrados(client):
    usuario = criar_usuario()
    client.force_login(usuario)

    segredo = ligar_dois_fatores(client)

    guardado = str(list(usuario.authenticator_set.values_list("data", flat=True)))
    assert segredo not in guardado
    assert "gAAAA" in guardado


def test_ligar_a_segunda_etapa_pede_a_senha_de_novo(client):
    client.force_login(criar_usuario())

    assert client.get("/conta/dois-fatores/ligar/")["Location"] == (
        "/conta/confirmar/?next=%2Fconta%2Fdois-fatores%2Fligar%2F"
    )


def test_a_segunda_etapa_se_desliga(client):
    usuario = criar_usuario()
    client.force_login(usuario)
    ligar_dois_fatores(client)

    assert client.get("/conta/dois-fatores/desligar/").status_code == 200
    client.post("/conta/dois-fatores/desligar/")

    assert not usuario.authenticator_set.exists()
