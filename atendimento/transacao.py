"""A transação de uma ação: o que nela já se trancou e leu, para que o verbo do domínio não o peça outra vez.

Só o executor a abre. Dentro dela um verbo aproveita a linha que o executor trancou e as equipes que leu
debaixo da trava, dispensa o próprio ponto de salvamento (a recusa desfaz a transação inteira) e deixa a
auditoria para um comando só, no fim. Fora dela, ou num ponto de salvamento aberto dentro dela, faz tudo
sozinho.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.db import connection, models, transaction


class RecusaEngolida(AssertionError):
    """Um verbo recusou e a ação seguiu, com o que ele já escrevera pela metade: erro de quem a escreveu."""


@dataclass(slots=True)
class _Corrente:
    """O que a transação em curso sabe; `nivel` diz em que ponto de salvamento ela corre."""

    nivel: int
    trancadas: dict[tuple[type[models.Model], Any], models.Model] = field(default_factory=dict)
    equipes: dict[int, frozenset[int]] = field(default_factory=dict)
    agente: models.Model | None = None
    por_gravar: list[models.Model] = field(default_factory=list)
    recusou: bool = False


_corrente: ContextVar[_Corrente | None] = ContextVar("transacao_da_acao", default=None)


@contextmanager
def de_acao() -> Iterator[None]:
    """A transação durável de uma ação. Levanta `RecusaEngolida`."""
    with transaction.atomic(durable=True):
        corrente = _Corrente(len(connection.savepoint_ids))
        ficha = _corrente.set(corrente)
        try:
            yield
            if corrente.recusou:
                raise RecusaEngolida
            _gravar(corrente.por_gravar)
        finally:
            _corrente.reset(ficha)


def em_curso() -> bool:
    """Se se está entre o BEGIN e o COMMIT da transação de uma ação."""
    return _corrente.get() is not None


def verbo(funcao: Callable) -> Callable:
    """Decorador de um verbo do domínio: tudo ou nada, com um ponto de salvamento só se preciso."""

    @wraps(funcao)
    def tudo_ou_nada(*args, **kwargs):
        corrente = _agora()
        if corrente is None:
            with transaction.atomic():
                return funcao(*args, **kwargs)
        try:
            return funcao(*args, **kwargs)
        except BaseException:
            corrente.recusou = True
            raise

    return tudo_ou_nada


def guardar(linha: models.Model) -> None:
    """Deixa ao primeiro verbo que a pedir a linha que se acaba de trancar e de ler."""
    if corrente := _agora():
        corrente.trancadas[type(linha), linha.pk] = linha


def tomar(modelo: type[models.Model], pk: int) -> Any:
    """A linha guardada, uma vez só: depois do primeiro verbo ela já não é o que se leu."""
    corrente = _agora()
    return corrente.trancadas.pop((modelo, pk), None) if corrente else None


def anotar_agente(agente: models.Model) -> None:
    """Que as permissões e os perfis deste objeto se leram nesta transação."""
    if corrente := _agora():
        corrente.agente = agente


def anotar_equipes(agente: models.Model, equipes: frozenset[int]) -> None:
    """Que são estas as equipes do agente, lidas debaixo da trava do alvo."""
    if corrente := _agora():
        corrente.equipes[agente.pk] = equipes


def leu(agente: models.Model) -> bool:
    """Se o que este objeto diz do agente foi lido nesta transação."""
    corrente = _agora()
    return corrente is not None and corrente.agente is agente


def equipes_lidas(agente: models.Model) -> frozenset[int]:
    """As equipes ativas do agente lidas nesta transação; vazio não diz que ele não tem nenhuma."""
    corrente = _agora()
    return corrente.equipes.get(agente.pk, frozenset()) if corrente else frozenset()


def gravar_no_fim(linha: models.Model) -> None:
    """Grava a linha, que ninguém lê antes do COMMIT: dentro de uma ação, com as outras, num comando só."""
    if corrente := _agora():
        corrente.por_gravar.append(linha)
    else:
        linha.save(force_insert=True)


def _agora() -> _Corrente | None:
    """A transação em curso, se não se está num ponto de salvamento dela, que pode se desfazer sozinho."""
    corrente = _corrente.get()
    return corrente if corrente and len(connection.savepoint_ids) == corrente.nivel else None


def _gravar(linhas: list[models.Model]) -> None:
    for modelo in dict.fromkeys(type(linha) for linha in linhas):
        modelo._default_manager.bulk_create([linha for linha in linhas if type(linha) is modelo])
