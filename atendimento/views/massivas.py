"""Massivas, para quem supervisiona: sugestões a decidir, abertas, vínculos em bloco e o encerramento."""

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from atendimento.acesso import exige
from atendimento.acoes.campos import DataHora, Texto
from atendimento.dominio import massivas as dominio
from atendimento.excecoes import Recusa
from atendimento.massivas import a_vincular, atingidas
from atendimento.models import Massiva, Solicitacao, Solucao, TipoDeSolicitacao
from atendimento.models.massiva import CAMPOS_DO_ESCOPO, Escopo, SituacaoDaMassiva
from contratos.models import Olt, PontoDeAcesso, Splitter
from perfis.capacidades import Capacidade

ENCERRADAS = 20
A_VINCULAR = 200


class FormDaMassiva(forms.Form):
    """O que se diz de uma massiva."""

    titulo = forms.CharField(label="Título", max_length=120)
    texto = Texto(label="O que dizer ao cliente", required=False, max_length=1000, linhas=3)
    previsao = DataHora(label="Previsão de volta", required=False)


class FormDaNova(FormDaMassiva):
    """Onde é e desde quando. Só os campos do escopo escolhido valem."""

    escopo = forms.ChoiceField(label="Atinge", choices=Escopo, initial=Escopo.SPLITTER)
    splitter = forms.CharField(label="CTO ou splitter (nome)", required=False, max_length=60)
    olt = forms.ModelChoiceField(Olt.objects.all(), label="OLT", required=False, empty_label="Escolha…")
    slot = forms.IntegerField(label="Slot", required=False, min_value=0, max_value=20)
    porta = forms.IntegerField(label="Porta", required=False, min_value=0, max_value=127)
    ponto_de_acesso = forms.ModelChoiceField(
        PontoDeAcesso.objects.all(), label="Ponto de acesso", required=False, empty_label="Escolha…"
    )
    cidade = forms.CharField(label="Cidade", required=False, max_length=80)
    uf = forms.CharField(label="UF", required=False, max_length=2)
    bairro = forms.CharField(label="Bairro", required=False, max_length=80)
    inicio = DataHora(label="Início", initial=timezone.localtime)
    field_order = (
        "titulo", "escopo", "splitter", "olt", "slot", "porta", "ponto_de_acesso", "cidade", "uf", "bairro",
        "inicio", "previsao", "texto",
    )  # fmt: skip

    def clean_splitter(self):
        """A caixa, pelo nome inteiro."""
        nome = self.cleaned_data["splitter"].strip()
        if not nome:
            return None
        splitter = Splitter.objects.filter(nome__iexact=nome).first()
        if splitter is None:
            raise forms.ValidationError("Não há CTO com este nome.")
        return splitter

    def clean_uf(self):
        """Em maiúsculas, como no cadastro."""
        return self.cleaned_data["uf"].upper()

    def alvo(self) -> dict:
        """Os campos do escopo escolhido."""
        return {
            campo: self.cleaned_data[campo] for campo in CAMPOS_DO_ESCOPO[Escopo(self.cleaned_data["escopo"])]
        }


class FormDoFim(forms.Form):
    """Com que se encerram a massiva e as solicitações dela."""

    fim = DataHora(label="Voltou em", initial=timezone.localtime)
    solucao = forms.ModelChoiceField(
        Solucao.objects.filter(ativo=True), label="Solução", empty_label="Escolha…"
    )
    tipo = forms.ModelChoiceField(
        TipoDeSolicitacao.objects.ativos(), label="Tipo das que ainda não têm", required=False,
        empty_label="Nenhum",
    )  # fmt: skip
    relato = Texto(label="Relato, que vai em cada uma", min_length=10, max_length=1000, linhas=3)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.SUPERVISIONAR)
