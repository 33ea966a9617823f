"""As páginas de uma ação: começar, responder cada passo, conferir a prévia, concluir, desistir, retomar.

Aqui só se traduz HTTP: quem decide e grava é `atendimento/execucao.py`, e o que se vê é de
`telas_de_acao.py`.
"""

from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from atendimento import execucao as executor
from atendimento.acesso import exige
from atendimento.acoes.base import ACOES, Acao, Passo
from atendimento.acoes.excecoes import PassoInvalido, SemProtocolo
from atendimento.decisao import preparar
from atendimento.dominio.rascunhos import apagar_rascunho
from atendimento.eixo import Eixo, localizar
from atendimento.excecoes import Desatualizada, Recusa
from atendimento.models.execucao import Execucao, SituacaoDaExecucao
from atendimento.views import rascunhos
from atendimento.views import telas_de_acao as telas
from perfis.capacidades import Capacidade

# O que um formulário de ação traz além dos campos do passo.
DE_CONTROLE = {"csrfmiddlewaretoken", "chave", "versao", "versao_do_alvo", "depois"}


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
        return telas.sem_protocolo(request, classe, eixo, recusa)
    except Recusa as recusa:
        return telas.recusada(request, classe, eixo, recusa)
    form = classe.passos[0](contexto=pronta.contexto)
    return telas.passo(request, pronta, 1, form, chave=uuid4())


def _comecar(request, classe: type[Acao], eixo: Eixo):
    enviados = _enviados(request, classe.passos[0])
    chave, versao = _uuid(enviados.get("chave")), inteiro(enviados.get("versao_do_alvo"))
    depois = telas.depois(request)
    try:
        execucao = executor.iniciar(
            classe, eixo, por=request.user, chave=chave, enviados=enviados, versao=versao
        )
    except PassoInvalido as recusa:
        return telas.passo_invalido(request, classe, recusa, chave=chave)
    except Recusa as recusa:
        return telas.recusada(request, classe, eixo, recusa, enviados=enviados, chave=chave)
    _esquecer(request, rascunhos.chave_da_acao(classe.slug, eixo.alvo, eixo.objeto.pk))
    return telas.seguir(request, execucao, depois=depois)


@require_safe
@exige(Capacidade.ATENDER)
def execucao(request, chave: UUID):
    """Onde a execução está: o passo que espera resposta, a prévia ou como ela terminou."""
    atual, eixo = _achar(request, chave)
    if not _espera(atual, request.user):
        return telas.situacao(request, atual, eixo)
    return telas.pagina_do_passo(request, atual, eixo, atual.passo)


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
    return telas.pagina_do_passo(request, atual, eixo, numero)


def _responder(request, atual: Execucao, eixo: Eixo, numero: int):
    classe = executor.classe_de(atual)
    enviados = _enviados(request, classe.passos[numero - 1])
    versao = inteiro(enviados.get("versao"))
    try:
        seguinte = executor.responder(atual.pk, numero, por=request.user, enviados=enviados, versao=versao)
    except PassoInvalido as recusa:
        return telas.passo_invalido(request, classe, recusa, execucao=atual)
    except Recusa as recusa:
        return telas.recusada(request, classe, eixo, recusa, enviados=enviados, execucao=atual, numero=numero)
    _esquecer(request, rascunhos.chave_do_passo(atual, numero))
    return telas.seguir(request, seguinte)


@require_safe
@exige(Capacidade.ATENDER)
def previa(request, chave: UUID):
    """O que vai mudar, quanto custa e o que dizer ao cliente; antes dela, o passo que falta."""
    atual, eixo = _achar(request, chave)
    if not _espera(atual, request.user):
        return redirect("execucao", chave=chave)
    return telas.pagina_do_passo(request, atual, eixo, atual.passo)


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
            versao=inteiro(enviados.get("versao")),
            versao_do_alvo=inteiro(enviados.get("versao_do_alvo")),
        )
    except PassoInvalido as recusa:
        return telas.passo_invalido(request, executor.classe_de(atual), recusa, execucao=atual)
    except Desatualizada as recusa:
        atual, eixo = _achar(request, chave)
        ultima = len(executor.classe_de(atual).passos) + 1
        return telas.pagina_do_passo(request, atual, eixo, ultima, aviso=recusa.frase, status=409)
    except Recusa as recusa:
        return telas.recusada(request, executor.classe_de(atual), eixo, recusa, execucao=atual)
    return telas.seguir(request, concluida)


@require_POST
@exige(Capacidade.ATENDER)
def cancelar(request, chave: UUID):
    """Desiste da execução, sem efeito."""
    atual, eixo = _achar(request, chave)
    _enviados(request, None)
    try:
        executor.cancelar(chave, por=request.user)
    except Recusa as recusa:
        return telas.recusada(request, executor.classe_de(atual), eixo, recusa, execucao=atual)
    for numero in range(1, len(executor.classe_de(atual).passos) + 1):
        _esquecer(request, rascunhos.chave_do_passo(atual, numero))
    messages.info(request, f"{executor.classe_de(atual).nome}: desistência registrada. Nada mudou.")
    return telas.ir(request, telas.painel(eixo))


@require_POST
@exige(Capacidade.ATENDER)
def retomar(request, chave: UUID):
    """Passa a execução de outro agente para quem pede."""
    atual, eixo = _achar(request, chave)
    _enviados(request, None)
    try:
        retomada = executor.retomar(chave, por=request.user)
    except Recusa as recusa:
        return telas.recusada(request, executor.classe_de(atual), eixo, recusa, execucao=atual)
    return telas.seguir(request, retomada)


def _esquecer(request, chave: str) -> None:
    """O que se digitou já foi enviado, ou abandonado."""
    apagar_rascunho(por=request.user, chave=chave)


# --- leitura do pedido ------------------------------------------------------------------------------


def _enviados(request, passo: type[Passo] | None):
    """O POST, se só traz o que o formulário pergunta; uma chave a mais é 400."""
    conhecidas = DE_CONTROLE | (passo.nomes() if passo else set())
    if not request.POST.keys() <= conhecidas:
        raise BadRequest("O formulário trouxe campos que esta ação não pergunta.")
    return request.POST


def inteiro(texto: str | None) -> int:
    """A versão que o formulário traz. Levanta `BadRequest` sem ela."""
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
