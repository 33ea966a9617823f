"""De que depende uma concessão valer agora.

A decisão (`perfis.permissoes`) filtra por estas regras; a explicação (`perfis.explicacao`) diz qual
delas recusou. Uma regra nova vale para as duas.
"""

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.functions import Now

EXECUTAR_ACAO = "perfis.executar_acao"
VER_WIDGET = "perfis.ver_widget"


@dataclass(frozen=True, slots=True)
class Regra:
    """Uma condição sobre a linha da concessão e a frase de quem não a cumpre."""

    condicao: Q
    recusa: str


PERFIL_ATIVO = Regra(Q(group__perfil__ativo=True), "o perfil está inativo")
NO_PRAZO = Regra(Q(valido_ate__isnull=True) | Q(valido_ate__gt=Now()), "a concessão venceu")
ITEM_LIGADO = Regra(Q(content_object__ativo=True), "o item está desligado no catálogo")
ITEM_NO_CODIGO = Regra(Q(content_object__no_codigo=True), "o item não existe mais no sistema")


def regras_da_capacidade() -> tuple[Regra, ...]:
    """As regras de uma permissão sem objeto."""
    return (PERFIL_ATIVO,)


def regras_da_concessao(permissao: str) -> tuple[Regra, ...]:
    """As regras de uma permissão por objeto."""
    if permissao in (EXECUTAR_ACAO, VER_WIDGET):
        return (PERFIL_ATIVO, NO_PRAZO, ITEM_LIGADO, ITEM_NO_CODIGO)
    return (PERFIL_ATIVO, NO_PRAZO)


def todas(regras: tuple[Regra, ...]) -> Q:
    """A conjunção das regras, para um `filter` só: em dois, o JOIN do perfil seria outro."""
    junta = Q()
    for regra in regras:
        junta &= regra.condicao
    return junta
