"""As partes de um cartão que são as mesmas em toda página, desenhadas uma vez por processo.

Um painel tem vinte cartões, e o título de cada um custava mais que todo o resto do cartão. Quem edita estes
dois templates só vê a mudança ao reiniciar o servidor.
"""

from functools import cache

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from atendimento.widgets.base import Widget


@cache
def cabecalho(widget: type[Widget], recolhido: bool) -> SafeString:
    """O ícone, o título, que leva à ajuda, e o botão que o recolhe; `recolhido` como começa."""
    return render_to_string(
        "componentes/_cabecalho_do_cartao.html", {"widget": widget, "recolhido": recolhido}
    )


@cache
def esqueleto(widget: type[Widget]) -> SafeString:
    """O lugar do que ainda chega."""
    return render_to_string("componentes/_carregando.html", {"oque": widget.nome})
