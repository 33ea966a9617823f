"""Os números da lei e da casa que regem a cobrança, o bloqueio, a suspensão e o cancelamento.

São uma linha só. Cada um nasce no valor legal e diz a norma em seu texto de ajuda; o provedor pode ser mais
generoso do que a lei, nunca menos: o validador é o piso ou o teto da norma.
"""

from decimal import Decimal

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

RGC = "RGC (Resolução Anatel 765/2023)"
SAC = "Decreto 11.034/2022 (SAC)"
CDC = "Lei 8.078/1990 (CDC)"


def _inteiro(rotulo: str, padrao: int, minimo: int, maximo: int, ajuda: str):
    return models.PositiveSmallIntegerField(
        rotulo,
        default=padrao,
        validators=[MinValueValidator(minimo), MaxValueValidator(maximo)],
        help_text=ajuda,
    )


def _percentual(rotulo: str, padrao: str, maximo: str, ajuda: str):
    return models.DecimalField(
        rotulo,
        max_digits=5,
        decimal_places=2,
        default=Decimal(padrao),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(maximo))],
        help_text=ajuda,
    )


@pghistory.track(pghistory.UpdateEvent(), model_name="HistoricoDeParametros")
class Parametros(models.Model):
    """A única linha de parâmetros; `Parametros.atuais()` a lê, e a cria com os valores legais se falta."""

    UNICO = 1

    # Relógio do débito
    dias_ate_notificar = _inteiro(
        "dias do vencimento ao aviso", 3, 1, 60,
        "Quantos dias depois do vencimento o trabalhador avisa o débito. Regra da casa.",
    )  # fmt: skip
    dias_do_aviso_a_suspensao = _inteiro(
        "dias do aviso à suspensão", 15, 15, 180,
        f"Contam da entrega do aviso, e não do vencimento; no mínimo 15. {RGC}.",
    )  # fmt: skip
    dias_da_suspensao_a_rescisao = _inteiro(
        "dias da suspensão à rescisão", 60, 60, 365,
        f"Contam do Bloqueio Financeiro; no mínimo 60. {RGC}.",
    )  # fmt: skip
    horas_para_religar = _inteiro(
        "horas para religar depois do pagamento", 24, 1, 24,
        f"Prazo para o serviço voltar, contado de quando se sabe do pagamento; no máximo 24. {RGC}.",
    )  # fmt: skip
    cobra_durante_suspensao = models.BooleanField(
        "cobra durante a suspensão",
        default=False,
        help_text=f"A mensalidade corre enquanto o serviço está suspenso por débito. {RGC}; o padrão é não.",
    )

    # Encargos
    multa_percentual = _percentual(
        "multa por atraso (%)", "2.00", "2", f"Sobre o valor da fatura; no máximo 2 %. {CDC}, art. 52."
    )  # fmt: skip
    juros_percentual_ao_mes = _percentual(
        "juros de mora (% ao mês)", "1.00", "1",
        "Simples, por dia de atraso (mês de 30 dias); no máximo 1 %. Código Civil, art. 406; CTN, art. 161.",
    )  # fmt: skip

    # Suspensão a pedido
    suspensao_minima_dias = _inteiro(
        "suspensão a pedido: mínimo de dias", 30, 1, 30, f"O cliente pode pedir a partir de 30 dias. {RGC}."
    )  # fmt: skip
    suspensao_maxima_dias = _inteiro(
        "suspensão a pedido: máximo de dias", 120, 120, 730, f"O cliente pode pedir até 120 dias. {RGC}."
    )  # fmt: skip
    suspensao_intervalo_meses = _inteiro(
        "suspensão a pedido: uma vez a cada (meses)", 12, 1, 12, f"Direito a uma a cada 12 meses. {RGC}."
    )  # fmt: skip
    suspensao_horas_para_atender = _inteiro(
        "suspensão a pedido: horas para atender", 24, 1, 24, f"Suspender e religar em até 24 horas. {RGC}."
    )  # fmt: skip

    # Fidelidade, cancelamento e retenção
    fidelidade_maxima_meses = _inteiro(
        "fidelidade máxima (meses)", 12, 1, 12,
        f"Prazo de permanência do consumidor; no máximo 12. A multa é proporcional ao que falta. {RGC}.",
    )  # fmt: skip
    retencao_desconto_percentual = _percentual(
        "retenção: desconto oferecido (%)", "10.00", "100",
        "Da mensalidade, na única oferta a quem pede cancelamento; um clique a recusa. Regra da casa.",
    )  # fmt: skip
    retencao_meses = _inteiro(
        "retenção: meses de desconto", 3, 1, 12, "Por quantos meses vale a oferta. Regra da casa."
    )  # fmt: skip
    reativacao_dias = _inteiro(
        "reativação: até quantos dias depois do cancelamento", 30, 0, 365,
        "Passado o prazo, contrata-se de novo. Regra da casa.",
    )  # fmt: skip

    # Desbloqueio em confiança e informe de pagamento
    confianca_atraso_maximo_dias = _inteiro(
        "confiança: atraso máximo (dias)", 90, 1, 365,
        "Com fatura vencida há mais tempo não há desbloqueio em confiança. Regra da casa.",
    )  # fmt: skip
    confianca_periodo_dias = _inteiro(
        "confiança: período dos limites (dias)", 30, 1, 365,
        "As vezes que o perfil concede contam-se dentro deste período. Regra da casa.",
    )  # fmt: skip
    informe_horas = _inteiro(
        "informe de pagamento: horas de espera", 48, 1, 240,
        "Por quanto tempo um pagamento informado segura o bloqueio, até a baixa. Regra da casa.",
    )  # fmt: skip

    # Vencimento, contestação, ressarcimento
    vencimento_alteracoes_por_ano = _inteiro(
        "alterações de vencimento por ano", 2, 1, 12, "Em doze meses, por contrato. Regra da casa."
    )  # fmt: skip
    vencimento_com_debito = models.BooleanField(
        "altera vencimento com fatura vencida",
        default=False,
        help_text="Se quem tem fatura vencida pode mudar o dia. Regra da casa.",
    )
    contestacao_dias = _inteiro(
        "dias para responder uma contestação", 7, 1, 7,
        f"Dias corridos; enquanto não se responde, o débito contestado não suspende. {SAC}, art. 13; {RGC}.",
    )  # fmt: skip
    ressarcimento_minutos = _inteiro(
        "ressarcimento: minutos mínimos sem serviço", 30, 0, 1440,
        f"Indisponibilidade menor não gera crédito automático. {RGC}.",
    )  # fmt: skip

    class Meta:
        verbose_name = "parâmetros da lei e da cobrança"
        verbose_name_plural = "parâmetros da lei e da cobrança"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="parametros_linha_unica"),
            models.CheckConstraint(
                condition=Q(dias_do_aviso_a_suspensao__gte=15, dias_da_suspensao_a_rescisao__gte=60),
                name="parametros_relogio_legal",
            ),
            models.CheckConstraint(
                condition=Q(multa_percentual__range=(0, 2), juros_percentual_ao_mes__range=(0, 1)),
                name="parametros_encargos_legais",
            ),
            models.CheckConstraint(
                condition=Q(suspensao_minima_dias__lte=F("suspensao_maxima_dias")),
                name="parametros_suspensao_em_ordem",
            ),
        ]

    def __str__(self):
        return "Parâmetros da lei e da cobrança"

    def save(self, **kwargs):
        """Grava na única linha."""
        self.pk = self.UNICO
        super().save(**kwargs)

    @classmethod
    def atuais(cls) -> "Parametros":
        """Os que valem agora."""
        return cls.objects.filter(pk=cls.UNICO).first() or cls.objects.get_or_create(pk=cls.UNICO)[0]
