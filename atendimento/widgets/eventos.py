"""Aba *Eventos*: o que aconteceu com o contrato."""

from atendimento.paginas import fatiar
from atendimento.widgets.base import WIDGETS, Widget
from contratos.models import EventoDeContrato

POR_PAGINA = 20


@WIDGETS.registrar
class Eventos(Widget):
    """Data, descrição e tipo de cada evento, do mais novo ao mais antigo."""

    slug = "eventos"
    nome = "Eventos"
    alvo = "contrato"
    regiao = "aba"
    icone = "history"
    ordem = 20
    ajuda = (
        "Os eventos do contrato, do mais novo ao mais antigo: data, descrição, tipo, quem fez e protocolo."
    )

    def contexto(self) -> dict:
        """Uma página de eventos."""
        eventos = (
            EventoDeContrato.objects.filter(contrato=self.objeto)
            .order_by("-ocorrido_em", "-id")
            .values(
                "id", "ocorrido_em", "descricao", "tipo__nome", "protocolo", "usuario__first_name",
                "usuario__last_name", "usuario__username",
            )
        )  # fmt: skip
        linhas, proxima = fatiar(eventos, self.cursor, "ocorrido_em", POR_PAGINA)
        return {"eventos": linhas, "proxima": proxima, "contrato": self.objeto}
