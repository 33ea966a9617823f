"""Encerrar com uma solução, cancelar sem atender, reabrir o que se encerrou."""

from datetime import datetime, timedelta

from django.conf import settings

from atendimento import transacao
from atendimento.dominio import visitas
from atendimento.dominio.solicitacoes import regras
from atendimento.dominio.solicitacoes.agenda import SEM_AGENDA
from atendimento.dominio.solicitacoes.fila import classificacao
from atendimento.dominio.solicitacoes.pendencias import primeira_pendencia
from atendimento.dominio.solicitacoes.porta import exigir_transicao, instante, mudar_situacao, trancar
from atendimento.dominio.solicitacoes.trabalho import com_descricao
from atendimento.dominio.solicitacoes.vencimentos import prazo_reaberto
from atendimento.excecoes import DadoInvalido, Impedida, SemPermissao
from atendimento.models import ItemDeCatalogo, Motivo, Solicitacao, Solucao, TipoDeMotivo
from atendimento.models.solicitacao import REABERTURAS_MAXIMAS, ResultadoDaVisita
from atendimento.prazos import Passo
from atendimento.situacoes import Situacao, TipoDeTransicao
from perfis.capacidades import Capacidade


@transacao.verbo
def encerrar(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    solucao: Solucao | None,
    relato: str,
    tipo=None,
    item_de_catalogo: ItemDeCatalogo | None = None,
    resultado: str = "",
    visivel_ao_cliente: bool = False,
    descricao: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Conclui com uma solução. `tipo` vazio deixa o que já há; agendada, exige o `resultado` da visita.

    Levanta `Impedida` (filha aberta, aprovação pendente, visita a reagendar), `DadoInvalido`,
    `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.ENCERRAR)
    if frase := primeira_pendencia(solicitacao):
        raise Impedida(frase)
    em = instante(solicitacao, em)
    relato = regras.conferir_texto(relato, "relato", "O relato", minimo=1)
    visita = _resultado_da_visita(solicitacao, resultado)
    campos = classificacao(solicitacao, tipo, None, None, Passo(em, Situacao.ENCERRADA))
    campos |= item_do_tipo(campos["tipo"], item_de_catalogo or solicitacao.item_de_catalogo)
    if solucao is None or not solucao.ativo:
        raise DadoInvalido("Escolha a solução.", campo="solucao")
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.ENCERRAR,
        por=por,
        em=em,
        relato=f"Encerrada: {solucao}. {relato}",
        visivel=visivel_ao_cliente,
        dados={"solucao": solucao.pk, "tipo": campos["tipo"].pk} | visita,
        solucao=solucao,
        encerrada_em=em,
        reabrir_ate=em + timedelta(days=settings.REABERTURA_DIAS),
        **SEM_AGENDA,
        **campos,
        **com_descricao(solicitacao, descricao),
    )
    if visita:
        visitas.concluir_da(solicitacao, visita["resultado"], por=por)
    return solicitacao


@transacao.verbo
def encerrar_em_bloco(
    solicitacao: Solicitacao, *, por, solucao: Solucao, relato: str, tipo=None, em: datetime | None = None
) -> Solicitacao:
    """Conclui, com a massiva a que está vinculada, uma que ninguém tem em mãos.

    `tipo` é o das que ainda não têm. Levanta `Impedida` (em atendimento, pendência), `SemPermissao`,
    `DadoInvalido`, `TransicaoInvalida`.
    """
    solicitacao = trancar(solicitacao, versao=None)
    regras.exigir_atendente(por, solicitacao.empresa_id)
    if not por.permissoes.tem(Capacidade.SUPERVISIONAR):
        raise SemPermissao("Só quem supervisiona encerra em bloco.")
    if solicitacao.situacao == Situacao.EM_ATENDIMENTO:
        raise Impedida(
            f"Em atendimento com {solicitacao.responsavel.nome_exibido}, que a encerra ao terminar."
        )
    exigir_transicao(solicitacao, TipoDeTransicao.ENCERRAR_EM_BLOCO)
    if solicitacao.massiva_id is None:
        raise Impedida(f"A solicitação {solicitacao.protocolo} não está vinculada a uma massiva.")
    if frase := primeira_pendencia(solicitacao):
        raise Impedida(frase)
    em = instante(solicitacao, em)
    campos = classificacao(solicitacao, solicitacao.tipo or tipo, None, None, Passo(em, Situacao.ENCERRADA))
    campos |= item_do_tipo(campos["tipo"], solicitacao.item_de_catalogo)
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.ENCERRAR_EM_BLOCO,
        por=por,
        em=em,
        relato=f"Encerrada: {solucao}. {relato}",
        visivel=True,
        dados={"solucao": solucao.pk, "tipo": campos["tipo"].pk, "massiva": solicitacao.massiva_id},
        solucao=solucao,
        responsavel=solicitacao.responsavel or por,
        encerrada_em=em,
        reabrir_ate=em + timedelta(days=settings.REABERTURA_DIAS),
        **campos,
    )
    return solicitacao


@transacao.verbo
def cancelar(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    motivo: Motivo | None,
    justificativa: str,
    protocolo_original: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Fecha sem atendimento. Um cancelamento de serviço, uma reclamação ou um pedido LGPD, nunca.

    Levanta `Impedida`, `MotivoInvalido`, `DadoInvalido` (o protocolo da original não é do cliente),
    `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.CANCELAR)
    if frase := impedimento_de_cancelar(solicitacao):
        raise Impedida(frase)
    em = instante(solicitacao, em)
    justificativa = regras.conferir_texto(
        justificativa, "justificativa", "A justificativa", minimo=regras.RESUMO_MINIMO
    )
    motivo = regras.conferir_motivo(motivo, TipoDeMotivo.CANCELAMENTO, justificativa)
    original = _original(solicitacao, protocolo_original, por) if motivo.exige_protocolo else None
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.CANCELAR,
        por=por,
        em=em,
        motivo=motivo,
        relato=f"Cancelada: {motivo}. {justificativa}"
        + (f" Original: {original.protocolo}." if original else ""),
        visivel=motivo.visivel_ao_cliente,
        dados={"original": original.protocolo} if original else {},
        encerrada_em=em,
        duplicada_de=original,
        **SEM_AGENDA,
    )
    visitas.concluir_da(solicitacao, None, por=por)
    return solicitacao


