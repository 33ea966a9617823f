"""A caixa de saída da rede: o que se mandou fazer a uma conexão, e o que o equipamento respondeu.

O comando nasce na transação do que o causou (um gatilho o escreve quando a situação do contrato ou a
conexão muda) e quem o entrega é o trabalhador.
"""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from contratos.enums_de_rede import SituacaoDoComando, VerboDeRede


class ComandoQuerySet(models.QuerySet["ComandoDeRede"]):
    """Leituras de comandos que se encadeiam."""

    def na_fila(self):
        """Os que ainda não se fizeram."""
        return self.filter(situacao=SituacaoDoComando.NA_FILA)

    def a_fazer(self, em):
        """Os da fila cuja vez chegou."""
        return self.na_fila().filter(proxima_em__lte=em)


class ComandoDeRede(models.Model):
    """Um comando a uma conexão. Há no máximo um de cada verbo na fila.

    Provisionar leva à rede o estado que a conexão tem no momento da entrega: uma mudança enquanto ele espera
    só sobe `versao` e troca `motivo`. `valido_ate` é até quando ainda faz sentido. `login_anterior` é o que
    deve deixar de existir no RADIUS.
    """

    conexao = models.ForeignKey(
        "contratos.Conexao", models.PROTECT, related_name="comandos", db_index=False, verbose_name="conexão"
    )
    verbo = models.CharField(max_length=12, choices=VerboDeRede)
    motivo = models.CharField(max_length=60, blank=True)
    situacao = models.CharField(
        "situação",
        max_length=10,
        choices=SituacaoDoComando,
        default=SituacaoDoComando.NA_FILA,
        db_default=SituacaoDoComando.NA_FILA,
    )
    versao = models.PositiveIntegerField("versão", default=1, db_default=1)
    tentativas = models.PositiveSmallIntegerField(default=0, db_default=0)
    proxima_em = models.DateTimeField(
        "próxima tentativa em", null=True, blank=True, default=timezone.now, db_default=Now()
    )
    valido_ate = models.DateTimeField("válido até", null=True, blank=True)
    resposta = models.CharField(max_length=300, blank=True, default="", db_default="")
    simulado = models.BooleanField(default=False, db_default=False)
    login_anterior = models.CharField(max_length=64, blank=True, default="", db_default="")
    protocolo = models.CharField(max_length=14, blank=True, default="", db_default="")
    pedido_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="pedido por", db_index=False,
    )  # fmt: skip
    criado_em = models.DateTimeField("criado em", default=timezone.now, db_default=Now())
    concluido_em = models.DateTimeField("concluído em", null=True, blank=True)

    objects = ComandoQuerySet.as_manager()

    class Meta:
        verbose_name = "comando de rede"
        verbose_name_plural = "comandos de rede"
        ordering = ["-criado_em", "-id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="comando_nao_se_apaga", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="comando_concluido_nao_muda",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__situacao=SituacaoDoComando.NA_FILA.value),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                "conexao", "verbo", condition=Q(situacao="na_fila"), name="comando_um_na_fila_por_verbo"
            ),
            models.CheckConstraint(
                condition=Q(situacao__in=SituacaoDoComando.values) & Q(verbo__in=VerboDeRede.values),
                name="comando_valores_conhecidos",
            ),
            models.CheckConstraint(
                condition=Q(situacao="na_fila", proxima_em__isnull=False, concluido_em__isnull=True)
                | ~Q(situacao="na_fila") & Q(proxima_em__isnull=True, concluido_em__isnull=False),
                name="comando_na_fila_tem_vez",
            ),
            models.CheckConstraint(
                condition=~Q(situacao__in=["recusado", "falhou"]) | ~Q(resposta=""),
                name="comando_recusado_diz_por_que",
            ),
        ]
        indexes = [
            models.Index(fields=["proxima_em"], condition=Q(situacao="na_fila"), name="comando_a_fazer"),
            models.Index(fields=["conexao", "-criado_em"], name="comando_da_conexao"),
        ]

    def __str__(self):
        return f"{self.get_verbo_display()} · {self.get_situacao_display()}"
