"""Cartão *Base de conhecimento*: o que se sabe do problema que o cliente tem agora."""

from atendimento.models import Artigo, Solicitacao
from atendimento.models.artigo import Uso
from atendimento.widgets.base import WIDGETS, Widget

QUANTOS = 6


def tipos_abertos(usuario, cliente):
    """Os tipos das solicitações abertas do cliente, para filtrar num comando só."""
    abertas = Solicitacao.objects.visiveis_para(usuario).filter(cliente=cliente).abertas()
    return abertas.order_by().values("tipo")


@WIDGETS.registrar
class BaseDeConhecimento(Widget):
    """Os artigos dos problemas abertos, e depois os gerais."""

    slug = "base"
    nome = "Base de conhecimento"
    alvo = "cliente"
    icone = "book-open"
    ordem = 60
    ajuda = (
        "Artigos sobre o tipo das solicitações abertas do cliente, e os que valem para qualquer problema. "
        "Quem administra os escreve em Parâmetros, Artigos e roteiros."
    )

    def contexto(self) -> dict:
        """Os do problema antes dos gerais."""
        tipos = tipos_abertos(self.request.user, self.objeto)
        artigos = Artigo.objects.para(Uso.ARTIGO, tipos).select_related("tipo")
        return {"artigos": list(artigos.order_by("tipo__nome", "ordem", "titulo")[:QUANTOS])}
