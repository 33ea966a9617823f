"""Redistribuir muitas solicitações de uma vez: as regras de uma só, e um resultado para cada uma.

O perfil precisa das mesmas ações que fariam uma a uma (`devolver`, `transferir`, `assumir_por`).
"""

import re
from collections.abc import Iterable

from django.core.exceptions import BadRequest

from atendimento.dominio import solicitacoes
from atendimento.excecoes import SemPermissao
from atendimento.models import Equipe, Solicitacao
from atendimento.situacoes import COM_DONO, Situacao
from perfis.capacidades import Capacidade
from perfis.models import Acao

MAXIMO = 100
_ITEM = re.compile(r"([0-9]{1,18})-([0-9]{1,9})")

Itens = list[tuple[Solicitacao, int]]


def escolhidas(marcadas: Iterable[str], *, por) -> Itens:
    """As marcadas (`id-versão`) que estão nas equipes de `por`, na ordem da fila.

    Levanta `BadRequest` para uma marca malfeita ou para mais de `MAXIMO`.
    """
    pares = [_ITEM.fullmatch(marcada) for marcada in marcadas]
    if None in pares:
        raise BadRequest("Uma das solicitações marcadas não se reconhece. Volte à fila e marque de novo.")
    versoes = {int(par[1]): int(par[2]) for par in pares}
    if len(versoes) > MAXIMO:
        raise BadRequest(f"Redistribua até {MAXIMO} por vez.")
    return [(s, versoes[s.pk]) for s in _alcancadas(por).filter(pk__in=versoes)]


def do_agente(agente_id: int, *, por) -> Itens:
    """As que um agente tem nas equipes de `por`, até `MAXIMO`, na ordem da fila."""
    dele = _alcancadas(por).filter(responsavel=agente_id, situacao__in=sorted(COM_DONO))
    return [(s, s.versao) for s in dele[:MAXIMO]]


def redistribuir(itens: Itens, *, por, agentes, motivo, observacao: str, ensaio: bool):
    """Leva cada item pelo verbo do domínio. Levanta `SemPermissao` se o perfil não tem uma das ações."""
    if not por.permissoes.tem(Capacidade.SUPERVISIONAR):
        raise SemPermissao("Só quem supervisiona redistribui.")
    for slug in _acoes_usadas(itens, agentes):
        if not por.permissoes.acao(slug):
            item = Acao.objects.filter(slug=slug).first()
            raise SemPermissao(f"Seu perfil não permite a ação {item.nome if item else slug}.")
    return solicitacoes.redistribuir(
        itens, por=por, agentes_de_destino=agentes, motivo=motivo, observacao=observacao, ensaio=ensaio
    )


def _acoes_usadas(itens: Itens, agentes) -> list[str]:
    if not agentes:
        return ["devolver"]
    na_fila = {s.situacao == Situacao.ABERTA for s, _ in itens}
    return [slug for slug, usa in (("assumir_por", True in na_fila), ("transferir", False in na_fila)) if usa]


def _alcancadas(por):
    return (
        Solicitacao.objects.visiveis_para(por)
        .filter(equipe__in=Equipe.objects.de(por))
        .select_related("cliente", "equipe", "responsavel", "tipo")
        .por_prazo()
    )