def massivas(request):
    """As sugeridas, as abertas e as últimas encerradas; POST abre uma."""
    form = FormDaNova(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        dados = form.cleaned_data
        try:
            aberta = dominio.abrir(
                por=request.user, escopo=dados["escopo"], alvo=form.alvo(),
                **{campo: dados[campo] for campo in ("titulo", "texto", "inicio", "previsao")},
            )  # fmt: skip
        except Recusa as recusa:
            _no_campo(form, recusa)
        else:
            messages.success(request, f"Massiva “{aberta}” aberta: os painéis atingidos já a mostram.")
            return HttpResponseRedirect(reverse("massiva", args=[aberta.pk]))
    todas = Massiva.objects.select_related("ponto_de_acesso", "olt", "splitter")
    contexto = {
        "form": form,
        "vivas": list(todas.vivas().order_by("-situacao", "-inicio")),
        "encerradas": list(todas.filter(situacao=SituacaoDaMassiva.ENCERRADA)[:ENCERRADAS]),
        "trilha": [("Supervisão", reverse("supervisao")), ("Massivas", "")],
    }
    return render(request, "massivas.html", contexto, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.SUPERVISIONAR)
def massiva(request, pk: int):
    """Uma massiva: decidir a sugestão, dizer o que mudou, vincular e encerrar."""
    achada = Massiva.objects.select_related("ponto_de_acesso", "olt", "splitter").filter(pk=pk).first()
    if achada is None:
        raise Http404
    if request.method != "POST":
        return _mostrar(request, achada)
    gesto = GESTOS.get(request.POST.get("gesto", ""))
    if gesto is None:
        raise BadRequest("Gesto desconhecido.")
    try:
        return gesto(request, achada)
    except Recusa as recusa:
        achada.refresh_from_db()
        return _mostrar(request, achada, recusa=recusa)


def _confirmar(request, achada: Massiva):
    form = FormDaMassiva(request.POST)
    if form.is_valid():
        try:
            dominio.confirmar(achada, por=request.user, **form.cleaned_data)
        except Recusa as recusa:
            _no_campo(form, recusa)
        else:
            return _de_volta(request, achada, "Massiva gravada: os painéis atingidos já a mostram.")
    return _mostrar(request, achada, form=form)


def _descartar(request, achada: Massiva):
    dominio.descartar(achada, por=request.user)
    messages.success(request, "Sugestão descartada.")
    return HttpResponseRedirect(reverse("massivas"))


def _vincular(request, achada: Massiva):
    pedidas = [int(pk) for pk in request.POST.getlist("solicitacao") if pk.isascii() and pk.isdigit()]
    feitas, frases = 0, []
    for solicitacao in _vinculaveis(request.user, achada).filter(pk__in=pedidas[:A_VINCULAR]):
        try:
            dominio.vincular(solicitacao, por=request.user, massiva=achada)
            feitas += 1
        except Recusa as recusa:
            frases.append(recusa.frase)
    return _de_volta(request, achada, " ".join([f"Vinculadas: {feitas}.", *frases]))


def _encerrar(request, achada: Massiva):
    form = FormDoFim(request.POST)
    if form.is_valid():
        try:
            fechamentos = dominio.encerrar(achada, por=request.user, **form.cleaned_data)
        except Recusa as recusa:
            _no_campo(form, recusa)
        else:
            achada.refresh_from_db()
            return _mostrar(request, achada, fechamentos=fechamentos)
    return _mostrar(request, achada, fim=form)


GESTOS = {"confirmar": _confirmar, "descartar": _descartar, "vincular": _vincular, "encerrar": _encerrar}


def _vinculaveis(usuario, achada: Massiva):
    return a_vincular(achada).filter(pk__in=Solicitacao.objects.visiveis_para(usuario).values("pk"))


def _mostrar(request, achada: Massiva, *, form=None, fim=None, fechamentos=None, recusa=None):
    viva = achada.situacao in (SituacaoDaMassiva.SUGERIDA, SituacaoDaMassiva.ABERTA)
    aberta = achada.situacao == SituacaoDaMassiva.ABERTA
    visiveis = Solicitacao.objects.visiveis_para(request.user).select_related(
        "cliente", "tipo", "responsavel"
    )
    iniciais = {campo: getattr(achada, campo) for campo in ("titulo", "texto", "previsao")}
    contexto = {
        "massiva": achada,
        "viva": viva,
        "aberta": aberta,
        "form": form or FormDaMassiva(initial=iniciais),
        "fim": fim or FormDoFim(),
        "fechamentos": fechamentos,
        "recusa": recusa,
        "atingidas": atingidas(achada).count() if viva else None,
        "vinculadas": list(visiveis.filter(massiva=achada).order_by("id")[:A_VINCULAR]),
        "a_vincular": list(
            _vinculaveis(request.user, achada).select_related("cliente", "tipo").order_by("id")[:A_VINCULAR]
        )
        if aberta
        else [],
        "trilha": [
            ("Supervisão", reverse("supervisao")), ("Massivas", reverse("massivas")), (achada.titulo, ""),
        ],
    }  # fmt: skip
    invalido = any(f is not None and f.errors for f in (form, fim))
    status = recusa.status if recusa else 422 if invalido else 200
    return render(request, "massiva.html", contexto, status=status)


def _de_volta(request, achada: Massiva, frase: str):
    messages.success(request, frase)
    return HttpResponseRedirect(reverse("massiva", args=[achada.pk]))


def _no_campo(form: forms.Form, recusa: Recusa) -> None:
    form.add_error(recusa.campo if recusa.campo in form.fields else None, recusa.frase)
