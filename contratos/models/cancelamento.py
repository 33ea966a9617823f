"""O cancelamento de um contrato, com a conta que se fez e a prova que o cliente recebe."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from contratos.gatilhos import so_acrescenta


class Cancelamento(models.Model):
    """O que se calculou no dia do pedido; não se altera, porque é a prova dos dois lados.

    `multa`, `consumo` e `credito` em reais: o que a fidelidade deve, os dias usados e ainda não cobrados,
    e o que já se cobrou de dias que não virão. `memoria` é a conta por extenso, como se leu ao cliente.
    """

    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="cancelamentos")
    pedido_em = models.DateTimeField("pedido em")
    efeito_em = models.DateField("efeito em")
    motivo = models.CharField(max_length=80)
    multa = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    multa_dispensada = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    justificativa_da_dispensa = models.CharField(max_length=500, blank=True)
    beneficio = models.DecimalField("benefício da fidelidade", max_digits=12, decimal_places=2, default=0)
    consumo = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    credito = models.DecimalField("crédito", max_digits=12, decimal_places=2, default=0)
    debito_anterior = models.DecimalField("débito anterior", max_digits=12, decimal_places=2, default=0)
    memoria = models.TextField("memória de cálculo", max_length=4000)
    fatura_final = models.ForeignKey(
        "contratos.Fatura", models.PROTECT, null=True, blank=True, related_name="+"
    )
    protocolo = models.CharField(max_length=14, blank=True)
    registrado_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "cancelamento"
        verbose_name_plural = "cancelamentos"
        ordering = ["-pedido_em", "-id"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("cancelamento_so_acrescenta")]
        constraints = [
            models.CheckConstraint(
                condition=Q(multa__gte=0, multa_dispensada__gte=0, consumo__gte=0, credito__gte=0)
                & Q(debito_anterior__gte=0),
                name="cancelamento_valores_nao_negativos",
            ),
            # RGC, Res. Anatel 765/2023: a multa não passa do benefício que o cliente recebeu.
            models.CheckConstraint(
                condition=Q(multa__lte=F("beneficio")), name="cancelamento_multa_ate_o_beneficio"
            ),
        ]

    def __str__(self):
        return f"{self.contrato_id} em {self.efeito_em:%d/%m/%Y}"
