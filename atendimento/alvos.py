"""Os objetos sobre os quais se age ou se olha, carregados sempre dentro do escopo do usuário."""

from collections.abc import Callable
from functools import cache

from django.db.models import QuerySet
from django.http import Http404

from atendimento.consultas import ID, Consulta
from clientes.models import Cliente
from contratos.models import Contrato, Etiqueta

CONSULTAS = {
    "cliente": lambda usuario: Cliente.objects.visiveis_para(usuario),
    "contrato": lambda usuario: Contrato.objects.visiveis_para(usuario).select_related(
        "cliente", "empresa", "endereco"
    ),
    "etiqueta": lambda usuario: Etiqueta.objects.visiveis_para(usuario).select_related(
        "contrato__cliente", "contrato__empresa"
    ),
}


def carregar(alvo: str, pk: int, usuario, enriquecer: Callable[[QuerySet], QuerySet]):
    """O objeto, se existe e está no escopo; senão `Http404`, que não distingue um do outro.

    `enriquecer` acrescenta à consulta o que quem pede precisa ler junto. É o método de classe de um widget: a
    consulta guarda-se por ele.
    """
    if alvo not in CONSULTAS:
        raise Http404
    objeto = _guardada(alvo, enriquecer).primeira(usuario, pk)
    if objeto is None:
        raise Http404
    return objeto


@cache
def _guardada(alvo: str, enriquecer: Callable[[QuerySet], QuerySet]) -> Consulta:
    return por_id(lambda quem: enriquecer(CONSULTAS[alvo](quem)))


def por_id(no_escopo: Callable[..., QuerySet]) -> Consulta:
    """A consulta guardada do objeto de um id, dentro do escopo de quem pede."""
    return Consulta(lambda quem, pk: no_escopo(quem).order_by().filter(pk=pk)[:1], ID)


def cliente_de(objeto) -> int:
    """O id do cliente a que um alvo pertence."""
    if isinstance(objeto, Cliente):
        return objeto.pk
    if isinstance(objeto, Etiqueta):
        return objeto.contrato.cliente_id
    return objeto.cliente_id
