"""O que o servidor de produção prepara antes de se dividir em processos."""

import gc

import pytest
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from atendimento import gunicorn
from atendimento.aquecimento import VOLTAS, aquecer
from atendimento.models import AcessoADado
from perfis.capacidades import Capacidade
from tests import fabricas


@pytest.mark.django_db(transaction=True)
def test_o_coletor_nao_volta_ao_que_o_mestre_carregou():
    try:
        gunicorn.when_ready(None)
        assert gc.get_freeze_count() > 10_000
    finally:
        gc.unfreeze()


@pytest.mark.django_db(transaction=True)
def test_o_mestre_atende_uma_vez_o_que_mais_se_pede_sem_gravar_nada_e_larga_o_banco():
    with transaction.atomic():
        etiqueta = fabricas.criar_etiqueta()
    perfil = fabricas.criar_perfil(
        capacidades=[Capacidade.ATENDER], widgets=["detalhes", "eventos", "conexao"]
    )
    fabricas.conceder_empresa(perfil, etiqueta.contrato.empresa)
    fabricas.criar_usuario(perfil)

    assert aquecer() == 4 * VOLTAS

    assert connection.connection is None
    assert not AcessoADado.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sem_quem_use_o_console_o_servidor_sobe_frio():
    fabricas.criar_usuario()
    assert aquecer() == 0
