"""Cartão *Faturas*: as do contrato selecionado, das mais novas às mais antigas."""

from django.db.models import Count, DecimalField, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from atendimento.paginas import fatiar
from atendimento.widgets.base import WIDGETS, Widget
from contratos.enums import SituacaoDaFatura
from contratos.models import Fatura

POR_PAGINA = 6


@WIDGETS.registrar
class Faturas(Widget):
    """Vencimento, valor e situação; o total em aberto e os dias do maior atraso."""

    slug = "faturas"
    nome = "Faturas"
    alvo = "contrato"
    icone = "receipt"
    ordem = 30
    ajuda = (
        "As faturas do contrato: vencimento, valor, situação e dias de atraso. Soma as que estão em aberto."
    )

    def contexto(self) -> dict:
        """Uma página de faturas e, na primeira, o resumo das abertas."""
        faturas = Fatura.objects.filter(contrato=self.objeto).order_by("-vencimento", "-id")
        linhas, proxima = fatiar(
            faturas.values("id", "numero", "vencimento", "valor", "situacao", "contestada"),
            self.cursor, "vencimento", POR_PAGINA,
        )  # fmt: skip
        hoje = timezone.localdate()
        for linha in linhas:
            atraso = (hoje - linha["vencimento"]).days
            linha["atraso"] = atraso if linha["situacao"] == SituacaoDaFatura.ABERTA and atraso > 0 else 0
            linha["situacao_texto"] = (
                "Vencida" if linha["atraso"] else SituacaoDaFatura(linha["situacao"]).label
            )
        return {"faturas": linhas, "proxima": proxima, "contrato": self.objeto} | self._resumo(faturas, hoje)

    def _resumo(self, faturas, hoje) -> dict:
        if self.cursor:
            return {}
        return (
            faturas.order_by()
            .filter(situacao=SituacaoDaFatura.ABERTA)
            .aggregate(
                total=Coalesce(Sum("valor"), Value(0), output_field=DecimalField()),
                abertas=Count("id"),
                vencidas=Count("id", filter=Q(vencimento__lt=hoje)),
            )
        )