@transacao.verbo
def reabrir(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    motivo: Motivo | None,
    observacao: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Volta à fila da equipe que encerrou, com o mesmo protocolo e os prazos inteiros outra vez.

    Quem atende a empresa pode: o cliente liga a qualquer um. Levanta `Impedida` (fora da janela, vezes
    demais), `MotivoInvalido`, `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_atendente(por, solicitacao.empresa_id)
    exigir_transicao(solicitacao, TipoDeTransicao.REABRIR)
    em = instante(solicitacao, em)
    if frase := impedimento_de_reabrir(solicitacao, em):
        raise Impedida(frase)
    observacao = regras.conferir_texto(observacao, "observacao", "A observação")
    motivo = regras.conferir_motivo(motivo, TipoDeMotivo.REABERTURA, observacao)
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.REABRIR,
        por=por,
        em=em,
        motivo=motivo,
        relato=f"Reaberta: {motivo}. {observacao}".strip(),
        visivel=motivo.visivel_ao_cliente,
        responsavel=None,
        solucao=None,
        encerrada_em=None,
        reabrir_ate=None,
        ciclo_desde=em,
        reaberturas=solicitacao.reaberturas + 1,
        **prazo_reaberto(solicitacao, em),
    )
    return solicitacao


def proteger(solicitacao: Solicitacao) -> None:
    """Uma solicitação já trancada em que se cancelou um contrato não se cancela mais: é a prova do pedido."""
    if not solicitacao.incancelavel:
        solicitacao.incancelavel = True
        solicitacao.save(update_fields=["incancelavel"])


def impedimento_de_cancelar(solicitacao: Solicitacao) -> str | None:
    """Por que esta solicitação nunca pode ser cancelada, ou `None`."""
    if solicitacao.incancelavel:
        return (
            "Cancelamento de serviço, reclamação e pedido do titular não se cancelam: "
            "responda ao cliente e encerre."
        )
    return None


def impedimento_de_reabrir(solicitacao: Solicitacao, agora: datetime) -> str | None:
    """Por que não se pode mais reabrir, ou `None`."""
    if solicitacao.reaberturas >= REABERTURAS_MAXIMAS:
        return f"Já foi reaberta {REABERTURAS_MAXIMAS} vezes: abra outra e vincule a esta."
    if solicitacao.definitiva_em or agora > solicitacao.reabrir_ate:
        return f"Podia ser reaberta até {solicitacao.reabrir_ate:%d/%m/%Y}: abra outra e vincule a esta."
    return None


def _resultado_da_visita(solicitacao: Solicitacao, resultado: str) -> dict:
    if solicitacao.situacao != Situacao.AGENDADA:
        return {}
    escolhido = regras.conferir_opcao(resultado, ResultadoDaVisita, "resultado", "o resultado da visita")
    if escolhido == ResultadoDaVisita.REAGENDAR:
        raise Impedida("A visita será reagendada: registre o retorno e agende outra antes de encerrar.")
    return {"resultado": escolhido}


def item_do_tipo(tipo, item: ItemDeCatalogo | None) -> dict:
    """O item de catálogo, se é do tipo. Levanta `DadoInvalido` se não é, ou se falta o obrigatório."""
    if item is None:
        if tipo.obriga_catalogo:
            raise DadoInvalido(f"O tipo “{tipo}” exige um item de catálogo.", campo="item_de_catalogo")
        return {"item_de_catalogo": None}
    if item.tipo_id != tipo.pk or not item.ativo:
        raise DadoInvalido(f"O item “{item}” não é do tipo “{tipo}”.", campo="item_de_catalogo")
    return {"item_de_catalogo": item}


def _original(solicitacao: Solicitacao, protocolo: str, por) -> Solicitacao:
    """A solicitação de que esta é duplicata. A mesma resposta se não existe ou se não é do cliente."""
    protocolo = "".join((protocolo or "").split())
    original = (
        Solicitacao.objects.visiveis_para(por)
        .filter(protocolo=protocolo.replace("\x00", ""), cliente=solicitacao.cliente_id)
        .exclude(pk=solicitacao.pk)
        .first()
    )
    if original is None:
        raise DadoInvalido(
            "Informe o protocolo da original, deste mesmo cliente.", campo="protocolo_original"
        )
    return original
