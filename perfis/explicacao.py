"""Por que um usuário pode, ou não pode: a mesma decisão de `perfis.permissoes`, regra por regra."""

from dataclasses import dataclass

from django.contrib.auth.models import Group
from django.db.models import BooleanField, ExpressionWrapper, F, QuerySet

from perfis.capacidades import Capacidade
from perfis.permissoes import modelo_da_permissao
from perfis.regras import Regra, regras_da_capacidade, regras_da_concessao


@dataclass(frozen=True, slots=True)
class Explicacao:
    """A decisão e as frases que a sustentam, uma por perfil que entrou na conta."""

    permitido: bool
    motivos: tuple[str, ...]


def explicar_capacidade(usuario, capacidade: str) -> Explicacao:
    """Se algum perfil dá a capacidade, e por que não. Levanta `ValueError` para um nome que não existe."""
    capacidade = Capacidade(capacidade)
    concedem = Group.permissions.through.objects.filter(
        group__user=usuario,
        permission__codename=capacidade.value,
        permission__content_type__app_label="perfis",
    )
    return _explicar(usuario, f"“{capacidade.label}”", concedem, regras_da_capacidade())


def explicar_concessao(usuario, permissao: str, objeto) -> Explicacao:
    """Se algum perfil concede `permissao` em `objeto`. Levanta `PermissaoDesconhecida`."""
    concedem = modelo_da_permissao(permissao).objects.filter(
        group__user=usuario, permission__codename=permissao.split(".")[1], content_object=objeto
    )
    item = f"{objeto._meta.verbose_name} “{objeto}”"
    return _explicar(usuario, item, concedem, regras_da_concessao(permissao))


def _explicar(usuario, item: str, concedem: QuerySet, regras: tuple[Regra, ...]) -> Explicacao:
    if not usuario.is_active:
        return Explicacao(False, ("O usuário está inativo.",))
    linhas = [
        (perfil, [regra.recusa for regra, vale in zip(regras, valem, strict=True) if not vale])
        for perfil, *valem in _avaliadas(concedem, regras)
    ]
    if not linhas:
        return Explicacao(False, (_ninguem_concede(usuario, item),))
    return Explicacao(
        any(not recusas for _, recusas in linhas),
        tuple(
            f"O perfil {perfil} concede {item}" + (f", mas {' e '.join(recusas)}." if recusas else ".")
            for perfil, recusas in linhas
        ),
    )


def _avaliadas(concedem: QuerySet, regras: tuple[Regra, ...]) -> QuerySet:
    colunas = {
        f"regra_{numero}": ExpressionWrapper(regra.condicao, BooleanField())
        for numero, regra in enumerate(regras)
    }
    return concedem.annotate(perfil=F("group__name"), **colunas).order_by("perfil").values_list(
        "perfil", *colunas
    )  # fmt: skip


def _ninguem_concede(usuario, item: str) -> str:
    perfis = ", ".join(usuario.groups.order_by("name").values_list("name", flat=True))
    if not perfis:
        return "O usuário não está em nenhum perfil."
    return f"Nenhum perfil do usuário ({perfis}) concede {item}."
