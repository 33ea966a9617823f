"""Páginas por cursor: a que vem depois de 50.000 linhas custa o que custa a primeira.

O cursor é o par (instante da ordem, id) da última linha mostrada; a página seguinte recomeça dali pelo
índice, e o que entra ou sai da fila enquanto se lê não repete nem pula linha nenhuma.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from django.core.exceptions import BadRequest
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from atendimento.consultas import ID, INSTANTE, Consulta
from atendimento.filas import linhas
from atendimento.filas.filtros import FORMAS, TIPOS_DOS_VALORES, Filtros, Valores, aplicar
from atendimento.models import Solicitacao

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
    """As linhas de uma página, na ordem, e os cursores das vizinhas (vazios onde não há)."""

    linhas: list[dict] = field(default_factory=list)
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


def ler_pagina(equipes: list, filtros: Filtros, cursor: Cursor, *, usuario, agora: datetime) -> Pagina:
    """A página do cursor na fila destas equipes. Um comando SQL; com mais de uma equipe, dois.

    Cada equipe anda no seu índice e dá poucas linhas, que então se juntam: numa busca só, a ordem obrigaria
    a percorrer as filas das outras.
    """
    valores = Valores.de(filtros, agora)
    if not equipes:
        return Pagina()
    if len(equipes) == 1:
        consulta = _guardada(filtros.forma, cursor.em is not None, cursor.para_tras)
        lidas = consulta(usuario, equipes[0].pk, cursor.em, cursor.pk, *valores)
    else:
        lidas = _juntar(equipes, filtros, cursor, usuario, valores)
    sobra = len(lidas) > TAMANHO
    lidas = lidas[:TAMANHO]
    if cursor.para_tras:
        lidas.reverse()
    tem_antes = sobra if cursor.para_tras else cursor.em is not None
    tem_depois = cursor.para_tras or sobra
    return Pagina(
        linhas=lidas,
        antes=_escrever(lidas[0], filtros) if lidas and tem_antes else "",
        depois=_escrever(lidas[-1], filtros) if lidas and tem_depois else "",
    )


@lru_cache(maxsize=FORMAS)
def _guardada(forma: Filtros, com_cursor: bool, para_tras: bool) -> Consulta:
    """A página de uma equipe, por forma dos filtros e lado do cursor."""

    def montar(quem, equipe, em, pk, *marcas) -> QuerySet:
        filtradas = _filtradas(quem, forma, Valores(*marcas)).filter(equipe=equipe)
        cursor = Cursor(em if com_cursor else None, pk, para_tras)
        return linhas.com_campos(_a_partir_do_cursor(filtradas, forma, cursor))[: TAMANHO + 1]

    return Consulta(montar, ID, INSTANTE, ID, *TIPOS_DOS_VALORES)


def _filtradas(usuario, forma: Filtros, valores: Valores) -> QuerySet:
    return aplicar(Solicitacao.objects.visiveis_para(usuario), forma, usuario=usuario, valores=valores)


def _a_partir_do_cursor(consulta: QuerySet, filtros: Filtros, cursor: Cursor) -> QuerySet:
    campo, descendo = filtros.campo_da_ordem, filtros.decrescente != cursor.para_tras
    if cursor.em is not None:
        compara = TupleLessThan if descendo else TupleGreaterThan
        consulta = consulta.filter(compara(Tuple(F(campo), F("id")), (cursor.em, cursor.pk)))
    return consulta.order_by(*_ordem(campo, descendo))


def _juntar(equipes: list, filtros: Filtros, cursor: Cursor, usuario, valores: Valores) -> list[dict]:
    campo, descendo = filtros.campo_da_ordem, filtros.decrescente != cursor.para_tras
    filtradas = _filtradas(usuario, filtros.forma, valores)
    pedacos = [_a_partir_do_cursor(filtradas.filter(equipe=equipe), filtros, cursor) for equipe in equipes]
    primeiro, *outros = [pedaco.values_list(campo, "id")[: TAMANHO + 1] for pedaco in pedacos]
    junta = primeiro.union(*outros, all=True).order_by(*_ordem(campo, descendo))
    ids = [pk for _, pk in junta[: TAMANHO + 1]]
    # Só o escopo, sem os filtros: o que mudou entre uma leitura e outra aparece como está agora.
    lidas = linhas.com_campos(Solicitacao.objects.visiveis_para(usuario).filter(pk__in=ids))
    por_id = {linha["id"]: linha for linha in lidas}
    return [por_id[pk] for pk in ids if pk in por_id]


def _ordem(campo: str, descendo: bool) -> list[str]:
    return [f"-{campo}", "-id"] if descendo else [campo, "id"]


def _escrever(linha: dict, filtros: Filtros) -> str:
    em = linha[filtros.campo_da_ordem]
    return f"{(em - _EPOCA) // timedelta(microseconds=1)}-{linha['id']}"
