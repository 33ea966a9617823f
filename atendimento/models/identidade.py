"""A conferência de quem fala: que dados se conferiram, e nunca as respostas (LGPD, art. 6º, VII)."""

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from contratos.gatilhos import so_acrescenta

FATORES_MINIMOS = 2


class Fator(models.TextChoices):
    """O que o solicitante soube dizer do titular."""

    NOME_COMPLETO = "nome_completo", "Nome completo do titular"
    DOCUMENTO = "documento", "CPF, CNPJ ou passaporte"
    NASCIMENTO = "nascimento", "Data de nascimento ou de fundação"
    ENDERECO = "endereco", "Endereço de instalação"
    CONTATO = "contato", "Telefone ou e-mail do cadastro"
    PAGAMENTO = "pagamento", "Valor ou data do último pagamento"
    CODIGO = "codigo", "Código ou retorno a um contato confirmado"


class VerificacaoDeIdentidade(models.Model):
    """Uma conferência feita num atendimento; vale para as ações que a exigem nele."""

    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.PROTECT, related_name="verificacoes", verbose_name="solicitação"
    )
    fatores = ArrayField(models.CharField(max_length=20, choices=Fator))
    por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    em = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "verificação de identidade"
        verbose_name_plural = "verificações de identidade"
        ordering = ["-em", "-id"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("verificacao_so_acrescenta")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fatores__len__gte=FATORES_MINIMOS), name="verificacao_tem_dois_fatores"
            )
        ]

    def __str__(self):
        return f"Verificação em {self.em:%d/%m/%Y %H:%M}"
