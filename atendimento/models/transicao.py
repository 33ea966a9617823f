"""A história de uma solicitação: transições, relatos e intervalos de trabalho."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q

from atendimento.situacoes import TRANSICOES, Situacao, TipoDeTransicao
from contratos.gatilhos import so_acrescenta


def _previstas() -> Q:
    """As linhas que a tabela `TRANSICOES` permite."""
    previstas = Q()
    for transicao, passos in TRANSICOES.items():
        for de, para in passos.items():
            previstas |= Q(transicao=transicao.value, de=str(de), para=para.value)
    return previstas


class Transicao(models.Model):
    """Um passo da solicitação. Os relógios se calculam destas linhas, e só delas.

    `usuario` vazio é o sistema. `equipe` e `responsavel` são os de depois do passo; `congela` diz se a
    pausa que começa aqui para o prazo, como o motivo mandava naquele momento. `dados` guarda o que
    mudou, por nome de campo.
    """

    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.PROTECT, related_name="transicoes", db_index=False,
        verbose_name="solicitação",
    )  # fmt: skip
    versao = models.PositiveIntegerField("versão")
    transicao = models.CharField("transição", max_length=20, choices=TipoDeTransicao)
    de = models.CharField(max_length=16, choices=Situacao, blank=True)
    para = models.CharField(max_length=16, choices=Situacao)
    em = models.DateTimeField()
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="usuário",
    )  # fmt: skip
    perfil = models.CharField(max_length=200, blank=True)
    equipe = models.ForeignKey("atendimento.Equipe", models.PROTECT, related_name="+", db_index=False)
    responsavel = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="responsável",
    )  # fmt: skip
    motivo = models.ForeignKey(
        "atendimento.Motivo", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    congela = models.BooleanField("congela o prazo", default=False)
    dados = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = "transição"
        verbose_name_plural = "transições"
        ordering = ["solicitacao", "versao"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("transicao_so_acrescenta")]
        constraints = [
            models.UniqueConstraint("solicitacao", "versao", name="transicao_versao_unica"),
            models.CheckConstraint(condition=_previstas(), name="transicao_prevista"),
        ]
        indexes = [models.Index(fields=["em"], name="transicao_em")]

    def __str__(self):
        return f"{self.get_transicao_display()} em {self.em:%d/%m/%Y %H:%M}"


class Relato(models.Model):
    """O que alguém escreveu na solicitação. Não se altera: corrige-se com outro."""

    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.PROTECT, related_name="relatos", db_index=False,
        verbose_name="solicitação",
    )  # fmt: skip
    autor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    texto = models.TextField(max_length=8000)
    visivel_ao_cliente = models.BooleanField("visível ao cliente", default=False)
    em = models.DateTimeField()
    transicao = models.OneToOneField(
        Transicao, models.PROTECT, null=True, blank=True, related_name="relato", verbose_name="transição"
    )
    corrige = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="correcoes", db_index=False
    )

    class Meta:
        verbose_name = "relato"
        verbose_name_plural = "relatos"
        ordering = ["em", "id"]
        triggers: list[pgtrigger.Trigger] = [so_acrescenta("relato_so_acrescenta")]
        constraints = [
            models.CheckConstraint(condition=~Q(texto__regex=r"^\s*$"), name="relato_com_texto"),
        ]
        indexes = [models.Index(fields=["solicitacao", "em", "id"], name="relato_da_solicitacao")]

    def __str__(self):
        return f"Relato de {self.em:%d/%m/%Y %H:%M}"


class Apontamento(models.Model):
    """Um intervalo de trabalho de um agente numa solicitação; sem `fim`, o que corre agora.

    As duas restrições parciais são a garantia: uma solicitação tem um só intervalo aberto, e um agente
    tem um só por `vaga`, de 1 ao limite de seus perfis (que um gatilho confere).
    """

    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.PROTECT, related_name="apontamentos", verbose_name="solicitação"
    )
    agente = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="apontamentos", db_index=False
    )
    vaga = models.PositiveSmallIntegerField()
    inicio = models.DateTimeField("início")
    fim = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "apontamento"
        verbose_name_plural = "apontamentos"
        ordering = ["inicio", "id"]
        constraints = [
            models.UniqueConstraint(
                "solicitacao", condition=Q(fim__isnull=True), name="apontamento_aberto_unico"
            ),
            models.UniqueConstraint(
                "agente", "vaga", condition=Q(fim__isnull=True), name="apontamento_vaga_unica"
            ),
            models.CheckConstraint(
                condition=Q(fim__isnull=True) | Q(fim__gte=F("inicio")), name="apontamento_em_ordem"
            ),
            models.CheckConstraint(condition=Q(vaga__gte=1), name="apontamento_vaga_desde_um"),
        ]
        indexes = [models.Index(fields=["agente", "inicio"], name="apontamento_do_agente")]

    def __str__(self):
        return f"{self.agente_id} desde {self.inicio:%d/%m/%Y %H:%M}"
