"""Alterar a etiqueta de serviço: a solicitação era de outro contrato ou endereço do cliente."""

from datetime import datetime

from atendimento import transacao
from atendimento.dominio.solicitacoes import regras
from atendimento.dominio.solicitacoes.porta import exigir_transicao, instante, mudar_situacao, trancar
from atendimento.excecoes import DadoInvalido
from atendimento.models import Motivo, Solicitacao, TipoDeMotivo
from atendimento.situacoes import TipoDeTransicao
from contratos.models import Contrato, Etiqueta, EventoDeContrato, TipoDeEvento

EVENTO = "alteracao-de-etiqueta"


@transacao.verbo
def alterar_etiqueta(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    etiqueta: Etiqueta | None,
    justificativa: str,
    motivo: Motivo | None = None,
    em: datetime | None = None,
) -> Solicitacao:
    """Aponta para outra etiqueta ativa do mesmo cliente e deixa um evento em cada contrato.

    Levanta `DadoInvalido` (de outro cliente, inativa, a mesma), `MotivoInvalido`, `SemPermissao`,
    `TransicaoInvalida`, `Desatualizada`.
    """
    if etiqueta is None:
        raise DadoInvalido("Escolha a nova etiqueta.", campo="etiqueta")
    contratos = _trancar_contratos(solicitacao, etiqueta)
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.ALTERAR_ETIQUETA)
    justificativa = regras.conferir_texto(
        justificativa, "justificativa", "A justificativa", minimo=regras.RESUMO_MINIMO, maximo=500
    )
    if motivo is not None:
        regras.conferir_motivo(motivo, TipoDeMotivo.ALTERACAO_DE_ETIQUETA, justificativa)
    nova = Etiqueta.objects.get(pk=etiqueta.pk)
    destino = contratos[nova.contrato_id]
    _exigir_trocavel(solicitacao, nova, destino, por)
    antiga = solicitacao.etiqueta
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.ALTERAR_ETIQUETA,
        por=por,
        em=instante(solicitacao, em),
        motivo=motivo,
        relato=f"Etiqueta alterada de {antiga.codigo} para {nova.codigo}. {justificativa}",
        congela=bool(solicitacao.prazo_congelado_em),
        dados={"de_etiqueta": antiga.pk, "para_etiqueta": nova.pk},
        etiqueta=nova,
        contrato=destino,
        empresa_id=destino.empresa_id,
    )
    _registrar_eventos(solicitacao, antiga, nova, justificativa, por)
    return solicitacao


def _trancar_contratos(solicitacao: Solicitacao, etiqueta: Etiqueta) -> dict[int, Contrato]:
    """Os dois contratos, trancados na ordem do id e antes da solicitação, como manda a casa."""
    atual = Solicitacao.objects.filter(pk=solicitacao.pk).order_by().values("contrato_id")
    do_destino = Etiqueta.objects.filter(pk=etiqueta.pk).order_by().values("contrato_id")
    trancados = Contrato.objects.select_for_update(of=("self",), no_key=True)
    # UNION, e não OU: com OU o banco percorreria todos os contratos.
    return {c.pk: c for c in trancados.filter(pk__in=atual.union(do_destino)).order_by("pk")}


def _exigir_trocavel(solicitacao: Solicitacao, nova: Etiqueta, destino: Contrato, por) -> None:
    if destino.cliente_id != solicitacao.cliente_id:
        raise DadoInvalido("A etiqueta é de outro cliente.", campo="etiqueta")
    if nova.pk == solicitacao.etiqueta_id:
        raise DadoInvalido("A solicitação já está nesta etiqueta.", campo="etiqueta")
    if not nova.ativa:
        raise DadoInvalido(f"A etiqueta {nova.codigo} está inativa.", campo="etiqueta")
    regras.exigir_atendente(por, destino.empresa_id)
    if solicitacao.tipo:
        regras.exigir_permitido(solicitacao.tipo, destino, campo="etiqueta")


def _registrar_eventos(solicitacao, antiga, nova, justificativa, por) -> None:
    """Um evento em cada contrato; um só, quando as duas etiquetas são do mesmo."""
    tipo = TipoDeEvento.objects.get(codigo=EVENTO)
    descricao = (
        f"etiqueta: {antiga.codigo} → {nova.codigo} · Justificativa: {justificativa} · "
        f"Protocolo: {solicitacao.protocolo}"
    )
    EventoDeContrato.objects.bulk_create(
        EventoDeContrato(
            contrato_id=contrato, tipo=tipo, descricao=descricao, usuario=por, protocolo=solicitacao.protocolo
        )
        for contrato in sorted({antiga.contrato_id, nova.contrato_id})
    )
