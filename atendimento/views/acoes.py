"""As páginas de uma ação: começar, responder cada passo, conferir a prévia, concluir, desistir, retomar.

Aqui só se traduz HTTP: quem decide e grava é `atendimento/execucao.py`. Cada página é também o fragmento
que o htmx põe em `#acao`, no centro do painel.
"""

import json
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atendimento import execucao as executor
from atendimento.acesso import exige
from atendimento.acoes.base import ACOES, Acao, Passo
from atendimento.acoes.excecoes import PassoInvalido, SemProtocolo
from atendimento.decisao import acima_do_limite, instanciar, preparar
from atendimento.eixo import Eixo, localizar
from atendimento.excecoes import Desatualizada, Recusa
from atendimento.models.execucao import Decisao, Execucao, SituacaoDaExecucao
from atendimento.models.solicitacao import Solicitacao
from perfis.capacidades import Capacidade
from perfis.models import Acao as ItemDoCatalogo

# O que um formulário de ação traz além dos campos do passo.
DE_CONTROLE = {"csrfmiddlewaretoken", "chave", "versao", "versao_do_alvo"}


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def acao(request, slug: str, alvo: str, pk: int):
    """O primeiro passo de uma ação sobre um alvo; o POST a começa."""
    classe = ACOES.get(slug)
    if classe is None or classe.alvo != alvo:
        raise Http404
    eixo = localizar(alvo, pk, request.user)
    if request.method == "POST":
        return _comecar(request, classe, eixo)
    eixo = eixo.com_solicitacao(executor.protocolo_de(classe, eixo, request.user))
    try:
        pronta = preparar(classe, eixo, request.user)
    except SemProtocolo as recusa:
        return _sem_protocolo(request, classe, eixo, recusa)
    except Recusa as recusa:
        return _recusada(request, classe, eixo, recusa)
    form = classe.passos[0](contexto=pronta.contexto)
    return _passo(request, pronta, 1, form, chave=uuid4())


def _comecar(request, classe: type[Acao], eixo: Eixo):
    enviados = _enviados(request, classe.passos[0])
    chave, versao = _uuid(enviados.get("chave")), _inteiro(enviados.get("versao_do_alvo"))
    try:
        execucao = executor.iniciar(
            classe, eixo, por=request.user, chave=chave, enviados=enviados, versao=versao
        )
    except PassoInvalido as recusa:
        return _passo_invalido(request, classe, recusa, chave=chave)
    except Recusa as recusa:
        return _recusada(request, classe, eixo, recusa, enviados=enviados, chave=chave)
    return _seguir(request, execucao)


@require_safe
@exige(Capacidade.ATENDER)
def execucao(request, chave: UUID):
    """Onde a execução está: o passo que espera resposta, a prévia ou como ela terminou."""
    atual, eixo = _achar(request, chave)
    if not _espera(atual, request.user):
        return _situacao(request, atual, eixo)
    return _pagina_do_passo(request, atual, eixo, atual.passo)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.ATENDER)
def passo(request, chave: UUID, numero: int):
    """Um passo já alcançado, com o que foi respondido; o POST o guarda."""
    atual, eixo = _achar(request, chave)
    classe = executor.classe_de(atual)
    if not 1 <= numero <= len(classe.passos):
        raise Http404
    if request.method == "POST":
        return _responder(request, atual, eixo, numero)
    if not _espera(atual, request.user) or numero > atual.passo:
        return redirect("execucao", chave=chave)
    return _pagina_do_passo(request, atual, eixo, numero)


def _responder(request, atual: Execucao, eixo: Eixo, numero: int):
    classe = executor.classe_de(atual)
    enviados = _enviados(request, classe.passos[numero - 1])
    versao = _inteiro(enviados.get("versao"))
    try:
        seguinte = executor.responder(atual.pk, numero, por=request.user, enviados=enviados, versao=versao)
    except PassoInvalido as recusa:
        return _passo_invalido(request, classe, recusa, execucao=atual)
    except Recusa as recusa:
        return _recusada(request, classe, eixo, recusa, enviados=enviados, execucao=atual, numero=numero)
    return _seguir(request, seguinte)


