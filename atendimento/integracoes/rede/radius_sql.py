"""O banco do FreeRADIUS: radcheck, radreply e radacct, no esquema que ele traz para o PostgreSQL.

Toda conversa tem um prazo único, contado aqui: o do servidor não basta quando quem responde não é ele.
O que se lê é cortado já no SQL e conferido linha a linha. A senha fica em claro no radcheck porque o CHAP
a pede assim; é a exceção que a especificação nomeia.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import psycopg
from django.utils import timezone

from atendimento.integracoes.rede import conferencia
from atendimento.integracoes.rede.interface import Acesso, RespostaInvalida, SemResposta, Sessao
from contratos.cifra import Segredo

PRAZO_SEGUNDOS = 4
SESSOES_DE_UM_LOGIN = 500
MUDANCAS_POR_VEZ = 5000
COLUNAS = """
  left(username, 64), left(acctuniqueid, 64), acctstarttime, acctstoptime, left(acctterminatecause, 40),
  framedipaddress, left(callingstationid, 64), acctoutputoctets, acctinputoctets, left(acctsessionid, 64),
  COALESCE(acctstoptime, acctupdatetime, acctstarttime)
"""
# `acctstarttime IS NOT NULL`: uma linha sem começo é de um pacote que se perdeu, e não diz nada.
DE_UM_LOGIN = f"""
  SELECT {COLUNAS} FROM radacct WHERE username = %s AND acctstarttime IS NOT NULL
    AND (acctstoptime IS NULL OR acctstoptime > %s) ORDER BY acctstarttime DESC LIMIT {SESSOES_DE_UM_LOGIN}
"""  # noqa: S608
MUDADAS = f"""
  SELECT {COLUNAS} FROM radacct WHERE acctstarttime IS NOT NULL
    AND COALESCE(acctstoptime, acctupdatetime, acctstarttime) > %s
  ORDER BY COALESCE(acctstoptime, acctupdatetime, acctstarttime) LIMIT {MUDANCAS_POR_VEZ}
