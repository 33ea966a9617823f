"""Com que conta do sistema rodar o PostgreSQL, que recusa root.

Uma pessoa comum roda como ela mesma. Root roda como `postgres` ou `nobody`; quando essas contas não
alcançam a pasta (um clone em `/root`, por exemplo), root roda num espaço de usuários em que parece
outra conta e, onde isso é proibido, como a conta com licença de atravessar pastas.
"""

import os
import pwd
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from atendimento.postgres_embutido.falha import PostgresIndisponivel

CONTAS = ("postgres", "nobody")
# Para o núcleo continua sendo root, sem privilégios e dono dos arquivos; para o PostgreSQL, nobody.
ESPACO_DE_USUARIOS = ("unshare", "--user", "--map-user=nobody", "--")


@dataclass(frozen=True)
class Conta:
    """`prefixo` vai na frente de cada programa; `uid` e `gid` são os donos da pasta."""

    uid: int
    gid: int
    prefixo: tuple[str, ...] = ()


def escolher(pasta: Path, dados: Path, programa: Path) -> Conta:
    """A conta que alcança `pasta` e `programa`; em root, entrega a ela a posse de `pasta`.

    Dados que já existem ficam com o dono que têm. Levanta `PostgresIndisponivel`.
    """
    dono = dados.stat().st_uid if dados.exists() else None
    if os.geteuid() != 0:
        if dono not in (None, os.geteuid()):
            raise PostgresIndisponivel(f"{dados} pertence a outra conta do sistema ({_nome(dono)}).")
        return Conta(os.geteuid(), os.getegid())
    for conta in _candidatas(dono):
        os.chown(pasta, conta.uid, conta.gid)
        if _alcanca(conta, pasta, programa):
            return conta
    raise PostgresIndisponivel(
        f"O PostgreSQL não roda como root, e nenhuma outra conta alcança {pasta}. "
        "Mude o projeto para uma pasta que outras contas possam ler, ou defina DATABASE_URL."
    )


def _candidatas(dono: int | None) -> Iterator[Conta]:
    contas = [] if dono == 0 else _contas_comuns(dono)
    yield from (_trocando_de_conta(c) for c in contas)
    if not dono:
        yield Conta(0, 0, ESPACO_DE_USUARIOS)
    yield from (_atravessando_pastas(c) for c in contas)


def _contas_comuns(dono: int | None) -> list[pwd.struct_passwd]:
    if dono is not None:
        return [c for c in pwd.getpwall() if c.pw_uid == dono]
    return [c for nome in CONTAS for c in pwd.getpwall() if c.pw_name == nome]


def _trocando_de_conta(c: pwd.struct_passwd) -> Conta:
    troca = ("setpriv", f"--reuid={c.pw_uid}", f"--regid={c.pw_gid}", "--clear-groups")
    return Conta(c.pw_uid, c.pw_gid, (*troca, "--"))


def _atravessando_pastas(c: pwd.struct_passwd) -> Conta:
    conta = _trocando_de_conta(c)
    licenca = ("--inh-caps=-all,+dac_override", "--ambient-caps=-all,+dac_override")
    return Conta(conta.uid, conta.gid, (*conta.prefixo[:-1], *licenca, "--"))


def _alcanca(conta: Conta, pasta: Path, programa: Path) -> bool:
    ensaio = 'cd "$1" && test -w . && exec "$2" --version'
    try:
        feito = subprocess.run(  # noqa: S603
            [*conta.prefixo, "/bin/sh", "-c", ensaio, "sh", pasta, programa],
            capture_output=True,
            cwd="/",
            check=False,
        )
    except FileNotFoundError:
        return False
    return feito.returncode == 0


def _nome(uid: int | None) -> str:
    return next((c.pw_name for c in pwd.getpwall() if c.pw_uid == uid), str(uid))
