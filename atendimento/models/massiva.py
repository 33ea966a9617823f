"""A massiva: uma falha que atinge muitos clientes de uma vez, do ponto de acesso a uma caixa."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone


class Escopo(models.TextChoices):
    """O que a massiva atinge, do maior ao menor."""

    PONTO = "ponto", "Ponto de acesso"
    OLT = "olt", "OLT"
    SLOT = "slot", "Slot da OLT"
    PORTA = "porta", "Porta da OLT"
    SPLITTER = "splitter", "CTO ou splitter"
    CIDADE = "cidade", "Cidade"
    BAIRRO = "bairro", "Bairro"


class SituacaoDaMassiva(models.TextChoices):
    """Em que pé está."""

    SUGERIDA = "sugerida", "Sugerida"
    ABERTA = "aberta", "Aberta"
    ENCERRADA = "encerrada", "Encerrada"
    DESCARTADA = "descartada", "Descartada"


# Os campos que cada escopo preenche; os outros ficam vazios.
CAMPOS_DO_ESCOPO: dict[Escopo, tuple[str, ...]] = {
    Escopo.PONTO: ("ponto_de_acesso",),
    Escopo.OLT: ("olt",),
    Escopo.SLOT: ("olt", "slot"),
    Escopo.PORTA: ("olt", "slot", "porta"),
    Escopo.SPLITTER: ("splitter",),
    Escopo.CIDADE: ("cidade", "uf"),
    Escopo.BAIRRO: ("cidade", "uf", "bairro"),
}
DE_TEXTO = ("cidade", "uf", "bairro")
DO_ALVO = ("ponto_de_acesso", "olt", "slot", "porta", "splitter", *DE_TEXTO)
VIVAS = (SituacaoDaMassiva.SUGERIDA, SituacaoDaMassiva.ABERTA)


def _um_alvo() -> Q:
    """Cada escopo com os seus campos preenchidos e todos os outros vazios."""
    condicao = Q()
    for escopo, preenchidos in CAMPOS_DO_ESCOPO.items():
        deste = Q(escopo=escopo.value)
        for campo in DO_ALVO:
            vazio = Q(**{campo: ""}) if campo in DE_TEXTO else Q(**{f"{campo}__isnull": True})
            deste &= ~vazio if campo in preenchidos else vazio
        condicao |= deste
    return condicao


class MassivaQuerySet(models.QuerySet["Massiva"]):
    """Leituras de massivas."""

    def abertas(self):
        """As que valem agora."""
        return self.filter(situacao=SituacaoDaMassiva.ABERTA)

    def vivas(self):
        """As abertas e as que esperam decisão."""
        return self.filter(situacao__in=VIVAS)


class Massiva(models.Model):
    """Só o domínio escreve aqui. `evidencia` é o que o detector viu, numa sugestão."""

    titulo = models.CharField("título", max_length=120)
    escopo = models.CharField(max_length=8, choices=Escopo)
    ponto_de_acesso = models.ForeignKey(
        "contratos.PontoDeAcesso", models.PROTECT, null=True, blank=True, related_name="massivas"
    )
    olt = models.ForeignKey(
        "contratos.Olt", models.PROTECT, null=True, blank=True, related_name="massivas", verbose_name="OLT"
    )
    slot = models.PositiveSmallIntegerField(null=True, blank=True)
    porta = models.PositiveSmallIntegerField(null=True, blank=True)
    splitter = models.ForeignKey(
        "contratos.Splitter", models.PROTECT, null=True, blank=True, related_name="massivas"
    )
    cidade = models.CharField(max_length=80, blank=True)
    uf = models.CharField("UF", max_length=2, blank=True)
    bairro = models.CharField(max_length=80, blank=True)
    texto = models.TextField(
        "o que dizer ao cliente", max_length=1000, blank=True, help_text="Quem atende lê isto em voz alta."
    )
    inicio = models.DateTimeField("início", default=timezone.now)
    previsao = models.DateTimeField("previsão de volta", null=True, blank=True)
    fim = models.DateTimeField(null=True, blank=True)
    situacao = models.CharField(
        "situação", max_length=10, choices=SituacaoDaMassiva, default=SituacaoDaMassiva.ABERTA
    )
    evidencia = models.JSONField("evidência", default=dict, blank=True, editable=False)
    criada_em = models.DateTimeField("criada em", auto_now_add=True)
    criada_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="criada por",
    )  # fmt: skip
    decidida_por = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="confirmada, descartada ou encerrada por",
    )  # fmt: skip
    demo = models.BooleanField("dado fictício", default=False)

    objects = MassivaQuerySet.as_manager()

    class Meta:
        verbose_name = "massiva"
        verbose_name_plural = "massivas"
        ordering = ["-inicio", "-id"]
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="massiva_nao_se_apaga", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="massiva_fechada_nao_muda",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__situacao__in=["encerrada", "descartada"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=_um_alvo(), name="massiva_tem_um_alvo"),
            models.UniqueConstraint(
                "escopo",
                "ponto_de_acesso",
                "olt",
                "slot",
                "porta",
                "splitter",
                Lower("cidade"),
                "uf",
                Lower("bairro"),
                condition=Q(situacao__in=VIVAS),
                nulls_distinct=False,
                name="massiva_viva_unica_por_alvo",
            ),
            models.CheckConstraint(
                condition=Q(fim__isnull=True) | Q(fim__gt=F("inicio")), name="massiva_fim_depois_do_inicio"
            ),
            models.CheckConstraint(
                condition=Q(previsao__isnull=True) | Q(previsao__gt=F("inicio")),
                name="massiva_previsao_depois_do_inicio",
            ),
            models.CheckConstraint(
                condition=Q(situacao=SituacaoDaMassiva.ENCERRADA, fim__isnull=False)
                | (~Q(situacao=SituacaoDaMassiva.ENCERRADA) & Q(fim__isnull=True)),
                name="massiva_encerrada_tem_fim",
            ),
            models.CheckConstraint(
                condition=Q(situacao__in=SituacaoDaMassiva.values) & ~Q(titulo=""),
                name="massiva_valores_conhecidos",
            ),
        ]
        indexes = [
            models.Index(fields=["inicio"], condition=Q(situacao__in=VIVAS), name="massiva_viva"),
        ]

    def __str__(self):
        return self.titulo

    @property
    def onde(self) -> str:
        """O alvo, como se lê."""
        if self.escopo == Escopo.SPLITTER:
            return f"{self.splitter}"
        if self.escopo == Escopo.PONTO:
            return f"{self.ponto_de_acesso}"
        if self.escopo == Escopo.CIDADE:
            return f"{self.cidade}/{self.uf}"
        if self.escopo == Escopo.BAIRRO:
            return f"{self.bairro}, {self.cidade}/{self.uf}"
        partes = [f"{self.olt}"]
        if self.slot is not None:
            partes.append(f"slot {self.slot}")
        if self.porta is not None:
            partes.append(f"porta {self.porta}")
        return ", ".join(partes)
