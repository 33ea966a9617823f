"""Bloquear e liberar por débito: a situação do contrato e a lista em que a rede põe suas conexões."""

from datetime import datetime

from django.utils import timezone

from contratos.enums import SituacaoDoContrato, StatusDaConexao
from contratos.models import Conexao, Contrato

BLOQUEIO = SituacaoDoContrato.BLOQUEIO_FINANCEIRO


def bloquear(contrato: Contrato, em: datetime | None = None) -> None:
    """Do Normal ao Bloqueio Financeiro. O banco recusa antes do relógio legal (`IntegrityError`)."""
    _mudar(contrato, BLOQUEIO, StatusDaConexao.BLOQUEADO, em)


def liberar(contrato: Contrato, em: datetime | None = None) -> None:
    """Do Bloqueio Financeiro ao Normal; o que outro motivo bloqueou não muda."""
    if contrato.situacao == BLOQUEIO:
        _mudar(contrato, SituacaoDoContrato.NORMAL, StatusDaConexao.NORMAL, em)


def _mudar(contrato: Contrato, para: int, status: int, em: datetime | None) -> None:
    contrato.situacao = para
    contrato.situacao_desde = em or timezone.now()
    contrato.save(update_fields=["situacao", "situacao_desde", "atualizado_em"])
    Conexao.objects.filter(etiqueta__contrato=contrato, ativa=True).update(status=status)
