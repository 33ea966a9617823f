"""Guardar o arranjo do painel de quem o arruma."""

from django.db import transaction

from atendimento.arranjo import mover
from perfis.models import Usuario


@transaction.atomic
def arrumar(usuario: Usuario, slug: str, gesto: str) -> None:
    """Aplica o gesto ao arranjo guardado. Levanta `GestoDesconhecido`. Dois gestos juntos não se perdem."""
    guardado = Usuario.objects.select_for_update(of=("self",), no_key=True).get(pk=usuario.pk)
    guardado.arranjo = mover(usuario.permissoes, guardado.arranjo, slug, gesto)
    guardado.save(update_fields=["arranjo"])


def desarrumar(usuario: Usuario) -> None:
    """Volta ao que o perfil dá."""
    Usuario.objects.filter(pk=usuario.pk).update(arranjo={})
