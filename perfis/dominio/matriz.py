"""Tudo o que um perfil concede, num só valor que se lê, compara e grava."""

from dataclasses import dataclass, field

from django.contrib import admin
from django.contrib.auth import get_permission_codename
from django.contrib.auth.models import Permission
from django.db.models import Q

from perfis.capacidades import Capacidade
from perfis.dominio.recusas import ItemInexistente
from perfis.permissoes import modelo_da_permissao, modelos_de_concessao
from perfis.regras import EXECUTAR_ACAO

OPERACOES = {"view": "ver", "add": "incluir", "change": "alterar", "delete": "excluir"}
DA_LINHA = {"id", "group", "permission", "content_object"}


@dataclass(frozen=True, slots=True)
class Matriz:
    """O que se marca num perfil.

    `permissoes`: capacidades e cadastros (`perfis.atender`, `contratos.view_plano`).
    `objetos`: permissão por objeto → id do objeto → campos da concessão (ordem, limites, prazo…);
    um campo que falta vale o padrão do modelo.
    """

    permissoes: frozenset[str] = frozenset()
    objetos: dict[str, dict[int, dict]] = field(default_factory=dict)


def campos_da_concessao(permissao: str) -> list:
    """Os campos que a concessão carrega além do perfil e do objeto. Levanta `ItemInexistente`."""
    if permissao not in modelos_de_concessao():
        raise ItemInexistente(f"A permissão {permissao} não existe.")
    return [c for c in modelo_da_permissao(permissao)._meta.concrete_fields if c.name not in DA_LINHA]


def modelo_do_objeto(permissao: str):
    """O modelo do que se concede com `permissao`."""
    return modelo_da_permissao(permissao)._meta.get_field("content_object").related_model


def cadastros_concediveis() -> dict[type, tuple[str, ...]]:
    """Cadastros do admin que um perfil pode abrir, com as operações de cada um.

    Os de `perfis` não entram: quem cuida de perfis e usuários tem a capacidade para isso.
    """
    return {
        modelo: tuple(getattr(pagina, "operacoes", OPERACOES))
        for modelo, pagina in admin.site._registry.items()
        if modelo._meta.app_label != "perfis"
    }


def permissoes_concediveis() -> dict[str, str]:
    """Permissões sem objeto que um perfil pode ter → como se leem."""
    concediveis = {f"perfis.{c.value}": c.label for c in Capacidade}
    for modelo, operacoes in cadastros_concediveis().items():
        for operacao in operacoes:
            codigo = f"{modelo._meta.app_label}.{get_permission_codename(operacao, modelo._meta)}"
            concediveis[codigo] = f"{OPERACOES[operacao]} {modelo._meta.verbose_name_plural}"
    return concediveis


def ler_matriz(perfil) -> Matriz:
    """O que `perfil` concede hoje, vencido ou não. Um perfil ainda sem linha não concede nada."""
    if perfil.pk is None:
        return Matriz()
    permissoes = perfil.permissions.order_by().values_list("content_type__app_label", "codename")
    objetos = {}
    for permissao, modelo in modelos_de_concessao().items():
        nomes = [campo.name for campo in campos_da_concessao(permissao)]
        linhas = modelo.objects.filter(group_id=perfil.pk, permission__codename=permissao.split(".")[1])
        objetos[permissao] = {
            linha.pop("content_object_id"): linha for linha in linhas.values("content_object_id", *nomes)
        }
    return Matriz(frozenset(f"{app}.{codigo}" for app, codigo in permissoes), objetos)


def conferir(matriz: Matriz, antes: Matriz) -> Matriz:
    """A matriz com os padrões preenchidos. Levanta `ItemInexistente` para o que não se concede.

    O que o perfil já tinha e deixou de ser concedível pode ficar; entrar, não.
    """
    estranhas = matriz.permissoes - antes.permissoes - permissoes_concediveis().keys()
    if estranhas:
        raise ItemInexistente(f"Não se concede: {', '.join(sorted(estranhas))}.")
    objetos = {
        permissao: _conferir_objetos(permissao, marcas) for permissao, marcas in matriz.objetos.items()
    }
    return Matriz(matriz.permissoes, {p: objetos.get(p, {}) for p in modelos_de_concessao()})


def _conferir_objetos(permissao: str, marcas: dict[int, dict]) -> dict[int, dict]:
    campos = campos_da_concessao(permissao)
    existentes = modelo_do_objeto(permissao).objects.in_bulk(marcas)
    if faltam := marcas.keys() - existentes.keys():
        raise ItemInexistente(f"{permissao}: não existe {', '.join(map(str, sorted(faltam)))}.")
    completas = {}
    for pk, objeto in existentes.items():
        padroes = {campo.name: campo.get_default() for campo in campos}
        if estranhos := marcas[pk].keys() - padroes.keys():
            raise ItemInexistente(f"{permissao} não tem {', '.join(sorted(estranhos))}.")
        completas[pk] = padroes | marcas[pk]
        if permissao == EXECUTAR_ACAO:
            completas[pk]["limites"] = _limites(objeto, completas[pk]["limites"])
    return completas


def _limites(acao, pedidos: dict) -> dict:
    """Um valor por limite que a ação declara; o que ela deixou de declarar não tem efeito e cai."""
    limites = {}
    for declarado in acao.limites_declarados:
        valor = pedidos.get(declarado["nome"], declarado["padrao"])
        if isinstance(valor, bool) or not isinstance(valor, int | float) or valor < 0:
            raise ItemInexistente(f"{valor!r} não vale como limite de {declarado['nome']} de {acao}.")
        limites[declarado["nome"]] = valor
    return limites


def gravar(perfil, antes: Matriz, depois: Matriz) -> None:
    """Leva as linhas do perfil de `antes` a `depois`. Quem chama já travou o perfil."""
    perfil.permissions.remove(*_linhas(antes.permissoes - depois.permissoes))
    perfil.permissions.add(*_linhas(depois.permissoes - antes.permissoes))
    for permissao, marcas in depois.objetos.items():
        _gravar_objetos(perfil, permissao, antes.objetos.get(permissao, {}), marcas)


def _gravar_objetos(perfil, permissao: str, antes: dict, depois: dict) -> None:
    modelo = modelo_da_permissao(permissao)
    do_perfil = modelo.objects.filter(group_id=perfil.pk, permission__codename=permissao.split(".")[1])
    do_perfil.filter(content_object_id__in=antes.keys() - depois.keys()).delete()
    for objeto in antes.keys() & depois.keys():
        if antes[objeto] != depois[objeto]:
            do_perfil.filter(content_object_id=objeto).update(**depois[objeto])
    novos = depois.keys() - antes.keys()
    if novos:
        linha = _linhas({permissao}).get()
        modelo.objects.bulk_create(
            modelo(group_id=perfil.pk, permission=linha, content_object_id=objeto, **depois[objeto])
            for objeto in sorted(novos)
        )


def _linhas(permissoes):
    escolhidas = Q(pk__in=[])
    for permissao in permissoes:
        app, codigo = permissao.split(".")
        escolhidas |= Q(content_type__app_label=app, codename=codigo)
    return Permission.objects.filter(escolhidas)