@require_safe
@exige(Capacidade.ATENDER)
def previa(request, chave: UUID):
    """O que vai mudar, quanto custa e o que dizer ao cliente; antes dela, o passo que falta."""
    atual, eixo = _achar(request, chave)
    if not _espera(atual, request.user):
        return redirect("execucao", chave=chave)
    return _pagina_do_passo(request, atual, eixo, atual.passo)


@require_POST
@exige(Capacidade.ATENDER)
def concluir(request, chave: UUID):
    """Efetiva a ação, uma vez só."""
    atual, eixo = _achar(request, chave)
    enviados = _enviados(request, None)
    try:
        concluida = executor.concluir(
            chave,
            por=request.user,
            versao=_inteiro(enviados.get("versao")),
            versao_do_alvo=_inteiro(enviados.get("versao_do_alvo")),
        )
    except PassoInvalido as recusa:
        return _passo_invalido(request, executor.classe_de(atual), recusa, execucao=atual)
    except Desatualizada as recusa:
        atual, eixo = _achar(request, chave)
        ultima = len(executor.classe_de(atual).passos) + 1
        return _pagina_do_passo(request, atual, eixo, ultima, aviso=recusa.frase, status=409)
    except Recusa as recusa:
        return _recusada(request, executor.classe_de(atual), eixo, recusa, execucao=atual)
    return _seguir(request, concluida)


@require_POST
@exige(Capacidade.ATENDER)
def cancelar(request, chave: UUID):
    """Desiste da execução, sem efeito."""
    atual, eixo = _achar(request, chave)
    _enviados(request, None)
    try:
        executor.cancelar(chave, por=request.user)
    except Recusa as recusa:
        return _recusada(request, executor.classe_de(atual), eixo, recusa, execucao=atual)
    messages.info(request, f"{executor.classe_de(atual).nome}: desistência registrada. Nada mudou.")
    return _ir(request, _painel(eixo))


@require_POST
@exige(Capacidade.ATENDER)
def retomar(request, chave: UUID):
    """Passa a execução de outro agente para quem pede."""
    atual, eixo = _achar(request, chave)
    _enviados(request, None)
    try:
        retomada = executor.retomar(chave, por=request.user)
    except Recusa as recusa:
        return _recusada(request, executor.classe_de(atual), eixo, recusa, execucao=atual)
    return _seguir(request, retomada)


# --- leitura do pedido ------------------------------------------------------------------------------


def _enviados(request, passo: type[Passo] | None):
    """O POST, se só traz o que o formulário pergunta; uma chave a mais é 400."""
    conhecidas = DE_CONTROLE | (passo.nomes() if passo else set())
    if not request.POST.keys() <= conhecidas:
        raise BadRequest("O formulário trouxe campos que esta ação não pergunta.")
    return request.POST


def _inteiro(texto: str | None) -> int:
    if not texto or not texto.isascii() or not texto.isdigit() or len(texto) > 9:
        raise BadRequest("Falta a versão do formulário.")
    return int(texto)


def _uuid(texto: str | None) -> UUID:
    try:
        return UUID(texto or "")
    except ValueError:
        raise BadRequest("Falta a chave do formulário.") from None


def _achar(request, chave: UUID) -> tuple[Execucao, Eixo]:
    """A execução no escopo do usuário, que precisa ter a ação; senão 404 ou 403."""
    achada = Execucao.objects.select_related("usuario").filter(pk=chave).first()
    if achada is None:
        raise Http404
    eixo = executor.eixo_de(achada, request.user)
    executor.exigir_concessao(achada, request.user)
    return achada, eixo


def _espera(execucao: Execucao, usuario) -> bool:
    em_andamento = execucao.situacao == SituacaoDaExecucao.EM_ANDAMENTO and not execucao.expirou
    return em_andamento and execucao.usuario_id == usuario.pk


