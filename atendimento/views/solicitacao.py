"""O *Resumo da solicitação*: o que ela é, a sua linha do tempo, o que se escreve e se junta nela."""

from datetime import datetime

from django.contrib import messages
from django.db.models import Q
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from atendimento import barra, historia, mascaras, mostradores, paginas, painel
from atendimento.acesso import exige
from atendimento.acoes.transicao import painel_da
from atendimento.dominio import calendarios, solicitacoes
from atendimento.dominio.acessos import registrar_painel
from atendimento.dominio.rascunhos import apagar_rascunho
from atendimento.eixo import Eixo
from atendimento.excecoes import Recusa
from atendimento.forms import FormDeAnexo, FormDeRelato
from atendimento.models import Solicitacao
from atendimento.situacoes import Situacao
from atendimento.views import rascunhos
from clientes.enums import TipoDeContato
from perfis.capacidades import Capacidade

VINCULOS = 50
ANEXOS = 50
_LIDOS_JUNTO = (
    "cliente", "contrato", "etiqueta", "empresa", "equipe", "responsavel", "tipo", "item_de_catalogo",
    "prazo", "motivo_da_pausa", "solucao", "contato_de_origem",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def resumo(request, protocolo: str):
    """A página inteira, ou só mais linhas da história; o POST acrescenta um relato."""
    solicitacao = _achar(request.user, protocolo)
    if request.method == "POST":
        return _relatar(request, solicitacao)
    if request.htmx.target == "mais":
        return render(request, "solicitacao.html#linhas", _historia(request, solicitacao))
    guardado = rascunhos.recuperar(request.user, rascunhos.chave_do_relato(solicitacao), FormDeRelato)
    inicial = guardado | {"corrige": request.GET.get("corrige")}
    return _pagina(
        request, solicitacao, FormDeRelato(solicitacao=solicitacao, initial=inicial), FormDeAnexo()
    )


def _relatar(request, solicitacao: Solicitacao):
    form = FormDeRelato(request.POST, solicitacao=solicitacao)
    if form.is_valid():
        try:
            solicitacoes.relatar(solicitacao, por=request.user, **form.cleaned_data)
        except Recusa as recusa:
            return _recusado(request, solicitacao, recusa, form, FormDeAnexo())
        apagar_rascunho(por=request.user, chave=rascunhos.chave_do_relato(solicitacao))
        messages.success(request, "Relato acrescentado.")
        return redirect(_endereco(solicitacao))
    return _pagina(request, solicitacao, form, FormDeAnexo(), status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def anexos(request, protocolo: str):
    """Junta um arquivo. O GET, de quem volta da entrada depois de a sessão vencer, leva ao resumo."""
    solicitacao = _achar(request.user, protocolo)
    if request.method != "POST":
        return redirect(_endereco(solicitacao))
    form, vazio = FormDeAnexo(request.POST, request.FILES), FormDeRelato(solicitacao=solicitacao)
    if not form.is_valid():
        return _pagina(request, solicitacao, vazio, form, status=422)
    try:
        anexo = solicitacoes.anexar(solicitacao, por=request.user, **form.cleaned_data)
    except Recusa as recusa:
        return _recusado(request, solicitacao, recusa, form, vazio)
    messages.success(request, f"Arquivo {anexo.nome} anexado.")
    return redirect(_endereco(solicitacao))


def _recusado(request, solicitacao: Solicitacao, recusa: Recusa, form, outro):
    """A recusa do domínio no seu campo, com o que foi digitado. A de permissão é a página 403."""
    if recusa.status == 403:
        raise recusa
    form.add_error(recusa.campo if recusa.campo in form.fields else None, recusa.frase)
    forms = (form, outro) if isinstance(form, FormDeRelato) else (outro, form)
    return _pagina(request, solicitacao, *forms, status=recusa.status)


def _achar(usuario, protocolo: str) -> Solicitacao:
    achada = (
        Solicitacao.objects.visiveis_para(usuario)
        .select_related(*_LIDOS_JUNTO)
        .filter(protocolo=protocolo)
        .first()
    )
    if achada is None:
        raise Http404
    return achada


def _endereco(solicitacao: Solicitacao) -> str:
    return f"{reverse('resumo', args=[solicitacao.protocolo])}#historia"


def _pagina(
    request, solicitacao: Solicitacao, relato: FormDeRelato, anexo: FormDeAnexo, *, status: int = 200
):
    registrar_painel(
        por=request.user, cliente_id=solicitacao.cliente_id, aba="resumo", ip=request.META.get("REMOTE_ADDR")
    )
    eixo = Eixo("solicitacao", solicitacao.cliente, solicitacao.contrato, solicitacao.etiqueta, solicitacao)
    passos = calendarios.passos(solicitacao)
    contexto = _historia(request, solicitacao) | {
        "solicitacao": solicitacao,
        "barra": barra.montar(request.user, eixo, solicitacao, passos=passos),
        "relogios": mostradores.contadores(solicitacao, passos, timezone.now()),
        "primeira_resposta": _primeira_resposta(passos),
        "telefone": _telefone(solicitacao, request.user.permissoes),
        "telefone_revelavel": _revelavel(request.user.permissoes),
        "vinculos": _vinculos(solicitacao, request.user),
        "anexos": solicitacao.anexos.order_by("-enviado_em", "-pk")[:ANEXOS],
        "contrato_url": _do_contrato(solicitacao, request.user),
        "form": relato,
        "corrigido": _corrigido(relato),
        "form_de_anexo": anexo,
        "trilha": _trilha(solicitacao),
    }
    contexto |= rascunhos.contexto(
        rascunhos.chave_do_relato(solicitacao),
        volta=request.path,
        recuperado="texto" in relato.initial and not relato.is_bound,
    )
    return render(request, "solicitacao.html", contexto, status=status)


def _historia(request, solicitacao: Solicitacao) -> dict:
    fatos, proxima = historia.ler(solicitacao, request.user, request.GET.get("depois", ""))
    mais = paginas.seguinte(request, proxima)
    return {"fatos": fatos, "mais_url": mais, "solicitacao": solicitacao}


def _primeira_resposta(passos) -> datetime | None:
    return next((passo.em for passo in passos if passo.para == Situacao.EM_ATENDIMENTO), None)


def _telefone(solicitacao: Solicitacao, permissoes) -> str:
    telefone = solicitacao.solicitante_telefone
    return mascaras.contato(TipoDeContato.TELEFONE, telefone, permissoes) if telefone else ""


def _revelavel(permissoes) -> bool:
    return permissoes.tem(Capacidade.REVELAR_DADOS) and not permissoes.tem(Capacidade.VER_TELEFONE)


def _vinculos(solicitacao: Solicitacao, usuario) -> list[tuple[str, Solicitacao]]:
    """Pai, original, filhas e duplicatas que o agente vê, cada uma com o que ela é desta."""
    condicao = Q(pai=solicitacao) | Q(duplicada_de=solicitacao)
    condicao |= Q(pk__in=[pk for pk in (solicitacao.pai_id, solicitacao.duplicada_de_id) if pk])
    ligadas = Solicitacao.objects.visiveis_para(usuario).filter(condicao).select_related("tipo")
    return [(_vinculo(solicitacao, ligada), ligada) for ligada in ligadas.order_by("id")[:VINCULOS]]


def _vinculo(solicitacao: Solicitacao, ligada: Solicitacao) -> str:
    if ligada.pk == solicitacao.pai_id:
        return "Solicitação pai"
    if ligada.pk == solicitacao.duplicada_de_id:
        return "Duplicada de"
    return "Solicitação filha" if ligada.pai_id == solicitacao.pk else "Duplicata desta"


def _do_contrato(solicitacao: Solicitacao, usuario) -> str:
    """*Informações do contrato*, na primeira aba do perfil e na etiqueta da solicitação."""
    abas = painel.abas_de(usuario)
    if not abas:
        return ""
    url = reverse("contrato", args=[solicitacao.contrato_id, abas[0].slug])
    return f"{url}?etiqueta={solicitacao.etiqueta_id}"


def _corrigido(form: FormDeRelato):
    """O relato que se está corrigindo, se o formulário aponta um desta solicitação."""
    valor = form["corrige"].value()
    if not valor or not str(valor).isascii() or not str(valor).isdigit() or len(str(valor)) > 18:
        return None
    return form.fields["corrige"].queryset.filter(pk=valor).first()


def _trilha(solicitacao: Solicitacao) -> list[tuple[str, str]]:
    return [
        ("Estrutura de Atendimento", ""),
        ("Atendimento", reverse("inicio")),
        ("Informações do cliente", painel_da(solicitacao)),
        ("Resumo da solicitação", ""),
    ]
