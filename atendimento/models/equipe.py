"""Equipes: quem atende o quê, e a quem cada uma pode encaminhar."""

from django.conf import settings
from django.db import models


class EquipeQuerySet(models.QuerySet["Equipe"]):
    """Leituras de equipes que se encadeiam."""

    def ativas(self):
        """As que recebem solicitações."""
        return self.filter(ativa=True)

    def de(self, usuario):
        """As equipes ativas de que `usuario` é membro ativo."""
        return self.ativas().filter(membros__usuario=usuario, membros__ativo=True)


class Equipe(models.Model):
    """Um grupo de agentes com uma fila."""

    nome = models.CharField(max_length=60, unique=True)
    slug = models.SlugField(max_length=60, unique=True)
    descricao = models.CharField("descrição", max_length=200, blank=True)
    calendario = models.ForeignKey(
        "atendimento.Calendario", models.PROTECT, null=True, blank=True, related_name="equipes",
        verbose_name="calendário",
    )  # fmt: skip
    encaminha_para = models.ManyToManyField(
        "self", symmetrical=False, blank=True, related_name="recebe_de", verbose_name="pode encaminhar para"
    )
    usuarios = models.ManyToManyField(
        settings.AUTH_USER_MODEL, through="MembroDaEquipe", related_name="equipes", verbose_name="usuários"
    )
    ativa = models.BooleanField(default=True)
    demo = models.BooleanField("dado fictício", default=False)

    objects = EquipeQuerySet.as_manager()

    class Meta:
        verbose_name = "equipe"
        verbose_name_plural = "equipes"
        ordering = ["nome"]

    def __str__(self):
        return self.nome


class MembroDaEquipe(models.Model):
    """Um usuário numa equipe. Inativo ou fora dela, não assume nem escreve nas suas solicitações."""

    equipe = models.ForeignKey(Equipe, models.CASCADE, related_name="membros")
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="participacoes", verbose_name="usuário"
    )
    lider = models.BooleanField("líder", default=False)
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "membro da equipe"
        verbose_name_plural = "membros da equipe"
        constraints = [
            models.UniqueConstraint(
                "usuario", "equipe", name="membro_unico_por_equipe",
                violation_error_message="Este usuário já está na equipe.",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.usuario} em {self.equipe}"
