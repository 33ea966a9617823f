"""A única oferta a quem pede cancelamento: um desconto por alguns meses. Os números são de `Parametros`."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from contratos.dinheiro import em_reais, percentual
from contratos.dominio.leituras import competencias_a_faturar
from contratos.dominio.recusas import exigir
from contratos.enums import MotivoDoEventual, SituacaoDoContrato, TipoDeEventual, TipoDeFaturamento
from contratos.models import Contrato, Eventual, Parametros


@dataclass(frozen=True, slots=True)
class Oferta:
    """Quanto se desconta, e das faturas de que meses."""

    percentual: Decimal
    valor: Decimal
    competencias: tuple[date, ...]

    @property
    def total(self) -> Decimal:
        """O desconto ao todo."""
        return self.valor * len(self.competencias)

    @property
    def valor_em_reais(self) -> str:
        """O desconto de cada mês."""
        return f"{em_reais(self.valor)} de desconto"

    @property
    def em_palavras(self) -> str:
        """Como se diz ao cliente."""
        meses = len(self.competencias)
        percentual = f"{self.percentual.normalize():f}".replace(".", ",")
        prazo = "1 mês" if meses == 1 else f"{meses} meses"
        return f"{percentual} % de desconto ({em_reais(self.valor)}) por {prazo}"


def oferta_para(contrato: Contrato, hoje: date) -> Oferta | None:
    """A oferta que cabe a este contrato, ou `None` se não há o que descontar."""
    if (
        contrato.situacao != SituacaoDoContrato.NORMAL
        or contrato.tipo_de_faturamento == TipoDeFaturamento.NAO_PREVE
    ):
        return None
    parametros = Parametros.atuais()
    valor = percentual(contrato.valor, parametros.retencao_desconto_percentual)
    if not valor:
        return None
    meses = competencias_a_faturar(contrato, hoje, parametros.retencao_meses)
    return Oferta(parametros.retencao_desconto_percentual, valor, meses)


def aplicar(contrato: Contrato, hoje: date, *, por, protocolo: str) -> Oferta:
    """Lança o desconto em cada uma das próximas faturas. Levanta `NaoPode` se a oferta já não cabe."""
    oferta = oferta_para(contrato, hoje)
    exigir(None if oferta else "A oferta já não vale para este contrato.", campo="oferta")
    Eventual.objects.bulk_create(
        Eventual(
            contrato=contrato, tipo=TipoDeEventual.DESCONTO, motivo=MotivoDoEventual.RETENCAO,
            valor=oferta.valor, competencia=mes, descricao=f"Oferta de retenção, protocolo {protocolo}",
            usuario=por, protocolo=protocolo,
        )
        for mes in oferta.competencias
    )  # fmt: skip
    return oferta
