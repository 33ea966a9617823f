"""Um FreeRADIUS de verdade no loopback, com um PostgreSQL só dele, e um concentrador de mentira.

O servidor é o do pacote da distribuição (`freeradius` e `freeradius-postgresql`), com o esquema e as
consultas que ele traz; a configuração é a mínima que os testes pedem, numa pasta passageira. O serviço do
pacote não se usa. Sem o pacote, ou sem poder ler o que ele instala, o teste se pula e diz por quê; com
`EXIGIR_RADIUS=1` isso é falha.
"""

import io
import os
import shutil
import socket
import subprocess
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from pyrad import packet
from pyrad.client import Client
from pyrad.dictionary import Dictionary

from atendimento.postgres_embutido import conta, programas

DO_PACOTE = Path("/etc/freeradius/3.0/mods-config/sql/main/postgresql")
PRAZO_SEGUNDOS = 20
SEGREDO = "segredo-do-nas"
SENHA_DO_BANCO = "senha-do-radius"
DICIONARIO = """
ATTRIBUTE User-Name 1 string
ATTRIBUTE User-Password 2 string
ATTRIBUTE NAS-IP-Address 4 ipaddr
ATTRIBUTE Framed-IP-Address 8 ipaddr
ATTRIBUTE Filter-Id 11 string
ATTRIBUTE Calling-Station-Id 31 string
ATTRIBUTE Acct-Status-Type 40 integer
VALUE Acct-Status-Type Start 1
VALUE Acct-Status-Type Stop 2
VALUE Acct-Status-Type Interim-Update 3
ATTRIBUTE Acct-Input-Octets 42 integer
ATTRIBUTE Acct-Output-Octets 43 integer
ATTRIBUTE Acct-Session-Id 44 string
ATTRIBUTE Acct-Session-Time 46 integer
ATTRIBUTE Acct-Terminate-Cause 49 integer
VALUE Acct-Terminate-Cause Lost-Carrier 2
ATTRIBUTE Message-Authenticator 80 octets
ATTRIBUTE Error-Cause 101 integer
"""
CONFIGURACAO = """
prefix = /usr
libdir = /usr/lib/freeradius
logdir = {pasta}
run_dir = {pasta}
pidfile = {pasta}/radiusd.pid
modconfdir = /etc/freeradius/3.0/mods-config
max_request_time = 10
cleanup_delay = 1
hostname_lookups = no
log {{
  destination = stdout
}}
security {{
  max_attributes = 200
  reject_delay = 0
  status_server = no
}}
thread pool {{
  start_servers = 1
  max_servers = 2
  min_spare_servers = 1
  max_spare_servers = 2
}}
client teste {{
  ipaddr = 127.0.0.1
  secret = {segredo}
  require_message_authenticator = no
}}
modules {{
  expr {{
  }}
  pap {{
  }}
  sql {{
    driver = "rlm_sql_postgresql"
    dialect = "postgresql"
    server = "127.0.0.1"
    port = {porta_do_banco}
    login = "radius"
    password = "{senha}"
    radius_db = "radius"
    acct_table1 = "radacct"
    acct_table2 = "radacct"
    postauth_table = "radpostauth"
    authcheck_table = "radcheck"
    groupcheck_table = "radgroupcheck"
    authreply_table = "radreply"
    groupreply_table = "radgroupreply"
    usergroup_table = "radusergroup"
    group_attribute = "SQL-Group"
    read_groups = no
    delete_stale_sessions = yes
    client_table = "nas"
    pool {{
      start = 1
      min = 1
      max = 2
      spare = 1
      uses = 0
      lifetime = 0
      idle_timeout = 60
    }}
    $INCLUDE ${{modconfdir}}/sql/main/postgresql/queries.conf
  }}
}}
server default {{
  listen {{
    type = auth
    ipaddr = 127.0.0.1
    port = {porta_auth}
  }}
  listen {{
    type = acct
    ipaddr = 127.0.0.1
    port = {porta_acct}
  }}
  authorize {{
    sql
    pap
  }}
  authenticate {{
    Auth-Type PAP {{
      pap
    }}
  }}
  preacct {{
    update request {{
      &Acct-Unique-Session-Id := "%{{md5:%{{User-Name}},%{{Acct-Session-ID}},%{{NAS-IP-Address}}}}"
    }}
  }}
  accounting {{
    sql
  }}
}}
"""


