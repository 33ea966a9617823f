"""Vínculos entre solicitações: pai e filhas."""

from django.utils import timezone

from atendimento import auditoria, transacao
from atendimento.dominio.solicitacoes import regras
from atendimento.dominio.solicitacoes.porta import trancar
from atendimento.excecoes import DadoInvalido, TransicaoInvalida
from atendimento.models import Relato, Solicitacao

# Mais fundo que isto não é uma família de solicitações, é um engano.
GERACOES = 5


@transacao.verbo
def vincular(solicitacao: Solicitacao, *, por, pai: Solicitacao | None) -> Solicitacao:
    """Faz da solicitação filha de `pai` (que então não se encerra antes dela); sem `pai`, desvincula.

    Levanta `DadoInvalido` (de outro cliente, ciclo), `SemPermissao`, `TransicaoInvalida` nas fechadas.
    """
    # Na ordem do id, para que dois vínculos cruzados não se esperem; com as duas trancadas, um
    # ciclo não se forma pelas costas do outro.
    ids = sorted({solicitacao.pk, pai.pk} if pai else {solicitacao.pk})
    trancadas = {pk: trancar(pk, versao=None) for pk in ids}
    filha, novo_pai = trancadas[solicitacao.pk], trancadas[pai.pk] if pai else None
    for alvo in trancadas.values():
        regras.exigir_atendente(por, alvo.empresa_id)
        if not alvo.esta_aberta:
            raise TransicaoInvalida(f"A solicitação {alvo.protocolo} está fechada: não se vincula.")
    if novo_pai:
        _exigir_parentesco(filha, novo_pai)
    filha.pai = novo_pai
    filha.save(update_fields=["pai"])
    Relato.objects.create(
        solicitacao=filha,
        autor=por,
        texto=f"Vinculada como filha de {novo_pai.protocolo}."
        if novo_pai
        else "Desvinculada da solicitação pai.",
        em=timezone.now(),
    )
    auditoria.registrar(
        "solicitacao.vincular", por=por, alvo="solicitacao", alvo_id=filha.pk, protocolo=filha.protocolo,
        dados={"pai": novo_pai and novo_pai.pk},
    )  # fmt: skip
    return filha


def _exigir_parentesco(filha: Solicitacao, pai: Solicitacao) -> None:
    if pai.cliente_id != filha.cliente_id:
        raise DadoInvalido("A solicitação pai é de outro cliente.", campo="pai")
    ancestral = pai
    for _ in range(GERACOES):
        if ancestral.pk == filha.pk:
            raise DadoInvalido("A solicitação pai é esta mesma ou uma filha dela.", campo="pai")
        if ancestral.pai_id is None:
            return
        ancestral = ancestral.pai
    raise DadoInvalido(f"São mais de {GERACOES} gerações de solicitações.", campo="pai")
