"""O cliente: a pessoa ou empresa que tem (ou teria) um contrato."""

import pgtrigger
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

from clientes import documentos
from clientes.enums import TipoDePessoa
from clientes.funcoes import EmPalavras, Normalizado
from clientes.gatilhos import versao_sobe


class ClienteQuerySet(models.QuerySet["Cliente"]):
    """Leituras de clientes que se encadeiam."""

    def visiveis_para(self, usuario):
        """Os clientes que `usuario` pode ver: os de suas empresas e os que ainda não têm contrato.

        É o único escopo de clientes. Quem não tem empresa nenhuma não vê ninguém.
        """
        empresas = usuario.objetos_permitidos("contratos.atender_empresa")
        if not empresas:
            return self.none()
        contratos = self.model._meta.get_field("contratos").related_model._base_manager
        do_cliente = contratos.filter(cliente_id=models.OuterRef("pk"))
        return self.filter(
            models.Exists(do_cliente.filter(empresa_id__in=empresas)) | ~models.Exists(do_cliente)
        )


class Cliente(models.Model):
    """Pessoa física, jurídica ou estrangeira. Sem contrato, não pode ser atendida."""

    tipo = models.CharField("tipo de pessoa", max_length=2, choices=TipoDePessoa, default=TipoDePessoa.FISICA)
    nome = models.CharField("nome ou razão social", max_length=150)
    nome_social = models.CharField("nome social", max_length=150, blank=True)
    nome_fantasia = models.CharField("nome fantasia", max_length=150, blank=True)
    documento = models.CharField(
        "CPF, CNPJ ou passaporte", max_length=20, null=True, blank=True, unique=True,
        help_text="Só letras maiúsculas e algarismos, sem pontuação.",
    )  # fmt: skip
    nascimento = models.DateField("nascimento ou fundação", null=True, blank=True)
    segmento = models.CharField(max_length=60, blank=True)
    observacao = models.TextField("observação administrativa", blank=True, max_length=4000)
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )
    demo = models.BooleanField("dado fictício", default=False)
    criado_em = models.DateTimeField(auto_now_add=True)
    atualizado_em = models.DateTimeField(auto_now=True)
    versao = models.PositiveIntegerField("versão", default=1)
    nome_ordem = models.GeneratedField(
        expression=Normalizado(F("nome")), output_field=models.CharField(max_length=150), db_persist=True
    )
    nome_busca = models.GeneratedField(
        expression=Normalizado(
            Concat(F("nome"), Value(" "), F("nome_social"), Value(" "), F("nome_fantasia"))
        ),
        output_field=models.CharField(max_length=460),
        db_persist=True,
    )

    objects = ClienteQuerySet.as_manager()

    class Meta:
        verbose_name = "cliente"
        verbose_name_plural = "clientes"
        ordering = ["nome_ordem", "id"]
        triggers: list[pgtrigger.Trigger] = [
            versao_sobe("cliente_versao_sobe", geradas=("nome_ordem", "nome_busca"))
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(nome__regex=r"^\s*$"), name="cliente_nome_preenchido"),
            models.CheckConstraint(
                condition=Q(documento__isnull=True) | Q(documento__regex=r"^[0-9A-Z]{2,20}$"),
                name="cliente_documento_normalizado",
            ),
            models.CheckConstraint(
                condition=Q(documento__isnull=True)
                | Q(tipo=TipoDePessoa.ESTRANGEIRO)
                | Q(tipo=TipoDePessoa.FISICA, documento__regex=r"^[0-9]{11}$")
                | Q(tipo=TipoDePessoa.JURIDICA, documento__regex=r"^[0-9A-Z]{12}[0-9]{2}$"),
                name="cliente_documento_do_tipo",
            ),
            models.CheckConstraint(condition=Q(tipo__in=TipoDePessoa.values), name="cliente_tipo_conhecido"),
        ]
        indexes = [
            models.Index(OpClass(F("nome_busca"), "text_pattern_ops"), name="cliente_nome_prefixo"),
            GinIndex(OpClass(F("nome_busca"), "gin_trgm_ops"), name="cliente_nome_trigramas"),
            GinIndex(EmPalavras("nome_busca"), name="cliente_nome_palavras"),
            models.Index("nome_ordem", "id", name="cliente_ordem"),
        ]

    def __str__(self):
        return self.nome_exibido

    @property
    def nome_exibido(self) -> str:
        """O nome social quando há um (Decreto 8.727/2016), senão o nome."""
        return self.nome_social or self.nome

    def clean(self):
        """Normaliza o documento e confere seus dígitos. Levanta `ValidationError` no campo."""
        self.documento = documentos.normalizar(self.documento) if self.documento else None
        if not self.documento or self.demo:
            return
        if self.tipo == TipoDePessoa.FISICA and not documentos.cpf_valido(self.documento):
            raise ValidationError({"documento": "CPF inválido: confira os algarismos."})
        if self.tipo == TipoDePessoa.JURIDICA and not documentos.cnpj_valido(self.documento):
            raise ValidationError({"documento": "CNPJ inválido: confira letras e algarismos."})