@dataclass(frozen=True)
class Radius:
    """Onde o servidor e o banco dele atendem."""

    porta_auth: int
    porta_acct: int
    porta_do_banco: int

    def banco(self):
        """Uma ligação com o banco dele, para conferir por fora."""
        return psycopg.connect(_endereco(self.porta_do_banco), autocommit=True)

    def autenticar(self, login: str, senha: str, **atributos):
        """A resposta do servidor a um Access-Request."""
        cliente = self._cliente()
        pedido = cliente.CreateAuthPacket(
            code=packet.AccessRequest, User_Name=login, NAS_IP_Address="127.0.0.1", **atributos
        )
        pedido["User-Password"] = pedido.PwCrypt(senha)
        return _enviar(cliente, pedido)

    def contar(self, login: str, tipo: str, sessao: str = "0000A1", **atributos) -> None:
        """Um Accounting-Request que o servidor confirma."""
        cliente = self._cliente()
        pedido = cliente.CreateAcctPacket(
            User_Name=login, Acct_Status_Type=tipo, Acct_Session_Id=sessao, NAS_IP_Address="127.0.0.1",
            **atributos,
        )  # fmt: skip
        assert _enviar(cliente, pedido).code == packet.AccountingResponse

    def _cliente(self) -> Client:
        return Client(
            "127.0.0.1", authport=self.porta_auth, acctport=self.porta_acct, secret=SEGREDO.encode(),
            dict=Dictionary(io.StringIO(DICIONARIO)), timeout=5, retries=2,
        )  # fmt: skip


def _enviar(cliente: Client, pedido):
    try:
        return cliente.SendPacket(pedido)
    finally:
        cliente._CloseSocket()


def porta_livre(tipo=socket.SOCK_STREAM) -> int:
    """Uma porta do loopback que ninguém usa agora."""
    with socket.socket(socket.AF_INET, tipo) as tomada:
        tomada.bind(("127.0.0.1", 0))
        return tomada.getsockname()[1]


def faltando() -> str:
    """Por que não dá para subir o FreeRADIUS aqui, ou vazio."""
    if not shutil.which("freeradius"):
        return "o pacote freeradius não está instalado"
    try:
        (DO_PACOTE / "schema.sql").read_text()
        (DO_PACOTE / "queries.conf").read_text()
    except FileNotFoundError:
        return "o pacote freeradius-postgresql não está instalado"
    except PermissionError:
        return "esta conta não lê /etc/freeradius: rode como root ou no grupo freerad"
    return ""


def exigir() -> None:
    """Pula o teste, ou o reprova quando o ambiente exige o FreeRADIUS."""
    if motivo := faltando():
        if os.environ.get("EXIGIR_RADIUS") == "1":
            pytest.fail(f"EXIGIR_RADIUS=1, e {motivo}.")
        pytest.skip(f"Sem FreeRADIUS: {motivo}.")


@contextmanager
def no_ar(pasta: Path):
    """O PostgreSQL e o FreeRADIUS no ar dentro do bloco."""
    shutil.rmtree(pasta, ignore_errors=True)
    pasta.mkdir(parents=True)
    try:
        with _banco(pasta / "banco") as porta_do_banco:
            radius = Radius(porta_livre(socket.SOCK_DGRAM), porta_livre(socket.SOCK_DGRAM), porta_do_banco)
            with _servidor(pasta, radius):
                yield radius
    finally:
        shutil.rmtree(pasta, ignore_errors=True)


@contextmanager
def _banco(pasta: Path):
    pasta.mkdir()
    dados, executaveis, porta = pasta / "dados", programas.pasta_dos_programas(), porta_livre()
    quem = conta.escolher(pasta, dados, executaveis / "postgres")
    subprocess.run(
        [*quem.prefixo, *programas.comando_de_criacao(executaveis, dados, rapido=True)],
        check=True, capture_output=True, cwd="/", env=programas.ambiente(),
    )  # fmt: skip
    opcoes = {
        "listen_addresses": "127.0.0.1", "port": porta, "unix_socket_directories": "", "fsync": "off",
        "password_encryption": "scram-sha-256", "timezone": "UTC",
    }  # fmt: skip
    comando = [*quem.prefixo, str(executaveis / "postgres"), "-D", str(dados)]
    comando += [parte for nome, valor in opcoes.items() for parte in ("-c", f"{nome}={valor}")]
    with (pasta / "registro.log").open("w") as registro:
        servidor = subprocess.Popen(
            comando, stdout=registro, stderr=registro, cwd="/", env=programas.ambiente()
        )
    try:
        _esperar(lambda: _preparar_banco(porta, dados), servidor, pasta / "registro.log")
        yield porta
    finally:
        servidor.terminate()
        servidor.wait(PRAZO_SEGUNDOS)


