"""O administrador escolhe com que rede se fala, e nenhum segredo volta à página."""

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.urls import reverse

from contratos.cifra import decifrar
from contratos.models import Concentrador, Conexao, Olt
from tests import fabricas
from tests.test_admin_cadastros import formulario

pytestmark = pytest.mark.django_db
SEGREDOS = {
    "novo_segredo": "radius-secreto",
    "nova_senha_do_banco": "banco-secreto",
    "nova_comunidade": "snmp-secreta",
}


@pytest.fixture
def empresa():
    return fabricas.criar_empresa()


@pytest.fixture
def pagina(client, empresa):
    perfil = fabricas.criar_perfil(capacidades=["atender"], empresas=[empresa])
    perfil.permissions.add(*Permission.objects.filter(content_type__app_label="contratos"))
    client.force_login(fabricas.criar_usuario(perfil, is_staff=True))
    return client


def gravar(pagina, modelo, objeto, **campos):
    url = reverse(f"admin:contratos_{modelo}_change", args=[objeto.pk])
    return pagina.post(url, formulario(pagina, url) | campos)


def test_o_freeradius_se_configura_e_os_segredos_so_entram(pagina):
    concentrador = fabricas.criar_concentrador()
    url = reverse("admin:contratos_concentrador_change", args=[concentrador.pk])
    recusado = gravar(pagina, "concentrador", concentrador, integracao="freeradius")
    assert "diga o host, o nome e o usuário do banco" in recusado.text
    banco = {"banco_host": "127.0.0.1", "banco_nome": "radius", "banco_usuario": "radius"}
    secretos = {nome: SEGREDOS[nome] for nome in ("novo_segredo", "nova_senha_do_banco")}

    resposta = gravar(pagina, "concentrador", concentrador, integracao="freeradius", **banco, **secretos)

    assert resposta.status_code == 302
    gravado = Concentrador.objects.get()
    assert (decifrar(gravado.segredo), decifrar(gravado.banco_senha)) == ("radius-secreto", "banco-secreto")
    assert gravar(pagina, "concentrador", gravado).status_code == 302
    assert decifrar(Concentrador.objects.get().banco_senha) == "banco-secreto"
    vistas = pagina.get(url).text + pagina.get(reverse("admin:contratos_concentrador_changelist")).text
    assert "secreto" not in vistas
    assert bytes(gravado.banco_senha).decode() not in vistas
    assert not LogEntry.objects.filter(change_message__contains="secreto").exists()


@pytest.mark.parametrize("host", ["db host=evil", "a;b", "x' y", "h/../x"])
def test_o_host_do_banco_e_so_um_host(pagina, host):
    concentrador = fabricas.criar_concentrador()
    resposta = gravar(
        pagina, "concentrador", concentrador, integracao="freeradius", banco_host=host, banco_nome="r",
        banco_usuario="r",
    )  # fmt: skip
    assert "Um nome de host ou um IP, e só." in resposta.text
    assert Concentrador.objects.get().banco_host == ""


def test_a_olt_por_snmp_pede_o_ip_e_guarda_a_comunidade_cifrada(pagina):
    olt = fabricas.criar_olt()
    assert "Por SNMP, diga o IP da OLT." in gravar(pagina, "olt", olt, integracao="snmp").text
    resposta = gravar(
        pagina, "olt", olt, integracao="snmp", ip="127.0.0.1", nova_comunidade=SEGREDOS["nova_comunidade"]
    )
    assert resposta.status_code == 302
    assert decifrar(Olt.objects.get().comunidade) == "snmp-secreta"
    assert "snmp-secreta" not in pagina.get(reverse("admin:contratos_olt_change", args=[olt.pk])).text


def test_integracao_inventada_e_roteiro_torto_se_recusam_com_frase(pagina):
    olt = fabricas.criar_olt()
    assert gravar(pagina, "olt", olt, integracao="pombo").status_code == 200
    assert gravar(pagina, "olt", olt, roteiro="{torto").status_code == 200
    assert gravar(pagina, "olt", olt, falhas_seguidas="9").status_code == 400
    assert Olt.objects.get().integracao == ""


def test_a_conexao_nova_vai_a_rede(pagina, empresa):
    etiqueta = fabricas.criar_contrato(empresa=empresa).etiquetas.get()
    concentrador = fabricas.criar_concentrador(integracao="simulada")
    url = reverse("admin:contratos_conexao_add")
    dados = formulario(pagina, url) | {
        "etiqueta": etiqueta.pk, "login": "nova@ipe", "concentrador": concentrador.pk, "ativa": "on",
        "nova_senha": "senha-da-nova",
    }  # fmt: skip
    assert pagina.post(url, dados).status_code == 302
    assert Conexao.objects.get().comandos.get().motivo == "conexão nova"
