"""Páginas por cursor: a que vem depois de 50.000 linhas custa o que custa a primeira.

O cursor é o par (instante da ordem, id) da última linha mostrada; a página seguinte recomeça dali pelo
índice, e o que entra ou sai da fila enquanto se lê não repete nem pula linha nenhuma.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from django.core.exceptions import BadRequest
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from atendimento.filas.filtros import Filtros

TAMANHO = 50
# Até o ano 5138: nenhum instante do cursor sai do que o PostgreSQL guarda.
_CURSOR = re.compile(r"([0-9]{1,17})-([0-9]{1,18})")
_EPOCA = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Cursor:
    """De onde a página parte, e para que lado. Sem `em`, do começo."""

    em: datetime | None = None
    pk: int = 0
    para_tras: bool = False


@dataclass(frozen=True, slots=True)
class Pagina:
    """Os ids de uma página, na ordem, e os cursores das vizinhas (vazios onde não há)."""

    ids: list[int] = field(default_factory=list)
    antes: str = ""
    depois: str = ""


def ler_cursor(enviados: Mapping) -> Cursor:
    """O cursor de um endereço. Levanta `BadRequest` para um que não fizemos."""
    antes, depois = enviados.get("antes"), enviados.get("depois")
    if not antes and not depois:
        return Cursor()
    achado = _CURSOR.fullmatch(antes or depois)
    if (antes and depois) or achado is None:
        raise BadRequest("Página desconhecida: volte ao começo da fila.")
    instante, pk = map(int, achado.groups())
    return Cursor(_EPOCA + timedelta(microseconds=instante), pk, para_tras=bool(antes))


def ler_pagina(consultas: Iterable[QuerySet], filtros: Filtros, cursor: Cursor) -> Pagina:
    """A página do cursor. `consultas` é uma por equipe: cada uma anda no seu índice, e juntam-se poucas.

    Um comando SQL.
    """
    pedacos = [_pedaco(consulta, filtros, cursor) for consulta in consultas]
    if not pedacos:
        return Pagina()
    junta = pedacos[0] if len(pedacos) == 1 else _juntar(pedacos, filtros, cursor)
    lidas = list(junta)
    sobra = len(lidas) > TAMANHO
    lidas = lidas[:TAMANHO]
    if cursor.para_tras:
        lidas.reverse()
    tem_antes = sobra if cursor.para_tras else cursor.em is not None
    tem_depois = cursor.para_tras or sobra
    return Pagina(
        ids=[pk for _, pk in lidas],
        antes=_escrever(lidas[0]) if lidas and tem_antes else "",
        depois=_escrever(lidas[-1]) if lidas and tem_depois else "",
    )


def _pedaco(consulta: QuerySet, filtros: Filtros, cursor: Cursor) -> QuerySet:
    campo, descendo = filtros.campo_da_ordem, filtros.decrescente != cursor.para_tras
    if cursor.em is not None:
        compara = TupleLessThan if descendo else TupleGreaterThan
        consulta = consulta.filter(compara(Tuple(F(campo), F("id")), (cursor.em, cursor.pk)))
    return consulta.order_by(*_ordem(campo, descendo)).values_list(campo, "id")[: TAMANHO + 1]


def _juntar(pedacos: list[QuerySet], filtros: Filtros, cursor: Cursor) -> QuerySet:
    descendo = filtros.decrescente != cursor.para_tras
    junta = pedacos[0].union(*pedacos[1:], all=True)
    return junta.order_by(*_ordem(filtros.campo_da_ordem, descendo))[: TAMANHO + 1]


def _ordem(campo: str, descendo: bool) -> list[str]:
    return [f"-{campo}", "-id"] if descendo else [campo, "id"]


def _escrever(linha: tuple[datetime, int]) -> str:
    em, pk = linha
    return f"{(em - _EPOCA) // timedelta(microseconds=1)}-{pk}"
