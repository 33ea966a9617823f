"""Conferir quem fala antes das ações que mexem com o que é do titular."""

from collections.abc import Collection

from atendimento import auditoria, transacao
from atendimento.dominio.solicitacoes import regras
from atendimento.excecoes import DadoInvalido
from atendimento.models import Solicitacao, VerificacaoDeIdentidade
from atendimento.models.identidade import FATORES_MINIMOS, Fator


def verificada(solicitacao: Solicitacao) -> bool:
    """Se neste atendimento já se conferiu quem fala."""
    return VerificacaoDeIdentidade.objects.filter(solicitacao=solicitacao).exists()


@transacao.verbo
def verificar(solicitacao: Solicitacao, *, por, fatores: Collection[str]) -> VerificacaoDeIdentidade:
    """Anota que dados se conferiram. Levanta `SemPermissao`, e `DadoInvalido` com menos de dois."""
    regras.exigir_atendente(por, solicitacao.empresa_id)
    conferidos = sorted({regras.conferir_opcao(f, Fator, "fatores", "o dado conferido") for f in fatores})
    if len(conferidos) < FATORES_MINIMOS:
        raise DadoInvalido(f"Confira ao menos {FATORES_MINIMOS} dados do titular.", campo="fatores")
    verificacao = VerificacaoDeIdentidade.objects.create(solicitacao=solicitacao, por=por, fatores=conferidos)
    auditoria.registrar(
        "identidade.verificar",
        por=por,
        alvo="solicitacao",
        alvo_id=solicitacao.pk,
        protocolo=solicitacao.protocolo,
        dados={"fatores": [fator.value for fator in conferidos]},
    )
    return verificacao
