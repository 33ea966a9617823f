"""Auditoria: escrever registros e conferir o selo que os encadeia."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection, transaction
from django.utils import timezone

from atendimento import transacao
from atendimento.models.auditoria import RegistroDeAuditoria

_ip: ContextVar[str | None] = ContextVar("ip_da_auditoria", default=None)

LOTE = 2000

# Todo registro e todo elo, na ordem da cadeia; o que não tem par aparece sozinho, e os registros
# sem elo vêm no fim.
_CADEIA = """
SELECT s.ordem, s.resumo, coalesce(r.id, s.registro_id), r.id IS NOT NULL, auditoria_conteudo(r)
FROM atendimento_selodeauditoria s
FULL JOIN atendimento_registrodeauditoria r ON r.id = s.registro_id
ORDER BY s.ordem NULLS LAST, r.id
"""


@contextmanager
def vindo_de(ip: str | None) -> Iterator[None]:
    """Dentro do bloco, os registros levam este endereço de origem."""
    ficha = _ip.set(ip)
    try:
        yield
    finally:
        _ip.reset(ficha)


def registrar(
    acao: str, *, por, alvo: str, alvo_id: int, protocolo: str = "", dados: dict | None = None
) -> None:
    """Acrescenta um registro; o banco o sela no COMMIT da transação em curso.

    `acao` é `noun.verbo` (`solicitacao.pausar`); `por` vazio é o sistema. `dados` não leva dado pessoal:
    ids, nomes de campo, situações.
    """
    transacao.gravar_no_fim(
        RegistroDeAuditoria(
            em=timezone.now(),
            usuario=por,
            perfil=perfis_de(por),
            acao=acao,
            alvo=alvo,
            alvo_id=alvo_id,
            protocolo=protocolo,
            ip=_ip.get(),
            dados=dados or {},
        )
    )


def perfis_de(usuario) -> str:
    """Os nomes dos perfis com que o usuário age, como se guardam na história; vazio para o sistema."""
    return ", ".join(perfil.name for perfil in usuario.perfis_ativos)[:200] if usuario else ""


@dataclass(frozen=True)
class Verificacao:
    """O resultado de conferir o selo. `quebra` descreve o primeiro problema, se há."""

    registros: int
    ordem: int
    resumo: str
    quebra: str = ""
    registro: int | None = None


def verificar(*, esperado: tuple[int, str] | None = None) -> Verificacao:
    """Recalcula a cadeia inteira, sem confiar no que o banco calculou.

    `esperado` é um elo (ordem e resumo em hexadecimal) anotado antes fora do banco, que ainda tem de
    estar lá: sem ele não se vê o fim da cadeia apagado junto com seus elos.
    """
    anterior, ordem, conferidos = b"", 0, 0
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.itersize = LOTE
        cursor.execute(_CADEIA)
        for elo, resumo, registro, existe, conteudo in cursor:
            quebra = _quebra(elo, ordem, existe)
            if not quebra and sha256(anterior + conteudo.encode()).digest() != bytes(resumo):
                quebra = "o conteúdo não confere com o selo: foi alterado, ou um anterior foi"
            if not quebra and esperado and elo == esperado[0] and bytes(resumo).hex() != esperado[1]:
                quebra = "a cadeia foi reescrita até aqui: o elo não é o anotado"
            if quebra:
                return Verificacao(conferidos, ordem, anterior.hex(), quebra, registro)
            anterior, ordem, conferidos = bytes(resumo), elo, conferidos + 1
    if esperado and ordem < esperado[0]:
        return Verificacao(
            conferidos, ordem, anterior.hex(), f"a cadeia acaba no elo {ordem}, antes do anotado"
        )
    return Verificacao(conferidos, ordem, anterior.hex())


def _quebra(elo: int | None, anterior: int, existe: bool) -> str:
    if elo is None:
        return "o registro não tem selo"
    if elo != anterior + 1:
        return f"falta o elo {anterior + 1} da cadeia"
    return "" if existe else "o registro foi apagado"
