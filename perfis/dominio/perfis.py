"""Criar, gravar e clonar perfis: o único código que escreve concessões."""

import pghistory
from django.db import IntegrityError, transaction

from perfis.dominio.diferencas import CAMPOS_DO_PERFIL, comparar, comparar_campos
from perfis.dominio.matriz import Matriz, conferir, gravar, ler_matriz
from perfis.dominio.recusas import PerfilDesatualizado, exigir_administrador, exigir_perfil_alheio
from perfis.dominio.registro import registrar, ultima_mudanca
from perfis.models import Perfil


class NomeRepetido(Exception):
    """Já existe um perfil com esse nome."""


def diferencas(perfil: Perfil, matriz: Matriz) -> list[str]:
    """O que gravar `perfil` com `matriz` mudaria, em frases; nada se grava. Levanta `ItemInexistente`."""
    atual = Perfil.objects.get(pk=perfil.pk) if perfil.pk else Perfil()
    antes = ler_matriz(atual)
    campos = comparar_campos(atual, perfil) if perfil.pk else []
    return campos + comparar(antes, conferir(matriz, antes))


def salvar_matriz(perfil: Perfil, matriz: Matriz, *, por) -> list[str]:
    """Deixa o perfil com os campos de `perfil` e exatamente o que `matriz` concede; devolve as mudanças.

    `perfil.versao` é a que quem pede leu. Sem `pk`, o perfil nasce. Tudo em uma transação, com a
    linha do perfil travada: de dois administradores ao mesmo tempo, o segundo recebe
    `PerfilDesatualizado` e nada seu se grava. Levanta também `PerfilProprio`, `ItemInexistente`,
    `NomeRepetido` e `PermissionDenied`.
    """
    exigir_administrador(por)
    try:
        with transaction.atomic(), pghistory.context(usuario=por and por.pk):
            return _salvar(perfil, matriz, por)
    except IntegrityError as erro:
        if Perfil.objects.filter(name=perfil.name).exclude(pk=perfil.pk).exists():
            raise NomeRepetido(f"Já existe um perfil {perfil.name}.") from erro
        raise


def clonar_perfil(original: Perfil, nome: str, *, por) -> Perfil:
    """Um perfil novo, sem usuários, que concede o mesmo que `original`."""
    copia = Perfil(**{campo: getattr(original, campo) for campo in CAMPOS_DO_PERFIL} | {"name": nome})
    salvar_matriz(copia, ler_matriz(original), por=por)
    return copia


def _salvar(perfil: Perfil, matriz: Matriz, por) -> list[str]:
    novo = perfil.pk is None
    if novo:
        perfil.save(force_insert=True)
        atual = perfil
    else:
        atual = _travar(perfil, por)
    antes = ler_matriz(atual)
    depois = conferir(matriz, antes)
    frases = ([] if novo else comparar_campos(atual, perfil)) + comparar(antes, depois)
    if frases and not novo:
        for campo in CAMPOS_DO_PERFIL:
            setattr(atual, campo, getattr(perfil, campo))
        atual.versao += 1
        atual.save()
    gravar(atual, antes, depois)
    registrar(atual, frases, por=por, criado=novo)
    perfil.versao = atual.versao
    return frases


def _travar(perfil: Perfil, por) -> Perfil:
    atual = Perfil.objects.select_for_update(of=("self",), no_key=True).get(pk=perfil.pk)
    exigir_perfil_alheio(atual, por)
    if atual.versao != perfil.versao:
        raise PerfilDesatualizado(atual.versao, ultima_mudanca(atual))
    return atual
