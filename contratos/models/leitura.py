"""O que se leu da rede, e quando: o trabalhador escreve, as telas mostram com a idade.

Nenhuma página fala com um equipamento. De cada conexão há uma leitura da sessão e uma do sinal, a última;
a história está nas sessões (`SessaoDeConexao`) e no consumo por dia.
"""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from contratos import identificadores
from contratos.enums_de_rede import CAUSAS_DE_PROPOSITO, EstadoDaOnu


class Leitura(models.Model):
    """A última leitura que deu certo e, depois dela, a última falha.

    `pedida_em` é quando alguém pediu outra, que ainda não veio. `simulada` diz que é de um simulador.
    """

    lida_em = models.DateTimeField("lida em", null=True, blank=True)
    falha = models.CharField(max_length=300, blank=True)
    falhou_em = models.DateTimeField("falhou em", null=True, blank=True)
    pedida_em = models.DateTimeField("pedida em", null=True, blank=True)
    simulada = models.BooleanField(default=False)

    class Meta:
        abstract = True

    @property
    def idade(self) -> int | None:
        """Há quantos segundos se leu, ou `None` se nunca."""
        return None if self.lida_em is None else max(0, int((timezone.now() - self.lida_em).total_seconds()))


class LeituraDeSessao(Leitura):
    """Se a conexão está no ar, desde quando e como. `online` nulo é não saber."""

    conexao = models.OneToOneField(
        "contratos.Conexao", models.CASCADE, related_name="leitura_de_sessao", primary_key=True
    )
    online = models.BooleanField(null=True, blank=True)
    desde = models.DateTimeField(null=True, blank=True)
    ip = models.GenericIPAddressField("IP", null=True, blank=True)
    mac = models.CharField("MAC visto", max_length=12, blank=True)
    id_da_sessao = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = "leitura de sessão"
        verbose_name_plural = "leituras de sessão"
        constraints = [
            models.CheckConstraint(
                condition=Q(online__isnull=True) | Q(lida_em__isnull=False), name="leitura_de_sessao_tem_hora"
            ),
            models.CheckConstraint(
                condition=Q(mac__regex=r"^([0-9A-F]{12})?$"), name="leitura_de_sessao_mac_formato"
            ),
        ]

    def __str__(self):
        return f"{self.conexao_id}: {'online' if self.online else 'offline'}"

    @property
    def mac_formatado(self) -> str:
        """O MAC visto, com dois-pontos."""
        return identificadores.formatar_mac(self.mac)


class LeituraOptica(Leitura):
    """A potência que chega à ONU e dela sai, em dBm; a distância, em metros; e o estado visto pela OLT."""

    conexao = models.OneToOneField(
        "contratos.Conexao", models.CASCADE, related_name="leitura_optica", primary_key=True
    )
    estado = models.CharField(max_length=12, choices=EstadoDaOnu, blank=True)
    rx_dbm = models.DecimalField("RX (dBm)", max_digits=5, decimal_places=2, null=True, blank=True)
    tx_dbm = models.DecimalField("TX (dBm)", max_digits=5, decimal_places=2, null=True, blank=True)
    rx_na_olt_dbm = models.DecimalField(
        "RX na OLT (dBm)", max_digits=5, decimal_places=2, null=True, blank=True
    )
    distancia_m = models.PositiveIntegerField("distância (m)", null=True, blank=True)
    ultima_queda_em = models.DateTimeField("última queda em", null=True, blank=True)
    causa_da_queda = models.CharField("causa da queda", max_length=60, blank=True)

    class Meta:
        verbose_name = "leitura óptica"
        verbose_name_plural = "leituras ópticas"
        constraints = [
            models.CheckConstraint(
                condition=Q(estado__in=["", *EstadoDaOnu.values]), name="leitura_optica_estado_conhecido"
            ),
            models.CheckConstraint(
                condition=(Q(rx_dbm__isnull=True) | Q(rx_dbm__range=(-60, 20)))
                & (Q(tx_dbm__isnull=True) | Q(tx_dbm__range=(-60, 20)))
                & (Q(rx_na_olt_dbm__isnull=True) | Q(rx_na_olt_dbm__range=(-60, 20))),
                name="leitura_optica_potencia_possivel",
            ),
        ]

    def __str__(self):
        return f"{self.conexao_id}: {self.rx_dbm} dBm"


class SessaoQuerySet(models.QuerySet["SessaoDeConexao"]):
    """Leituras de sessões que se encadeiam."""

    def no_ar(self):
        """As que não acabaram."""
        return self.filter(terminada_em__isnull=True)

    def quedas(self, desde: datetime | None = None):
        """As que acabaram sem que ninguém quisesse, da mais recente à mais velha."""
        quedas = self.filter(terminada_em__isnull=False).exclude(causa__in=CAUSAS_DE_PROPOSITO)
        return (quedas.filter(terminada_em__gte=desde) if desde else quedas).order_by("-terminada_em", "-id")


class SessaoDeConexao(models.Model):
    """Uma sessão como o RADIUS a contou (RFC 2866); uma queda é uma sessão que acabou (`quedas`).

    Guardam-se as dos últimos meses, para o suporte; o registro de um ano da lei é o do RADIUS
    (Marco Civil, art. 13).
    """

    conexao = models.ForeignKey(
        "contratos.Conexao", models.CASCADE, related_name="sessoes", db_index=False, verbose_name="conexão"
    )
    id_externo = models.CharField("identificador no RADIUS", max_length=64)
    iniciada_em = models.DateTimeField("iniciada em")
    terminada_em = models.DateTimeField("terminada em", null=True, blank=True)
    causa = models.CharField(max_length=40, blank=True)
    ip = models.GenericIPAddressField("IP", null=True, blank=True)
    mac = models.CharField("MAC", max_length=12, blank=True)
    baixados = models.PositiveBigIntegerField("bytes baixados", default=0)
    enviados = models.PositiveBigIntegerField("bytes enviados", default=0)

    objects = SessaoQuerySet.as_manager()

    class Meta:
        verbose_name = "sessão"
        verbose_name_plural = "sessões"
        ordering = ["-iniciada_em", "-id"]
        constraints = [
            models.UniqueConstraint("conexao", "id_externo", name="sessao_unica"),
            models.CheckConstraint(
                condition=Q(terminada_em__isnull=True) | Q(terminada_em__gte=F("iniciada_em")),
                name="sessao_em_ordem",
            ),
        ]
        indexes = [
            models.Index(fields=["conexao", "-iniciada_em"], name="sessao_da_conexao"),
            models.Index(
                fields=["terminada_em"], condition=Q(terminada_em__isnull=False), name="sessao_queda"
            ),
        ]

    def __str__(self):
        return f"{self.conexao_id} · {self.id_externo}"


class ConsumoDiario(models.Model):
    """Quanto passou por dia, somado a cada leitura do que cresceu desde a anterior, no fuso da instalação."""

    conexao = models.ForeignKey(
        "contratos.Conexao", models.CASCADE, related_name="consumo", db_index=False, verbose_name="conexão"
    )
    dia = models.DateField()
    baixados = models.PositiveBigIntegerField("bytes baixados", default=0)
    enviados = models.PositiveBigIntegerField("bytes enviados", default=0)

    class Meta:
        verbose_name = "consumo diário"
        verbose_name_plural = "consumo diário"
        ordering = ["-dia"]
        constraints = [models.UniqueConstraint("conexao", "dia", name="consumo_do_dia_unico")]

    def __str__(self):
        return f"{self.conexao_id} · {self.dia}"
