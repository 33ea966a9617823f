"""A fila de aprovações dos supervisores e a decisão de cada pedido."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from atendimento import aprovacao as verbos
from atendimento import execucao as executor
from atendimento.acesso import exige
from atendimento.acoes.campos import Texto
from atendimento.decisao import instanciar
from atendimento.excecoes import Recusa, SemPermissao
from atendimento.models.execucao import Aprovacao, Decisao
from atendimento.views.acoes import inteiro
from atendimento.views.telas_de_acao import cabecalho
from perfis.capacidades import Capacidade
from perfis.models import Acao as ItemDoCatalogo

PAGINA = 50
DE_CONTROLE = {"csrfmiddlewaretoken", "versao_do_alvo"}


class FormDaDecisao(forms.Form):
    """Aprovar, ou recusar com um motivo."""

    decisao = forms.ChoiceField(label="Decisão", choices=[("aprovar", "Aprovar"), ("recusar", "Recusar")])
    justificativa = Texto(
        label="Justificativa", max_length=500, required=False, help_text="Obrigatória para recusar."
    )

    def clean(self):
        """Uma recusa diz por quê."""
        dados = super().clean()
        if dados.get("decisao") == "recusar" and not dados.get("justificativa"):
            self.add_error("justificativa", "Diga por que recusa.")
        return dados


@require_safe
@exige(Capacidade.SUPERVISIONAR)
def aprovacoes(request):
    """Os pedidos que esperam decisão, do mais antigo ao mais novo."""
    pedidos = verbos.pendentes_para(request.user).select_related(
        "execucao__cliente", "execucao__contrato", "execucao__solicitacao", "pedida_por"
    )[: PAGINA + 1]
    nomes = dict(ItemDoCatalogo.objects.values_list("slug", "nome"))
    linhas = [(pedido, nomes.get(pedido.execucao.acao, pedido.execucao.acao)) for pedido in pedidos[:PAGINA]]
    contexto = {"linhas": linhas, "ha_mais": len(pedidos) > PAGINA}
    return render(request, "aprovacoes.html", contexto)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.SUPERVISIONAR)
def decidir(request, pk: int):
    """Um pedido, com a prévia do que aconteceria; o POST decide."""
    pedido = _achar(pk)
    # Antes de olhar o corpo: um 400 no lugar do 404 diria que o pedido existe.
    verbos.exigir_aprovador(pedido, pedido.execucao, request.user)
    if request.method != "POST":
        return _pagina(request, pedido, FormDaDecisao())
    if not request.POST.keys() <= FormDaDecisao.base_fields.keys() | DE_CONTROLE:
        raise BadRequest("O formulário trouxe campos que esta página não pergunta.")
    form = FormDaDecisao(request.POST)
    if not form.is_valid():
        return _pagina(request, pedido, form, status=422)
    try:
        verbos.decidir(
            pk,
            por=request.user,
            aprovar=form.cleaned_data["decisao"] == "aprovar",
            justificativa=form.cleaned_data["justificativa"],
            versao=inteiro(request.POST.get("versao_do_alvo")),
        )
    except SemPermissao:
        raise
    except Recusa as recusa:
        return _pagina(request, _achar(pk), form, aviso=recusa.frase, status=recusa.status)
    feito = "aprovado" if form.cleaned_data["decisao"] == "aprovar" else "recusado"
    messages.success(request, f"Pedido de {pedido.pedida_por.nome_exibido} {feito}.")
    return redirect("aprovacoes")


def _achar(pk: int) -> Aprovacao:
    pedidos = Aprovacao.objects.select_related("execucao__usuario", "pedida_por", "decidida_por")
    pedido = pedidos.filter(pk=pk).first()
    if pedido is None:
        raise Http404
    return pedido


def _pagina(request, pedido: Aprovacao, form: FormDaDecisao, *, aviso: str = "", status: int = 200):
    execucao = pedido.execucao
    verbos.exigir_aprovador(pedido, execucao, request.user)
    eixo = executor.eixo_de(execucao, request.user)
    classe = executor.classe_de(execucao)
    contexto = cabecalho(request, classe, eixo) | {
        "pedido": pedido,
        "pendente": pedido.decisao == Decisao.PENDENTE,
        "form": form,
        "aviso": aviso,
        "versao_do_alvo": eixo.versao,
    }
    contexto["trilha"][-2:] = [("Aprovações", reverse("aprovacoes")), (contexto["nome"], "")]
    return render(request, "aprovacao.html", contexto | _previa(pedido, classe, eixo), status=status)


def _previa(pedido: Aprovacao, classe, eixo) -> dict:
    """A prévia como quem pediu a veria agora; se algo já não vale, a frase."""
    acao = instanciar(classe, eixo, pedido.pedida_por)
    try:
        respostas = executor.respostas(acao, pedido.execucao.dados)
        return {"previa": acao.previa(respostas), "nao_vale": acao.impedimento()}
    except Recusa as recusa:
        return {"previa": None, "nao_vale": recusa.frase}
