"""Execuções de ações e as aprovações que elas pedem."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from clientes.models import Cliente


class SituacaoDaExecucao(models.TextChoices):
    """Em que pé está uma execução. Das três últimas não se sai."""

    EM_ANDAMENTO = "em_andamento", "Em andamento"
    AGUARDANDO_APROVACAO = "aguardando_aprovacao", "Aguardando aprovação"
    CONCLUIDA = "concluida", "Concluída"
    CANCELADA = "cancelada", "Cancelada"
    EXPIRADA = "expirada", "Expirada"


PENDENTES = ("em_andamento", "aguardando_aprovacao")
TERMINADAS = ("concluida", "cancelada", "expirada")


class ExecucaoQuerySet(models.QuerySet["Execucao"]):
    """Leituras de execuções que se encadeiam."""

    def visiveis_para(self, usuario):
        """As execuções sobre clientes e contratos que `usuario` vê: o mesmo escopo deles."""
        empresas = usuario.objetos_permitidos("contratos.atender_empresa")
        # Num OU, um IN faria antes a tabela de todos os clientes visíveis; EXISTS olha só o da linha.
        cliente = Cliente.objects.visiveis_para(usuario).filter(pk=OuterRef("cliente_id")).order_by()
        return self.filter(Q(contrato__empresa_id__in=empresas) | Q(Exists(cliente), contrato__isnull=True))

    def pendentes(self):
        """As que ainda podem ter efeito."""
        return self.filter(situacao__in=PENDENTES)


class Execucao(models.Model):
    """Uma ação em curso ou terminada, com o que se respondeu em cada passo.

    O identificador nasce no formulário e é a chave de idempotência: enviar duas vezes é uma execução só,
    e concluir duas vezes, um efeito só. `passo` é o primeiro ainda não respondido; um a mais que o último
    é a prévia. `dados` guarda o que foi digitado, por passo, e nunca um segredo.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    acao = models.SlugField("ação", max_length=60, db_index=False)
    alvo = models.CharField(max_length=12)
    alvo_id = models.BigIntegerField()
    cliente = models.ForeignKey("clientes.Cliente", models.PROTECT, related_name="+")
    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, null=True, related_name="+")
    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.PROTECT, null=True, related_name="execucoes",
        verbose_name="solicitação",
    )  # fmt: skip
    usuario = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="execucoes", verbose_name="usuário"
    )
    situacao = models.CharField(
        "situação", max_length=20, choices=SituacaoDaExecucao, default=SituacaoDaExecucao.EM_ANDAMENTO
    )
    passo = models.PositiveSmallIntegerField(default=1)
    dados = models.JSONField(default=dict)
    resultado = models.JSONField(null=True)
    versao = models.PositiveIntegerField("versão", default=1)
    criada_em = models.DateTimeField("criada em", default=timezone.now)
    atualizada_em = models.DateTimeField("atualizada em", default=timezone.now)
    expira_em = models.DateTimeField("expira em")
    concluida_em = models.DateTimeField("concluída em", null=True)

    objects = ExecucaoQuerySet.as_manager()

    class Meta:
        verbose_name = "execução de ação"
        verbose_name_plural = "execuções de ações"
        ordering = ["-criada_em"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(
                name="execucao_terminada_nao_muda",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__situacao__in=TERMINADAS),
            ),
            pgtrigger.ReadOnly(
                name="execucao_identidade_fixa", fields=["acao", "alvo", "alvo_id", "cliente", "criada_em"]
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(situacao__in=SituacaoDaExecucao.values), name="execucao_situacao_conhecida"
            ),
            models.CheckConstraint(condition=Q(passo__gte=1, passo__lte=5), name="execucao_passo_conhecido"),
            models.CheckConstraint(
                condition=Q(
                    situacao=SituacaoDaExecucao.CONCLUIDA, concluida_em__isnull=False, resultado__isnull=False
                )
                | ~Q(situacao=SituacaoDaExecucao.CONCLUIDA)
                & Q(concluida_em__isnull=True, resultado__isnull=True),
                name="execucao_concluida_tem_resultado",
            ),
        ]
        indexes = [
            models.Index(
                fields=["alvo", "alvo_id", "acao"],
                condition=Q(situacao__in=PENDENTES),
                name="execucao_pendente_por_alvo",
            ),
            models.Index(
                fields=["expira_em"], condition=Q(situacao="em_andamento"), name="execucao_por_expirar"
            ),
        ]

    def __str__(self):
        return f"{self.acao} em {self.alvo} {self.alvo_id}"

    @property
    def pendente(self) -> bool:
        """Se ainda pode ter efeito."""
        return self.situacao in PENDENTES

    @property
    def expirou(self) -> bool:
        """Se o prazo para responder passou, esteja ou não marcada."""
        if self.situacao == SituacaoDaExecucao.EM_ANDAMENTO:
            return self.expira_em <= timezone.now()
        return self.situacao == SituacaoDaExecucao.EXPIRADA


class Decisao(models.TextChoices):
    """O que o supervisor decidiu."""

    PENDENTE = "pendente", "Pendente"
    APROVADA = "aprovada", "Aprovada"
    RECUSADA = "recusada", "Recusada"
    RETIRADA = "retirada", "Retirada"


class Aprovacao(models.Model):
    """Um pedido de aprovação de uma execução acima do limite de quem a fez."""

    execucao = models.ForeignKey(Execucao, models.PROTECT, related_name="aprovacoes", verbose_name="execução")
    motivo = models.CharField(max_length=500)
    pedida_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    pedida_em = models.DateTimeField("pedida em", default=timezone.now)
    decisao = models.CharField("decisão", max_length=10, choices=Decisao, default=Decisao.PENDENTE)
    decidida_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decidida_em = models.DateTimeField("decidida em", null=True)
    justificativa = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = "aprovação"
        verbose_name_plural = "aprovações"
        ordering = ["pedida_em", "id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(
                name="aprovacao_decidida_nao_muda",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__decisao="pendente"),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                "execucao", condition=Q(decisao="pendente"), name="aprovacao_pendente_unica"
            ),
            models.CheckConstraint(
                condition=Q(decisao__in=Decisao.values), name="aprovacao_decisao_conhecida"
            ),
            models.CheckConstraint(
                condition=Q(decisao="pendente", decidida_por__isnull=True, decidida_em__isnull=True)
                | ~Q(decisao="pendente") & Q(decidida_por__isnull=False, decidida_em__isnull=False),
                name="aprovacao_decidida_tem_autor",
            ),
            models.CheckConstraint(
                condition=~Q(decisao__in=["aprovada", "recusada"]) | ~Q(decidida_por=models.F("pedida_por")),
                name="aprovacao_nao_e_de_si_mesmo",
            ),
            models.CheckConstraint(
                condition=~Q(decisao="recusada") | ~Q(justificativa=""), name="aprovacao_recusa_tem_motivo"
            ),
        ]
        indexes = [
            models.Index(fields=["pedida_em"], condition=Q(decisao="pendente"), name="aprovacao_pendente")
        ]

    def __str__(self):
        return f"{self.get_decisao_display()}: {self.motivo}"
