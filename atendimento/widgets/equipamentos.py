"""Cartão *Equipamentos*: o que está emprestado na etiqueta selecionada."""

from atendimento.widgets.base import WIDGETS, Widget
from contratos.identificadores import formatar_mac


@WIDGETS.registrar
class Equipamentos(Widget):
    """Equipamentos em comodato com o cliente, e desde quando."""

    slug = "equipamentos"
    nome = "Equipamentos em comodato"
    alvo = "etiqueta"
    icone = "hard-drive"
    ordem = 40
    ajuda = "Os equipamentos do provedor com o cliente nesta etiqueta: modelo, patrimônio, serial e data."

    def contexto(self) -> dict:
        """Os equipamentos ainda não devolvidos."""
        equipamentos = list(self.objeto.equipamentos.filter(devolvido_em__isnull=True))
        for equipamento in equipamentos:
            equipamento.mac_exibido = formatar_mac(equipamento.mac)
        return {"equipamentos": equipamentos}
