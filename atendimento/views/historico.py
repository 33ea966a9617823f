"""As solicitações de um cliente, do começo ao fim, com filtros no endereço."""

from datetime import date, datetime, time, timedelta

from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import make_aware
from django.views.decorators.http import require_safe

from atendimento import paginas
from atendimento.acesso import exige
from atendimento.dominio.acessos import registrar_painel
from atendimento.forms import ABERTAS, FiltroDeSolicitacoes
from atendimento.models import Solicitacao
from atendimento.situacoes import Situacao
from clientes.models import Cliente
from contratos.models import Contrato
from perfis.capacidades import Capacidade

TAMANHO = 30


@require_safe
@exige(Capacidade.ATENDER)
def do_cliente(request, pk: int):
    """A página, ou só as linhas seguintes quando o htmx as pede."""
    cliente = Cliente.objects.visiveis_para(request.user).filter(pk=pk).first()
    if cliente is None:
        raise Http404
    contratos = Contrato.objects.visiveis_para(request.user).filter(cliente=pk).order_by("id")
    filtro = FiltroDeSolicitacoes(request.GET, contratos=contratos)
    _exigir_conhecidos(request, filtro)
    consulta = _filtrar(
        Solicitacao.objects.visiveis_para(request.user).filter(cliente=pk), filtro.cleaned_data
    )
    linhas, proxima = paginas.fatiar(_colunas(consulta), request.GET.get("depois", ""), "aberta_em", TAMANHO)
    contexto = {
        "cliente": cliente,
        "linhas": [_linha(linha) for linha in linhas],
        "mais_url": paginas.seguinte(request, proxima),
        "filtro": filtro,
        "filtrado": any(filtro.cleaned_data.values()),
        "trilha": _trilha(pk),
    }
    if request.htmx.target == "mais":
        return render(request, "solicitacoes.html#linhas", contexto)
    ip = request.META.get("REMOTE_ADDR")
    registrar_painel(por=request.user, cliente_id=pk, aba="solicitacoes", ip=ip)
    return render(request, "solicitacoes.html", contexto)


def _exigir_conhecidos(request, filtro: FiltroDeSolicitacoes) -> None:
    """Levanta `BadRequest` para um filtro que não existe ou um valor que ele não aceita."""
    if not request.GET.keys() <= filtro.fields.keys() | {"depois"}:
        raise BadRequest("Filtro desconhecido.")
    if not filtro.is_valid():
        nome, erros = next(iter(filtro.errors.items()))
        raise BadRequest(f"{filtro.fields[nome].label}: {erros[0]}")


def _filtrar(consulta: QuerySet, valores: dict) -> QuerySet:
    if valores["situacao"] == ABERTAS:
        consulta = consulta.abertas()
    elif valores["situacao"]:
        consulta = consulta.filter(situacao=valores["situacao"])
    for campo in ("tipo", "contrato"):
        if valores[campo]:
            consulta = consulta.filter(**{campo: valores[campo]})
    if valores["de"]:
        consulta = consulta.filter(aberta_em__gte=_comeco(valores["de"]))
    if valores["ate"]:
        consulta = consulta.filter(aberta_em__lt=_comeco(valores["ate"] + timedelta(days=1)))
    return consulta


def _comeco(dia: date) -> datetime:
    return make_aware(datetime.combine(dia, time.min))


def _colunas(consulta: QuerySet) -> QuerySet:
    return consulta.order_by("-aberta_em", "-id").values(
        "id", "protocolo", "aberta_em", "encerrada_em", "situacao", "tipo__nome", "canal", "equipe__nome",
        "responsavel__first_name", "responsavel__last_name", "responsavel__username", "etiqueta__codigo",
        "contrato__numero", "descricao", "solucao__nome",
    )  # fmt: skip


def _linha(linha: dict) -> dict:
    nome = f"{linha['responsavel__first_name'] or ''} {linha['responsavel__last_name'] or ''}".strip()
    return linha | {
        "situacao_texto": Situacao(linha["situacao"]).label,
        "responsavel": nome or linha["responsavel__username"] or "",
        "tipo": linha["tipo__nome"] or "Sem tipo",
        "equipe": linha["equipe__nome"],
        "etiqueta": linha["etiqueta__codigo"],
        "contrato": linha["contrato__numero"],
        "solucao": linha["solucao__nome"] or "",
    }


def _trilha(pk: int) -> list[tuple[str, str]]:
    return [
        ("Estrutura de Atendimento", ""),
        ("Atendimento", reverse("inicio")),
        ("Informações do cliente", reverse("cliente", args=[pk])),
        ("Solicitações", ""),
    ]
