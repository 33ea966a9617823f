"""`manage.py demo` de ponta a ponta: sobe do zero, sobe de novo depressa e nada perde numa queda."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psycopg
import pytest

from atendimento import postgres_embutido
from atendimento.postgres_embutido import processos

RAIZ = Path(__file__).parent.parent
# Numa máquina livre a primeira vez leva menos de 60 s e as outras menos de 5; aqui os testes dividem
# os núcleos, e a folga é para que a lentidão alheia não reprove ninguém.
PRIMEIRA_SEGUNDOS, OUTRAS_SEGUNDOS = 240, 60
CONTAGENS = "SELECT (SELECT count(*) FROM clientes_cliente), (SELECT count(*) FROM perfis_usuario)"

pytestmark = pytest.mark.demonstracao


@pytest.fixture(scope="module")
def pasta(tmp_path_factory):
    pasta = tmp_path_factory.mktemp("demo")
    yield pasta / "postgres"
    postgres_embutido.parar(pasta / "postgres")


@pytest.fixture
def porta():
    with socket.create_server(("127.0.0.1", 0)) as livre:
        return livre.getsockname()[1]


@pytest.fixture
def demo(pasta, porta):
    """Lança `demo` num processo à parte; o que sobrar no fim do teste é encerrado."""
    lancadas = []

    def lancar(*argumentos, **ambiente):
        comando = [sys.executable, "manage.py", "demo", "--porta", str(porta), *argumentos]
        herdado = {n: v for n, v in os.environ.items() if n not in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")}
        lancadas.append(
            subprocess.Popen(
                comando,
                cwd=RAIZ,
                env=herdado | {"PASTA_VAR": str(pasta.parent)} | ambiente,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
        )
        return lancadas[-1]

    yield lancar
    for lancada in lancadas:
        lancada.terminate()
        lancada.wait()
        lancada.stdout.close()


def responde(porta):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{porta}/saude/", timeout=5) as resposta:
            return resposta.read() == b"ok"
    except OSError:
        return False


def esperar_resposta(processo, porta, prazo):
    inicio = time.monotonic()
    while not responde(porta):
        assert processo.poll() is None, processo.stdout.read()
        assert time.monotonic() - inicio < prazo, "não respondeu no prazo"
        time.sleep(0.05)


def contar(pasta):
    with psycopg.connect(postgres_embutido.endereco(pasta)) as conexao:
        return conexao.execute(CONTAGENS).fetchone()


def matar(pid):
    os.kill(pid, signal.SIGKILL)


def test_sobe_do_zero_e_volta_depressa_depois_de_mortos_o_servidor_e_o_banco(demo, pasta, porta):
    primeira = demo()
    esperar_resposta(primeira, porta, PRIMEIRA_SEGUNDOS)
    antes = contar(pasta)
    with psycopg.connect(postgres_embutido.endereco(pasta)) as conexao:
        conexao.execute("CREATE TABLE recado AS SELECT 'guardado' AS texto")
    matar(primeira.pid)
    matar(processos.pid_registrado(pasta / "dados"))
    primeira.wait()

    segunda = demo()

    esperar_resposta(segunda, porta, OUTRAS_SEGUNDOS)
    assert contar(pasta) == antes
    assert antes[0] >= 300
    with psycopg.connect(postgres_embutido.endereco(pasta)) as conexao:
        assert conexao.execute("SELECT texto FROM recado").fetchone() == ("guardado",)

    # O banco morto com o servidor no ar volta sozinho.
    matar(processos.pid_registrado(pasta / "dados"))
    while not postgres_embutido.responde(pasta):
        time.sleep(0.05)
    esperar_resposta(segunda, porta, OUTRAS_SEGUNDOS)

    # A porta tomada é dita com clareza, sem atrapalhar quem a tem.
    terceira = demo()
    dito = terceira.communicate(timeout=PRIMEIRA_SEGUNDOS)[0]
    assert (terceira.returncode, responde(porta)) == (1, True)
    assert f"A porta {porta} já está em uso" in dito
    assert "Traceback" not in dito

    # Conexões de reserva de um navegador não prendem o servidor.
    ociosas = [socket.create_connection(("127.0.0.1", porta)) for _ in range(4)]
    assert responde(porta)
    for ociosa in ociosas:
        ociosa.close()

    # O fim pedido leva junto o banco.
    segunda.send_signal(signal.SIGTERM)
    dito = segunda.communicate(timeout=PRIMEIRA_SEGUNDOS)[0]
    assert (segunda.returncode, responde(porta), postgres_embutido.responde(pasta)) == (0, False, False)
    assert f"http://127.0.0.1:{porta}/" in dito
    assert "atendente" in dito


def test_preparar_acaba_sem_servir_e_zerar_recomeca(demo, pasta):
    assert demo("--preparar").wait() == 0
    with postgres_embutido.servindo(pasta):
        with psycopg.connect(postgres_embutido.endereco(pasta)) as conexao:
            conexao.execute("CREATE TABLE sobra (id int)")
        antes = contar(pasta)

    assert demo("--preparar", "--zerar").wait() == 0

    with postgres_embutido.servindo(pasta), psycopg.connect(postgres_embutido.endereco(pasta)) as conexao:
        assert conexao.execute("SELECT to_regclass('sobra')").fetchone() == (None,)
        assert contar(pasta) == antes


def test_nao_se_mistura_com_dados_de_verdade_de_um_banco_alheio(demo, pasta):
    """Senhas conhecidas e `--zerar` não chegam a um banco de produção."""
    assert demo("--preparar").wait() == 0
    with postgres_embutido.servindo(pasta) as url:
        with psycopg.connect(url) as conexao:
            uma = "SELECT id FROM clientes_cliente WHERE tipo = 'PF' LIMIT 1"
            de_verdade = "demo = false, documento = '52998224725'"
            conexao.execute(f"UPDATE clientes_cliente SET {de_verdade} WHERE id = ({uma})")
        antes = contar(pasta)
        for argumentos in ([], ["--zerar", "--preparar"]):
            recusada = demo(*argumentos, DATABASE_URL=url)
            dito = recusada.communicate()[0]
            assert recusada.returncode == 1
            assert "clientes que não são da demonstração" in dito
        assert contar(pasta) == antes


def test_porta_impossivel_e_recusada(demo):
    recusada = demo("--porta", "70000")

    assert "use um número de 1 a 65535" in recusada.communicate()[0]
    assert recusada.returncode == 1
