"""Revelar um dado de cada vez, com permissão e registro."""

import pytest
from django.urls import reverse

from atendimento.models import AcessoADado
from contratos.cifra import cifrar
from tests.fabricas import (
    criar_cliente,
    criar_conexao,
    criar_contato,
    criar_contrato,
    criar_empresa,
    criar_usuario,
)

pytestmark = pytest.mark.django_db
FRAGMENTO = {"HX-Request": "true"}
CAPACIDADES = ["revelar_dados", "revelar_senha_da_conexao", "revelar_senha_do_equipamento"]


@pytest.fixture
def empresa():
    return criar_empresa()


@pytest.fixture
def alvos(empresa):
    """(alvo, id, campo) → capacidade que o revela e valor inteiro."""
    cliente = criar_cliente(documento="52998224725")
    contrato = criar_contrato(cliente, empresa)
    telefone = criar_contato(cliente, tipo="telefone", valor="+5554900001234")
    email = criar_contato(cliente, tipo="email", valor="maria@exemplo.net")
    conexao = criar_conexao(
        contrato.etiquetas.get(),
        senha=cifrar("segredo-da-conexao"),
        senha_equipamento=cifrar("segredo-da-onu"),
    )
    return {
        ("cliente", cliente.pk, "documento"): ("revelar_dados", "529.982.247-25"),
        ("contato", telefone.pk, "valor"): ("revelar_dados", "(54) 90000-1234"),
        ("contato", email.pk, "valor"): ("revelar_dados", "maria@exemplo.net"),
        ("conexao", conexao.pk, "senha"): ("revelar_senha_da_conexao", "segredo-da-conexao"),
        ("conexao", conexao.pk, "senha_equipamento"): ("revelar_senha_do_equipamento", "segredo-da-onu"),
    }


def test_quem_pode_ve_so_o_valor_e_fica_registrado(client, empresa, alvos):
    for alvo, (capacidade, valor) in alvos.items():
        usuario = criar_usuario(capacidades=["atender", capacidade], empresas=[empresa])
        client.force_login(usuario)
        corpo = client.post(reverse("revelar", args=alvo), headers=FRAGMENTO).content.decode()
        assert valor in corpo
        assert 'data-esconder-em="30"' in corpo
        assert "<html" not in corpo
        outros = [v for _, v in alvos.values() if v != valor]
        assert not any(outro in corpo for outro in outros)
        acesso = AcessoADado.objects.get(usuario=usuario)
        assert (acesso.tipo, acesso.alvo, acesso.alvo_id, acesso.campo) == ("revelacao", *alvo)
        assert valor not in str(acesso.__dict__)


def test_quem_nao_tem_a_capacidade_recebe_403_sem_o_valor_e_sem_registro(client, empresa, alvos):
    for alvo, (capacidade, valor) in alvos.items():
        outras = [c for c in CAPACIDADES if c != capacidade]
        client.force_login(criar_usuario(capacidades=["atender", *outras], empresas=[empresa]))
        resposta = client.post(reverse("revelar", args=alvo), headers=FRAGMENTO)
        assert resposta.status_code == 403
        assert valor not in resposta.content.decode()
    assert AcessoADado.objects.count() == 0


def test_fora_do_escopo_e_404_mesmo_com_a_capacidade(client, alvos):
    client.force_login(criar_usuario(capacidades=["atender", *CAPACIDADES], empresas=[criar_empresa()]))
    for alvo in alvos:
        assert client.post(reverse("revelar", args=alvo)).status_code == 404
    assert AcessoADado.objects.count() == 0


@pytest.mark.parametrize(
    "alvo",
    [("cliente", 1, "nome"), ("conexao", 1, "login"), ("usuario", 1, "password"), ("contato", 0, "valor")],
)
def test_campo_que_nao_se_revela_e_404(client, empresa, alvo):
    client.force_login(criar_usuario(capacidades=["atender", *CAPACIDADES], empresas=[empresa]))
    assert client.post(reverse("revelar", args=alvo)).status_code == 404


def test_revelar_e_so_por_post(client, empresa, alvos):
    client.force_login(criar_usuario(capacidades=["atender", *CAPACIDADES], empresas=[empresa]))
    for alvo in alvos:
        assert client.get(reverse("revelar", args=alvo)).status_code == 405


def test_sem_javascript_o_valor_vem_numa_pagina_que_nao_fica_guardada(client, empresa, alvos):
    client.force_login(criar_usuario(capacidades=["atender", *CAPACIDADES], empresas=[empresa]))
    for alvo, (_, valor) in alvos.items():
        resposta = client.post(reverse("revelar", args=alvo))
        assert valor in resposta.content.decode()
        assert "<html" in resposta.content.decode()
        assert "no-store" in resposta["Cache-Control"]


def test_segredo_cifrado_nao_se_procura_nem_se_imprime(empresa, alvos):
    from django.core.exceptions import FieldError

    from contratos.cifra import decifrar
    from contratos.models import Conexao

    with pytest.raises(FieldError):
        Conexao.objects.filter(senha=b"x").exists()
    assert "segredo" not in repr(decifrar(cifrar("minha senha"))).replace("<segredo>", "")
