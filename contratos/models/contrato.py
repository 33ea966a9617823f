"""O contrato: quem, o quê, por quanto, sob quais regras de cobrança."""

import pghistory
import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from clientes.gatilhos import versao_sobe
from contratos.enums import Estagio, SituacaoDoContrato, TipoDeCobranca, TipoDeFaturamento
from contratos.gatilhos import bloqueio_no_prazo_legal, provisiona_a_situacao, situacao_datada


class ContratoQuerySet(models.QuerySet["Contrato"]):
    """Leituras de contratos que se encadeiam."""

    def visiveis_para(self, usuario):
        """Os contratos das empresas que `usuario` atende: o único escopo de contratos."""
        return self.filter(empresa_id__in=usuario.objetos_permitidos("contratos.atender_empresa"))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent(), model_name="HistoricoDeContrato")
class Contrato(models.Model):
    """Contrato de um cliente com uma empresa do provedor."""

    numero = models.CharField("número", max_length=20, unique=True)
    empresa = models.ForeignKey("contratos.Empresa", models.PROTECT, related_name="contratos")
    # O índice é `contrato_do_cliente`.
    cliente = models.ForeignKey("clientes.Cliente", models.PROTECT, related_name="contratos", db_index=False)
    situacao = models.PositiveSmallIntegerField(
        "situação", choices=SituacaoDoContrato, default=SituacaoDoContrato.NORMAL
    )
    situacao_desde = models.DateTimeField(
        "situação desde", default=timezone.now, db_default=Now(), editable=False
    )
    estagio = models.PositiveSmallIntegerField("estágio", choices=Estagio, default=Estagio.APROVADO)
    tipo_de_contrato = models.CharField(max_length=60, blank=True)
    tipo_de_faturamento = models.PositiveSmallIntegerField(
        choices=TipoDeFaturamento, default=TipoDeFaturamento.MENSAL
    )
    tipo_de_cobranca = models.CharField(
        "tipo de cobrança", max_length=20, choices=TipoDeCobranca, default=TipoDeCobranca.BOLETO_EMAIL
    )
    vigencia_inicio = models.DateField("início da vigência")
    vigencia_fim = models.DateField("fim da vigência", null=True, blank=True)
    valor = models.DecimalField("valor mensal", max_digits=12, decimal_places=2)
    dia_vencimento = models.PositiveSmallIntegerField(
        "dia de vencimento", validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    dia_corte = models.PositiveSmallIntegerField(
        "dia de corte", null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(31)]
    )
    bloqueio_automatico = models.BooleanField("bloqueio automático", default=True)
    fidelidade_inicio = models.DateField("início da fidelidade", null=True, blank=True)
    fidelidade_meses = models.PositiveSmallIntegerField("fidelidade (meses)", default=0)
    fidelidade_beneficio = models.DecimalField(
        "benefício da fidelidade", max_digits=12, decimal_places=2, default=0
    )
    ativado_em = models.DateField("ativado em", null=True, blank=True)
    vendedor = models.CharField(max_length=80, blank=True)
    endereco = models.ForeignKey(
        "clientes.Endereco", models.PROTECT, null=True, blank=True, related_name="contratos",
        verbose_name="endereço de cobrança",
    )  # fmt: skip
    cancelado_em = models.DateField("cancelado em", null=True, blank=True)
    motivo_do_cancelamento = models.CharField(max_length=80, blank=True)
    observacao = models.TextField("observação", blank=True, max_length=4000)
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )
    demo = models.BooleanField("dado fictício", default=False)
    criado_em = models.DateTimeField(auto_now_add=True)
    atualizado_em = models.DateTimeField(auto_now=True)
    versao = models.PositiveIntegerField("versão", default=1)

    objects = ContratoQuerySet.as_manager()

    class Meta:
        verbose_name = "contrato"
        verbose_name_plural = "contratos"
        ordering = ["id"]
        triggers: list[pgtrigger.Trigger] = [
            versao_sobe("contrato_versao_sobe"),
            situacao_datada("contrato_situacao_datada"),
            bloqueio_no_prazo_legal("contrato_bloqueio_no_prazo_legal"),
            provisiona_a_situacao("contrato_provisiona_a_situacao"),
        ]
        constraints = [
            # Alvo da chave composta que impede uma etiqueta de dizer outra empresa que a do contrato.
            models.UniqueConstraint("id", "empresa", name="contrato_com_empresa"),
            models.CheckConstraint(
                condition=Q(situacao__in=SituacaoDoContrato.values), name="contrato_situacao_conhecida"
            ),
            models.CheckConstraint(
                condition=Q(estagio__in=Estagio.values), name="contrato_estagio_conhecido"
            ),
            models.CheckConstraint(
                condition=Q(valor__gte=0, fidelidade_beneficio__gte=0), name="contrato_valores_nao_negativos"
            ),
            models.CheckConstraint(
                condition=Q(dia_vencimento__range=(1, 31))
                & (Q(dia_corte__isnull=True) | Q(dia_corte__range=(1, 31))),
                name="contrato_dias_do_mes",
            ),
            models.CheckConstraint(
                condition=Q(vigencia_fim__isnull=True) | Q(vigencia_fim__gte=F("vigencia_inicio")),
                name="contrato_vigencia_em_ordem",
            ),
            models.CheckConstraint(
                condition=~Q(situacao=SituacaoDoContrato.CANCELADO) | Q(cancelado_em__isnull=False),
                name="contrato_cancelado_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(fidelidade_meses=0) | Q(fidelidade_inicio__isnull=False),
                name="contrato_fidelidade_tem_inicio",
            ),
        ]
        # Com ele, quem pode ver um cliente, e que contratos mostrar numa linha, se sabe sem ler a tabela.
        indexes = [
            models.Index(
                fields=["cliente"], include=["empresa", "situacao", "numero"], name="contrato_do_cliente"
            )
        ]

    def __str__(self):
        return self.numero
