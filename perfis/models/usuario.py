"""Quem entra no sistema."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models

from perfis.permissoes import PerfilAtivo, Permissoes


class Tema(models.TextChoices):
    """Aparência escolhida."""

    AUTO = "auto", "Igual ao do sistema"
    CLARO = "claro", "Claro"
    ESCURO = "escuro", "Escuro"


class Usuario(AbstractUser):
    """Pessoa que usa o console. Tudo o que pode vem de seus perfis, nunca dela mesma.

    `is_staff` só abre a porta do admin e `is_superuser` só vale lá: nenhum dos dois mostra um
    cliente, uma ação ou um widget.
    """

    tema = models.CharField(max_length=6, choices=Tema, default=Tema.AUTO)
    # Como a pessoa arruma os cartões que o perfil lhe dá: ordem, coluna e o que recolhe. Nunca concede nada.
    arranjo = models.JSONField("arranjo do painel", default=dict, blank=True, editable=False)
    demo = models.BooleanField("usuário fictício", default=False)

    class Meta:
        verbose_name = "usuário"
        verbose_name_plural = "usuários"
        ordering = ["username"]

    @property
    def nome_exibido(self) -> str:
        """Nome e sobrenome, ou o usuário quando faltam."""
        return self.get_full_name() or self.username

    @cached_property
    def permissoes(self) -> Permissoes:
        """Tudo o que os perfis do usuário concedem agora, lido uma vez por requisição."""
        return Permissoes.de(self)

    @cached_property
    def perfis_ativos(self) -> list[PerfilAtivo]:
        """Os perfis ativos do usuário, pelo nome, como vieram com as permissões."""
        return self.permissoes.perfis

    def reler_permissoes(self) -> None:
        """Lê outra vez o que os perfis concedem, e os próprios perfis."""
        self.permissoes = Permissoes.de(self)
        self.__dict__.pop("perfis_ativos", None)

    def objetos_permitidos(self, permissao: str) -> frozenset[int]:
        """Os ids dos objetos em que algum perfil concede `permissao` (por exemplo, empresas)."""
        return self.permissoes.objetos(permissao)
