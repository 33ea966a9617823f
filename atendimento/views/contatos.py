"""Contatos receptivos: uma chamada ganha protocolo antes de se saber de que cliente é."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from atendimento import busca as motor
from atendimento import mascaras, paginas
from atendimento.acesso import exige
from atendimento.acoes.base import ACOES
from atendimento.acoes.transicao import painel_da
from atendimento.dominio import solicitacoes
from atendimento.excecoes import Recusa
from atendimento.forms import FormDeContato, FormDeConversao
from atendimento.models import ContatoReceptivo, Equipe
from clientes.enums import TipoDeContato
from contratos.models import Etiqueta
from perfis.capacidades import Capacidade

TAMANHO = 30
ETIQUETAS = 100
BUSCA_LONGA = f"A busca aceita até {motor.TAMANHO_MAXIMO} caracteres."


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def contatos(request):
    """Os contatos que ainda esperam um cliente; o POST registra outro e lhe dá protocolo."""
    equipes = Equipe.objects.de(request.user).order_by("nome")
    form = FormDeContato(request.POST or None, equipes=equipes)
    if request.method != "POST":
        return _lista(request, form)
    if not form.is_valid():
        return _lista(request, form, status=422)
    try:
        novo = solicitacoes.registrar_contato(por=request.user, **form.cleaned_data)
    except Recusa as recusa:
        _culpar(form, recusa)
        return _lista(request, form, status=recusa.status)
    messages.success(request, f"Contato registrado. Protocolo {novo.protocolo}: diga o número a quem fala.")
    return redirect("contato", protocolo=novo.protocolo)


def _lista(request, form: FormDeContato, *, status: int = 200):
    pendentes = ContatoReceptivo.objects.visiveis_para(request.user).pendentes()
    colunas = pendentes.order_by("-recebido_em", "-id").values(
        "id", "protocolo", "recebido_em", "nome", "assunto", "equipe__nome"
    )
    linhas, proxima = paginas.fatiar(colunas, request.GET.get("depois", ""), "recebido_em", TAMANHO)
    contexto = {
        "form": form,
        "linhas": linhas,
        "mais_url": paginas.seguinte(request, proxima),
        "trilha": _trilha("Contatos"),
    }
    template = "contatos.html#linhas" if request.htmx.target == "mais" else "contatos.html"
    return render(request, template, contexto, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def contato(request, protocolo: str):
    """O contato e a busca do cliente. A busca é por POST: pode ser um documento ou um telefone."""
    achado = _achar(request.user, protocolo)
    if achado.solicitacao:
        return redirect("resumo", protocolo=achado.protocolo)
    texto = request.POST.get("q", "").replace("\x00", "").strip()
    if len(texto) > motor.TAMANHO_MAXIMO:
        return _pagina(request, achado, texto[: motor.TAMANHO_MAXIMO], erro=BUSCA_LONGA, status=422)
    return _pagina(request, achado, texto, etiquetas=_procurar(request.user, texto, achado))


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def converter(request, protocolo: str):
    """Faz do contato uma solicitação de mesmo protocolo. O GET de quem volta da entrada leva ao contato."""
    achado = _achar(request.user, protocolo)
    if request.method != "POST":
        return redirect("contato", protocolo=protocolo)
    atender = request.POST.get("fazer") != "abrir"
    _exigir_acao(request.user, "iniciar" if atender else "abrir")
    form = FormDeConversao(request.POST, etiquetas=_etiquetas(request.user))
    if not form.is_valid():
        return _de_novo(request, achado, form, status=422)
    try:
        nova = solicitacoes.converter_contato(achado, por=request.user, atender=atender, **form.cleaned_data)
    except Recusa as recusa:
        if recusa.status == 403:
            raise
        _culpar(form, recusa)
        return _de_novo(request, achado, form, status=recusa.status)
    messages.success(request, f"O contato virou a solicitação {nova.protocolo}.")
    return redirect(painel_da(nova) if atender else reverse("resumo", args=[nova.protocolo]))


def _de_novo(request, achado: ContatoReceptivo, form: FormDeConversao, *, status: int):
    """A página com o que foi digitado e a etiqueta escolhida, se ela vale."""
    escolhida = form.cleaned_data.get("etiqueta")
    etiquetas = _etiquetas(request.user).filter(pk=escolhida.pk) if escolhida else Etiqueta.objects.none()
    return _pagina(request, achado, "", etiquetas=etiquetas, form=form, status=status)


def _pagina(request, achado: ContatoReceptivo, texto: str, *, etiquetas=(), form=None, erro="", status=200):
    permissoes = request.user.permissoes
    if form is None:
        inicial = {"solicitante_nome": achado.nome, "descricao": achado.assunto}
        form = FormDeConversao(initial=inicial, etiquetas=Etiqueta.objects.none())
    contexto = {
        "contato": achado,
        "telefone": mascaras.contato(TipoDeContato.TELEFONE, achado.telefone, permissoes)
        if achado.telefone
        else "",
        "consulta": texto,
        "erro": erro,
        "etiquetas": list(etiquetas),
        "form": form,
        "fazer": [(s, ACOES[s].confirmar) for s in ("iniciar", "abrir") if permissoes.acao(s)],
        "trilha": _trilha(f"Contato {achado.protocolo}", ("Contatos", reverse("contatos"))),
    }
    return render(request, "contato.html", contexto, status=status)


def _achar(usuario, protocolo: str) -> ContatoReceptivo:
    achado = (
        ContatoReceptivo.objects.visiveis_para(usuario)
        .select_related("equipe", "recebido_por", "solicitacao")
        .filter(protocolo=protocolo)
        .first()
    )
    if achado is None:
        raise Http404
    return achado


def _etiquetas(usuario):
    return (
        Etiqueta.objects.visiveis_para(usuario)
        .filter(ativa=True)
        .select_related("contrato__cliente", "endereco")
    )


def _procurar(usuario, texto: str, achado: ContatoReceptivo):
    """As etiquetas ativas dos clientes achados, na ordem da busca, ou as do cliente que o contato já tem."""
    ids = [a.cliente_id for a in motor.procurar(texto, usuario)] if texto else []
    if achado.cliente_id:
        ids = [achado.cliente_id]
    etiquetas = _etiquetas(usuario).filter(contrato__cliente__in=ids).order_by("contrato", "id")[:ETIQUETAS]
    return sorted(etiquetas, key=lambda etiqueta: ids.index(etiqueta.contrato.cliente_id))


def _exigir_acao(usuario, slug: str) -> None:
    if not usuario.permissoes.acao(slug):
        raise PermissionDenied(f"Seu perfil não permite a ação {ACOES[slug].nome}.")


def _culpar(form, recusa: Recusa) -> None:
    form.add_error(recusa.campo if recusa.campo in form.fields else None, recusa.frase)


def _trilha(atual: str, *antes: tuple[str, str]) -> list[tuple[str, str]]:
    return [("Estrutura de Atendimento", ""), ("Atendimento", reverse("inicio")), *antes, (atual, "")]
