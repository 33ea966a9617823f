"""Cartão *Solicitações abertas*: quem está com cada uma e quanto falta do prazo."""

from django.utils import timezone

from atendimento import barra, mostradores
from atendimento.disponiveis import continuacao
from atendimento.widgets.base import WIDGETS, Widget


@WIDGETS.registrar
class Abertas(Widget):
    """As abertas do cliente, com dono, prazo e a ação que as continua."""

    slug = "abertas"
    nome = "Solicitações abertas"
    alvo = "cliente"
    icone = "folder-open"
    ordem = 22
    ajuda = (
        "As solicitações abertas do cliente: situação, equipe, quem está com ela e quanto falta do prazo de "
        "atendimento. O botão continua a que é sua ou a que ninguém assumiu."
    )

    def contexto(self) -> dict:
        """Uma linha por solicitação."""
        usuario, agora = self.request.user, timezone.now()
        return {
            "linhas": [
                {"solicitacao": s, "prazo": mostradores.dos_prazos(s, agora)[0]} | continuacao(usuario, s)
                for s in barra.abertas_do_cliente(usuario, self.objeto.pk)
            ]
        }
