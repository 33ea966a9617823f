"""A barra do atendimento: a solicitação em curso com este cliente, seus ícones e a lista de ações.

A barra vem com o painel e só confere os seus ícones; a lista inteira, que faz mais perguntas ao banco, se
pede quando se abre.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import groupby
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils import timezone

from atendimento import mostradores
from atendimento.acoes.transicao import painel_da
from atendimento.consultas import ID, Consulta
from atendimento.disponiveis import ADIANTE, AcaoDisponivel, acoes_disponiveis
from atendimento.eixo import Eixo, localizar
from atendimento.models import MembroDaEquipe, Solicitacao, Transicao
from atendimento.mostradores import Mostrador
from atendimento.painel import Painel
from atendimento.prazos import Passo
from atendimento.situacoes import Situacao

# Os ícones da barra, na ordem do texto de referência; antes deles, o que leva adiante cada situação.
ICONES = ("alterar_etiqueta", "encaminhar", "pausar", "cancelar", "encerrar")
SEM_ATENDIMENTO = ("iniciar", "abrir")
FAVORITAS = "Favoritas"
ABERTAS_A_VISTA = 20


@dataclass(frozen=True, slots=True)
class Grupo:
    """Ações do menu sob um mesmo nome."""

    nome: str
    acoes: list[AcaoDisponivel]


@dataclass
class Barra:
    """O que a barra mostra. `solicitacao` é a que o agente tem com este cliente, ou nenhuma.

    `no_painel` diz que a página tem o centro em que as ações se abrem.
    """

    menu_url: str
    solicitacao: Solicitacao | None = None
    adiante: AcaoDisponivel | None = None
    icones: list[AcaoDisponivel] = field(default_factory=list)
    relogios: list[Mostrador] = field(default_factory=list)
    painel_url: str = ""
    no_painel: bool = False


def eixo_do(painel: Painel, usuario) -> Eixo:
    """O que o painel tem escolhido, como objetos: etiqueta, contrato ou só o cliente. Um comando SQL."""
    if painel.etiqueta:
        return localizar("etiqueta", painel.etiqueta["id"], usuario)
    if painel.contrato:
        return localizar("contrato", painel.contrato["id"], usuario)
    return localizar("cliente", painel.cliente["id"], usuario)


def abertas_do_cliente(usuario, cliente_id: int) -> list[Solicitacao]:
    """As solicitações abertas que `usuario` vê deste cliente, as dele antes. Um comando SQL.

    Cada uma vem com a sua história em `passos_lidos` e, em `na_equipe`, se o usuário está na equipe dela.
    """
    return ABERTAS(usuario, cliente_id)


def _abertas(agente, cliente) -> QuerySet[Solicitacao]:
    do_agente = Case(When(responsavel=agente, then=Value(0)), default=Value(1))
    passos = Transicao.objects.filter(solicitacao=OuterRef("pk")).order_by("versao")
    membros = MembroDaEquipe.objects.filter(
        usuario=agente, equipe=OuterRef("equipe"), ativo=True, equipe__ativa=True
    )
    return (
        Solicitacao.objects.visiveis_para(agente)
        .filter(cliente=cliente)
        .abertas()
        .select_related("equipe", "responsavel", "tipo", "etiqueta", "contrato", "motivo_da_pausa")
        .annotate(
            na_equipe=Exists(membros),
            passos_lidos=ArraySubquery(
                passos.values(json=JSONObject(em=F("em"), para=F("para"), congela=F("congela")))
            ),
        )
        .order_by(do_agente, "prazo_em", "id")[:ABERTAS_A_VISTA]
    )


ABERTAS = Consulta(_abertas, ID)


def em_curso(abertas: list[Solicitacao], usuario, contrato_id: int | None) -> Solicitacao | None:
    """A do agente: em atendimento antes das outras e, de preferência, a do contrato escolhido."""
    minhas = [s for s in abertas if s.responsavel_id == usuario.pk]
    return max(
        minhas,
        key=lambda s: (s.situacao == Situacao.EM_ATENDIMENTO, s.contrato_id == contrato_id, s.situacao_desde),
        default=None,
    )


def do_painel(usuario, eixo: Eixo, atual) -> Barra:
    """A barra do painel; `atual` é uma das lidas por `abertas_do_cliente`, ou nenhuma. Um comando SQL."""
    if atual is None:
        icones = acoes_disponiveis(usuario, eixo, so=SEM_ATENDIMENTO, equipes=frozenset())
        barra = Barra(_endereco_do_menu(eixo), icones=_na_ordem(icones, SEM_ATENDIMENTO))
    else:
        equipes = frozenset([atual.equipe_id] if atual.na_equipe else [])
        barra = montar(usuario, eixo, atual, equipes=equipes, passos=_passos(atual.passos_lidos))
    separador = "&" if "?" in barra.menu_url else "?"
    return replace(barra, no_painel=True, menu_url=f"{barra.menu_url}{separador}em=painel")


def montar(
    usuario,
    eixo: Eixo,
    solicitacao: Solicitacao,
    *,
    passos: list[Passo],
    equipes: frozenset[int] | None = None,
) -> Barra:
    """A barra de uma solicitação, num eixo que pode ser o de outra etiqueta. Até dois comandos SQL."""
    completo = replace(eixo, solicitacao=solicitacao)
    adiante = ADIANTE.get(Situacao(solicitacao.situacao), "")
    achadas = acoes_disponiveis(usuario, completo, so={*ICONES, adiante}, equipes=equipes)
    return Barra(
        _endereco_do_menu(completo),
        solicitacao=solicitacao,
        adiante=next((acao for acao in achadas if acao.slug == adiante), None),
        icones=_na_ordem(achadas, ICONES),
        relogios=mostradores.da_barra(solicitacao, passos, timezone.now()),
        painel_url=painel_da(solicitacao),
    )


def agrupar(acoes: list[AcaoDisponivel]) -> list[Grupo]:
    """As favoritas primeiro; as outras por grupo, na ordem em que cada um aparece, e nele as livres antes."""
    favoritas = [acao for acao in acoes if acao.favorita]
    outras = [acao for acao in acoes if not acao.favorita]
    ordem = list(dict.fromkeys(acao.grupo for acao in outras))
    favoritas.sort(key=lambda acao: bool(acao.impedimento))
    outras.sort(key=lambda acao: (ordem.index(acao.grupo), bool(acao.impedimento)))
    grupos = [Grupo(nome, list(lista)) for nome, lista in groupby(outras, key=lambda acao: acao.grupo)]
    return ([Grupo(FAVORITAS, favoritas)] if favoritas else []) + grupos


def _na_ordem(acoes: list[AcaoDisponivel], slugs: Iterable[str]) -> list[AcaoDisponivel]:
    por_slug = {acao.slug: acao for acao in acoes}
    return [por_slug[slug] for slug in slugs if slug in por_slug]


def _endereco_do_menu(eixo: Eixo) -> str:
    escolhido = {}
    # O contrato de uma solicitação pode já ser de outro titular.
    if eixo.contrato and eixo.contrato.cliente_id == eixo.cliente.pk:
        escolhido = {"etiqueta": eixo.etiqueta.pk} if eixo.etiqueta else {"contrato": eixo.contrato.pk}
    if eixo.solicitacao:
        escolhido["protocolo"] = eixo.solicitacao.protocolo
    url = reverse("acoes_do_cliente", args=[eixo.cliente.pk])
    return f"{url}?{urlencode(escolhido)}" if escolhido else url


def _passos(lidos: list[dict]) -> list[Passo]:
    return [Passo(datetime.fromisoformat(p["em"]), p["para"], p["congela"]) for p in lidos]
