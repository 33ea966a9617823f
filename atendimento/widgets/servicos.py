"""Aba *Serviços*: o que o contrato inclui."""

from atendimento.widgets.base import WIDGETS, Widget


@WIDGETS.registrar
class Servicos(Widget):
    """Código, descrição e valor de cada serviço, com o total por mês."""

    slug = "servicos"
    nome = "Serviços"
    alvo = "contrato"
    regiao = "aba"
    icone = "package"
    ordem = 30
    ajuda = "Os serviços do contrato: código, descrição, valor, quantidade, desconto, velocidade e vigência."

    def contexto(self) -> dict:
        """Os serviços, os vigentes antes, e a soma dos vigentes."""
        servicos = list(self.objeto.servicos.select_related("plano", "etiqueta").order_by("fim", "id"))
        vigentes = [s for s in servicos if s.fim is None]
        return {
            "servicos": vigentes + [s for s in servicos if s.fim],
            "total": sum(s.total for s in vigentes),
        }