# --- respostas --------------------------------------------------------------------------------------


def _pagina_do_passo(
    request, atual: Execucao, eixo: Eixo, numero: int, *, aviso: str = "", status: int = 200
):
    """O passo `numero` com o que já foi respondido; depois do último, a prévia."""
    classe = executor.classe_de(atual)
    try:
        pronta = preparar(classe, eixo, request.user)
        respostas = executor.respostas(pronta, atual.dados, ate=numero - 1)
        if numero > len(classe.passos):
            return _previa(request, pronta, respostas, atual, aviso=aviso, status=status)
    except PassoInvalido as recusa:
        return _passo(request, pronta, recusa.numero, recusa.form, execucao=atual, aviso=aviso, status=status)
    except Recusa as recusa:
        return _recusada(request, classe, eixo, recusa, execucao=atual)
    guardado = atual.dados.get(str(numero))
    form = executor.ligar_passo(pronta, numero, guardado, respostas)
    return _passo(request, pronta, numero, form, execucao=atual, aviso=aviso, status=status)


def _passo(request, acao: Acao, numero: int, form: Passo, *, status: int = 200, aviso: str = "", **onde):
    _por_foco(form)
    contexto = _contexto(request, acao, numero, **onde) | {
        "form": form,
        "passo": acao.passos[numero - 1],
        "aviso": aviso,
    }
    return _desenhar(request, "acoes/passo.html", contexto, status)


def _passo_invalido(request, classe: type[Acao], recusa: PassoInvalido, **onde):
    acao = classe(recusa.form.contexto)
    return _passo(request, acao, recusa.numero, recusa.form, status=recusa.status, **onde)


def _sem_protocolo(request, classe: type[Acao], eixo: Eixo, recusa: Recusa):
    abertas = Solicitacao.objects.visiveis_para(request.user).filter(cliente=eixo.cliente).abertas()
    contexto = _cabecalho(request, classe, eixo) | {
        "frase": recusa.frase,
        "abertas": abertas.select_related("equipe", "responsavel").order_by("-aberta_em")[:10],
    }
    return _desenhar(request, "acoes/impedida.html", contexto, recusa.status)


def _previa(request, acao: Acao, respostas, execucao: Execucao, *, aviso: str, status: int):
    contexto = _contexto(request, acao, len(acao.passos) + 1, execucao=execucao) | {
        "previa": acao.previa(respostas),
        "recusada": execucao.aprovacoes.filter(decisao=Decisao.RECUSADA).order_by("-decidida_em").first(),
        "aprovacao": acima_do_limite(acao, respostas),
        "aviso": aviso,
    }
    return _desenhar(request, "acoes/previa.html", contexto, status)


def _situacao(request, atual: Execucao, eixo: Eixo):
    classe = executor.classe_de(atual)
    contexto = _cabecalho(request, classe, eixo) | {
        "execucao": atual,
        "resultado": atual.resultado,
        "aguardando": atual.aprovacoes.filter(decisao=Decisao.PENDENTE).select_related("pedida_por").first(),
        "frase": executor.frase_da_situacao(atual),
        "de_outro": atual.situacao == SituacaoDaExecucao.EM_ANDAMENTO and not atual.expirou,
        "de_novo": reverse("acao", args=[atual.acao, atual.alvo, atual.alvo_id]),
    }
    return _desenhar(request, "acoes/resultado.html", contexto, 200)


def _recusada(request, classe, eixo: Eixo, recusa: Recusa, *, enviados=None, numero: int = 1, **onde):
    """A recusa com a sua frase. O formulário que a provocou volta com o que foi digitado."""
    if recusa.status == 403:
        raise recusa
    if enviados is None:
        contexto = _cabecalho(request, classe, eixo) | {"frase": recusa.frase, **onde}
        return _desenhar(request, "acoes/impedida.html", contexto, recusa.status)
    eixo = localizar(eixo.alvo, eixo.objeto.pk, request.user)
    pronta = instanciar(classe, eixo, request.user)
    if "execucao" in onde:
        onde["execucao"].refresh_from_db()
    form = executor.ligar_passo(pronta, numero, dict(enviados.lists()), {})
    return _passo(request, pronta, numero, form, status=recusa.status, aviso=recusa.frase, **onde)


