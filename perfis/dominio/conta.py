"""O que cada pessoa muda em sua própria conta."""

from perfis.models import Usuario
from perfis.models.usuario import Tema


def escolher_tema(usuario: Usuario, tema: str) -> None:
    """Guarda a aparência escolhida. Levanta `ValueError` para um tema que não existe."""
    usuario.tema = Tema(tema)
    usuario.save(update_fields=["tema"])
