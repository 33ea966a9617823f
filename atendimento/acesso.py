"""Quem pode abrir cada endereço, declarado na própria view.

Toda view do console leva um destes decoradores, e um teste percorre o URLconf e reprova a que não
tem. O decorador confere a capacidade; o escopo (que cliente, que contrato) é de `visiveis_para`,
dentro da view, e o que está fora dele é 404, como o que não existe.
"""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied

from perfis.capacidades import Capacidade


def publico(view):
    """Qualquer um, mesmo sem entrar."""
    view = login_not_required(view)
    view.acesso = "publico"
    return view


def autenticado(view):
    """Qualquer usuário que entrou, com ou sem perfil: só a própria conta e a ajuda."""
    view.acesso = "autenticado"
    return view


def exige(capacidade: Capacidade):
    """Só quem tem a capacidade em algum perfil; aos outros, 403 com a frase do que falta."""

    def decorar(view):
        @wraps(view)
        def conferir(request, *args, **kwargs):
            exigir_capacidade(request.user, capacidade)
            return view(request, *args, **kwargs)

        conferir.acesso = capacidade.value
        return conferir

    return decorar


def exigir_capacidade(usuario, capacidade: Capacidade) -> None:
    """Levanta `PermissionDenied`, com a frase do que falta, para quem não tem a capacidade."""
    if not usuario.permissoes.tem(capacidade):
        raise PermissionDenied(f"Seu perfil não permite: {capacidade.label.lower()}.")
