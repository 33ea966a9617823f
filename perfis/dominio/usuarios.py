"""Pôr e tirar usuários de perfis, e fechar contas."""

from collections.abc import Iterable

import pghistory
from django.db import transaction

from perfis.dominio.recusas import exigir_administrador, exigir_usuarios_alheios
from perfis.dominio.registro import registrar
from perfis.models import Perfil, Usuario


def atribuir_perfis(usuarios: Iterable[Usuario], perfis: Iterable[Perfil], *, por) -> int:
    """Põe cada usuário em cada perfil; devolve quantas entradas são novas. Ninguém o faz a si mesmo."""
    return _mudar(usuarios, perfis, por, entra=True)


def retirar_perfis(usuarios: Iterable[Usuario], perfis: Iterable[Perfil], *, por) -> int:
    """Tira cada usuário de cada perfil; devolve quantos estavam. Ninguém o faz a si mesmo."""
    return _mudar(usuarios, perfis, por, entra=False)


def definir_perfis(usuario: Usuario, perfis: Iterable[Perfil], *, por) -> None:
    """Deixa o usuário exatamente nestes perfis."""
    desejados = {perfil.pk: perfil for perfil in perfis}
    atuais = {perfil.pk: perfil for perfil in Perfil.objects.filter(user=usuario)}
    with transaction.atomic():
        retirar_perfis([usuario], [p for pk, p in atuais.items() if pk not in desejados], por=por)
        atribuir_perfis([usuario], [p for pk, p in desejados.items() if pk not in atuais], por=por)


def desativar_usuario(usuario: Usuario, *, por) -> bool:
    """Fecha a conta: a sessão aberta cai na próxima requisição, e os perfis ficam para a volta.

    Devolve se a conta estava aberta. Levanta `PerfilProprio` e `PermissionDenied`.
    """
    return _ligar(usuario, por, ativo=False)


def reativar_usuario(usuario: Usuario, *, por) -> bool:
    """Reabre a conta, com os perfis que tinha; devolve se estava fechada."""
    return _ligar(usuario, por, ativo=True)


def _ligar(usuario: Usuario, por, *, ativo: bool) -> bool:
    exigir_administrador(por)
    exigir_usuarios_alheios([usuario], por)
    with transaction.atomic():
        mudou = Usuario.objects.filter(pk=usuario.pk, is_active=not ativo).update(is_active=ativo)
        if mudou:
            registrar(usuario, ["Conta reativada" if ativo else "Conta desativada"], por=por)
    usuario.is_active = ativo
    return bool(mudou)


def _mudar(usuarios, perfis, por, *, entra: bool) -> int:
    exigir_administrador(por)
    usuarios, perfis = list(usuarios), list(perfis)
    if usuarios and perfis:
        exigir_usuarios_alheios(usuarios, por)
    total = 0
    with transaction.atomic(), pghistory.context(usuario=por and por.pk):
        # Travar os perfis em ordem serializa duas atribuições iguais ao mesmo tempo.
        travados = Perfil.objects.select_for_update(of=("self",), no_key=True).order_by("pk")
        for perfil in travados.filter(pk__in=[p.pk for p in perfis]):
            total += _mudar_um(perfil, usuarios, por, entra=entra)
    return total


def _mudar_um(perfil: Perfil, usuarios: list[Usuario], por, *, entra: bool) -> int:
    dentro = set(perfil.user_set.filter(pk__in=[u.pk for u in usuarios]).values_list("pk", flat=True))
    afetados = [usuario for usuario in usuarios if (usuario.pk in dentro) is not entra]
    if not afetados:
        return 0
    (perfil.user_set.add if entra else perfil.user_set.remove)(*afetados)
    nomes = ", ".join(sorted(usuario.username for usuario in afetados))
    registrar(perfil, [f"{'Incluído' if entra else 'Retirado'}: {nomes}"], por=por)
    for usuario in afetados:
        registrar(usuario, [f"{'Posto no' if entra else 'Tirado do'} perfil {perfil}"], por=por)
    return len(afetados)
