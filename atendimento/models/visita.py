"""Visitas a campo: a capacidade de cada equipe por turno e o que está marcado."""

from datetime import datetime, time, timedelta

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Q

from atendimento.models.solicitacao import Periodo, TipoDeVisita


class TurnoDeCampo(models.Model):
    """Quantas visitas uma equipe faz num período do dia, e de quanto em quanto tempo elas começam."""

    equipe = models.ForeignKey("atendimento.Equipe", models.CASCADE, related_name="turnos_de_campo")
    periodo = models.CharField("período", max_length=10, choices=Periodo)
    inicio = models.TimeField("início")
    fim = models.TimeField()
    minutos = models.PositiveSmallIntegerField("minutos por visita", default=120)
    vagas = models.PositiveSmallIntegerField("visitas por turno", default=4)
    sabado = models.BooleanField("também aos sábados", default=False)
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "turno de campo"
        verbose_name_plural = "turnos de campo"
        ordering = ["equipe", "inicio"]
        constraints = [
            models.UniqueConstraint("equipe", "periodo", name="turno_de_campo_unico"),
            models.CheckConstraint(
                condition=Q(fim__gt=F("inicio"), minutos__gte=15, vagas__gte=1),
                name="turno_de_campo_coerente",
            ),
        ]

    def __str__(self):
        return f"{self.equipe} · {self.get_periodo_display()}"

    def comecos(self) -> list[time]:
        """A que horas uma visita pode começar e ainda caber no turno."""
        dia = datetime(2000, 1, 1)
        hora, fim = datetime.combine(dia, self.inicio), datetime.combine(dia, self.fim)
        comecos = []
        while hora + timedelta(minutes=self.minutos) <= fim:
            comecos.append(hora.time())
            hora += timedelta(minutes=self.minutos)
        return comecos


class SituacaoDaVisita(models.TextChoices):
    """Em que pé a visita está; só a marcada ocupa vaga."""

    MARCADA = "marcada", "Marcada"
    EXECUTADA = "executada", "Executada"
    AUSENTE = "ausente", "Cliente ausente"
    REAGENDAR = "reagendar", "A reagendar"
    IMPRODUTIVA = "improdutiva", "Improdutiva"
    CANCELADA = "cancelada", "Cancelada"


class VisitaQuerySet(models.QuerySet["Visita"]):
    """Leituras de visitas que se encadeiam."""

    def marcadas(self):
        """As que ainda vão acontecer."""
        return self.filter(situacao=SituacaoDaVisita.MARCADA)

    def do_contrato(self, contrato):
        """As das etiquetas do contrato (objeto ou id)."""
        return self.filter(etiqueta__contrato=contrato)


class Visita(models.Model):
    """Uma ida da equipe à casa do cliente. `vaga` é o lugar dela na capacidade do turno daquele dia.

    O banco não deixa duas marcadas na mesma vaga, nem o mesmo técnico em duas ao mesmo tempo.
    """

    solicitacao = models.ForeignKey(
        "atendimento.Solicitacao", models.PROTECT, related_name="visitas", verbose_name="solicitação"
    )
    etiqueta = models.ForeignKey("contratos.Etiqueta", models.PROTECT, related_name="visitas")
    turno = models.ForeignKey(TurnoDeCampo, models.PROTECT, related_name="visitas")
    tecnico = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="visitas",
        verbose_name="técnico",
    )  # fmt: skip
    tipo = models.CharField(max_length=12, choices=TipoDeVisita)
    data = models.DateField()
    janela = DateTimeRangeField()
    vaga = models.PositiveSmallIntegerField()
    contato = models.CharField("contato no local", max_length=120)
    endereco = models.ForeignKey(
        "clientes.Endereco", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="endereço"
    )
    taxa = models.DecimalField(max_digits=12, decimal_places=2, default=0)
    observacao = models.CharField("observação", max_length=1000, blank=True)
    situacao = models.CharField(
        "situação", max_length=12, choices=SituacaoDaVisita, default=SituacaoDaVisita.MARCADA
    )
    remarcacoes = models.PositiveSmallIntegerField("vezes remarcada", default=0)
    marcada_por = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marcada_em = models.DateTimeField("marcada em", auto_now_add=True)
    encerrada_em = models.DateTimeField("encerrada em", null=True, blank=True)

    objects = VisitaQuerySet.as_manager()

    class Meta:
        verbose_name = "visita"
        verbose_name_plural = "visitas"
        ordering = ["janela", "id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="visita_nao_se_apaga", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="visita_encerrada_nao_muda",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__situacao="marcada"),
            ),
            pgtrigger.Trigger(
                name="visita_cabe_no_turno",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("vaga", "turno_id"),
                condition=pgtrigger.Q(new__situacao="marcada"),
                func="""
                IF NEW.vaga > (SELECT vagas FROM atendimento_turnodecampo WHERE id = NEW.turno_id) THEN
                  RAISE EXCEPTION 'o turno não tem a vaga %', NEW.vaga
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'visita_cabe_no_turno';
                END IF;
                RETURN NEW;
                """,
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="visita_tecnico_em_um_lugar_so",
                expressions=[("tecnico", RangeOperators.EQUAL), ("janela", RangeOperators.OVERLAPS)],
                condition=Q(situacao="marcada", tecnico__isnull=False),
                violation_error_message="O técnico já tem visita nesta hora.",
            ),
            models.UniqueConstraint(
                "turno", "data", "vaga", condition=Q(situacao="marcada"), name="visita_vaga_unica"
            ),
            models.UniqueConstraint(
                "solicitacao", condition=Q(situacao="marcada"), name="visita_marcada_unica_da_solicitacao"
            ),
            models.CheckConstraint(
                condition=Q(vaga__gte=1, taxa__gte=0, situacao__in=SituacaoDaVisita.values)
                & Q(tipo__in=TipoDeVisita.values),
                name="visita_valores_conhecidos",
            ),
            models.CheckConstraint(
                condition=Q(situacao="marcada", encerrada_em__isnull=True)
                | ~Q(situacao="marcada") & Q(encerrada_em__isnull=False),
                name="visita_encerrada_tem_data",
            ),
        ]
        indexes = [models.Index(fields=["data"], condition=Q(situacao="marcada"), name="visita_por_dia")]

    def __str__(self):
        return f"{self.get_tipo_display()} em {self.data:%d/%m/%Y}"
