"""Por onde a cobrança chega ao cliente."""

from contratos.dominio.recusas import NaoPode, exigir
from contratos.enums import SITUACOES_ATIVAS, TipoDeCobranca, TipoDeFaturamento
from contratos.models import Contrato


def impedimento_de_alterar(contrato: Contrato) -> str | None:
    """Por que a forma de cobrança não muda agora, ou `None`."""
    if contrato.situacao not in SITUACOES_ATIVAS:
        return f"O contrato está em {contrato.get_situacao_display()}: não há cobrança a mudar."
    if contrato.tipo_de_faturamento == TipoDeFaturamento.NAO_PREVE:
        return "O contrato não prevê faturamento: não há cobrança a mudar."
    return None


def alterar(contrato: Contrato, para: str) -> None:
    """Muda a forma de cobrança do contrato trancado. Levanta `NaoPode`."""
    exigir(impedimento_de_alterar(contrato))
    if para == contrato.tipo_de_cobranca:
        raise NaoPode(f"O contrato já é cobrado por {TipoDeCobranca(para).label}.", campo="tipo_de_cobranca")
    contrato.tipo_de_cobranca = para
    contrato.save(update_fields=["tipo_de_cobranca", "atualizado_em"])
