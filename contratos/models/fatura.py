"""Faturas de um contrato e as notificações de débito que contam o prazo legal."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from contratos.enums import CanalDeNotificacao, SituacaoDaFatura


class FaturaQuerySet(models.QuerySet["Fatura"]):
    """Leituras de faturas que se encadeiam."""

    def abertas(self):
        """As que ainda se podem pagar."""
        return self.filter(situacao=SituacaoDaFatura.ABERTA)


class Fatura(models.Model):
    """Um título a receber; valores em reais."""

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="faturas", db_index=False)
    numero = models.CharField("número", max_length=30, unique=True)
    competencia = models.DateField("competência", help_text="Primeiro dia do mês cobrado.")
    vencimento = models.DateField()
    valor = models.DecimalField(max_digits=12, decimal_places=2)
    situacao = models.CharField(
        "situação", max_length=12, choices=SituacaoDaFatura, default=SituacaoDaFatura.ABERTA
    )
    pago_em = models.DateField("pago em", null=True, blank=True)
    valor_pago = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    linha_digitavel = models.CharField("linha digitável", max_length=48, blank=True)
    contestada = models.BooleanField(default=False)
    acordo = models.ForeignKey(
        "contratos.Acordo", models.PROTECT, null=True, blank=True, related_name="renegociadas",
        db_index=False, editable=False, verbose_name="acordo que a substituiu",
    )  # fmt: skip
    parcela_de = models.ForeignKey(
        "contratos.Acordo", models.PROTECT, null=True, blank=True, related_name="faturas",
        db_index=False, editable=False, verbose_name="acordo de que é parcela",
    )  # fmt: skip
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )

    objects = FaturaQuerySet.as_manager()

    class Meta:
        verbose_name = "fatura"
        verbose_name_plural = "faturas"
        ordering = ["-vencimento", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valor__gt=0) & (Q(valor_pago__isnull=True) | Q(valor_pago__gte=0)),
                name="fatura_valores_positivos",
            ),
            models.CheckConstraint(
                condition=Q(situacao=SituacaoDaFatura.PAGA, pago_em__isnull=False, valor_pago__isnull=False)
                | (~Q(situacao=SituacaoDaFatura.PAGA) & Q(pago_em__isnull=True, valor_pago__isnull=True)),
                name="fatura_paga_se_e_so_se_tem_pagamento",
            ),
            models.CheckConstraint(condition=Q(competencia__day=1), name="fatura_competencia_no_dia_1"),
            models.CheckConstraint(
                condition=Q(situacao__in=SituacaoDaFatura.values), name="fatura_situacao_conhecida"
            ),
            models.CheckConstraint(
                condition=Q(acordo__isnull=True) | Q(situacao=SituacaoDaFatura.RENEGOCIADA),
                name="fatura_de_acordo_e_renegociada",
            ),
            models.CheckConstraint(
                condition=Q(linha_digitavel__regex=r"^[0-9]{0,48}$"), name="fatura_linha_so_algarismos"
            ),
        ]
        indexes = [
            models.Index(fields=["contrato", "-vencimento", "-id"], name="fatura_por_contrato"),
            # Parciais: quase nenhuma fatura é de um acordo.
            models.Index(fields=["acordo"], condition=Q(acordo__isnull=False), name="fatura_por_acordo"),
            models.Index(
                fields=["parcela_de"], condition=Q(parcela_de__isnull=False), name="fatura_por_parcela_de"
            ),
            # A fila do relógio do débito: as que ainda se podem avisar e suspender.
            models.Index(
                fields=["vencimento", "id"],
                condition=Q(situacao=SituacaoDaFatura.ABERTA, contestada=False),
                name="fatura_devida_por_vencimento",
            ),
        ]

    def __str__(self):
        return self.numero


class NotificacaoDeDebito(models.Model):
    """Prova de que o cliente foi avisado; o prazo de suspensão conta de `entregue_em` (RGC 765/2023)."""

    fatura = models.ForeignKey(Fatura, models.PROTECT, related_name="notificacoes")
    canal = models.CharField(max_length=10, choices=CanalDeNotificacao)
    enviada_em = models.DateTimeField("enviada em")
    entregue_em = models.DateTimeField("entregue em", null=True, blank=True)
    conteudo = models.TextField("conteúdo", max_length=4000)

    class Meta:
        verbose_name = "notificação de débito"
        verbose_name_plural = "notificações de débito"
        ordering = ["-enviada_em"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entregue_em__isnull=True) | Q(entregue_em__gte=F("enviada_em")),
                name="notificacao_entregue_depois_de_enviada",
            )
        ]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="notificacao_nao_se_apaga", operation=pgtrigger.Delete),
            # A entrega é conhecida depois do envio; o resto é prova e não muda.
            pgtrigger.ReadOnly(
                name="notificacao_e_prova", fields=["fatura", "canal", "enviada_em", "conteudo"]
            ),
        ]

    def __str__(self):
        return f"{self.get_canal_display()} em {self.enviada_em:%d/%m/%Y}"
