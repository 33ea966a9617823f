"""Bloquear e desbloquear por um fundamento que não é débito (Marco Civil, art. 7º, IV)."""

from django.utils import timezone

from contratos.dominio.debitos import suspendem
from contratos.dominio.recusas import exigir
from contratos.enums import (
    SITUACOES_ATIVAS,
    FundamentoDoBloqueio,
    SituacaoDoContrato,
    StatusDaConexao,
)
from contratos.models import BloqueioAdministrativo, Conexao, Contrato

BLOQUEADO = SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO


def impedimento_de_bloquear(contrato: Contrato) -> str | None:
    """Por que não se bloqueia, ou `None`."""
    if contrato.situacao == BLOQUEADO:
        return "O contrato já está em Bloqueio Administrativo."
    if contrato.situacao not in SITUACOES_ATIVAS:
        return f"O contrato está {contrato.get_situacao_display().lower()}: não há o que bloquear."
    return None


def impedimento_de_desbloquear(contrato: Contrato) -> str | None:
    """Por que não se desbloqueia, ou `None`."""
    if contrato.situacao != BLOQUEADO:
        return f"O contrato não está em Bloqueio Administrativo: está em {contrato.get_situacao_display()}."
    return None


def frase_da_referencia(fundamento: str, referencia: str) -> str | None:
    """O que falta citar, ou `None`."""
    if fundamento == FundamentoDoBloqueio.ORDEM_JUDICIAL and not referencia:
        return "A ordem judicial pede o número do processo."
    return None


def bloquear(
    contrato: Contrato, *, fundamento: str, referencia: str, justificativa: str, por, protocolo: str
) -> BloqueioAdministrativo:
    """Bloqueia o contrato já trancado. Levanta `NaoPode`."""
    exigir(impedimento_de_bloquear(contrato))
    exigir(frase_da_referencia(fundamento, referencia), campo="referencia")
    bloqueio = BloqueioAdministrativo.objects.create(
        contrato=contrato, fundamento=fundamento, referencia=referencia, justificativa=justificativa,
        bloqueado_por=por, protocolo=protocolo,
    )  # fmt: skip
    _situar(contrato, BLOQUEADO, StatusDaConexao.BLOQUEADO)
    return bloqueio


def situacao_de_volta(contrato: Contrato) -> SituacaoDoContrato:
    """Como o contrato fica sem este bloqueio: o que os fatos de hoje dizem, e não o que era antes."""
    if contrato.suspensoes.em_curso().exists():
        return SituacaoDoContrato.SUSPENSO
    return SituacaoDoContrato.BLOQUEIO_FINANCEIRO if suspendem(contrato) else SituacaoDoContrato.NORMAL


def desbloquear(contrato: Contrato, *, por) -> SituacaoDoContrato:
    """Encerra o bloqueio do contrato já trancado; devolve a situação em que fica. Levanta `NaoPode`."""
    exigir(impedimento_de_desbloquear(contrato))
    volta = situacao_de_volta(contrato)
    contrato.bloqueios_administrativos.filter(encerrado_em__isnull=True).update(
        encerrado_em=timezone.now(), encerrado_por=por
    )
    livre = volta == SituacaoDoContrato.NORMAL
    _situar(contrato, volta, StatusDaConexao.NORMAL if livre else StatusDaConexao.BLOQUEADO)
    return volta


def _situar(contrato: Contrato, situacao: SituacaoDoContrato, status: StatusDaConexao) -> None:
    contrato.situacao = situacao
    contrato.save(update_fields=["situacao"])
    Conexao.objects.filter(etiqueta__contrato=contrato, ativa=True).update(status=status)
