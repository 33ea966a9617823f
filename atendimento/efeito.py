"""O que uma ação deixa escrito: relato, evento no contrato, auditoria e o resultado da execução."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone

from atendimento import auditoria
from atendimento.acoes.base import Acao, Evento
from atendimento.dominio.rede import comandos
from atendimento.models import Relato, Solicitacao
from atendimento.models.execucao import Aprovacao, Execucao
from contratos.models import Contrato, EventoDeContrato, TipoDeEvento


class EventoFaltando(AssertionError):
    """A ação mudou o contrato e não disse com que evento: erro de quem a escreveu."""


def efetivar(execucao: Execucao, acao: Acao, dados: Mapping[str, Any]) -> dict:
    """Efetiva a ação e escreve o que ela deixa; devolve o resultado a guardar na execução.

    Roda na transação do executor, com as linhas trancadas. Levanta `EventoFaltando`.
    """
    muda_o_contrato = "contrato" in acao.travas() and not acao.so_tranca_o_contrato
    contrato = acao.contexto.eixo.contrato if muda_o_contrato else None
    antes = contrato and _valores(contrato)
    resultado = acao.efetivar(dados)
    if resultado.relato:
        relatar(acao, acao.contexto.solicitacao, resultado.relato)
    if resultado.evento:
        _registrar_evento(acao, resultado.evento)
    if contrato:
        na_fila = Exists(comandos.na_fila_de(OuterRef("pk")))
        depois = Contrato.objects.annotate(na_fila=na_fila).get(pk=contrato.pk)
        if not resultado.evento and antes != _valores(depois):
            raise EventoFaltando(f"{acao.slug} mudou o contrato {contrato} sem evento.")
        if depois.na_fila:
            comandos.acordar(contrato.pk)
    if resultado.solicitacao:
        execucao.solicitacao = resultado.solicitacao
    auditar(execucao, "concluir", por=acao.contexto.usuario, solicitacao=acao.contexto.solicitacao)
    return {
        "mensagem": resultado.mensagem,
        "dizer": resultado.dizer,
        "destino": resultado.destino,
        "relato": resultado.relato,
        "evento": resultado.evento.descricao if resultado.evento else "",
        "entregas": [asdict(entrega) for entrega in resultado.entregas],
    }


def pedir_aprovacao(execucao: Execucao, acao: Acao, motivo: str) -> Aprovacao:
    """Põe a execução na fila de aprovações dos supervisores."""
    usuario = acao.contexto.usuario
    auditar(execucao, "pedir_aprovacao", por=usuario, solicitacao=acao.contexto.solicitacao)
    if acao.contexto.solicitacao:
        relatar(acao, acao.contexto.solicitacao, f"{acao.nome}: aprovação pedida. {motivo}.")
    return Aprovacao.objects.create(execucao=execucao, motivo=motivo[:500], pedida_por=usuario)


def relatar(acao: Acao, solicitacao: Solicitacao, texto: str) -> None:
    """O relato do que se fez; quem audita é a própria execução."""
    Relato.objects.create(
        solicitacao=solicitacao, autor=acao.contexto.usuario, texto=texto, em=timezone.now()
    )


def auditar(execucao: Execucao, verbo: str, *, por, solicitacao=None, **dados) -> None:
    """Anota na auditoria o que se fez da execução; `solicitacao` poupa lê-la outra vez."""
    solicitacao = solicitacao or execucao.solicitacao
    auditoria.registrar(
        f"acao.{verbo}",
        por=por,
        alvo=execucao.alvo,
        alvo_id=execucao.alvo_id,
        protocolo=solicitacao.protocolo if solicitacao else "",
        dados={"acao": execucao.acao, "execucao": str(execucao.pk)} | dados,
    )


def _valores(contrato: Contrato) -> dict:
    """As colunas do contrato, sem as que só dizem que ele foi gravado."""
    nomes = {campo.attname for campo in Contrato._meta.concrete_fields} - {"versao", "atualizado_em"}
    return {nome: getattr(contrato, nome) for nome in nomes}


def _registrar_evento(acao: Acao, evento: Evento) -> None:
    EventoDeContrato.objects.create(
        contrato=acao.contexto.eixo.contrato,
        tipo=TipoDeEvento.objects.get(codigo=evento.tipo),
        descricao=evento.descricao,
        usuario=acao.contexto.usuario,
        protocolo=acao.contexto.solicitacao.protocolo if acao.contexto.solicitacao else "",
    )
