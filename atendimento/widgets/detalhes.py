"""Aba *Detalhes*: os dados do contrato."""

from calendar import monthrange
from datetime import date

from django.utils import timezone

from atendimento.widgets.base import WIDGETS, Widget


@WIDGETS.registrar
class Detalhes(Widget):
    """Faturamento, situação, vigência, valor, cobrança, endereço e o resto do contrato."""

    slug = "detalhes"
    nome = "Detalhes"
    alvo = "contrato"
    regiao = "aba"
    icone = "file-text"
    ordem = 10
    ajuda = (
        "Os dados do contrato: tipo de faturamento, situação, vigência, valor, tipo de cobrança,"
        " endereço, vencimento, fidelidade e datas de ativação e de cancelamento."
    )

    def contexto(self) -> dict:
        """O contrato e o fim de sua fidelidade."""
        contrato = self.objeto
        return {
            "contrato": contrato,
            "fidelidade_fim": fim_da_fidelidade(contrato),
            "hoje": timezone.localdate(),
        }


def fim_da_fidelidade(contrato) -> date | None:
    """O dia em que a fidelidade acaba, ou `None` para um contrato sem ela."""
    if not contrato.fidelidade_meses:
        return None
    inicio = contrato.fidelidade_inicio
    meses = inicio.month - 1 + contrato.fidelidade_meses
    ano, mes = inicio.year + meses // 12, meses % 12 + 1
    return date(ano, mes, min(inicio.day, monthrange(ano, mes)[1]))
