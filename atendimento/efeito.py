"""O que uma ação deixa escrito: relato, evento no contrato, auditoria e o resultado da execução."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from atendimento.acoes.base import Acao, Evento
from atendimento.models.execucao import Aprovacao, Execucao
from atendimento.models.transicao import Relato
from contratos.models import Contrato, EventoDeContrato, TipoDeEvento


class EventoFaltando(AssertionError):
    """A ação mudou o contrato e não disse com que evento: erro de quem a escreveu."""


def efetivar(execucao: Execucao, acao: Acao, dados: Mapping[str, Any]) -> dict:
    """Efetiva a ação e escreve o que ela deixa; devolve o resultado a guardar na execução.

    Roda na transação do executor, com as linhas trancadas. Levanta `EventoFaltando`.
    """
    contrato = acao.contexto.eixo.contrato
    antes = _retrato(contrato)
    resultado = acao.efetivar(dados)
    if resultado.relato:
        _relatar(acao, resultado.relato)
    if resultado.evento:
        _registrar_evento(acao, resultado.evento)
    elif antes != _retrato(contrato):
        raise EventoFaltando(f"{acao.slug} mudou o contrato {contrato} sem evento.")
    if resultado.solicitacao:
        execucao.solicitacao = resultado.solicitacao
    return {
        "mensagem": resultado.mensagem,
        "dizer": resultado.dizer,
        "destino": resultado.destino,
        "relato": resultado.relato,
        "evento": resultado.evento.descricao if resultado.evento else "",
    }


def pedir_aprovacao(execucao: Execucao, acao: Acao, motivo: str) -> Aprovacao:
    """Põe a execução na fila de aprovações dos supervisores."""
    return Aprovacao.objects.create(execucao=execucao, motivo=motivo[:500], pedida_por=acao.contexto.usuario)


def _retrato(contrato: Contrato | None) -> dict | None:
    return Contrato.objects.filter(pk=contrato.pk).values().get() if contrato else None


def _registrar_evento(acao: Acao, evento: Evento) -> None:
    EventoDeContrato.objects.create(
        contrato=acao.contexto.eixo.contrato,
        tipo=TipoDeEvento.objects.get(codigo=evento.tipo),
        descricao=evento.descricao,
        usuario=acao.contexto.usuario,
        protocolo=acao.contexto.solicitacao.protocolo if acao.contexto.solicitacao else "",
    )


def _relatar(acao: Acao, texto: str) -> None:
    Relato.objects.create(
        solicitacao=acao.contexto.solicitacao, autor=acao.contexto.usuario, texto=texto, em=timezone.now()
    )
