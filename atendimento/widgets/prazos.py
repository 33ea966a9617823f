"""Cartão *Prazos*: o de atendimento e o regulatório de cada solicitação aberta."""

from django.utils import timezone

from atendimento import mostradores
from atendimento.models import Solicitacao
from atendimento.widgets.base import WIDGETS, Widget

QUANTAS = 8


@WIDGETS.registrar
class Prazos(Widget):
    """SLA, que uma pausa pode congelar, e prazo regulatório, que nunca para."""

    slug = "prazos"
    nome = "Prazos"
    alvo = "cliente"
    icone = "timer"
    ordem = 26
    ajuda = (
        "O prazo de atendimento (SLA), que corre no calendário da equipe e para nas pausas que o congelam, e "
        "o prazo regulatório, em dias corridos, que nunca para: um par por solicitação aberta do cliente."
    )

    def contexto(self) -> dict:
        """As abertas, a que vence antes primeiro."""
        agora = timezone.now()
        abertas = (
            Solicitacao.objects.visiveis_para(self.request.user)
            .filter(cliente=self.objeto)
            .abertas()
            .select_related("tipo")
            .order_by("prazo_em", "id")[:QUANTAS]
        )
        return {"linhas": [(s, mostradores.dos_prazos(s, agora)) for s in abertas]}
