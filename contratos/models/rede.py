"""A rede até a casa do cliente: concentrador, ponto de acesso, OLT, splitter, condomínio."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from contratos.cifra import CampoCifrado
from contratos.enums import TipoDeEquipamento
from contratos.enums_de_rede import IntegracaoDeAcesso, IntegracaoOptica

RAZOES = [2, 4, 8, 16, 32, 64]
HOST = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.:-_")


class Gerenciado(models.Model):
    """Um equipamento com que o trabalhador fala, e se ele tem respondido.

    Depois de algumas falhas seguidas repousa até `repousa_ate`: ninguém o procura antes disso. `ultima_falha`
    é uma frase para quem atende, sem endereço nem segredo. `roteiro` são os defeitos que o simulador finge.
    """

    roteiro = models.JSONField(
        "roteiro do simulador",
        default=dict,
        db_default=models.Value({}, models.JSONField()),
        blank=True,
        help_text="Só do simulador: login (ou serial) → o defeito que se finge.",
    )
    falhas_seguidas = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    repousa_ate = models.DateTimeField("repousa até", null=True, blank=True, editable=False)
    ultima_falha = models.CharField(
        "última falha", max_length=300, blank=True, default="", db_default="", editable=False
    )
    respondeu_em = models.DateTimeField("respondeu em", null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class Concentrador(Gerenciado):
    """Fala com o RADIUS e deixa, ou não, o cliente conectar (CE, BRAS, BNG, NAS).

    Com FreeRADIUS, `banco_…` é o PostgreSQL em que ele guarda radcheck, radreply e radacct; `segredo` é o do
    CoA e do Disconnect. `lido_ate` é até quando se conhecem as sessões.
    """

    nome = models.CharField(max_length=60, unique=True)
    ip = models.GenericIPAddressField("IP", unique=True)
    fabricante = models.CharField(max_length=12, choices=TipoDeEquipamento, blank=True)
    modelo = models.CharField(max_length=60, blank=True)
    porta_coa = models.PositiveIntegerField(
        "porta CoA", default=3799, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )
    segredo = CampoCifrado("segredo RADIUS", null=True, blank=True, editable=False)
    ativo = models.BooleanField(default=True)
    integracao = models.CharField(
        "integração",
        max_length=12,
        choices=IntegracaoDeAcesso,
        default=IntegracaoDeAcesso.NENHUMA,
        db_default=IntegracaoDeAcesso.NENHUMA,
        blank=True,
    )
    banco_host = models.CharField(
        "host do banco do RADIUS", max_length=253, blank=True, default="", db_default=""
    )
    banco_porta = models.PositiveIntegerField(
        "porta do banco",
        default=5432,
        db_default=5432,
        validators=[MinValueValidator(1), MaxValueValidator(65535)],
    )
    banco_nome = models.CharField("nome do banco", max_length=63, blank=True, default="", db_default="")
    banco_usuario = models.CharField("usuário do banco", max_length=63, blank=True, default="", db_default="")
    banco_senha = CampoCifrado("senha do banco", null=True, blank=True, editable=False)
    lido_ate = models.DateTimeField("lido até", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "concentrador"
        verbose_name_plural = "concentradores"
        ordering = ["nome"]
        constraints = [
            models.CheckConstraint(condition=Q(porta_coa__range=(1, 65535)), name="concentrador_porta_coa"),
            models.CheckConstraint(
                condition=Q(integracao__in=IntegracaoDeAcesso.values),
                name="concentrador_integracao_conhecida",
            ),
            models.CheckConstraint(
                condition=~Q(integracao="freeradius")
                | (~Q(banco_host="") & ~Q(banco_nome="") & ~Q(banco_usuario="")),
                name="concentrador_freeradius_diz_o_banco",
                violation_error_message="Com FreeRADIUS, diga o host, o nome e o usuário do banco.",
            ),
        ]

    def __str__(self):
        return self.nome

    def clean(self):
        """O host é um nome ou um IP, e nada que se possa juntar ao endereço. Levanta `ValidationError`."""
        if not set(self.banco_host) <= HOST:
            raise ValidationError({"banco_host": "Um nome de host ou um IP, e só."})


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


class Olt(Gerenciado):
    """Terminal óptico: `slots` placas de `portas_por_slot` portas PON. Por SNMP, `comunidade` é segredo."""

    nome = models.CharField(max_length=60, unique=True)
    fabricante = models.CharField(max_length=12, choices=TipoDeEquipamento, blank=True)
    modelo = models.CharField(max_length=60, blank=True)
    ponto_de_acesso = models.ForeignKey(PontoDeAcesso, models.PROTECT, related_name="olts")
    slots = models.PositiveSmallIntegerField(default=7)
    portas_por_slot = models.PositiveSmallIntegerField(default=16)
    integracao = models.CharField(
        "integração",
        max_length=12,
        choices=IntegracaoOptica,
        default=IntegracaoOptica.NENHUMA,
        db_default=IntegracaoOptica.NENHUMA,
        blank=True,
    )
    ip = models.GenericIPAddressField("IP", null=True, blank=True)
    porta_snmp = models.PositiveIntegerField(
        "porta SNMP", default=161, db_default=161, validators=[MinValueValidator(1), MaxValueValidator(65535)]
    )
    comunidade = CampoCifrado("comunidade SNMP", null=True, blank=True, editable=False)

    class Meta:
        verbose_name = "OLT"
        verbose_name_plural = "OLTs"
        ordering = ["nome"]
        constraints = [
            models.CheckConstraint(
                condition=Q(integracao__in=IntegracaoOptica.values), name="olt_integracao_conhecida"
            ),
            models.CheckConstraint(
                condition=~Q(integracao="snmp") | Q(ip__isnull=False),
                name="olt_snmp_diz_o_ip",
                violation_error_message="Por SNMP, diga o IP da OLT.",
            ),
        ]

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
