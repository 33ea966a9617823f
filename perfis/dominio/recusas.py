"""Por que uma mudança de perfil ou de usuário não se fez; a frase é para quem pediu."""

from django.core.exceptions import PermissionDenied

from perfis.capacidades import Capacidade


class PerfilProprio(PermissionDenied):
    """Alguém quis mudar o que ele mesmo pode, ou a própria conta."""


class PerfilDesatualizado(Exception):
    """O perfil foi mudado por outra pessoa depois de lido; nada se gravou.

    `versao` é a de agora e `ultima` o registro de quem mudou, quando há.
    """

    def __init__(self, versao: int, ultima=None):
        super().__init__("O perfil foi alterado por outra pessoa.")
        self.versao = versao
        self.ultima = ultima


class ItemInexistente(LookupError):
    """A matriz cita uma permissão, ação, widget ou empresa que não existe ou não se concede."""


def pode_administrar(usuario) -> bool:
    """Se `usuario` cuida de perfis e usuários. O superusuário também: é quem cria o primeiro perfil."""
    return usuario.is_active and (
        usuario.is_superuser or usuario.permissoes.tem(Capacidade.ADMINISTRAR_PERFIS)
    )


def exigir_administrador(por) -> None:
    """Levanta `PermissionDenied` para quem não administra. `None` é o próprio sistema (comandos)."""
    if por is not None and not pode_administrar(por):
        raise PermissionDenied("Seu perfil não permite: administrar perfis e usuários.")


def exigir_perfil_alheio(perfil, por) -> None:
    """Levanta `PerfilProprio` quando `por` está em `perfil`: ninguém amplia o que ele mesmo pode."""
    if por is not None and por.groups.filter(pk=perfil.pk).exists():
        raise PerfilProprio(
            f"Você está no perfil {perfil} e ninguém altera o próprio perfil. Peça a outro administrador."
        )


def exigir_usuarios_alheios(usuarios, por) -> None:
    """Levanta `PerfilProprio` quando `por` está entre `usuarios`."""
    if por is not None and any(usuario.pk == por.pk for usuario in usuarios):
        raise PerfilProprio(
            "Ninguém altera os próprios perfis nem a própria conta. Peça a outro administrador."
        )
