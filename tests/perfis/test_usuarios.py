"""Pôr e tirar usuários de perfis, e fechar contas."""

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied

from perfis.dominio.recusas import PerfilProprio
from perfis.dominio.usuarios import (
    atribuir_perfis,
    definir_perfis,
    desativar_usuario,
    reativar_usuario,
    retirar_perfis,
)
from perfis.models import MembroDoPerfil, Perfil, Usuario
from tests.fabricas import criar_perfil, criar_usuario

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin():
    return criar_usuario(capacidades=["administrar_perfis"], username="alba")


def nomes(usuario) -> set[str]:
    return set(usuario.groups.values_list("name", flat=True))


def test_varios_usuarios_entram_em_varios_perfis_de_uma_vez(admin):
    a, b = criar_perfil(name="A"), criar_perfil(name="B")
    nina, otto = criar_usuario(a, username="nina"), criar_usuario(b, username="otto")

    assert atribuir_perfis([nina, otto], [a, b], por=admin) == 2

    assert nomes(nina) == nomes(otto) == {"A", "B"}
    mensagens = {(str(e.object_repr), e.change_message) for e in LogEntry.objects.all()}
    assert mensagens == {
        ("A", "Incluído: otto"), ("B", "Incluído: nina"),
        ("otto", "Posto no perfil A"), ("nina", "Posto no perfil B"),
    }  # fmt: skip


def test_sair_de_um_perfil_fica_no_historico_do_banco_com_quem_tirou(admin):
    perfil = criar_perfil(name="A")
    nina = criar_usuario(perfil, username="nina")

    assert retirar_perfis([nina], [perfil], por=admin) == 1
    assert retirar_perfis([nina], [perfil], por=admin) == 0

    assert nomes(nina) == set()
    evento = MembroDoPerfil.pgh_event_model.objects.get(pgh_label="delete", usuario=nina)
    assert evento.pgh_context.metadata["usuario"] == admin.pk


def test_definir_deixa_exatamente_os_pedidos(admin):
    a, b, c = (criar_perfil(name=nome) for nome in "ABC")
    nina = criar_usuario(a)
    nina.groups.add(b)

    definir_perfis(nina, [b, c], por=admin)

    assert nomes(nina) == {"B", "C"}


def test_ninguem_muda_os_proprios_perfis_nem_a_propria_conta(admin):
    perfil = criar_perfil()
    nina = criar_usuario()

    for verbo in (atribuir_perfis, retirar_perfis):
        with pytest.raises(PerfilProprio):
            verbo([nina, admin], [perfil, *Perfil.objects.filter(user=admin)], por=admin)
    with pytest.raises(PerfilProprio):
        desativar_usuario(admin, por=admin)

    assert not perfil.user_set.exists()
    assert Usuario.objects.get(pk=admin.pk).is_active
    assert len(nomes(admin)) == 1


def test_quem_nao_administra_nao_muda_ninguem():
    nina, perfil = criar_usuario(), criar_perfil()
    outro = criar_usuario(capacidades=["supervisionar"], is_staff=True)

    for tentar in (
        lambda: atribuir_perfis([nina], [perfil], por=outro),
        lambda: retirar_perfis([nina], [perfil], por=outro),
        lambda: definir_perfis(nina, [], por=outro),
        lambda: desativar_usuario(nina, por=outro),
        lambda: reativar_usuario(nina, por=outro),
    ):
        with pytest.raises(PermissionDenied):
            tentar()

    assert len(nomes(nina)) == 1


def test_desativar_derruba_a_sessao_e_reativar_devolve_os_perfis(admin, client):
    perfil = criar_perfil(name="A", capacidades=["atender"])
    nina = criar_usuario(perfil, username="nina")
    client.force_login(nina)

    desativar_usuario(nina, por=admin)

    assert client.get("/admin/").wsgi_request.user.is_anonymous
    assert not Usuario.objects.get(pk=nina.pk).permissoes.tem("atender")
    reativar_usuario(nina, por=admin)
    assert Usuario.objects.get(pk=nina.pk).permissoes.tem("atender")
    assert [e.change_message for e in LogEntry.objects.order_by("pk")] == [
        "Conta desativada",
        "Conta reativada",
    ]
