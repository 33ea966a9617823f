"""As equipes de um usuário, com o tamanho de suas filas e o que há de mais urgente em cada uma."""

from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject
from django.utils import timezone

from atendimento.consultas import TEXTO, Consulta
from atendimento.filas import tempos
from atendimento.filas.contagens import ContagemLimitada, por_extenso
from atendimento.filas.filtros import FORMAS, TIPOS_DOS_VALORES, Filtros, Valores, aplicar, vencidas
from atendimento.models import Equipe, MembroDaEquipe, Solicitacao, TipoDeSolicitacao
from perfis.models import Usuario


def da_fila(usuario, agora: datetime) -> QuerySet:
    """As equipes de `usuario` com quantas esperam dono e quantas venceram. Um comando SQL."""
    minhas = _da_equipe(usuario)
    return Equipe.objects.de(usuario).annotate(
        na_fila=ContagemLimitada(minhas.na_fila()),
        vencidas=ContagemLimitada(minhas.abertas().filter(vencidas(agora))),
    )


def com_filas(usuario, filtros: Filtros, *, slug: str, agora: datetime, com_opcoes: bool) -> list[Equipe]:
    """As de `da_fila` com quantas de cada uma passam pelos filtros, em `com_os_filtros`. Um comando SQL.

    Com `slug`, só se conta a fila dessa; `com_opcoes` traz o que os filtros oferecem: `agentes` e `tipos`.
    """
    # A ordem não muda quantas são.
    forma = replace(filtros.forma, ordem=Filtros.ordem)
    consulta = _guardada(forma, bool(slug), com_opcoes)
    return consulta(usuario, slug, *Valores.de(filtros, agora))


@lru_cache(maxsize=FORMAS)
def _guardada(forma: Filtros, uma_so: bool, com_opcoes: bool) -> Consulta:
    def montar(quem, slug, *marcas) -> QuerySet:
        valores = Valores(*marcas)
        contadas = aplicar(_da_equipe(quem), forma, usuario=quem, valores=valores)
        if uma_so:
            contadas = contadas.filter(equipe__slug=slug)
        equipes = da_fila(quem, valores.agora).annotate(com_os_filtros=ContagemLimitada(contadas))
        return _com_opcoes(equipes, quem, slug if uma_so else None) if com_opcoes else equipes

    return Consulta(montar, TEXTO, *TIPOS_DOS_VALORES)


def resumir(usuario, agora: datetime | None = None) -> list[dict]:
    """Cada fila com a mais antiga e o próximo prazo, para *Minhas tarefas*. Um comando SQL."""
    agora = agora or timezone.now()
    na_fila = _da_equipe(usuario).na_fila()
    equipes = da_fila(usuario, agora).annotate(
        desde=Subquery(na_fila.order_by("situacao_desde").values("situacao_desde")[:1]),
        proximo=Subquery(na_fila.order_by("prazo_em").values("prazo_em")[:1]),
        ciclo=Coalesce(Subquery(na_fila.order_by("prazo_em").values("ciclo_desde")[:1]), agora),
    )
    return [_resumo(equipe, agora) for equipe in equipes]


def contar(equipe: Equipe) -> dict:
    """As contagens anotadas, em palavras."""
    return {
        "nome": equipe.nome,
        "slug": equipe.slug,
        "na_fila": equipe.na_fila,
        "na_fila_texto": por_extenso(equipe.na_fila),
        "vencidas": equipe.vencidas,
        "vencidas_texto": por_extenso(equipe.vencidas),
    }


def _com_opcoes(equipes: QuerySet, usuario, slug) -> QuerySet:
    """As equipes com o que os filtros oferecem em todas elas, ou só na de `slug`: `agentes` e `tipos`.

    As duas listas não dependem da linha: o banco as faz uma vez, e a página não paga mais um comando.
    """
    minhas = Equipe.objects.de(usuario).order_by()
    if slug is not None:
        minhas = minhas.filter(slug=slug)
    return equipes.annotate(agentes=ArraySubquery(_membros(minhas)), tipos=ArraySubquery(_tipos()))


def _membros(equipes: QuerySet) -> QuerySet:
    """Quem está ou esteve nas equipes: o desativado ainda pode ter solicitações."""
    deles = MembroDaEquipe.objects.filter(equipe__in=equipes).values("usuario")
    nomes = {nome: nome for nome in ("first_name", "last_name", "username")}
    return Usuario.objects.filter(pk__in=deles).order_by(*nomes).values(opcao=JSONObject(id="pk", **nomes))


def _tipos() -> QuerySet:
    return TipoDeSolicitacao.objects.values(opcao=JSONObject(codigo="codigo", nome="nome"))


def _da_equipe(usuario) -> QuerySet:
    return Solicitacao.objects.visiveis_para(usuario).filter(equipe=OuterRef("pk"))


def _resumo(equipe: Equipe, agora: datetime) -> dict:
    vazia = equipe.proximo is None
    return contar(equipe) | {
        "mais_antiga": "" if vazia else tempos.duracao(agora - equipe.desde),
        "prazo": None
        if vazia
        else tempos.prazo(equipe.proximo, desde=equipe.ciclo, congelado_em=None, agora=agora),
        "prazo_em": "" if vazia else tempos.dia_e_hora(equipe.proximo),
    }
