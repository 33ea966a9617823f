"""As fichas da demonstração: o que delas depende do dia em que se criam."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from atendimento.demonstracao.fichas import Fichas
from contratos.enums import SituacaoDaFatura
from contratos.models import Contrato, Fatura


@pytest.mark.django_db
@pytest.mark.parametrize("hoje", ["2026-11-01", "2026-11-10", "2026-11-11", "2026-11-29", "2026-12-31"])
@pytest.mark.parametrize("dia", [5, 10, 25])
def test_quem_esta_em_dia_tem_sempre_uma_fatura_por_vencer_e_as_outras_pagas(hoje, dia):
    contrato = Contrato(dia_vencimento=dia, vigencia_inicio=date(2020, 1, 1), valor=Decimal("99.90"))
    with time_machine.travel(f"{hoje}T15:00:00Z", tick=False):
        fichas = Fichas(rede=None, empresas={}, planos={})
        fichas.faturas_em_dia(contrato, quantas=4)
    faturas = fichas._em_espera[Fatura]
    abertas = [f for f in faturas if f.situacao == SituacaoDaFatura.ABERTA]
    assert [f.vencimento for f in abertas] == [f.vencimento for f in faturas if f.vencimento >= fichas.hoje]
    assert len(abertas) == 1
    assert len(faturas) >= 4
    assert len({f.vencimento for f in faturas}) == len(faturas)
