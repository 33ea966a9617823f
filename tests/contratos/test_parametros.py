"""Os parâmetros da lei: uma linha, no valor legal, e nunca abaixo dele."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from contratos.models import Parametros
from tests.fabricas import criar_usuario

pytestmark = pytest.mark.django_db


def test_sem_linha_valem_os_da_lei_e_ela_se_cria_uma_vez():
    Parametros.objects.all().delete()

    atuais = [Parametros.atuais() for _ in range(2)]

    assert {p.pk for p in atuais} == {1}
    assert (atuais[0].dias_do_aviso_a_suspensao, atuais[0].dias_da_suspensao_a_rescisao) == (15, 60)
    assert (atuais[0].suspensao_minima_dias, atuais[0].suspensao_maxima_dias) == (30, 120)
    assert atuais[0].cobra_durante_suspensao is False


@pytest.mark.parametrize(
    ("campo", "abusivo"),
    [
        ("dias_do_aviso_a_suspensao", 14),
        ("dias_da_suspensao_a_rescisao", 59),
        ("multa_percentual", "2.01"),
        ("juros_percentual_ao_mes", "1.01"),
        ("fidelidade_maxima_meses", 13),
        ("suspensao_minima_dias", 31),
        ("suspensao_maxima_dias", 119),
        ("suspensao_intervalo_meses", 13),
        ("horas_para_religar", 25),
        ("contestacao_dias", 8),
    ],
)
def test_nenhum_fica_pior_do_que_a_lei(campo, abusivo):
    parametros = Parametros.atuais()
    setattr(parametros, campo, abusivo)
    with pytest.raises(ValidationError) as recusa:
        parametros.full_clean()
    assert set(recusa.value.error_dict) == {campo}


@pytest.mark.parametrize(
    "mudanca",
    [{"dias_do_aviso_a_suspensao": 3}, {"dias_da_suspensao_a_rescisao": 1}, {"multa_percentual": "9"}],
)
def test_nem_por_sql_o_relogio_e_os_encargos_saem_da_lei(mudanca):
    Parametros.atuais()
    with pytest.raises(IntegrityError), transaction.atomic():
        Parametros.objects.update(**mudanca)


def test_nao_ha_segunda_linha():
    Parametros.atuais()
    with pytest.raises(IntegrityError), transaction.atomic():
        Parametros.objects.bulk_create([Parametros(pk=2)])


def test_todo_campo_diz_a_norma_ou_que_e_regra_da_casa():
    for campo in Parametros._meta.fields:
        if campo.name != "id":
            assert any(
                norma in campo.help_text for norma in ("RGC", "CDC", "SAC", "Código Civil", "Regra da casa")
            ), campo.name


def test_a_pagina_do_admin_abre_a_unica_linha_altera_e_guarda_o_historico(client):
    administrador = criar_usuario(capacidades=["atender"], is_staff=True, is_superuser=True)
    client.force_login(administrador)
    lista = reverse("admin:contratos_parametros_changelist")
    pagina = reverse("admin:contratos_parametros_change", args=[1])

    assert client.get(lista)["Location"] == pagina
    form = client.get(pagina).context["adminform"].form
    campos = {nome: form[nome].value() for nome in form.fields if form[nome].value() is not False}
    resposta = client.post(pagina, campos | {"dias_do_aviso_a_suspensao": 20})

    assert resposta.status_code == 302, resposta.context["errors"]
    assert Parametros.atuais().dias_do_aviso_a_suspensao == 20
    assert client.post(pagina, campos | {"dias_do_aviso_a_suspensao": 5}).status_code == 200
    assert Parametros.atuais().dias_do_aviso_a_suspensao == 20
