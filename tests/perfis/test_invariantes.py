"""O que o banco não deixa escrever nas tabelas de perfis nem por SQL direto."""

import pytest

from perfis.models import Acao, Widget
from tests import fabricas
from tests.invariantes import recusado

pytestmark = pytest.mark.django_db


def test_um_perfil_atende_ao_menos_um():
    perfil = fabricas.criar_perfil()
    recusado(
        "perfil_atende_ao_menos_um",
        "UPDATE perfis_perfil SET max_em_atendimento = 0 WHERE group_ptr_id = %s",
        perfil.pk,
    )


@pytest.mark.parametrize(
    ("nome", "modelo", "tabela", "permissao"),
    [
        ("acao_so_por_perfil", Acao, "perfis_acaoporusuario", "executar_acao"),
        ("widget_so_por_perfil", Widget, "perfis_widgetporusuario", "ver_widget"),
    ],
)
def test_ninguem_recebe_permissao_fora_de_um_perfil(nome, modelo, tabela, permissao):
    recusado(
        nome,
        f"INSERT INTO {tabela} (content_object_id, user_id, permission_id)"
        " SELECT %s, %s, id FROM auth_permission WHERE codename = %s",
        modelo.objects.create(slug="so-deste-teste", nome="x", alvo="contrato").pk,
        fabricas.criar_usuario().pk,
        permissao,
    )
