"""A solicitação: uma demanda de um cliente que alguém conduz até o fim."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from atendimento.situacoes import ABERTAS, COM_DONO, FECHADAS, Situacao

REABERTURAS_MAXIMAS = 3


class Canal(models.TextChoices):
    """Por onde o contato veio."""

    TELEFONE = "telefone", "Telefone"
    WHATSAPP = "whatsapp", "WhatsApp"
    PRESENCIAL = "presencial", "Presencial"
    EMAIL = "email", "E-mail"
    PORTAL = "portal", "App ou portal"
    REDES_SOCIAIS = "redes_sociais", "Redes sociais"
    ATIVO = "ativo", "Contato ativo"


class Relacao(models.TextChoices):
    """O que o solicitante é do titular."""

    TITULAR = "titular", "Titular"
    FAMILIAR = "familiar", "Familiar"
    PROCURADOR = "procurador", "Procurador ou representante"
    FUNCIONARIO = "funcionario", "Funcionário"
    OUTRO = "outro", "Outro"


class Prioridade(models.IntegerChoices):
    """Quanto maior, mais urgente."""

    BAIXA = 1, "Baixa"
    NORMAL = 2, "Normal"
    ALTA = 3, "Alta"
    URGENTE = 4, "Urgente"


class Periodo(models.TextChoices):
    """O período em que a visita ou o retorno é esperado."""

    MANHA = "manha", "Manhã"
    TARDE = "tarde", "Tarde"
    NOITE = "noite", "Noite"
    COMERCIAL = "comercial", "Horário comercial"


class TipoDeVisita(models.TextChoices):
    """O que se agenda."""

    INSTALACAO = "instalacao", "Instalação"
    MANUTENCAO = "manutencao", "Manutenção"
    MUDANCA = "mudanca", "Mudança de endereço"
    RETIRADA = "retirada", "Retirada de equipamento"
    RETORNO = "retorno", "Retorno ao cliente (sem visita)"


class ResultadoDaVisita(models.TextChoices):
    """Como a visita ou o retorno terminou."""

    EXECUTADA = "executada", "Executada"
    AUSENTE = "ausente", "Cliente ausente"
    REAGENDAR = "reagendar", "Reagendar"
    IMPRODUTIVA = "improdutiva", "Improdutiva"


class SolicitacaoQuerySet(models.QuerySet["Solicitacao"]):
    """Leituras de solicitações que se encadeiam."""

    def visiveis_para(self, usuario):
        """As das empresas que `usuario` atende: o único escopo de solicitações."""
        return self.filter(empresa_id__in=usuario.objetos_permitidos("contratos.atender_empresa"))

    def abertas(self):
        """As que ainda não foram encerradas nem canceladas."""
        return self.filter(situacao__in=sorted(ABERTAS))

    def da_equipe(self, equipe):
        """As que estão com a equipe (objeto ou id)."""
        return self.filter(equipe=equipe)

    def da_etiqueta(self, etiqueta):
        """As da etiqueta de serviço (objeto ou id)."""
        return self.filter(etiqueta=etiqueta)

    def minhas(self, usuario):
        """As abertas de que `usuario` é o responsável."""
        return self.filter(responsavel=usuario, situacao__in=sorted(COM_DONO))

    def na_fila(self):
        """As que ninguém assumiu."""
        return self.filter(situacao=Situacao.ABERTA)

    def por_prazo(self):
        """Na ordem das filas: a que vence antes vem antes."""
        return self.order_by("prazo_em", "id")

    def depois_de(self, prazo_em, pk: int):
        """As que vêm depois de (prazo_em, id) na ordem `por_prazo`: o cursor da página seguinte."""
        return self.filter(TupleGreaterThan(Tuple(F("prazo_em"), F("id")), (prazo_em, pk)))

    def antes_de(self, prazo_em, pk: int):
        """As que vêm antes de (prazo_em, id) na ordem `por_prazo`."""
        return self.filter(TupleLessThan(Tuple(F("prazo_em"), F("id")), (prazo_em, pk)))


def _so_em(campo: str, situacao: Situacao) -> Q:
    return Q(**{f"{campo}__isnull": True}) | Q(situacao=situacao)


class Solicitacao(models.Model):
    """Também chamada protocolo, atendimento, OS ou ticket. Só o domínio escreve aqui.

    `cliente`, `contrato` e `empresa` repetem os da etiqueta: contrato e empresa por chaves compostas
    (não podem discordar), o cliente como era na abertura, para que uma troca de titularidade não
    mostre ao novo titular as demandas do antigo. `versao` conta as transições.
    """

    protocolo = models.CharField(max_length=14, unique=True, editable=False)
    cliente = models.ForeignKey(
        "clientes.Cliente", models.PROTECT, related_name="solicitacoes", db_index=False
    )
    contrato = models.ForeignKey("contratos.Contrato", models.PROTECT, related_name="solicitacoes")
    etiqueta = models.ForeignKey("contratos.Etiqueta", models.PROTECT, related_name="solicitacoes")
    empresa = models.ForeignKey("contratos.Empresa", models.PROTECT, related_name="+", db_index=False)
    situacao = models.CharField("situação", max_length=16, choices=Situacao)
    situacao_desde = models.DateTimeField("nesta situação desde")
    equipe = models.ForeignKey(
        "atendimento.Equipe", models.PROTECT, related_name="solicitacoes", db_index=False
    )
    responsavel = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="solicitacoes",
        db_index=False, verbose_name="responsável",
    )  # fmt: skip
    tipo = models.ForeignKey(
        "atendimento.TipoDeSolicitacao",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    item_de_catalogo = models.ForeignKey(
        "atendimento.ItemDeCatalogo", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="item de catálogo",
    )  # fmt: skip
    incancelavel = models.BooleanField(
        "não pode ser cancelada", default=False,
        help_text="Já foi cancelamento de serviço, reclamação ou pedido do titular.",
    )  # fmt: skip
    prioridade = models.PositiveSmallIntegerField(choices=Prioridade, default=Prioridade.NORMAL)
    canal = models.CharField(max_length=15, choices=Canal)
    solicitante_nome = models.CharField("nome do solicitante", max_length=120)
    solicitante_telefone = models.CharField("telefone do solicitante", max_length=20, blank=True)
    solicitante_relacao = models.CharField(
        "relação com o titular", max_length=12, choices=Relacao, default=Relacao.TITULAR
    )
    descricao = models.TextField("descrição", max_length=4000, blank=True)
    versao = models.PositiveIntegerField("versão", default=1)

    prazo = models.ForeignKey(
        "atendimento.Prazo", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    prazo_em = models.DateTimeField("vence em")
    prazo_congelado_em = models.DateTimeField("prazo congelado desde", null=True, blank=True)
    prazo_regulatorio_em = models.DateTimeField("prazo regulatório em")

    motivo_da_pausa = models.ForeignKey(
        "atendimento.Motivo", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    retorna_em = models.DateTimeField(null=True, blank=True)
    pausa_ate = models.DateTimeField("a pausa devia acabar em", null=True, blank=True)
    alerta_em = models.DateTimeField(
        "alerta desde", null=True, blank=True, help_text="A pausa passou do limite ou o retorno venceu."
    )

    agendada_para = models.DateField(null=True, blank=True)
    periodo = models.CharField("período", max_length=10, choices=Periodo, blank=True)
    contato_da_visita = models.CharField("contato no local", max_length=120, blank=True)
    tipo_de_visita = models.CharField(max_length=12, choices=TipoDeVisita, blank=True)

    pai = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="filhas", db_index=False,
        verbose_name="solicitação pai",
    )  # fmt: skip
    duplicada_de = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="duplicatas", db_index=False
    )
    massiva = models.ForeignKey(
        "atendimento.Massiva", models.PROTECT, null=True, blank=True, related_name="solicitacoes",
        db_index=False,
    )  # fmt: skip
    solucao = models.ForeignKey(
        "atendimento.Solucao", models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name="solução",
    )  # fmt: skip

    aberta_em = models.DateTimeField()
    ciclo_desde = models.DateTimeField("ciclo atual desde", help_text="Abertura ou última reabertura.")
    encerrada_em = models.DateTimeField("encerrada ou cancelada em", null=True, blank=True)
    reabrir_ate = models.DateTimeField("pode ser reaberta até", null=True, blank=True)
    definitiva_em = models.DateTimeField(
        "definitiva desde", null=True, blank=True, help_text="Acabou a janela para reabrir."
    )
    reaberturas = models.PositiveSmallIntegerField(default=0)
    demo = models.BooleanField("dado fictício", default=False)

    objects = SolicitacaoQuerySet.as_manager()

    class Meta:
        verbose_name = "solicitação"
        verbose_name_plural = "solicitações"
        ordering = ["-aberta_em", "-id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.ReadOnly(
                name="solicitacao_identidade_fixa", fields=["protocolo", "cliente", "aberta_em"]
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(protocolo__regex=r"^[0-9]{14}$"), name="solicitacao_protocolo_formato"
            ),
            models.CheckConstraint(
                condition=Q(situacao=Situacao.ABERTA, responsavel__isnull=True)
                | Q(situacao__in=sorted(COM_DONO), responsavel__isnull=False)
                | Q(situacao__in=sorted(FECHADAS)),
                name="solicitacao_tem_dono_quando_deve",
            ),
            models.CheckConstraint(
                condition=Q(situacao=Situacao.PAUSADA, motivo_da_pausa__isnull=False)
                | (~Q(situacao=Situacao.PAUSADA) & Q(motivo_da_pausa__isnull=True)),
                name="solicitacao_pausada_tem_motivo",
            ),
            models.CheckConstraint(
                condition=_so_em("retorna_em", Situacao.PAUSADA)
                & _so_em("pausa_ate", Situacao.PAUSADA)
                & _so_em("prazo_congelado_em", Situacao.PAUSADA),
                name="solicitacao_retorno_so_na_pausa",
            ),
            models.CheckConstraint(
                condition=~Q(situacao=Situacao.AGENDADA)
                | (Q(agendada_para__isnull=False) & ~Q(periodo="") & ~Q(tipo_de_visita="")),
                name="solicitacao_agendada_tem_data",
            ),
            models.CheckConstraint(
                condition=Q(situacao__in=sorted(FECHADAS), encerrada_em__isnull=False)
                | Q(situacao__in=sorted(ABERTAS), encerrada_em__isnull=True),
                name="solicitacao_fechada_tem_data",
            ),
            models.CheckConstraint(
                condition=~Q(situacao=Situacao.ENCERRADA)
                | Q(
                    tipo__isnull=False, solucao__isnull=False, responsavel__isnull=False,
                    reabrir_ate__isnull=False,
                ),
                name="solicitacao_encerrada_tem_solucao",
            ),
            models.CheckConstraint(
                condition=~Q(situacao=Situacao.CANCELADA, incancelavel=True),
                name="solicitacao_protegida_nao_cancelada",
            ),
            models.CheckConstraint(
                condition=Q(definitiva_em__isnull=True) | Q(situacao=Situacao.ENCERRADA),
                name="solicitacao_definitiva_encerrada",
            ),
            models.CheckConstraint(
                condition=Q(reaberturas__lte=REABERTURAS_MAXIMAS), name="solicitacao_reaberturas_limitadas"
            ),
            models.CheckConstraint(
                condition=(Q(pai__isnull=True) | ~Q(pai=F("id")))
                & (Q(duplicada_de__isnull=True) | ~Q(duplicada_de=F("id"))),
                name="solicitacao_nao_aponta_para_si",
            ),
            models.CheckConstraint(
                condition=Q(prazo_regulatorio_em__gt=F("aberta_em"), ciclo_desde__gte=F("aberta_em")),
                name="solicitacao_datas_em_ordem",
            ),
            models.CheckConstraint(
                condition=Q(situacao__in=Situacao.values)
                & Q(canal__in=Canal.values)
                & Q(prioridade__in=Prioridade.values)
                & Q(solicitante_relacao__in=Relacao.values),
                name="solicitacao_valores_conhecidos",
            ),
        ]  # fmt: skip
        indexes = [
            # As filas: por equipe e situação, por equipe, e a supervisão de todas. A empresa vem no
            # fim para que o escopo se decida no índice, sem visitar a tabela; o prazo congelado, para que as
            # vencidas se contem nele.
            models.Index(
                fields=["equipe", "situacao", "prazo_em", "id", "empresa"], name="sol_fila_situacao"
            ),
            models.Index(
                fields=["equipe", "prazo_em", "id", "empresa"],
                include=["prazo_congelado_em"],
                condition=Q(situacao__in=sorted(ABERTAS)),
                name="sol_fila_equipe",
            ),
            models.Index(
                fields=["prazo_em", "id", "empresa"],
                include=["prazo_congelado_em"],
                condition=Q(situacao__in=sorted(ABERTAS)),
                name="sol_fila_geral",
            ),
            # Os filtros e a outra ordem das filas, para que um filtro raro não percorra a fila toda.
            models.Index(
                fields=["equipe", "prioridade", "prazo_em", "id", "empresa"],
                condition=Q(situacao__in=sorted(ABERTAS)),
                name="sol_fila_prioridade",
            ),
            models.Index(
                fields=["equipe", "tipo", "prazo_em", "id", "empresa"],
                condition=Q(situacao__in=sorted(ABERTAS)),
                name="sol_fila_tipo",
            ),
            models.Index(
                fields=["equipe", "situacao_desde", "id", "empresa", "situacao"],
                condition=Q(situacao__in=sorted(ABERTAS)),
                name="sol_fila_espera",
            ),
            models.Index(
                fields=["equipe", "prazo_em", "id", "empresa"],
                condition=Q(alerta_em__isnull=False),
                name="sol_fila_alerta",
            ),
            models.Index(
                fields=["responsavel", "situacao", "prazo_em", "id"],
                condition=Q(situacao__in=sorted(COM_DONO)),
                name="sol_do_responsavel",
            ),
            models.Index(fields=["cliente", "-aberta_em", "-id"], name="sol_do_cliente"),
            models.Index(
                fields=["pausa_ate"],
                condition=Q(alerta_em__isnull=True, pausa_ate__isnull=False),
                name="sol_pausa_ate",
            ),
            models.Index(
                fields=["agendada_para"],
                condition=Q(alerta_em__isnull=True, situacao=Situacao.AGENDADA),
                name="sol_agenda",
            ),
            models.Index(
                fields=["reabrir_ate"],
                condition=Q(definitiva_em__isnull=True, reabrir_ate__isnull=False),
                name="sol_reabrir_ate",
            ),
            models.Index(fields=["pai"], condition=Q(pai__isnull=False), name="sol_filhas"),
            models.Index(fields=["massiva"], condition=Q(massiva__isnull=False), name="sol_da_massiva"),
            models.Index(
                fields=["duplicada_de"], condition=Q(duplicada_de__isnull=False), name="sol_duplicatas"
            ),
        ]

    def __str__(self):
        return self.protocolo

    @property
    def esta_aberta(self) -> bool:
        """Se ainda corre, em qualquer das quatro situações abertas."""
        return self.situacao in ABERTAS
