"""Cartão *Eventos recentes*: os últimos fatos do contrato, sem abrir a aba."""

from atendimento.widgets.base import WIDGETS, Widget
from contratos.models import EventoDeContrato

QUANTOS = 5


@WIDGETS.registrar
class EventosRecentes(Widget):
    """Os últimos eventos; a aba *Eventos* tem todos."""

    slug = "eventos_recentes"
    nome = "Eventos recentes"
    alvo = "contrato"
    icone = "history"
    ordem = 50
    ajuda = "Os últimos eventos do contrato, do mais novo ao mais antigo. A aba Eventos tem todos."

    def contexto(self) -> dict:
        """Os últimos."""
        eventos = (
            EventoDeContrato.objects.filter(contrato=self.objeto)
            .order_by("-ocorrido_em", "-id")
            .values("ocorrido_em", "descricao", "tipo__nome", "protocolo")[:QUANTOS]
        )
        return {"eventos": list(eventos)}
