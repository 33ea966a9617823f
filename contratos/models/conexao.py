"""A conexão: o registro de autenticação de um serviço, com o caminho físico até ela."""

import pghistory
import pgtrigger
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.db.models import Q

from contratos import identificadores
from contratos.cifra import CampoCifrado
from contratos.enums import StatusDaConexao, TipoDeEquipamento, TipoDeIp
from contratos.gatilhos import provisiona_a_conexao


@pghistory.track(
    pghistory.UpdateEvent(),
    pghistory.DeleteEvent(),
    exclude=["senha", "senha_equipamento"],
    model_name="HistoricoDeConexao",
)
class Conexao(models.Model):
    """Login, endereço IP, equipamento e portas de uma etiqueta. Uma etiqueta tem zero ou várias."""

    etiqueta = models.ForeignKey("contratos.Etiqueta", models.PROTECT, related_name="conexoes")
    servico = models.ForeignKey(
        "contratos.ServicoContratado", models.PROTECT, null=True, blank=True, related_name="conexoes",
        verbose_name="serviço",
    )  # fmt: skip
    ativa = models.BooleanField(default=True)
    login = models.CharField(
        max_length=64,
        unique=True,
        validators=[RegexValidator(r"^[a-z0-9._@-]{3,64}$", "Use de 3 a 64 caracteres: a–z, 0–9 e . _ @ -")],
    )
    senha = CampoCifrado("senha", null=True, blank=True, editable=False)
    tipo_ip = models.CharField("tipo de IP", max_length=8, choices=TipoDeIp, default=TipoDeIp.POOL)
    ip = models.GenericIPAddressField("IP", null=True, blank=True)
    cgnat = models.BooleanField("CGNAT", default=False)
    mac = models.CharField("MAC", max_length=12, blank=True)
    tipo_equipamento = models.CharField(
        "tipo de equipamento", max_length=12, choices=TipoDeEquipamento, blank=True
    )
    concentrador = models.ForeignKey(
        "contratos.Concentrador", models.PROTECT, null=True, blank=True, related_name="conexoes"
    )
    ponto_de_acesso = models.ForeignKey(
        "contratos.PontoDeAcesso", models.PROTECT, null=True, blank=True, related_name="conexoes"
    )
    splitter = models.ForeignKey(
        "contratos.Splitter", models.PROTECT, null=True, blank=True, related_name="conexoes"
    )
    olt = models.ForeignKey(
        "contratos.Olt", models.PROTECT, null=True, blank=True, related_name="conexoes", verbose_name="OLT"
    )
    slot_olt = models.PositiveSmallIntegerField(
        "slot OLT", null=True, blank=True, validators=[MaxValueValidator(20)]
    )
    porta_olt = models.PositiveSmallIntegerField(
        "porta OLT", null=True, blank=True, validators=[MaxValueValidator(127)]
    )
    porta_splitter = models.PositiveSmallIntegerField("porta splitter", null=True, blank=True)
    condominio = models.ForeignKey(
        "contratos.Condominio", models.PROTECT, null=True, blank=True, related_name="conexoes",
        verbose_name="condomínio",
    )  # fmt: skip
    unidade = models.CharField("bloco e apartamento", max_length=40, blank=True)
    serial = models.CharField(max_length=32, blank=True)
    endereco = models.ForeignKey(
        "clientes.Endereco", models.PROTECT, null=True, blank=True, related_name="conexoes",
        verbose_name="endereço",
    )  # fmt: skip
    usuario_equipamento = models.CharField("usuário equipamento", max_length=64, blank=True)
    senha_equipamento = CampoCifrado("senha equipamento", null=True, blank=True, editable=False)
    status = models.PositiveSmallIntegerField(
        "status da conexão", choices=StatusDaConexao, default=StatusDaConexao.NORMAL
    )
    codigo_externo = models.CharField(
        "código no sistema de origem", max_length=60, null=True, blank=True, unique=True
    )

    class Meta:
        verbose_name = "conexão"
        verbose_name_plural = "conexões"
        ordering = ["-ativa", "id"]
        triggers: list[pgtrigger.Trigger] = [provisiona_a_conexao("conexao_provisiona")]
        constraints = [
            models.UniqueConstraint(
                "splitter", "porta_splitter",
                condition=Q(ativa=True, splitter__isnull=False, porta_splitter__isnull=False),
                name="conexao_porta_de_splitter_unica",
                violation_error_message="Esta porta do splitter já tem uma conexão ativa.",
            ),
            models.UniqueConstraint(
                "ip", condition=Q(tipo_ip=TipoDeIp.FIXO, ativa=True), name="conexao_ip_fixo_unico",
                violation_error_message="Este IP fixo já é de outra conexão ativa.",
            ),
            models.UniqueConstraint(
                "serial", condition=Q(ativa=True) & ~Q(serial=""), name="conexao_serial_unico",
                violation_error_message="Este serial já é de outra conexão ativa.",
            ),
            models.CheckConstraint(
                condition=Q(tipo_ip=TipoDeIp.FIXO, ip__isnull=False)
                | (~Q(tipo_ip=TipoDeIp.FIXO) & Q(ip__isnull=True)),
                name="conexao_ip_se_e_so_se_fixo",
                violation_error_message="Informe o IP quando o tipo é Fixo, e só então.",
            ),
            models.CheckConstraint(
                condition=Q(tipo_ip__in=TipoDeIp.values), name="conexao_tipo_ip_conhecido"
            ),
            models.CheckConstraint(
                condition=Q(login__regex=r"^[a-z0-9._@-]{3,64}$"), name="conexao_login_formato"
            ),
            models.CheckConstraint(condition=Q(mac__regex=r"^([0-9A-F]{12})?$"), name="conexao_mac_formato"),
            models.CheckConstraint(
                condition=~Q(serial__regex=r"[a-z[:space:]]"), name="conexao_serial_normalizado"
            ),
            models.CheckConstraint(
                condition=(Q(slot_olt__isnull=True) | Q(slot_olt__lte=20))
                & (Q(porta_olt__isnull=True) | Q(porta_olt__lte=127)),
                name="conexao_slot_e_porta",
            ),
            models.CheckConstraint(
                condition=Q(porta_splitter__isnull=True) | Q(splitter__isnull=False, porta_splitter__gte=1),
                name="conexao_porta_pede_splitter",
                violation_error_message="A porta do splitter pede um splitter.",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index("mac", condition=~Q(mac=""), name="conexao_mac"),
            models.Index("ip", condition=Q(ip__isnull=False), name="conexao_ip"),
            models.Index("serial", condition=~Q(serial=""), name="conexao_serial"),
        ]

    def __str__(self):
        return self.login

    @property
    def slot_olt_exibido(self) -> int | None:
        """O slot do splitter quando a conexão tem um splitter; senão o da própria conexão."""
        return self.splitter.slot if self.splitter_id else self.slot_olt

    @property
    def mac_formatado(self) -> str:
        """O MAC com dois-pontos, como se lê."""
        return identificadores.formatar_mac(self.mac)

    def clean(self):
        """Normaliza MAC, serial e login. Levanta `ValidationError` no campo."""
        self.login = self.login.strip().lower()
        for campo, normalizar in (
            ("mac", identificadores.normalizar_mac),
            ("serial", identificadores.normalizar_serial),
        ):
            valor = getattr(self, campo)
            if not valor:
                continue
            try:
                setattr(self, campo, normalizar(valor))
            except identificadores.IdentificadorInvalido as erro:
                raise ValidationError({campo: str(erro)}) from erro
        if self.splitter_id and self.porta_splitter and self.porta_splitter > self.splitter.razao:
            raise ValidationError({"porta_splitter": f"Este splitter vai até a porta {self.splitter.razao}."})
