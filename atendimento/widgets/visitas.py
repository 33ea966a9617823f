"""Cartão *Visitas*: a que está marcada na etiqueta selecionada e as últimas."""

from django.utils import timezone

from atendimento.models import Visita
from atendimento.widgets.base import WIDGETS, Widget

QUANTAS = 4


@WIDGETS.registrar
class Visitas(Widget):
    """Quando a equipe vai, quem vai, e o que deu das últimas vezes."""

    slug = "visitas"
    nome = "Visitas"
    alvo = "etiqueta"
    icone = "calendar-clock"
    ordem = 45
    ajuda = (
        "A visita marcada nesta etiqueta, com a janela de horário, a equipe e o técnico, e o resultado das "
        "últimas. Para marcar, mudar ou cancelar, use as ações do grupo Técnico."
    )

    def contexto(self) -> dict:
        """As mais recentes, a marcada antes."""
        visitas = (
            Visita.objects.filter(etiqueta=self.objeto)
            .select_related("turno__equipe", "tecnico", "solicitacao")
            .order_by("-janela", "-id")[:QUANTAS]
        )
        for visita in visitas:
            visita.de = timezone.localtime(visita.janela.lower)
            visita.ate = timezone.localtime(visita.janela.upper)
        return {"visitas": visitas}