def _preparar_banco(porta: int, dados: Path) -> bool:
    """Cria a conta e o banco do RADIUS e, daí em diante, só entra quem tem a senha."""
    try:
        raiz = psycopg.connect(
            f"host=127.0.0.1 port={porta} user=atendimento dbname=postgres", autocommit=True
        )
    except psycopg.OperationalError:
        return False
    with raiz:
        raiz.execute(f"CREATE ROLE radius LOGIN PASSWORD '{SENHA_DO_BANCO}'")
        raiz.execute("CREATE DATABASE radius OWNER radius")
        (dados / "pg_hba.conf").write_text("host all radius 127.0.0.1/32 scram-sha-256\n")
        raiz.execute("SELECT pg_reload_conf()")
    with psycopg.connect(_endereco(porta), autocommit=True) as banco:
        banco.execute((DO_PACOTE / "schema.sql").read_text())
    return True


def _endereco(porta: int) -> str:
    return f"host=127.0.0.1 port={porta} user=radius password={SENHA_DO_BANCO} dbname=radius"


@contextmanager
def _servidor(pasta: Path, radius: Radius):
    (pasta / "radiusd.conf").write_text(
        CONFIGURACAO.format(
            pasta=pasta, segredo=SEGREDO, senha=SENHA_DO_BANCO, porta_do_banco=radius.porta_do_banco,
            porta_auth=radius.porta_auth, porta_acct=radius.porta_acct,
        )
    )  # fmt: skip
    # O dicionário da pasta vem depois do de /usr/share, e aqui nada lhe acrescenta.
    (pasta / "dictionary").write_text("")
    registro = pasta / "radius.log"
    with registro.open("w") as saida:
        processo = subprocess.Popen(
            ["freeradius", "-f", "-l", "stdout", "-d", str(pasta), "-n", "radiusd"],
            stdout=saida, stderr=saida, cwd="/",
        )  # fmt: skip
    try:
        _esperar(lambda: "Ready to process requests" in registro.read_text(), processo, registro)
        yield
    finally:
        processo.terminate()
        processo.wait(PRAZO_SEGUNDOS)


def _esperar(pronto, processo: subprocess.Popen, registro: Path) -> None:
    limite = time.monotonic() + PRAZO_SEGUNDOS
    while not pronto():
        if processo.poll() is not None or time.monotonic() > limite:
            raise AssertionError(f"Não subiu:\n{registro.read_text()[-3000:]}")
        time.sleep(0.05)


class Concentrador:
    """Um NAS de mentira no loopback: guarda os Disconnect que recebe e responde o que se mandar.

    `resposta` é `ack`, `nak`, `lixo` ou `calado`.
    """

    def __init__(self, resposta: str, causa: int = 503):
        self.resposta, self.causa, self.pedidos = resposta, causa, []
        self._tomada = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._tomada.bind(("127.0.0.1", 0))
        self._tomada.settimeout(0.2)
        self.porta = self._tomada.getsockname()[1]
        self._parar = threading.Event()
        self._linha = threading.Thread(target=self._atender, daemon=True)

    def __enter__(self):
        self._linha.start()
        return self

    def __exit__(self, *_):
        self._parar.set()
        self._linha.join()
        self._tomada.close()

    def _atender(self) -> None:
        dicionario = Dictionary(io.StringIO(DICIONARIO))
        while not self._parar.is_set():
            try:
                bruto, de_quem = self._tomada.recvfrom(4096)
            except TimeoutError:
                continue
            pedido = packet.CoAPacket(dict=dicionario, secret=SEGREDO.encode(), packet=bruto)
            assert pedido.VerifyCoARequest()
            self.pedidos.append({nome: pedido[nome][0] for nome in ("User-Name", "Acct-Session-Id")})
            self._responder(pedido, de_quem)

    def _responder(self, pedido, de_quem) -> None:
        if self.resposta == "calado":
            return
        if self.resposta == "lixo":
            self._tomada.sendto(b"\xff" * 2000, de_quem)
            return
        resposta = pedido.CreateReply()
        if self.resposta == "nak":
            resposta.code = packet.DisconnectNAK
            resposta["Error-Cause"] = self.causa
        self._tomada.sendto(resposta.ReplyPacket(), de_quem)
