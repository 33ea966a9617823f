"""O rascunho: guarda-se enquanto se digita, volta ao formulário e some quando se envia ou descarta."""

from uuid import uuid4

import pytest
from django.urls import reverse

from atendimento.models import Rascunho, Relato
from tests import fabricas
from tests.filas.conftest import entra


@pytest.fixture
def minha(cenario, agente):
    return fabricas.criar_solicitacao(
        por=agente, etiqueta=cenario.etiqueta, tipo=cenario.tipo, em_maos=True, equipe=cenario.n1
    )


def da_acao(s, slug="pausar"):
    return f"acao-{slug}-solicitacao-{s.pk}"


def salvar(client, chave, /, **campos):
    return client.post(reverse("rascunho", args=[chave]), campos)


def test_volta_ao_passo_da_acao_e_some_ao_enviar(client, cenario, agente, minha):
    client.force_login(agente)
    url = f"/acoes/pausar/solicitacao/{minha.pk}/"
    assert "Recuperamos" not in client.get(url).content.decode()
    digitado = {"observacao": "Cliente foi ver a luz da ONU", "motivo": cenario.motivo["pausa"].pk}
    resposta = salvar(client, da_acao(minha), **digitado, chave="x", versao_do_alvo="1")
    assert resposta.status_code == 204
    assert Rascunho.objects.get().dados.keys() == {"observacao", "motivo"}
    corpo = client.get(url).content.decode()
    assert "Cliente foi ver a luz da ONU" in corpo
    assert f'<option value="{cenario.motivo["pausa"].pk}" selected' in corpo
    assert "Recuperamos o que você tinha digitado" in corpo
    assert "campo__erro" not in corpo
    envio = digitado | {"chave": uuid4(), "versao_do_alvo": "1"}
    assert client.post(url, envio).status_code == 302
    assert not Rascunho.objects.exists()


def test_o_envio_recusado_guarda_o_digitado_e_nao_o_rascunho_antigo(client, cenario, agente, minha):
    client.force_login(agente)
    salvar(client, da_acao(minha), observacao="versão antiga")
    url = f"/acoes/pausar/solicitacao/{minha.pk}/"
    resposta = client.post(url, {"observacao": "versão nova", "chave": uuid4(), "versao_do_alvo": "1"})
    corpo = resposta.content.decode()
    assert resposta.status_code == 422
    assert "versão nova" in corpo
    assert "versão antiga" not in corpo
    assert "data-rascunho-sujo" in corpo
    assert Rascunho.objects.exists()


def test_o_relato_volta_e_some_ao_ser_acrescentado(client, cenario, agente, minha):
    client.force_login(agente)
    url = reverse("resumo", args=[minha.protocolo])
    salvar(client, f"relato-{minha.pk}", texto="Sinal −27 dBm", visivel_ao_cliente="on")
    corpo = client.get(url).content.decode()
    assert "Sinal −27 dBm" in corpo
    assert "Recuperamos" in corpo
    assert client.post(url, {"texto": "Sinal −27 dBm"}).status_code == 302
    assert not Rascunho.objects.exists()
    assert Relato.objects.filter(texto="Sinal −27 dBm").exists()


def test_cada_um_tem_o_seu_e_sobrevive_a_sair_e_entrar(client, cenario, agente, minha):
    client.force_login(agente)
    salvar(client, da_acao(minha), observacao="só meu")
    client.logout()
    client.force_login(entra(cenario, cenario.n1, capacidades=["atender", "supervisionar"]))
    url = f"/acoes/pausar/solicitacao/{minha.pk}/"
    assert "só meu" not in client.get(url).content.decode()
    client.force_login(agente)
    assert "só meu" in client.get(url).content.decode()


def test_esvaziar_ou_descartar_esquece(client, agente, minha):
    client.force_login(agente)
    chave = da_acao(minha)
    salvar(client, chave, observacao="algo")
    salvar(client, chave, observacao="  ")
    assert not Rascunho.objects.exists()
    salvar(client, chave, observacao="algo")
    url = f"/acoes/pausar/solicitacao/{minha.pk}/"
    resposta = client.post(reverse("rascunho_apagar", args=[chave]), {"volta": url})
    assert (resposta.status_code, resposta["Location"]) == (302, url)
    assert not Rascunho.objects.exists()


@pytest.mark.parametrize("volta", ["https://exemplo.net/", "//exemplo.net", "javascript:alert(1)", ""])
def test_descartar_nunca_leva_a_outro_endereco(client, agente, minha, volta):
    client.force_login(agente)
    resposta = client.post(reverse("rascunho_apagar", args=[da_acao(minha)]), {"volta": volta})
    assert resposta["Location"] == "/"


@pytest.mark.parametrize(
    ("chave", "texto", "status"),
    [
        ("outra-coisa", "x", 422),
        ("acao-pausar-solicitacao-1", "x" * 70_000, 422),
        ("acao-pausar-solicitacao-1", "a\x00b", 422),
        ("acao-" + "x" * 200, "x", 422),
    ],
)
def test_o_que_nao_cabe_se_recusa(client, agente, chave, texto, status):
    client.force_login(agente)
    assert salvar(client, chave, observacao=texto).status_code == status
    assert not Rascunho.objects.exists()


def test_texto_hostil_no_rascunho_volta_escapado(client, agente, minha):
    client.force_login(agente)
    salvar(client, da_acao(minha), observacao="</textarea><script>alert(1)</script>", motivo="<script>2")
    corpo = client.get(f"/acoes/pausar/solicitacao/{minha.pk}/").content.decode()
    assert "<script>alert" not in corpo
    assert "&lt;script&gt;alert" in corpo


def test_de_quem_nao_atende_nada_se_guarda_e_get_nao_existe(client, cenario):
    client.force_login(fabricas.criar_usuario())
    assert salvar(client, "relato-1", texto="x").status_code == 403
    client.force_login(entra(cenario, cenario.n1))
    assert client.get(reverse("rascunho", args=["relato-1"])).status_code == 405


def test_sem_sessao_a_gravacao_de_fundo_leva_a_entrada(client):
    resposta = client.post(
        reverse("rascunho", args=["relato-1"]),
        {"texto": "x"},
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/solicitacoes/1/"},
    )
    assert resposta.status_code == 401
    assert resposta["HX-Redirect"].startswith("/entrar/?next=")
