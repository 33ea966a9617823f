"""Cartão *Últimas solicitações*: o que o cliente já pediu, e se pede o mesmo outra vez."""

from datetime import timedelta

from django.utils import timezone

from atendimento.models import Solicitacao
from atendimento.situacoes import Situacao
from atendimento.widgets.base import WIDGETS, Widget

QUANTAS = 6
LIDAS = 60
PERIODO_DIAS = 30


@WIDGETS.registrar
class Ultimas(Widget):
    """As últimas, com a solução de cada uma e a recorrência: “3ª em 30 dias”."""

    slug = "ultimas"
    nome = "Últimas solicitações"
    alvo = "cliente"
    icone = "repeat"
    ordem = 24
    ajuda = (
        "As últimas solicitações do cliente, da mais nova à mais antiga, com tipo, situação e solução. "
        "Quando o mesmo tipo se repete na mesma etiqueta em 30 dias, diz qual delas é: a terceira pede outra "
        "atitude."
    )

    def contexto(self) -> dict:
        """As que se mostram, cada uma com a sua vez no período."""
        lidas = list(
            Solicitacao.objects.visiveis_para(self.request.user)
            .filter(cliente=self.objeto)
            .order_by("-aberta_em", "-id")
            .values(
                "protocolo", "situacao", "aberta_em", "tipo_id", "tipo__nome", "etiqueta_id", "solucao__nome",
            )[:LIDAS]
        )  # fmt: skip
        for linha in lidas[:QUANTAS]:
            linha["vez"] = _vez(linha, lidas)
            linha["situacao_texto"] = Situacao(linha["situacao"]).label
        desde = timezone.now() - timedelta(days=PERIODO_DIAS)
        return {
            "linhas": lidas[:QUANTAS],
            "no_periodo": sum(linha["aberta_em"] > desde for linha in lidas),
            "periodo": PERIODO_DIAS,
            "cliente": self.objeto,
        }


def _vez(linha: dict, todas: list[dict]) -> int:
    """A quantas o mesmo problema, na mesma etiqueta, chegou nos dias antes desta; sem tipo, uma."""
    if linha["tipo_id"] is None:
        return 1
    desde = linha["aberta_em"] - timedelta(days=PERIODO_DIAS)
    return sum(
        desde < outra["aberta_em"] <= linha["aberta_em"]
        for outra in todas
        if (outra["tipo_id"], outra["etiqueta_id"]) == (linha["tipo_id"], linha["etiqueta_id"])
    )
