"""Cartão *Plano e fidelidade*: o que o cliente tem, por quanto, e quanto custaria sair hoje."""

from django.db.models import Subquery
from django.utils import timezone

from atendimento.widgets.base import WIDGETS, Widget
from clientes.enums import TipoDePessoa
from contratos.dominio.cancelamento import fidelidade_com_teto
from contratos.enums import SituacaoDoContrato
from contratos.models import Parametros

TETO_LEGAL = Parametros._meta.get_field("fidelidade_maxima_meses").default


@WIDGETS.registrar
class Plano(Widget):
    """Os serviços vigentes, a mensalidade e a fidelidade, com a multa de hoje."""

    slug = "plano"
    nome = "Plano e fidelidade"
    alvo = "contrato"
    icone = "package"
    ordem = 32
    ajuda = (
        "Os serviços vigentes, com velocidade e valor, a mensalidade, e a fidelidade: quando acaba e quanto "
        "seria a multa hoje, com a conta. Passada a fidelidade, não há multa."
    )

    @classmethod
    def enriquecer(cls, consulta):
        """O teto da fidelidade do consumidor, que é um parâmetro."""
        teto = Parametros.objects.filter(pk=Parametros.UNICO).values("fidelidade_maxima_meses")
        return consulta.annotate(teto_da_fidelidade=Subquery(teto))

    def contexto(self) -> dict:
        """Os serviços de hoje e a fidelidade do contrato."""
        contrato, hoje = self.objeto, timezone.localdate()
        servicos = list(
            contrato.servicos.filter(fim=None).select_related("plano").order_by("plano__tipo", "id")
        )
        consumidor = contrato.cliente.tipo != TipoDePessoa.JURIDICA
        teto = (contrato.teto_da_fidelidade or TETO_LEGAL) if consumidor else contrato.fidelidade_meses
        fidelidade = fidelidade_com_teto(contrato, hoje, teto)
        return {
            "servicos": servicos,
            "total": sum(servico.total for servico in servicos),
            "fim": fidelidade.fim,
            "dias": fidelidade.dias_restantes(hoje),
            "multa": fidelidade.multa(hoje),
            "formula": fidelidade.formula(hoje),
            "atalhos": self.atalhos("mudar_plano", "alterar_servicos")
            if contrato.situacao == SituacaoDoContrato.NORMAL
            else [],
        }
