"""Revelar um só dado mascarado: por POST, com capacidade e registro, e por pouco tempo."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from atendimento import mascaras
from atendimento.acesso import exige, exigir_capacidade
from atendimento.dominio.acessos import registrar_revelacao
from atendimento.models import Solicitacao
from clientes import documentos, telefones
from clientes.enums import TipoDeContato
from clientes.models import Cliente, Contato
from contratos.cifra import decifrar
from contratos.models import Conexao, Etiqueta
from perfis.capacidades import Capacidade


@dataclass(frozen=True)
class Revelavel:
    """Um campo que se pode revelar: quem pode, de onde vem, a quem pertence."""

    rotulo: str
    capacidade: Capacidade
    consulta: Callable[..., QuerySet]
    cliente: Callable[..., int]
    valor: Callable[..., str]
    mascarado: Callable[..., str]


def _contatos(usuario):
    return Contato.objects.filter(cliente__in=Cliente.objects.visiveis_para(usuario).order_by())


def _conexoes(usuario):
    return Conexao.objects.filter(
        etiqueta__in=Etiqueta.objects.visiveis_para(usuario).order_by()
    ).select_related("etiqueta__contrato")


def _valor_do_contato(contato: Contato) -> str:
    return telefones.formatar(contato.valor) if contato.tipo == TipoDeContato.TELEFONE else contato.valor


def _segredo(campo: str, rotulo: str, capacidade: Capacidade) -> Revelavel:
    return Revelavel(
        rotulo,
        capacidade,
        _conexoes,
        cliente=lambda conexao: conexao.etiqueta.contrato.cliente_id,
        valor=lambda conexao: decifrar(cifrado) if (cifrado := getattr(conexao, campo)) else "",
        mascarado=lambda conexao, permissoes: "••••••••",
    )


REVELAVEIS = {
    ("cliente", "documento"): Revelavel(
        "Documento",
        Capacidade.REVELAR_DADOS,
        lambda usuario: Cliente.objects.visiveis_para(usuario).order_by(),
        cliente=lambda cliente: cliente.pk,
        valor=lambda cliente: documentos.formatar(cliente.documento or ""),
        mascarado=lambda cliente, permissoes: mascaras.documento(cliente.documento, permissoes),
    ),
    ("contato", "valor"): Revelavel(
        "Contato",
        Capacidade.REVELAR_DADOS,
        _contatos,
        cliente=lambda contato: contato.cliente_id,
        valor=_valor_do_contato,
        mascarado=lambda contato, permissoes: mascaras.contato(contato.tipo, contato.valor, permissoes),
    ),
    ("solicitacao", "telefone"): Revelavel(
        "Telefone de retorno",
        Capacidade.REVELAR_DADOS,
        lambda usuario: Solicitacao.objects.visiveis_para(usuario).exclude(solicitante_telefone=""),
        cliente=lambda solicitacao: solicitacao.cliente_id,
        valor=lambda solicitacao: telefones.formatar(solicitacao.solicitante_telefone),
        mascarado=lambda solicitacao, permissoes: mascaras.contato(
            TipoDeContato.TELEFONE, solicitacao.solicitante_telefone, permissoes
        ),
    ),
    ("conexao", "senha"): _segredo("senha", "Senha", Capacidade.REVELAR_SENHA_DA_CONEXAO),
    ("conexao", "senha_equipamento"): _segredo(
        "senha_equipamento", "Senha Equipamento", Capacidade.REVELAR_SENHA_DO_EQUIPAMENTO
    ),
}


@require_POST
@exige(Capacidade.ATENDER)
def revelar(request, alvo: str, pk: int, campo: str):
    """Só o valor, que some em `REVELACAO_SEGUNDOS`; o acesso fica registrado antes de responder."""
    revelavel = REVELAVEIS.get((alvo, campo))
    objeto = revelavel and revelavel.consulta(request.user).filter(pk=pk).first()
    if not objeto:
        raise Http404
    exigir_capacidade(request.user, revelavel.capacidade)
    cliente_id = revelavel.cliente(objeto)
    registrar_revelacao(
        por=request.user,
        cliente_id=cliente_id,
        alvo=alvo,
        alvo_id=pk,
        campo=campo,
        ip=request.META.get("REMOTE_ADDR"),
    )
    contexto = {
        "rotulo": revelavel.rotulo,
        "valor": revelavel.valor(objeto),
        "mascarado": revelavel.mascarado(objeto, request.user.permissoes),
        "segundos": settings.REVELACAO_SEGUNDOS,
        "voltar": reverse("cliente", args=[cliente_id]),
    }
    return render(request, "revelado.html#valor" if request.htmx else "revelado.html", contexto)
