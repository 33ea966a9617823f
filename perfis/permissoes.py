"""O que os perfis de um usuário concedem agora, lido em um só comando SQL.

É a única leitura de permissões do console: páginas, ações, widgets, escopo e explicações usam o
mesmo `Permissoes`. Perfil inativo, concessão vencida, item desligado e usuário inativo não contam.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from functools import cache
from typing import NamedTuple

from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection
from django.db.models import BooleanField, CharField, F, IntegerField, JSONField, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, JSONObject
from guardian.models import GroupObjectPermissionBase

from perfis import preparados
from perfis.capacidades import Capacidade
from perfis.regras import EXECUTAR_ACAO, VER_WIDGET, regras_da_capacidade, regras_da_concessao, todas


class PermissaoDesconhecida(LookupError):
    """O código perguntou por uma permissão que nenhum modelo declara."""


@dataclass(frozen=True, slots=True)
class Concedido:
    """Ação ou widget concedido, somados os perfis: o limite mais generoso e a menor ordem.

    `marcado` é favorita (ação) ou recolhido (widget); a coluna e a atualização de um widget são as da
    concessão de menor ordem.
    """

    slug: str
    ordem: int
    marcado: bool = False
    limites: dict = field(default_factory=dict)
    coluna: str = ""
    atualiza_segundos: int = 0

    def somar(self, outro: "Concedido") -> "Concedido":
        """O que os dois perfis concedem juntos."""
        limites = {
            nome: max(c.limites[nome] for c in (self, outro) if nome in c.limites)
            for nome in self.limites.keys() | outro.limites.keys()
        }
        primeiro = min(self, outro, key=lambda c: (c.ordem, c.coluna, c.atualiza_segundos))
        return replace(primeiro, marcado=self.marcado or outro.marcado, limites=limites)


class PerfilAtivo(NamedTuple):
    """Um perfil com que o usuário age, e os limites dele."""

    name: str
    max_em_atendimento: int
    max_pausadas: int


# Não é uma permissão: é a linha em que o próprio perfil vem junto do que ele concede.
PERFIL = "perfis.perfil"
# A linha em que vem a versão do catálogo.
VERSAO = "perfis.versaodocatalogo"
# Um usuário que não existe, de número que nada mais no comando tem.
NINGUEM = 987_654_321_012_345
# Onde `limites` fica, depois de permissão, objeto e slug.
LIMITES = 2


@cache
def modelos_de_concessao() -> dict[str, type[GroupObjectPermissionBase]]:
    """Permissão por objeto → modelo que guarda suas concessões, seja de que aplicativo for."""
    achados = {}
    for modelo in apps.get_models():
        if issubclass(modelo, GroupObjectPermissionBase) and modelo._meta.app_label != "guardian":
            objeto = modelo._meta.get_field("content_object").related_model
            for codigo, _ in objeto._meta.permissions:
                achados[f"{objeto._meta.app_label}.{codigo}"] = modelo
    return achados


def modelo_da_permissao(permissao: str) -> type[GroupObjectPermissionBase]:
    """O modelo que guarda as concessões de `permissao`. Levanta `PermissaoDesconhecida`."""
    try:
        return modelos_de_concessao()[permissao]
    except KeyError:
        raise PermissaoDesconhecida(permissao) from None


def _capacidades(dono: Q) -> QuerySet:
    concedidas = Permission.objects.filter(
        todas(regras_da_capacidade()) & dono,
        content_type__app_label="perfis",
        codename__in=Capacidade.values,
    ).order_by()
    return _em_colunas(concedidas, permissao=F("codename"))


def _concessoes(dono: Q, permissao: str, modelo) -> QuerySet:
    app, codigo = permissao.split(".")
    # Lida uma vez, e não junto de cada concessão: são todas da mesma permissão.
    a_permissao = Permission.objects.filter(content_type__app_label=app, codename=codigo).order_by()
    vigentes = modelo.objects.filter(
        todas(regras_da_concessao(permissao)) & dono, permission=Subquery(a_permissao.values("pk")[:1])
    ).order_by()
    colunas = {"permissao": Value(permissao, CharField()), "objeto": F("content_object_id")}
    if permissao in (EXECUTAR_ACAO, VER_WIDGET):
        marca = "favorita" if permissao == EXECUTAR_ACAO else "recolhido"
        colunas |= {
            "slug": F("content_object__slug"),
            "ordem": F("ordem"),
            "marcado": F(marca),
            "limites": F("limites"),
        }
    if permissao == VER_WIDGET:
        colunas |= {"coluna": F("coluna"), "atualiza": F("atualiza_segundos")}
    return _em_colunas(vigentes, **colunas)


def _perfis(quais: Q) -> QuerySet:
    ativos = apps.get_model(PERFIL).objects.filter(quais, ativo=True).order_by()
    limites = JSONObject(**{nome: F(nome) for nome in PerfilAtivo._fields[1:]})
    return _em_colunas(ativos, permissao=Value(PERFIL, CharField()), slug=F("name"), limites=limites)


def _versao() -> QuerySet:
    return _em_colunas(
        apps.get_model(VERSAO).objects.order_by(),
        permissao=Value(VERSAO, CharField()),
        slug=Cast("versao", CharField()),
    )


def _em_colunas(consulta: QuerySet, **expressoes) -> QuerySet:
    """As mesmas oito colunas para qualquer origem, para que um só UNION as leia."""
    vazias = {
        "permissao": Value("", CharField()),
        "objeto": Value(0, IntegerField()),
        "slug": Value("", CharField()),
        "ordem": Value(0, IntegerField()),
        "marcado": Value(False, BooleanField()),
        "limites": Value({}, JSONField()),
        "coluna": Value("", CharField()),
        "atualiza": Value(0, IntegerField()),
    }
    nomeadas = {f"col_{nome}": expressao for nome, expressao in (vazias | expressoes).items()}
    return consulta.annotate(**nomeadas).values_list(*nomeadas)


def _comando(dono: Q, quais: Q) -> str:
    """O SQL que lê tudo de uma vez, já com os valores."""
    concessoes = [_concessoes(dono, p, modelo) for p, modelo in modelos_de_concessao().items()]
    # Sem o `order_by` vazio o UNION herdaria a ordem de `Permission`, que não está nas colunas.
    consulta = _capacidades(dono).union(*concessoes, _perfis(quais), _versao(), all=True).order_by()
    return connection.ops.compose_sql(*consulta.query.sql_with_params())


@cache
def _comando_do_usuario() -> str:
    """O mesmo para um usuário qualquer, o `$1`: toda página o lê, e montá-lo custa mais que executá-lo."""
    return _comando(Q(group__user=NINGUEM), Q(user=NINGUEM)).replace(str(NINGUEM), "$1")


class Permissoes:
    """Capacidades, ações, widgets e objetos de um usuário, somados os seus perfis."""

    def __init__(self, capacidades, por_permissao, acoes, widgets, perfis=(), versao_do_catalogo=""):
        self.capacidades = frozenset(capacidades)
        self.por_permissao = por_permissao
        self.acoes = acoes
        self.widgets = widgets
        self.perfis = sorted(perfis)
        self.versao_do_catalogo = versao_do_catalogo

    @classmethod
    def de(cls, usuario) -> "Permissoes":
        """Lê do banco o que `usuario` pode agora. Um comando SQL; nenhum para usuário inativo."""
        if not usuario.is_active:
            return cls((), {}, {}, {})
        return cls._somar(preparados.executar(_comando_do_usuario(), [("bigint", usuario.pk)]))

    @classmethod
    def dos_perfis(cls, perfis) -> "Permissoes":
        """O que poderia agora quem estivesse nestes perfis e em nenhum outro. Um comando SQL."""
        pks = [perfil.pk for perfil in perfis]
        comando = _comando(Q(group__in=pks), Q(pk__in=pks))
        with connection.cursor() as cursor:
            cursor.execute(comando)
            return cls._somar(cursor.fetchall())

    @classmethod
    def _somar(cls, linhas: list[tuple]) -> "Permissoes":
        capacidades, objetos, perfis, versao = set(), defaultdict(set), [], ""
        catalogo = {EXECUTAR_ACAO: {}, VER_WIDGET: {}}
        for permissao, objeto, slug, *concedido in linhas:
            concedido[LIMITES] = json.loads(concedido[LIMITES])
            if "." not in permissao:
                capacidades.add(permissao)
                continue
            if permissao == PERFIL:
                perfis.append(PerfilAtivo(slug, **concedido[LIMITES]))
                continue
            if permissao == VERSAO:
                versao = slug
                continue
            objetos[permissao].add(objeto)
            if permissao in catalogo:
                novo = Concedido(slug, *concedido)
                antes = catalogo[permissao].get(slug)
                catalogo[permissao][slug] = antes.somar(novo) if antes else novo
        congelados = {permissao: frozenset(ids) for permissao, ids in objetos.items()}
        return cls(capacidades, congelados, catalogo[EXECUTAR_ACAO], catalogo[VER_WIDGET], perfis, versao)

    def tem(self, capacidade: str) -> bool:
        """Se algum perfil dá a capacidade. Levanta `ValueError` para um nome que não existe."""
        return Capacidade(capacidade).value in self.capacidades

    def objetos(self, permissao: str) -> frozenset[int]:
        """Os ids em que a permissão vale. Levanta `PermissaoDesconhecida`."""
        modelo_da_permissao(permissao)
        return self.por_permissao.get(permissao, frozenset())

    def acao(self, slug: str) -> Concedido | None:
        """A ação concedida, ou `None`."""
        return self.acoes.get(slug)

    def widget(self, slug: str) -> Concedido | None:
        """O widget concedido, ou `None`."""
        return self.widgets.get(slug)
