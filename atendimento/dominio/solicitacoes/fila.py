"""Encaminhar a outra equipe, transferir a outro agente, devolver à fila e redistribuir muitas."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Subquery
from django.db.models.functions import Coalesce

from atendimento import transacao
from atendimento.dominio.solicitacoes import agentes, regras
from atendimento.dominio.solicitacoes.porta import exigir_transicao, instante, mudar_situacao, trancar
from atendimento.dominio.solicitacoes.trabalho import assumir_por, com_descricao, pausa
from atendimento.dominio.solicitacoes.vencimentos import (
    campos_do_prazo,
    prazo_descongelado,
    prazo_inicial,
    regulatorio,
)
from atendimento.excecoes import DadoInvalido, Impedida, LimiteDoAgente, Recusa
from atendimento.models import Equipe, Motivo, Solicitacao, TipoDeMotivo, Transicao
from atendimento.models.solicitacao import Prioridade
from atendimento.prazos import Passo
from atendimento.situacoes import Situacao, TipoDeTransicao
from perfis.capacidades import Capacidade

# Idas e voltas entre as mesmas duas equipes, num ciclo, antes de só o supervisor poder encaminhar.
IDAS_E_VOLTAS = 2


@transacao.verbo
def encaminhar(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    equipe: Equipe | None,
    motivo: Motivo | None,
    resumo: str,
    tipo=None,
    prazo=None,
    prazo_em: datetime | None = None,
    prioridade: int | None = None,
    observacao: str = "",
    descricao: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Leva à fila de outra equipe, sem dono e com o mesmo protocolo.

    `tipo` e `prazo` vazios deixam os que já há; um tipo tem de haver. `resumo` é para quem recebe.
    Levanta `DadoInvalido`, `MotivoInvalido`, `Impedida` (terceira ida e volta), `SemPermissao`,
    `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.ENCAMINHAR)
    em = instante(solicitacao, em)
    resumo = regras.conferir_texto(resumo, "resumo", "O resumo para quem recebe", minimo=regras.RESUMO_MINIMO)
    observacao = regras.conferir_texto(observacao, "observacao", "A observação")
    motivo = regras.conferir_motivo(motivo, TipoDeMotivo.ENCAMINHAMENTO, observacao)
    _exigir_destino(solicitacao, equipe, por)
    passo = Passo(em, Situacao.ABERTA)
    campos = classificacao(solicitacao, tipo, prazo, prazo_em, passo)
    if prioridade is not None:
        campos["prioridade"] = regras.conferir_opcao(prioridade, Prioridade, "prioridade", "a prioridade")
    de = solicitacao.equipe
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.ENCAMINHAR,
        por=por,
        em=em,
        motivo=motivo,
        relato=f"Encaminhada de {de} para {equipe}: {motivo}. {observacao}".strip() + f"\nResumo: {resumo}",
        visivel=motivo.visivel_ao_cliente,
        dados={"de_equipe": de.pk, "para_equipe": equipe.pk},
        equipe=equipe,
        responsavel=None,
        **campos,
        **com_descricao(solicitacao, descricao or resumo),
    )
    return solicitacao


@transacao.verbo
def transferir(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    agente,
    motivo: Motivo | None,
    observacao: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Passa a outro agente da equipe: chega pausada (ou agendada), nunca como mais uma em mãos.

    A que já estava pausada guarda o motivo, o retorno e o congelamento. Levanta `DadoInvalido`,
    `MotivoInvalido`, `LimiteDoAgente` (o de pausadas do outro), `SemPermissao`, `TransicaoInvalida`,
    `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_dono_ou_supervisor(por, solicitacao)
    para = exigir_transicao(solicitacao, TipoDeTransicao.TRANSFERIR)
    em = instante(solicitacao, em)
    observacao = regras.conferir_texto(observacao, "observacao", "A observação")
    motivo = regras.conferir_motivo(motivo, TipoDeMotivo.TRANSFERENCIA, observacao)
    if agente is None or agente.pk == solicitacao.responsavel_id:
        raise DadoInvalido("Escolha outro agente da equipe.", campo="agente")
    regras.exigir_agente(agente, solicitacao)
    if para == Situacao.PAUSADA:
        agentes.exigir_lugar_para_pausada(agente, solicitacao)
    campos = pausa(motivo, em, None) if solicitacao.situacao == Situacao.EM_ATENDIMENTO else {}
    de = solicitacao.responsavel
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.TRANSFERIR,
        por=por,
        em=em,
        motivo=motivo,
        relato=f"Transferida de {de.nome_exibido} para {agente.nome_exibido}: {motivo}. {observacao}".strip(),
        congela=bool(solicitacao.prazo_congelado_em),
        dados={"de_agente": de.pk, "para_agente": agente.pk},
        responsavel=agente,
        **campos,
    )
    return solicitacao


@transacao.verbo
def devolver_a_fila(
    solicitacao: Solicitacao,
    *,
    por,
    versao: int | None,
    motivo: Motivo | None,
    observacao: str = "",
    em: datetime | None = None,
) -> Solicitacao:
    """Um supervisor devolve à fila da equipe a de um agente ausente ou desativado.

    Levanta `MotivoInvalido`, `SemPermissao`, `TransicaoInvalida`, `Desatualizada`.
    """
    solicitacao = trancar(solicitacao, versao=versao)
    regras.exigir_supervisor(por, solicitacao)
    exigir_transicao(solicitacao, TipoDeTransicao.DEVOLVER)
    em = instante(solicitacao, em)
    observacao = regras.conferir_texto(observacao, "observacao", "A observação")
    motivo = regras.conferir_motivo(motivo, TipoDeMotivo.DEVOLUCAO, observacao)
    de = solicitacao.responsavel
    mudar_situacao(
        solicitacao,
        TipoDeTransicao.DEVOLVER,
        por=por,
        em=em,
        motivo=motivo,
        relato=f"Devolvida à fila; estava com {de.nome_exibido}: {motivo}. {observacao}".strip(),
        dados={"de_agente": de.pk},
        responsavel=None,
        **prazo_descongelado(solicitacao, Passo(em, Situacao.ABERTA)),
    )
    return solicitacao


@dataclass(frozen=True)
class Resultado:
    """O que se deu com um item de `redistribuir`: para quem foi, ou a frase da recusa."""

    solicitacao: Solicitacao
    agente: object | None
    frase: str
    feito: bool


def redistribuir(
    itens: Iterable[tuple[Solicitacao, int]],
    *,
    por,
    agentes_de_destino: Iterable = (),
    motivo: Motivo | None = None,
    observacao: str = "",
    ensaio: bool = False,
    em: datetime | None = None,
) -> list[Resultado]:
    """Leva muitas solicitações, uma a uma, pelas mesmas regras de uma só; a recusa de uma não para as outras.

    `itens` são pares (solicitação, versão mostrada). A que tem dono se transfere, a da fila se assume
    pelo agente; sem agentes, a que tem dono volta à fila. Os agentes se revezam, e quem não pode ficar com
    uma cede a vez. `ensaio` faz tudo e desfaz: a prévia é a própria operação.
    """
    destinos = list(agentes_de_destino)
    explicacao = {"motivo": motivo, "observacao": observacao}
    # Na ordem do id: duas redistribuições se encontram sempre na mesma solicitação.
    em_ordem = sorted(itens, key=lambda item: item[0].pk)

    def levar() -> list[Resultado]:
        resultados, vez = [], 0
        for solicitacao, versao in em_ordem:
            comum = {"por": por, "versao": versao, "em": em}
            candidatos = destinos[vez:] + destinos[:vez] or [None]
            resultados.append(_a_quem_puder(solicitacao, candidatos, comum, explicacao))
            if resultados[-1].feito and destinos:
                vez = (destinos.index(resultados[-1].agente) + 1) % len(destinos)
        return resultados

    # De verdade, cada uma em sua transação: nenhuma espera a seguinte com a linha do agente trancada.
    return _ensaiar(levar, em_ordem, destinos) if ensaio else levar()


def _ensaiar(levar, em_ordem, destinos) -> list[Resultado]:
    """Faz tudo numa transação e desfaz.

    Tranca antes as solicitações e depois os agentes, como todo verbo: `levar` as tomaria entremeadas, e
    outro agente assumindo uma delas esperaria por quem o espera.
    """
    with transaction.atomic():
        ids = [solicitacao.pk for solicitacao, _ in em_ordem]
        list(Solicitacao.objects.select_for_update(no_key=True).filter(pk__in=ids).order_by("pk").only("pk"))
        for agente in sorted(destinos, key=lambda agente: agente.pk):
            agentes.trancar_agente(agente)
        resultados = levar()
        transaction.set_rollback(True)
    return resultados


def classificacao(solicitacao: Solicitacao, tipo, prazo, prazo_em, passo: Passo) -> dict:
    """Os campos que o tipo e o prazo escolhidos mudam. Levanta `DadoInvalido`.

    Um tipo protegido marca a solicitação para sempre: reclassificá-la não a torna cancelável.
    """
    atual_id = solicitacao.tipo_id
    tipo = regras.conferir_tipo(tipo or solicitacao.tipo, solicitacao.contrato, atual_id=atual_id)
    trocou = tipo.pk != atual_id
    campos = {"tipo": tipo, "incancelavel": solicitacao.incancelavel or tipo.incancelavel}
    if trocou:
        campos["prazo_regulatorio_em"] = regulatorio(tipo, solicitacao.ciclo_desde)
        campos["item_de_catalogo"] = None
        solicitacao.prazo_regulatorio_em = campos["prazo_regulatorio_em"]
    prazo = prazo or (prazo_inicial(tipo) if trocou and tipo.prazo_padrao_id else solicitacao.prazo)
    mesmo = prazo and prazo.pk == solicitacao.prazo_id and prazo_em is None
    if mesmo and not solicitacao.prazo_congelado_em:
        return campos
    return campos | campos_do_prazo(solicitacao, prazo, prazo_em, passo=passo)


def _exigir_destino(solicitacao: Solicitacao, equipe: Equipe | None, por) -> None:
    if equipe is None:
        raise DadoInvalido("Escolha a equipe que recebe.", campo="equipe")
    if equipe.pk == solicitacao.equipe_id:
        raise DadoInvalido("A solicitação já está nesta equipe.", campo="equipe")
    par = [solicitacao.equipe_id, equipe.pk]
    entre_as_duas = Transicao.objects.filter(
        solicitacao=solicitacao, transicao=TipoDeTransicao.ENCAMINHAR, em__gte=solicitacao.ciclo_desde,
        dados__de_equipe__in=par, dados__para_equipe__in=par,
    )  # fmt: skip
    quantas = entre_as_duas.order_by().values("solicitacao").annotate(quantas=Count("pk")).values("quantas")
    permitida = solicitacao.equipe.encaminha_para.ativas().filter(pk=equipe.pk).order_by()
    idas = permitida.values_list(Coalesce(Subquery(quantas), 0), flat=True).first()
    if idas is None:
        raise DadoInvalido(f"{solicitacao.equipe} não encaminha para {equipe}.", campo="equipe")
    if idas >= IDAS_E_VOLTAS and not por.permissoes.tem(Capacidade.SUPERVISIONAR):
        raise Impedida(
            f"Já houve {idas} encaminhamentos entre {solicitacao.equipe} e {equipe}: "
            "peça a um supervisor que encaminhe."
        )


def _a_quem_puder(solicitacao: Solicitacao, candidatos: list, comum: dict, explicacao: dict) -> Resultado:
    """Entrega ao primeiro candidato que pode ficar com ela; se nenhum pode, a recusa do primeiro."""
    primeira = None
    for agente in candidatos:
        try:
            frase = _levar(solicitacao, agente, comum, explicacao)
        except Recusa as recusa:
            primeira = primeira or Resultado(solicitacao, agente, recusa.frase, feito=False)
            if not isinstance(recusa, LimiteDoAgente) and recusa.campo != "agente":
                return primeira
        else:
            return Resultado(solicitacao, agente, frase, feito=True)
    return primeira


def _levar(solicitacao: Solicitacao, agente, comum: dict, explicacao: dict) -> str:
    """Leva uma pelo verbo que a situação pede e devolve a frase do que se fez. Levanta `Recusa`."""
    if agente is None:
        feita = devolver_a_fila(solicitacao, **explicacao, **comum)
        return f"Devolvida à fila de {feita.equipe}."
    if solicitacao.situacao == Situacao.ABERTA:
        assumir_por(solicitacao, agente=agente, **comum)
        return f"Assumida por {agente.nome_exibido}."
    transferir(solicitacao, agente=agente, **explicacao, **comum)
    return f"Transferida para {agente.nome_exibido}."
