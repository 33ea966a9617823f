"""A rede até a casa do cliente: concentrador, ponto de acesso, OLT, splitter, condomínio."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from contratos.cifra import CampoCifrado
from contratos.enums import TipoDeEquipamento

RAZOES = [2, 4, 8, 16, 32, 64]


class Concentrador(models.Model):
    """Fala com o RADIUS e deixa, ou não, o cliente conectar (CE, BRAS, BNG, NAS)."""

    nome = models.CharField(max_length=60, unique=True)
    ip = models.GenericIPAddressField("IP", unique=True)
    fabricante = models.CharField(max_length=12, choices=TipoDeEquipamento, blank=True)
    modelo = models.CharField(max_length=60, blank=True)
    porta_coa = models.PositiveIntegerField(
        "porta CoA", default=3799, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )
    segredo = CampoCifrado("segredo RADIUS", null=True, blank=True, editable=False)
    ativo = models.BooleanField(default=True)

    class Meta:
        verbose_name = "concentrador"
        verbose_name_plural = "concentradores"
        ordering = ["nome"]
        constraints = [
            models.CheckConstraint(condition=Q(porta_coa__range=(1, 65535)), name="concentrador_porta_coa")
        ]

    def __str__(self):
        return self.nome


class PontoDeAcesso(models.Model):
    """POP, OLT ou rádio em que a conexão se pendura; pertence a um concentrador."""

    codigo = models.CharField("código", max_length=30, unique=True)
    titulo = models.CharField("título", max_length=100)
    concentrador = models.ForeignKey(Concentrador, models.PROTECT, related_name="pontos_de_acesso")
    fora_do_ar = models.BooleanField("fora do ar", default=False)

    class Meta:
        verbose_name = "ponto de acesso"
        verbose_name_plural = "pontos de acesso"
        ordering = ["codigo"]

    def __str__(self):
        return f"{self.codigo} – {self.titulo}"


class Olt(models.Model):
    """Terminal óptico: `slots` placas de `portas_por_slot` portas PON."""

    nome = models.CharField(max_length=60, unique=True)
    fabricante = models.CharField(max_length=12, choices=TipoDeEquipamento, blank=True)
    modelo = models.CharField(max_length=60, blank=True)
    ponto_de_acesso = models.ForeignKey(PontoDeAcesso, models.PROTECT, related_name="olts")
    slots = models.PositiveSmallIntegerField(default=7)
    portas_por_slot = models.PositiveSmallIntegerField(default=16)

    class Meta:
        verbose_name = "OLT"
        verbose_name_plural = "OLTs"
        ordering = ["nome"]

    def __str__(self):
        return self.nome


class Splitter(models.Model):
    """Divisor óptico (CTO, caixa): o slot e a porta da OLT dele valem sobre os da conexão."""

    nome = models.CharField(max_length=60, unique=True)
    razao = models.PositiveSmallIntegerField("razão 1:N", choices=[(r, f"1:{r}") for r in RAZOES], default=8)
    olt = models.ForeignKey(Olt, models.PROTECT, null=True, blank=True, related_name="splitters")
    slot = models.PositiveSmallIntegerField("slot da OLT", null=True, blank=True)
    porta = models.PositiveSmallIntegerField("porta da OLT", null=True, blank=True)
    endereco = models.CharField("onde fica", max_length=150, blank=True)

    class Meta:
        verbose_name = "splitter"
        verbose_name_plural = "splitters"
        ordering = ["nome"]
        constraints = [
            models.CheckConstraint(condition=Q(razao__in=RAZOES), name="splitter_razao_conhecida"),
            models.CheckConstraint(
                condition=(Q(slot__isnull=True) | Q(slot__lte=20))
                & (Q(porta__isnull=True) | Q(porta__lte=127)),
                name="splitter_slot_e_porta",
            ),
        ]

    def __str__(self):
        return self.nome


class Condominio(models.Model):
    """Prédio ou conjunto com regras próprias de acesso."""

    nome = models.CharField(max_length=100, unique=True)
    endereco = models.CharField("endereço", max_length=200, blank=True)
    sindico = models.CharField("síndico ou portaria", max_length=100, blank=True)
    regras = models.TextField("regras de acesso", blank=True, max_length=2000)

    class Meta:
        verbose_name = "condomínio"
        verbose_name_plural = "condomínios"
        ordering = ["nome"]

    def __str__(self):
        return self.nome
