"""Motivos: por que se pausa, encaminha, cancela, reabre, transfere ou troca a etiqueta."""

from django.db import models
from django.db.models import Q


class TipoDeMotivo(models.TextChoices):
    """Que operação o motivo explica."""

    PAUSA = "pausa", "Pausa"
    ENCAMINHAMENTO = "encaminhamento", "Encaminhamento"
    CANCELAMENTO = "cancelamento", "Cancelamento de atendimento"
    REABERTURA = "reabertura", "Reabertura"
    ALTERACAO_DE_ETIQUETA = "alteracao_de_etiqueta", "Alteração de etiqueta"
    TRANSFERENCIA = "transferencia", "Transferência"
    DEVOLUCAO = "devolucao", "Devolução à fila"
    CANCELAMENTO_DE_CONTRATO = "cancelamento_de_contrato", "Cancelamento de contrato"
    SUSPENSAO = "suspensao", "Suspensão"


class MotivoQuerySet(models.QuerySet["Motivo"]):
    """Leituras de motivos que se encadeiam."""

    def de(self, tipo: str):
        """Os ativos de um tipo, na ordem do cadastro."""
        return self.filter(tipo=TipoDeMotivo(tipo), ativo=True)


class Motivo(models.Model):
    """Um motivo e o que ele exige de quem o escolhe."""

    tipo = models.CharField(max_length=24, choices=TipoDeMotivo)
    nome = models.CharField(max_length=80)
    exige_observacao = models.BooleanField("exige observação", default=False)
    exige_retorno = models.BooleanField("exige data de retorno", default=False)
    exige_protocolo = models.BooleanField("exige o protocolo da original", default=False)
    congela_prazo = models.BooleanField("congela o prazo de atendimento", default=False)
    dispensa_multa = models.BooleanField("dispensa a multa da fidelidade", default=False)
    minutos_maximos = models.PositiveSmallIntegerField("duração máxima (minutos)", null=True, blank=True)
    visivel_ao_cliente = models.BooleanField("visível ao cliente", default=False)
    ordem = models.PositiveSmallIntegerField(default=100)
    ativo = models.BooleanField(default=True)

    objects = MotivoQuerySet.as_manager()

    class Meta:
        verbose_name = "motivo"
        verbose_name_plural = "motivos"
        ordering = ["tipo", "ordem", "nome"]
        constraints = [
            models.UniqueConstraint("tipo", "nome", name="motivo_unico_por_tipo"),
            models.CheckConstraint(
                condition=Q(tipo=TipoDeMotivo.PAUSA)
                | Q(exige_retorno=False, congela_prazo=False, minutos_maximos__isnull=True),
                name="motivo_campos_de_pausa",
                violation_error_message="Retorno, congelamento e duração máxima são só de pausas.",
            ),
            models.CheckConstraint(
                condition=Q(tipo=TipoDeMotivo.CANCELAMENTO) | Q(exige_protocolo=False),
                name="motivo_protocolo_so_no_cancelamento",
                violation_error_message="Só um motivo de cancelamento exige o protocolo da original.",
            ),
            models.CheckConstraint(
                condition=Q(tipo=TipoDeMotivo.CANCELAMENTO_DE_CONTRATO) | Q(dispensa_multa=False),
                name="motivo_multa_so_no_contrato",
                violation_error_message="Só um motivo de cancelamento de contrato dispensa a multa.",
            ),
        ]

    def __str__(self):
        return self.nome