"""  # noqa: S608
# Só os atributos que são nossos: o que o provedor pôs por fora fica.
NOSSOS_CHECK = ("Cleartext-Password", "Calling-Station-Id", "Auth-Type")
NOSSOS_REPLY = ("Framed-IP-Address", "Filter-Id", "Mikrotik-Address-List", "Mikrotik-Rate-Limit")


@dataclass(frozen=True, slots=True)
class BancoDoRadius:
    """Onde está o banco; a senha não se imprime."""

    host: str
    porta: int
    nome: str
    usuario: str
    senha: Segredo | None = field(default=None, repr=False)
    prazo: float = PRAZO_SEGUNDOS

    def sessoes(self, login: str, desde: datetime) -> list[Sessao]:
        """As do login, da mais recente à mais velha."""
        return _conferidas(self._falar(lambda c: _ler(c, DE_UM_LOGIN, (login, desde))))

    def mudancas(self, desde: datetime) -> list[Sessao]:
        """As que andaram depois de `desde`, na ordem em que andaram."""
        return _conferidas(self._falar(lambda c: _ler(c, MUDADAS, (desde,))))

    def aplicar(self, acesso: Acesso) -> None:
        """Troca os nossos atributos do login, numa transação só."""
        self._falar(lambda c: _trocar(c, acesso))

    def _falar(self, fazer) -> Any:
        try:
            return asyncio.run(self._no_prazo(fazer))
        except TimeoutError as erro:
            raise SemResposta("O banco do RADIUS não respondeu a tempo.") from erro
        except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as erro:
            raise RespostaInvalida("O banco do RADIUS não tem as tabelas do FreeRADIUS.") from erro
        except psycopg.errors.InsufficientPrivilege as erro:
            raise RespostaInvalida("O usuário do banco do RADIUS não pode ler ou escrever nele.") from erro
        except psycopg.OperationalError as erro:
            raise SemResposta("O banco do RADIUS não respondeu.") from erro
        except (psycopg.Error, ValueError, OverflowError, UnicodeError) as erro:
            raise RespostaInvalida("O banco do RADIUS respondeu o que não se entende.") from erro

    async def _no_prazo(self, fazer):
        async with asyncio.timeout(self.prazo):
            conexao = await psycopg.AsyncConnection.connect(
                host=self.host, port=self.porta, dbname=self.nome, user=self.usuario,
                password=str(self.senha) if self.senha else None, application_name="atendimento",
                connect_timeout=max(2, int(self.prazo)), autocommit=True,
                options=f"-c statement_timeout={int(self.prazo * 1000)} -c timezone=UTC",
            )  # fmt: skip
            try:
                return await fazer(conexao)
            finally:
                # Sem se despedir: quem estourou o prazo pode não ouvir a despedida.
                conexao.pgconn.finish()


async def _ler(conexao, sql: str, parametros: tuple) -> list[tuple]:
    cursor = await conexao.execute(sql, parametros)
    return await cursor.fetchall()


async def _trocar(conexao, acesso: Acesso) -> None:
    logins = [acesso.login, *([acesso.login_anterior] if acesso.login_anterior else [])]
    async with conexao.transaction():
        for tabela, nossos in (("radcheck", NOSSOS_CHECK), ("radreply", NOSSOS_REPLY)):
            await conexao.execute(
                f"DELETE FROM {tabela} WHERE username = ANY(%s) AND attribute = ANY(%s)",  # noqa: S608
                (logins, list(nossos)),
            )
        for tabela, linhas in (("radcheck", _exigidos(acesso)), ("radreply", _devolvidos(acesso))):
            for atributo, operador, valor in linhas:
                await conexao.execute(
                    f"INSERT INTO {tabela} (username, attribute, op, value) VALUES (%s, %s, %s, %s)",  # noqa: S608
                    (acesso.login, atributo, operador, valor),
                )


def _exigidos(acesso: Acesso) -> list[tuple[str, str, str]]:
    if not acesso.ativo or acesso.senha is None:
        return [("Auth-Type", ":=", "Reject")]
    linhas = [("Cleartext-Password", ":=", str(acesso.senha))]
    if acesso.mac:
        # Os concentradores escrevem o MAC cada um a seu modo: com :, com - ou sem nada, em qualquer caixa.
        pares = [acesso.mac[i : i + 2] for i in range(0, 12, 2)]
        linhas.append(("Calling-Station-Id", "=~", f"(?i)^{'[:.-]?'.join(pares)}$"))
    return linhas


def _devolvidos(acesso: Acesso) -> list[tuple[str, str, str]]:
    if not acesso.ativo:
        return []
    linhas = []
    if acesso.ip:
        linhas.append(("Framed-IP-Address", ":=", acesso.ip))
    if acesso.lista:
        linhas += [("Filter-Id", ":=", acesso.lista), ("Mikrotik-Address-List", ":=", acesso.lista)]
    if acesso.download_mbps and acesso.upload_mbps:
        # O Mikrotik conta do lado do concentrador: rx é o que o cliente envia.
        taxa = f"{acesso.upload_mbps}M/{acesso.download_mbps}M"
        linhas.append(("Mikrotik-Rate-Limit", ":=", taxa))
    return linhas


def _conferidas(linhas: Sequence[tuple]) -> list[Sessao]:
    agora = timezone.now()
    return [sessao for linha in linhas if (sessao := _conferida(linha, agora))]


def _conferida(linha: tuple, agora: datetime) -> Sessao | None:
    login, id_externo = conferencia.texto(linha[0], 64), conferencia.texto(linha[1], 64)
    inicio, fim = conferencia.instante(linha[2], agora), conferencia.instante(linha[3], agora)
    if not login or not id_externo or inicio is None:
        return None
    return Sessao(
        login=login,
        id_externo=id_externo,
        iniciada_em=inicio,
        # O relógio do concentrador pode ter voltado: uma sessão não acaba antes de começar.
        terminada_em=max(fim, inicio) if fim else None,
        causa=conferencia.texto(linha[4], 40),
        ip=conferencia.endereco(linha[5]),
        mac=conferencia.mac(linha[6]),
        baixados=conferencia.inteiro(linha[7]) or 0,
        enviados=conferencia.inteiro(linha[8]) or 0,
        id_da_sessao=conferencia.texto(linha[9], 64),
        mudou_em=conferencia.instante(linha[10], agora),
    )
