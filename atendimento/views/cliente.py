"""O painel *Informações do cliente* e as abas do contrato, que são o mesmo painel noutra aba."""

from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from atendimento import alvos, barra, mostradores, painel
from atendimento.acesso import exige
from atendimento.consultas import ID, Consulta
from atendimento.disponiveis import continuacao
from atendimento.dominio.acessos import registrar_painel
from atendimento.eixo import Eixo
from atendimento.views.widgets import corpo, pede_mais_linhas
from atendimento.widgets.base import WIDGETS
from contratos.models import Contrato, Etiqueta
from perfis.capacidades import Capacidade


@require_safe
@exige(Capacidade.ATENDER)
def cliente(request, pk: int):
    """O painel do cliente na primeira aba que o perfil concede."""
    montado = painel.montar(request.user, cliente_id=pk, etiqueta_id=request.GET.get("etiqueta"))
    aba = montado.abas[0] if montado.abas else None
    return _pagina(request, montado, aba)


@require_safe
@exige(Capacidade.ATENDER)
def contrato(request, pk: int, aba: str):
    """*Informações do contrato*: a página inteira, ou só a aba quando o htmx a pede."""
    classe = WIDGETS.get(aba)
    if classe is None or classe.regiao != "aba":
        raise Http404
    if request.htmx.target in ("aba", "mais"):
        return _fragmento(request, pk, classe)
    montado = painel.montar(request.user, contrato_id=pk, etiqueta_id=request.GET.get("etiqueta"))
    _exigir(request.user, classe)
    return _pagina(request, montado, classe)


def _exigir(usuario, classe) -> None:
    if usuario.permissoes.widget(classe.slug) is None:
        raise PermissionDenied(f"Seu perfil não permite ver {classe.nome}.")


def _pagina(request, montado: painel.Painel, classe):
    registrar_painel(
        por=request.user,
        cliente_id=montado.cliente["id"],
        aba=classe.slug if classe else "",
        ip=request.META.get("REMOTE_ADDR"),
    )
    _enderecar_etiquetas(montado, classe)
    eixo = barra.eixo_do(montado, request.user)
    contexto = _do_atendimento(request.user, montado, eixo) | {"painel": montado, "trilha": _trilha()}
    if classe and montado.contrato:
        etiqueta_id = montado.etiqueta["id"] if montado.etiqueta else None
        contexto |= _da_aba(request, classe, eixo.contrato, etiqueta_id, montado.abas)
    return render(request, "cliente.html", contexto)


def _do_atendimento(usuario, montado: painel.Painel, eixo: Eixo) -> dict:
    """A barra e as solicitações abertas do cliente."""
    abertas = barra.abertas_do_cliente(usuario, montado.cliente["id"])
    atual = barra.em_curso(abertas, usuario, montado.contrato and montado.contrato["id"])
    agora = timezone.now()
    linhas = [
        {"solicitacao": aberta, "prazo": mostradores.dos_prazos(aberta, agora)[0]}
        | continuacao(usuario, aberta)
        for aberta in abertas
    ]
    return {"barra": barra.do_painel(usuario, eixo, atual), "abertas": linhas}


def _enderecar_etiquetas(montado: painel.Painel, classe) -> None:
    """Escolher uma etiqueta mantém a aba aberta; sem aba no perfil, volta ao painel."""
    for contrato_ in montado.contratos:
        if classe:
            base = reverse("contrato", args=[contrato_["id"], classe.slug])
        else:
            base = reverse("cliente", args=[montado.cliente["id"]])
        for etiqueta in contrato_["etiquetas"]:
            etiqueta["url"] = f"{base}?etiqueta={etiqueta['id']}"


def _fragmento(request, pk: int, classe):
    objeto, etiqueta_id = _contrato_e_etiqueta(request, pk)
    _exigir(request.user, classe)
    registrar_painel(
        por=request.user,
        cliente_id=objeto.cliente_id,
        aba=classe.slug,
        ip=request.META.get("REMOTE_ADDR"),
    )
    contexto = _da_aba(request, classe, objeto, etiqueta_id, painel.abas_de(request.user))
    if pede_mais_linhas(request, contexto):
        return render(request, f"{contexto['corpo_template']}#linhas", contexto)
    return render(request, "cliente.html#aba", contexto)


def _contrato_e_etiqueta(request, pk: int) -> tuple[Contrato, int | None]:
    """O contrato e a etiqueta pedida, ou a primeira ativa dele, num só comando SQL.

    Levanta `Http404` para o que não existe, está fora do escopo ou é de outro contrato.
    """
    pedida = painel.numero(request.GET.get("etiqueta"))
    if pedida is None:
        objeto = COM_A_PRIMEIRA.primeira(request.user, pk)
    else:
        objeto = COM_A_PEDIDA.primeira(request.user, pk, pedida)
    if objeto is None or (pedida is not None and objeto.escolhida is None):
        raise Http404
    return objeto, objeto.escolhida


def _com_etiqueta(quem, contrato, pedida=None) -> QuerySet[Contrato]:
    etiquetas = Etiqueta.objects.filter(contrato_id=OuterRef("pk")).order_by("-ativa", "id")
    if pedida is not None:
        etiquetas = etiquetas.filter(pk=pedida)
    contratos = alvos.CONSULTAS["contrato"](quem).order_by().filter(pk=contrato)
    return contratos.annotate(escolhida=Subquery(etiquetas.values("pk")[:1]))[:1]


COM_A_PRIMEIRA = Consulta(_com_etiqueta, ID)
COM_A_PEDIDA = Consulta(_com_etiqueta, ID, ID)


def _da_aba(request, classe, objeto, etiqueta_id, abas) -> dict:
    fim = f"?etiqueta={etiqueta_id}" if etiqueta_id else ""
    url = reverse("contrato", args=[objeto.pk, classe.slug]) + fim
    return {
        "aba": classe,
        "abas": [(a, reverse("contrato", args=[objeto.pk, a.slug]) + fim) for a in abas],
        "aba_url": url,
        **corpo(classe(request, objeto, etiqueta_id), url),
    }


def _trilha() -> list[tuple[str, str]]:
    return [
        ("Estrutura de Atendimento", ""),
        ("Atendimento", reverse("inicio")),
        ("Informações do cliente", ""),
    ]
