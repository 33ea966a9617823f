"""O que a cobrança combina com o cliente: acordos, eventuais, contestações, informes e desbloqueios."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from contratos.enums import (
    DesfechoDoDesbloqueio,
    DesfechoDoInforme,
    MeioDePagamento,
    MotivoDaContestacao,
    MotivoDoEventual,
    OrigemDoDesbloqueio,
    TipoDeEventual,
)
from contratos.gatilhos import so_acrescenta


class DeAtendimento(models.Model):
    """Quem fez, quando e em que protocolo; sem usuário, foi o trabalhador."""

    criado_em = models.DateTimeField("criado em", default=timezone.now, editable=False)
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="usuário",
    )  # fmt: skip
    protocolo = models.CharField(max_length=14, blank=True, help_text="Da solicitação de origem.")

    class Meta:
        abstract = True


class Acordo(DeAtendimento):
    """Uma renegociação: faturas vencidas que viram uma entrada e parcelas (novação, Código Civil, art. 360).

    `divida` já traz multa e juros; divida − desconto = entrada + soma das parcelas, ao centavo.
    """

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="acordos")
    divida = models.DecimalField("dívida", max_digits=12, decimal_places=2)
    desconto = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    entrada = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    parcelas = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = "acordo"
        verbose_name_plural = "acordos"
        ordering = ["-criado_em"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("acordo_so_acrescenta")]
        constraints = [
            models.CheckConstraint(
                condition=Q(divida__gt=0, desconto__gte=0, entrada__gte=0, desconto__lt=F("divida"))
                & Q(entrada__lte=F("divida") - F("desconto")),
                name="acordo_valores_coerentes",
            ),
            models.CheckConstraint(condition=Q(parcelas__range=(0, 60)), name="acordo_parcelas_conhecidas"),
        ]

    def __str__(self):
        return f"Acordo {self.pk} do contrato {self.contrato_id}"


class Eventual(DeAtendimento):
    """Acréscimo ou desconto de uma vez só, na fatura de uma competência ainda não faturada."""

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="eventuais")
    tipo = models.CharField(max_length=10, choices=TipoDeEventual)
    motivo = models.CharField(max_length=20, choices=MotivoDoEventual)
    valor = models.DecimalField(max_digits=12, decimal_places=2)
    competencia = models.DateField("competência", help_text="Primeiro dia do mês em que se fatura.")
    descricao = models.CharField("descrição", max_length=300)
    fatura = models.ForeignKey(
        "contratos.Fatura", models.PROTECT, null=True, blank=True, related_name="eventuais"
    )

    class Meta:
        verbose_name = "eventual"
        verbose_name_plural = "eventuais"
        ordering = ["-competencia", "-id"]
        constraints = [
            models.CheckConstraint(condition=Q(valor__gt=0), name="eventual_valor_positivo"),
            models.CheckConstraint(condition=Q(competencia__day=1), name="eventual_competencia_no_dia_1"),
            models.CheckConstraint(
                condition=Q(tipo__in=TipoDeEventual.values), name="eventual_tipo_conhecido"
            ),
        ]

    def __str__(self):
        return f"{self.get_tipo_display()} de {self.valor} em {self.competencia:%m/%Y}"


class Contestacao(DeAtendimento):
    """O cliente diz que não deve: enquanto não se responde, a fatura não suspende o serviço."""

    fatura = models.ForeignKey("contratos.Fatura", models.PROTECT, related_name="contestacoes")
    valor = models.DecimalField("valor contestado", max_digits=12, decimal_places=2)
    motivo = models.CharField(max_length=20, choices=MotivoDaContestacao)
    descricao = models.TextField("o que o cliente diz", max_length=2000)
    responder_ate = models.DateField("responder até")
    respondida_em = models.DateTimeField("respondida em", null=True, blank=True)
    procedente = models.BooleanField(null=True, blank=True)
    resposta = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = "contestação"
        verbose_name_plural = "contestações"
        ordering = ["responder_ate", "id"]
        constraints = [
            models.UniqueConstraint(
                "fatura", condition=Q(respondida_em__isnull=True), name="contestacao_aberta_unica"
            ),
            models.CheckConstraint(condition=Q(valor__gt=0), name="contestacao_valor_positivo"),
            models.CheckConstraint(
                condition=Q(respondida_em__isnull=True, procedente__isnull=True)
                | Q(respondida_em__isnull=False, procedente__isnull=False),
                name="contestacao_respondida_diz_se_procede",
            ),
        ]

    def __str__(self):
        return f"Contestação de {self.valor}"


class InformeDePagamento(DeAtendimento):
    """O cliente diz que pagou; até a baixa, ou até `vale_ate`, a fatura não bloqueia."""

    fatura = models.ForeignKey("contratos.Fatura", models.PROTECT, related_name="informes")
    pago_em = models.DateField("pago em")
    valor = models.DecimalField(max_digits=12, decimal_places=2)
    meio = models.CharField(max_length=10, choices=MeioDePagamento)
    referencia = models.CharField("autenticação do comprovante", max_length=80, blank=True)
    vale_ate = models.DateTimeField("vale até")
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)
    desfecho = models.CharField(max_length=15, choices=DesfechoDoInforme, blank=True)

    class Meta:
        verbose_name = "informe de pagamento"
        verbose_name_plural = "informes de pagamento"
        ordering = ["-criado_em"]
        constraints = [
            models.UniqueConstraint(
                "fatura", condition=Q(encerrado_em__isnull=True), name="informe_aberto_unico"
            ),
            models.CheckConstraint(condition=Q(valor__gt=0), name="informe_valor_positivo"),
            models.CheckConstraint(
                condition=Q(encerrado_em__isnull=True, desfecho="")
                | Q(encerrado_em__isnull=False) & ~Q(desfecho=""),
                name="informe_encerrado_tem_desfecho",
            ),
        ]
        indexes = [
            models.Index(
                fields=["vale_ate"], condition=Q(encerrado_em__isnull=True), name="informe_aberto_por_prazo"
            )
        ]

    def __str__(self):
        return f"Informe de pagamento de {self.valor}"


class DesbloqueioTemporario(DeAtendimento):
    """O serviço volta até `vale_ate` sem que o débito tenha sido baixado; um por vez em cada contrato."""

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="desbloqueios")
    origem = models.CharField(max_length=12, choices=OrigemDoDesbloqueio)
    dias = models.PositiveSmallIntegerField()
    promessa = models.DateField("o cliente promete pagar em", null=True, blank=True)
    vale_ate = models.DateTimeField("vale até")
    encerrado_em = models.DateTimeField("encerrado em", null=True, blank=True)
    desfecho = models.CharField(max_length=12, choices=DesfechoDoDesbloqueio, blank=True)

    class Meta:
        verbose_name = "desbloqueio temporário"
        verbose_name_plural = "desbloqueios temporários"
        ordering = ["-criado_em"]
        constraints = [
            models.UniqueConstraint(
                "contrato", condition=Q(encerrado_em__isnull=True), name="desbloqueio_aberto_unico"
            ),
            models.CheckConstraint(condition=Q(dias__gte=1), name="desbloqueio_dias_positivos"),
            models.CheckConstraint(condition=Q(vale_ate__gt=F("criado_em")), name="desbloqueio_em_ordem"),
            models.CheckConstraint(
                condition=Q(encerrado_em__isnull=True, desfecho="")
                | Q(encerrado_em__isnull=False) & ~Q(desfecho=""),
                name="desbloqueio_encerrado_tem_desfecho",
            ),
        ]
        indexes = [
            models.Index(fields=["contrato", "criado_em"], name="desbloqueio_por_contrato"),
            models.Index(
                fields=["vale_ate"],
                condition=Q(encerrado_em__isnull=True),
                name="desbloqueio_aberto_por_prazo",
            ),
        ]

    def __str__(self):
        return f"{self.get_origem_display()} até {self.vale_ate:%d/%m/%Y}"


class PropostaDeRescisao(models.Model):
    """O prazo da suspensão por débito passou: alguém decide se o contrato se rescinde. Uma por suspensão."""

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="propostas_de_rescisao")
    suspenso_desde = models.DateTimeField("suspenso desde")
    criada_em = models.DateTimeField("criada em", default=timezone.now)

    class Meta:
        verbose_name = "proposta de rescisão"
        verbose_name_plural = "propostas de rescisão"
        ordering = ["-criada_em"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("proposta_so_acrescenta")]
        constraints = [
            models.UniqueConstraint("contrato", "suspenso_desde", name="proposta_unica_por_suspensao")
        ]

    def __str__(self):
        return f"Rescisão proposta em {self.criada_em:%d/%m/%Y}"
