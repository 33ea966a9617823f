"""A empresa do provedor (CNPJ, filial) que é dona de contratos, e quem a atende."""

import pghistory
from django.db import models
from django.db.models import Q
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase


class EmpresaQuerySet(models.QuerySet["Empresa"]):
    """Leituras de empresas."""

    def visiveis_para(self, usuario):
        """As empresas que os perfis de `usuario` atendem."""
        return self.filter(pk__in=usuario.objetos_permitidos("contratos.atender_empresa"))


class Empresa(models.Model):
    """Cada perfil recebe as empresas uma a uma, por `contratos.atender_empresa`."""

    nome = models.CharField(max_length=80, unique=True)
    razao_social = models.CharField("razão social", max_length=150)
    cnpj = models.CharField("CNPJ", max_length=14, unique=True)
    ativa = models.BooleanField(default=True)
    pix_chave = models.CharField("chave Pix", max_length=77, blank=True, help_text="De quem recebe.")
    pix_nome = models.CharField("nome no Pix", max_length=25, blank=True, help_text="Sem acentos.")
    pix_cidade = models.CharField("cidade no Pix", max_length=15, blank=True, help_text="Sem acentos.")
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )
    demo = models.BooleanField("dado fictício", default=False)

    objects = EmpresaQuerySet.as_manager()

    class Meta:
        verbose_name = "empresa"
        verbose_name_plural = "empresas"
        ordering = ["nome"]
        permissions = [("atender_empresa", "Pode atender contratos da empresa")]
        constraints = [
            models.CheckConstraint(
                condition=Q(cnpj__regex=r"^[0-9A-Z]{12}[0-9]{2}$"), name="empresa_cnpj_normalizado"
            )
        ]

    def __str__(self):
        return self.nome


@pghistory.track(
    pghistory.InsertEvent(),
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    model_name="HistoricoDeConcessaoDeEmpresa",
)
class ConcessaoDeEmpresa(GroupObjectPermissionBase):
    """Uma empresa concedida a um perfil, até `valido_ate` quando houver."""

    content_object = models.ForeignKey(Empresa, models.CASCADE, related_name="concessoes")
    valido_ate = models.DateTimeField("válido até", null=True, blank=True)

    class Meta(GroupObjectPermissionBase.Meta):
        verbose_name = "empresa do perfil"
        verbose_name_plural = "empresas do perfil"


class EmpresaPorUsuario(UserObjectPermissionBase):
    """Existe para que o guardian não use a tabela genérica; fica vazia, porque só perfis concedem."""

    content_object = models.ForeignKey(Empresa, models.CASCADE, related_name="+")

    class Meta(UserObjectPermissionBase.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(pk__isnull=True), name="empresa_so_por_perfil"),
        ]
