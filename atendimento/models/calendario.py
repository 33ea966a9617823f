"""Calendários úteis (expediente, feriados, exceções) e prazos de atendimento (SLA)."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, NullIf


class DiaDaSemana(models.IntegerChoices):
    """Como `date.weekday()`."""

    SEGUNDA = 0, "Segunda-feira"
    TERCA = 1, "Terça-feira"
    QUARTA = 2, "Quarta-feira"
    QUINTA = 3, "Quinta-feira"
    SEXTA = 4, "Sexta-feira"
    SABADO = 5, "Sábado"
    DOMINGO = 6, "Domingo"


UFS = [
    "AC", "AL", "AM", "AP", "BA", "CE", "DF", "ES", "GO", "MA", "MG", "MS", "MT", "PA", "PB", "PE", "PI",
    "PR", "RJ", "RN", "RO", "RR", "RS", "SC", "SE", "SP", "TO",
]  # fmt: skip


class Calendario(models.Model):
    """Quando o relógio do prazo anda. Sem `sempre`, só dentro dos turnos e fora dos feriados."""

    nome = models.CharField(max_length=60, unique=True)
    sempre = models.BooleanField("24 horas, todos os dias", default=False)
    feriados_nacionais = models.BooleanField("fecha nos feriados nacionais", default=True)
    uf = models.CharField(
        "fecha nos feriados do estado", max_length=2, blank=True, choices=[(uf, uf) for uf in UFS]
    )
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "calendário"
        verbose_name_plural = "calendários"
        ordering = ["nome"]

    def __str__(self):
        return self.nome


class _Segundos(Func):
    """Os segundos desde a meia-noite de um horário."""

    template = "(extract(epoch from %(expressions)s))::integer"
    output_field = models.IntegerField()


def _faixa() -> Func:
    """O intervalo de um turno em segundos do dia; o fim 00:00 é a meia-noite seguinte."""
    fim = Coalesce(NullIf(_Segundos(F("fim")), Value(0)), Value(86400))
    return Func(_Segundos(F("inicio")), fim, function="int4range")


class Turno(models.Model):
    """Um período de expediente de um dia da semana; um dia pode ter vários."""

    calendario = models.ForeignKey(Calendario, models.CASCADE, related_name="turnos")
    dia = models.PositiveSmallIntegerField("dia da semana", choices=DiaDaSemana)
    inicio = models.TimeField("início")
    fim = models.TimeField(help_text="00:00 é o fim do dia.")

    class Meta:
        verbose_name = "turno"
        verbose_name_plural = "turnos"
        ordering = ["dia", "inicio"]
        constraints = [
            models.CheckConstraint(condition=Q(dia__in=DiaDaSemana.values), name="turno_dia_conhecido"),
            models.CheckConstraint(
                condition=Q(fim__gt=F("inicio")) | Q(fim="00:00"), name="turno_fim_depois_do_inicio",
                violation_error_message="O fim vem depois do início.",
            ),
            ExclusionConstraint(
                name="turnos_sem_sobreposicao",
                expressions=[("calendario", "="), ("dia", "="), (_faixa(), RangeOperators.OVERLAPS)],
                violation_error_message="Este turno se sobrepõe a outro do mesmo dia.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_dia_display()} {self.inicio:%H:%M}–{self.fim:%H:%M}"


class ExcecaoDoCalendario(models.Model):
    """Um dia fora da regra: fechado, ou aberto só de `inicio` a `fim` (mesmo sendo feriado)."""

    calendario = models.ForeignKey(Calendario, models.CASCADE, related_name="excecoes")
    data = models.DateField()
    descricao = models.CharField("descrição", max_length=80, blank=True)
    inicio = models.TimeField("abre às", null=True, blank=True)
    fim = models.TimeField("fecha às", null=True, blank=True, help_text="Sem horários, fechado o dia todo.")

    class Meta:
        verbose_name = "exceção do calendário"
        verbose_name_plural = "exceções do calendário"
        ordering = ["data", "inicio"]
        constraints = [
            models.CheckConstraint(
                # Um CHECK aceita o que dá nulo: os dois têm de ser ditos preenchidos.
                condition=Q(inicio__isnull=True, fim__isnull=True)
                | Q(inicio__isnull=False, fim__isnull=False) & (Q(fim__gt=F("inicio")) | Q(fim="00:00")),
                name="excecao_fim_depois_do_inicio",
                violation_error_message="Dê o início e o fim, em ordem, ou nenhum dos dois.",
            ),
            models.UniqueConstraint(
                "calendario", "data", "inicio", name="excecao_unica", nulls_distinct=False
            ),
        ]

    def __str__(self):
        return f"{self.data:%d/%m/%Y} {self.descricao}".strip()


class Prazo(models.Model):
    """O prazo de atendimento (a "Situação" do SLA): horas num calendário, ou data livre.

    O manual deixa quem atende escolher a data; um só é o padrão de quem ainda não foi classificado.
    """

    nome = models.CharField(max_length=60, unique=True)
    manual = models.BooleanField("data livre", default=False)
    horas = models.PositiveSmallIntegerField(null=True, blank=True)
    calendario = models.ForeignKey(
        Calendario, models.PROTECT, null=True, blank=True, related_name="prazos", verbose_name="calendário"
    )
    padrao = models.BooleanField("padrão", default=False)
    ordem = models.PositiveSmallIntegerField(default=100)
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "prazo"
        verbose_name_plural = "prazos"
        ordering = ["ordem", "nome"]
        constraints = [
            models.CheckConstraint(
                condition=Q(manual=True, horas__isnull=True, calendario__isnull=True)
                | Q(manual=False, horas__isnull=False, horas__gte=1, calendario__isnull=False),
                name="prazo_manual_ou_com_horas",
                violation_error_message="Dê as horas e o calendário, ou marque data livre sem eles.",
            ),
            models.UniqueConstraint(
                "padrao", condition=Q(padrao=True), name="prazo_padrao_unico",
                violation_error_message="Já existe outro prazo padrão.",
            ),
            models.CheckConstraint(
                condition=~Q(padrao=True, manual=True), name="prazo_padrao_nao_manual",
                violation_error_message="O prazo padrão não pode ser de data livre.",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.nome

    def clean(self):
        """Levanta `ValidationError` se o calendário nunca abre, pois o prazo nunca venceria."""
        if self.calendario and not self.calendario.sempre and not self.calendario.turnos.exists():
            raise ValidationError({"calendario": "Este calendário não tem expediente."})
