"""Cartão *Contatos*: por onde falar com o cliente e o que já foi confirmado."""

from atendimento import mascaras
from atendimento.widgets.base import WIDGETS, Widget
from perfis.capacidades import Capacidade


@WIDGETS.registrar
class Contatos(Widget):
    """Telefones e e-mails, mascarados conforme o perfil."""

    slug = "contatos"
    nome = "Contatos"
    alvo = "cliente"
    icone = "phone"
    ordem = 20
    ajuda = "Telefones e e-mails do cliente e quando cada um foi confirmado. Revelar fica registrado."

    def contexto(self) -> dict:
        """Os contatos, já mascarados, e se o perfil pode revelar."""
        contatos = self.objeto.contatos.order_by("-principal", "tipo", "id").values(
            "id", "tipo", "valor", "descricao", "principal", "whatsapp", "confirmado_em"
        )
        linhas = []
        for contato in contatos:
            inteiro = self.permissoes.tem(mascaras.VER_CONTATO[contato["tipo"]])
            exibido = mascaras.contato(contato["tipo"], contato.pop("valor"), self.permissoes)
            linhas.append(contato | {"exibido": exibido, "mascarado": not inteiro})
        return {"contatos": linhas, "revela": self.permissoes.tem(Capacidade.REVELAR_DADOS)}
