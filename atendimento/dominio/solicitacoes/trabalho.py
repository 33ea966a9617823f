"""Assumir, pausar e retomar: o trabalho de quem tem a solicitação."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format

from atendimento import transacao
from atendimento.dominio.solicitacoes import agentes, regras
from atendimento.dominio.solicitacoes.porta import (
    desatualizada,
    exigir_transicao,
    instante,
    mudar_situacao,
    trancar,
)
from atendimento.dominio.solicitacoes.vencimentos import prazo_descongelado
from atendimento.excecoes import JaAssumida
from atendimento.models import Motivo, Solicitacao, TipoDeMotivo
from atendimento.prazos import Passo
from atendimento.situacoes import COM_DONO, Situacao, TipoDeTransicao


@transacao.verbo
def assumir(
    solicitacao: Solicitacao, *, por, versao: int | None = None, em: datetime | None = None
) -> Solicitacao:
    """Tira da fila da equipe para as mãos de `por`. De dois, um vence e o outro lê quem ficou com ela.

    Levanta `JaAssumida`, `SemPermissao`, `LimiteDoAgente`, `Desatualizada`.
    """
    return _dar_a(solicitacao, por, por=por, versao=versao, em=em)


@transacao.verbo
def assumir_por(
    solicitacao: Solicitacao, *, agente, por, versao: int | None = None, em: datetime | None = None
) -> Solicitacao:
    """Um supervisor põe nas mãos de um agente da equipe o que está na fila.

    Levanta o que `assumir` levanta; `LimiteDoAgente` é o do agente.
    """
    return _dar_a(solicitacao, agente, por=por, versao=versao, em=em)


@transacao.verbo
def pausar(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    motivo: Motivo | None,
    observacao: str = "",
    retorna_em: datetime | None = None,
    descricao: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Para o relógio de trabalho; o prazo só se o motivo o congela.

    Levanta `MotivoInvalido`, `DadoInvalido` (falta a descrição), `LimiteDoAgente`, `SemPermissao`,
    `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.PAUSAR)
    em = instante(solicitacao, em)
    observacao = regras.conferir_texto(observacao, "observacao", "A observação")
    motivo = regras.conferir_motivo(motivo, TipoDeMotivo.PAUSA, observacao)
    regras.conferir_retorno(motivo, retorna_em, em)
    # Sendo o mesmo, os perfis que a conta lê servem também à transição e à auditoria.
    dono = por if solicitacao.responsavel_id == por.pk else solicitacao.responsavel
    agentes.exigir_lugar_para_pausada(dono, solicitacao)
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.PAUSAR,
        por=por,
        em=em,
        motivo=motivo,
        visivel=motivo.visivel_ao_cliente,
        congela=motivo.congela_prazo,
        relato=_relato_da_pausa(motivo, observacao, retorna_em),
        dados={"retorna_em": retorna_em.isoformat()} if retorna_em else {},
        **pausa(motivo, em, retorna_em),
        **com_descricao(solicitacao, descricao),
    )
    return solicitacao


@transacao.verbo
def retomar(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    justificativa: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Volta ao trabalho. Um supervisor que retoma a de outro fica com ela, e diz por quê.

    Levanta `LimiteDoAgente`, `DadoInvalido`, `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.RETOMAR)
    em = instante(solicitacao, em)
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.RETOMAR,
        por=por,
        em=em,
        relato=frase_de_quem_toma("Atendimento retomado", solicitacao, por, justificativa),
        responsavel=por,
        **prazo_descongelado(solicitacao, Passo(em, Situacao.EM_ATENDIMENTO)),
    )
    return solicitacao


def pausa(motivo: Motivo, em: datetime, retorna_em: datetime | None) -> dict:
    """Os campos de uma pausa que começa em `em`; `pausa_ate` é quando ela passa a merecer alerta."""
    limite = em + timedelta(minutes=motivo.minutos_maximos) if motivo.minutos_maximos else None
    fins = [fim for fim in (limite, retorna_em) if fim]
    return {
        "motivo_da_pausa": motivo,
        "retorna_em": retorna_em,
        "pausa_ate": min(fins) if fins else None,
        "prazo_congelado_em": em if motivo.congela_prazo else None,
    }


def com_descricao(solicitacao: Solicitacao, descricao: str) -> dict:
    """A descrição que faltava. Levanta `DadoInvalido` se continua faltando."""
    descricao = regras.conferir_texto(descricao, "descricao", "A descrição")
    if solicitacao.descricao:
        return {}
    return {"descricao": regras.conferir_texto(descricao, "descricao", "A descrição", minimo=1)}


def frase_de_quem_toma(fato: str, solicitacao: Solicitacao, por, justificativa: str) -> str:
    """O relato de quem volta ao trabalho; se era de outro, com a justificativa que então se exige."""
    justificativa = regras.conferir_texto(
        justificativa,
        "justificativa",
        "A justificativa",
        minimo=0 if solicitacao.responsavel_id == por.pk else regras.RESUMO_MINIMO,
    )
    if solicitacao.responsavel_id != por.pk:
        fato = f"{fato} por {por.nome_exibido}, em lugar de {solicitacao.responsavel.nome_exibido}"
    return f"{fato}. {justificativa}".strip()


def _dar_a(solicitacao, agente, *, por, versao, em) -> Solicitacao:
    solicitacao = trancar(solicitacao, versao=None)
    if agente.pk == por.pk:
        regras.exigir_membro(por, solicitacao)
    else:
        regras.exigir_supervisor(por, solicitacao)
    _exigir_na_fila(solicitacao)
    if versao is not None and solicitacao.versao != versao:
        raise desatualizada(solicitacao, versao)
    if agente.pk != por.pk:
        regras.exigir_agente(agente, solicitacao)
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.ASSUMIR,
        por=por,
        em=instante(solicitacao, em),
        relato=f"Assumida por {agente.nome_exibido}.",
        responsavel=agente,
    )
    return solicitacao


def _exigir_na_fila(solicitacao: Solicitacao) -> None:
    """Levanta `JaAssumida`, com o nome de quem a tem, ou `TransicaoInvalida`."""
    if solicitacao.situacao in COM_DONO:
        desde = date_format(timezone.localtime(solicitacao.situacao_desde), "H:i")
        raise JaAssumida(
            f"A solicitação {solicitacao.protocolo} já está com {solicitacao.responsavel.nome_exibido} "
            f"desde {desde}.",
            agente=solicitacao.responsavel,
        )
    exigir_transicao(solicitacao, TipoDeTransicao.ASSUMIR)


def _relato_da_pausa(motivo: Motivo, observacao: str, retorna_em: datetime | None) -> str:
    partes = [f"Pausada: {motivo}."]
    if retorna_em:
        partes.append(f"Retorno em {date_format(timezone.localtime(retorna_em), 'd/m/Y H:i')}.")
    return " ".join([*partes, observacao]).strip()
