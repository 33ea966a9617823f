"""Quem entra no sistema."""

from functools import cached_property

from django.contrib.auth.models import AbstractUser
from django.db import models

from perfis.models.perfil import Perfil
from perfis.permissoes import Permissoes


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
    def perfis_ativos(self) -> list[Perfil]:
        """Os perfis ativos do usuário, pelo nome, lidos uma vez por requisição."""
        return list(Perfil.objects.filter(user=self, ativo=True).order_by("name")) if self.is_active else []

    def objetos_permitidos(self, permissao: str) -> frozenset[int]:
        """Os ids dos objetos em que algum perfil concede `permissao` (por exemplo, empresas)."""
        return self.permissoes.objetos(permissao)