def _contexto(
    request, acao: Acao, numero: int, *, chave: UUID | None = None, execucao: Execucao | None = None
):
    eixo = acao.contexto.eixo
    voltar, envio = _painel(eixo), reverse("acao", args=[acao.slug, acao.alvo, eixo.objeto.pk])
    if execucao:
        envio = reverse("execucao_passo", args=[execucao.pk, numero])
        if numero > 1:
            voltar = reverse("execucao_passo", args=[execucao.pk, numero - 1])
    return _cabecalho(request, type(acao), eixo) | {
        "acao": acao,
        "execucao": execucao,
        "chave": chave,
        "versao_do_alvo": eixo.versao,
        "numero": numero,
        "passos": [passo.titulo for passo in acao.passos] + (["Conferência"] if acao.confirmacao else []),
        "envio": envio,
        "voltar": voltar,
    }


def _cabecalho(request, classe: type[Acao], eixo: Eixo) -> dict:
    item = ItemDoCatalogo.objects.filter(slug=classe.slug).only("nome", "icone").first()
    return {
        "classe": classe,
        "nome": item.nome if item else classe.nome,
        "icone": item.icone if item else classe.icone,
        "eixo": eixo,
        "painel_url": _painel(eixo),
        "trilha": [
            ("Estrutura de Atendimento", ""),
            ("Atendimento", reverse("inicio")),
            ("Informações do cliente", _painel(eixo)),
            (item.nome if item else classe.nome, ""),
        ],
    }


def _desenhar(request, template: str, contexto: dict, status: int):
    inteira = not request.htmx or request.htmx.history_restore_request or request.htmx.target != "acao"
    return render(request, template if inteira else f"{template}#acao", contexto, status=status)


def _seguir(request, execucao: Execucao):
    """Para onde ir depois de um envio aceito: o que falta, o resultado, ou o destino que a ação deu."""
    if execucao.situacao == SituacaoDaExecucao.CONCLUIDA and execucao.resultado["destino"]:
        messages.success(request, execucao.resultado["mensagem"])
        return _ir(request, execucao.resultado["destino"])
    return _ir(request, _onde(execucao), no_painel=True)


def _onde(execucao: Execucao) -> str:
    passos = len(executor.classe_de(execucao).passos)
    if execucao.situacao != SituacaoDaExecucao.EM_ANDAMENTO:
        return reverse("execucao", args=[execucao.pk])
    if execucao.passo > passos:
        return reverse("execucao_previa", args=[execucao.pk])
    return reverse("execucao_passo", args=[execucao.pk, execucao.passo])


def _ir(request, url: str, *, no_painel: bool = False):
    """Um passo adiante. No painel, o htmx troca só `#acao`; um 302 poria uma página inteira nele."""
    if not request.htmx:
        return redirect(url)
    if no_painel and request.htmx.target == "acao":
        destino = {"path": url, "target": "#acao", "swap": "innerHTML"}
        return HttpResponse(headers={"HX-Location": json.dumps(destino)})
    return HttpResponse(headers={"HX-Redirect": url})


def _painel(eixo: Eixo) -> str:
    url = reverse("cliente", args=[eixo.cliente.pk])
    return f"{url}?etiqueta={eixo.etiqueta.pk}" if eixo.etiqueta else url


def _por_foco(form: Passo) -> None:
    """O foco vai ao primeiro campo com erro; sem erro, ao primeiro."""
    nomes = [nome for nome in form.fields if nome in form.errors] if form.is_bound else []
    for nome in nomes[:1] or list(form.fields)[:1]:
        form.fields[nome].widget.attrs["autofocus"] = True
