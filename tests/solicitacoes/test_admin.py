"""Os cadastros no admin: cada página abre, grava e devolve a recusa do banco como frase no formulário."""

from datetime import time

import pytest
from django.contrib import admin
from django.contrib.auth.models import Permission
from django.urls import reverse

from atendimento.dominio.cadastros_iniciais import garantir_cadastros
from atendimento.models import (
    Calendario,
    Equipe,
    MembroDaEquipe,
    Motivo,
    Prazo,
    Solucao,
    TipoDeSolicitacao,
    Turno,
)
from tests import fabricas

pytestmark = pytest.mark.django_db
CADASTROS = [Equipe, Motivo, TipoDeSolicitacao, Prazo, Calendario, Solucao]


@pytest.fixture
def administrador(client):
    garantir_cadastros()
    usuario = fabricas.criar_usuario(is_staff=True)
    usuario.groups.get().permissions.set(Permission.objects.filter(content_type__app_label="atendimento"))
    client.force_login(usuario)
    return client


def endereco(modelo, pagina, *args):
    return reverse(f"admin:atendimento_{modelo._meta.model_name}_{pagina}", args=args)


@pytest.mark.parametrize("modelo", CADASTROS)
def test_lista_formulario_e_busca_abrem_e_nada_se_apaga(administrador, modelo):
    objeto = modelo.objects.order_by("pk").first()
    assert administrador.get(endereco(modelo, "changelist"), {"q": "a"}).status_code == 200
    assert administrador.get(endereco(modelo, "add")).status_code == 200
    assert administrador.get(endereco(modelo, "change", objeto.pk)).status_code == 200
    assert administrador.get(endereco(modelo, "delete", objeto.pk)).status_code == 403
    assert admin.site.get_model_admin(modelo).secao == "parametros"


def test_sem_permissao_nenhuma_pagina_abre(client):
    client.force_login(fabricas.criar_usuario(is_staff=True))
    for modelo in CADASTROS:
        assert client.get(endereco(modelo, "changelist")).status_code == 403


def vazio(prefixo):
    return {f"{prefixo}-TOTAL_FORMS": "0", f"{prefixo}-INITIAL_FORMS": "0"}


def test_motivo_de_encaminhamento_nao_congela_prazo(administrador):
    campos = {"tipo": "encaminhamento", "nome": "Novo", "ordem": "1", "ativo": "on", "congela_prazo": "on"}
    resposta = administrador.post(endereco(Motivo, "add"), campos)
    assert resposta.status_code == 200
    assert "só de pausas" in resposta.text
    assert administrador.post(endereco(Motivo, "add"), campos | {"tipo": "pausa"}).status_code == 302
    assert Motivo.objects.get(nome="Novo").congela_prazo


def test_turnos_que_se_sobrepoem_voltam_ao_formulario(administrador):
    calendario = Calendario.objects.get(nome="8x5 comercial")
    campos = {"nome": calendario.nome, "ativo": "on"} | vazio("excecoes")
    campos |= {"turnos-TOTAL_FORMS": "1", "turnos-INITIAL_FORMS": "0"}
    campos |= {"turnos-0-dia": "0", "turnos-0-inicio": "11:00", "turnos-0-fim": "14:00"}
    resposta = administrador.post(endereco(Calendario, "change", calendario.pk), campos)
    assert resposta.status_code == 200
    assert "sobrepõe" in resposta.text
    assert not Turno.objects.filter(inicio=time(11)).exists()


def test_prazo_exige_horas_e_calendario_ou_data_livre(administrador):
    campos = {"nome": "Torto", "ordem": "1", "ativo": "on", "horas": "4"}
    resposta = administrador.post(endereco(Prazo, "add"), campos)
    assert "Dê as horas e o calendário" in resposta.text
    campos |= {"padrao": "on", "calendario": str(Calendario.objects.get(sempre=True).pk)}
    assert "outro prazo padrão" in administrador.post(endereco(Prazo, "add"), campos).text


def test_membro_entra_e_sai_da_equipe(administrador):
    equipe = Equipe.objects.get(nome="NOC")
    usuario = fabricas.criar_usuario()
    campos = {"nome": "NOC", "slug": "noc", "ativa": "on", "membros-TOTAL_FORMS": "1"}
    campos |= {"membros-INITIAL_FORMS": "0", "membros-0-usuario": str(usuario.pk), "membros-0-ativo": "on"}
    campos |= {"turnos_de_campo-TOTAL_FORMS": "0", "turnos_de_campo-INITIAL_FORMS": "0"}
    resposta = administrador.post(endereco(Equipe, "change", equipe.pk), campos)
    assert resposta.status_code == 302, resposta.text
    assert MembroDaEquipe.objects.get(equipe=equipe).usuario == usuario
