"""Cartão *Observações e alertas*: o que saber antes de falar."""

from django.utils import timezone

from atendimento.widgets.base import WIDGETS, Widget


@WIDGETS.registrar
class Alertas(Widget):
    """Alertas vigentes e a observação administrativa do cliente."""

    slug = "alertas"
    nome = "Observações e alertas"
    alvo = "cliente"
    icone = "triangle-alert"
    ordem = 10
    ajuda = "Alertas em vigor e a observação administrativa do cadastro."

    def contexto(self) -> dict:
        """Os alertas em vigor agora."""
        return {
            "alertas": list(self.objeto.alertas.vigentes(timezone.now())),
            "observacao": self.objeto.observacao,
        }
