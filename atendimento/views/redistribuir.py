"""Redistribuir: escolher o destino, ver o que aconteceria com cada uma, e então fazer."""

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from atendimento import redistribuicao
from atendimento.acesso import exige
from atendimento.acoes.campos import Texto
from atendimento.models import Motivo, TipoDeMotivo
from atendimento.redistribuicao import Itens
from perfis.capacidades import Capacidade
from perfis.models import Usuario

FILA, AGENTES = "fila", "agentes"
DE_CONTROLE = {"csrfmiddlewaretoken", "item", "etapa"}
ETAPAS = ("", "previa", "confirmar", "mudar")


class FormDaRedistribuicao(forms.Form):
    """Para onde vão, e por quê."""

    destino = forms.ChoiceField(
        label="Destino",
        choices=[(AGENTES, "A agentes da equipe, que se revezam"), (FILA, "De volta à fila da equipe")],
        widget=forms.RadioSelect,
    )
    agentes = forms.ModelMultipleChoiceField(
        Usuario.objects.none(),
        label="Agentes",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Quem não pode ficar com mais uma cede a vez ao seguinte.",
    )
    motivo = forms.ModelChoiceField(
        Motivo.objects.none(),
        label="Motivo",
        required=False,
        empty_label="Escolha…",
        help_text="Só as que já têm dono pedem motivo.",
    )
    observacao = Texto(label="Observação", required=False, linhas=2)

    def __init__(self, *args, itens: Itens, **kwargs):
        super().__init__(*args, **kwargs)
        equipes = {solicitacao.equipe_id for solicitacao, _ in itens}
        self.com_dono = any(solicitacao.responsavel_id for solicitacao, _ in itens)
        self.fields["agentes"].queryset = (
            Usuario.objects.filter(
                is_active=True, participacoes__equipe__in=equipes, participacoes__ativo=True
            )
            .distinct()
            .order_by("first_name", "last_name", "username")
        )
        self.fields["agentes"].label_from_instance = lambda agente: agente.nome_exibido
        self.fields["motivo"].queryset = Motivo.objects.filter(
            tipo__in=(TipoDeMotivo.TRANSFERENCIA, TipoDeMotivo.DEVOLUCAO), ativo=True
        ).order_by("-tipo", "ordem", "nome")
        self.fields["motivo"].label_from_instance = lambda motivo: (
            f"{motivo.get_tipo_display()}: {motivo.nome}"
        )

    def clean(self):
        """O destino diz quais dos outros campos se exigem e que tipo de motivo vale."""
        dados = super().clean()
        destino, motivo = dados.get("destino"), dados.get("motivo")
        if destino == AGENTES and not dados.get("agentes") and "agentes" not in self.errors:
            self.add_error("agentes", "Escolha ao menos um agente.")
        if destino and self.com_dono and not motivo and "motivo" not in self.errors:
            self.add_error("motivo", "Escolha o motivo.")
        tipo = TipoDeMotivo.DEVOLUCAO if destino == FILA else TipoDeMotivo.TRANSFERENCIA
        if destino and motivo and motivo.tipo != tipo:
            self.add_error("motivo", f"Escolha um motivo de {TipoDeMotivo(tipo).label.lower()}.")
        if motivo and motivo.exige_observacao and not dados.get("observacao"):
            self.add_error("observacao", f"O motivo “{motivo}” exige uma observação.")
        return dados


@require_http_methods(["GET", "HEAD", "POST"])
@exige(Capacidade.SUPERVISIONAR)
def redistribuir(request):
    """GET com `?agente=` traz as dele; POST traz as marcadas, mostra a prévia e por fim as leva."""
    if request.method != "POST":
        itens = redistribuicao.do_agente(_agente(request), por=request.user)
        return _pagina(request, itens, FormDaRedistribuicao(itens=itens), pedidas=len(itens))
    etapa = request.POST.get("etapa", "")
    conhecidas = FormDaRedistribuicao.base_fields.keys() | DE_CONTROLE
    if etapa not in ETAPAS or not request.POST.keys() <= conhecidas:
        raise BadRequest("O formulário trouxe campos que esta página não pergunta.")
    marcadas = request.POST.getlist("item")
    itens = redistribuicao.escolhidas(marcadas, por=request.user)
    if etapa in ("", "mudar"):
        dados = {"initial": _iniciais(request)} if etapa else {}
        return _pagina(request, itens, FormDaRedistribuicao(itens=itens, **dados), pedidas=len(marcadas))
    form = FormDaRedistribuicao(request.POST, itens=itens)
    if not itens or not form.is_valid():
        return _pagina(request, itens, form, pedidas=len(marcadas), status=422)
    return _levar(request, itens, form, pedidas=len(marcadas), ensaio=etapa == "previa")


def _levar(request, itens: Itens, form: FormDaRedistribuicao, *, pedidas: int, ensaio: bool):
    dados = form.cleaned_data
    resultados = redistribuicao.redistribuir(
        itens,
        por=request.user,
        agentes=list(dados["agentes"]) if dados["destino"] == AGENTES else [],
        motivo=dados["motivo"],
        observacao=dados["observacao"],
        ensaio=ensaio,
    )
    por_id = {resultado.solicitacao.pk: resultado for resultado in resultados}
    return _pagina(request, itens, form, pedidas=pedidas, por_id=por_id, ensaio=ensaio)


def _pagina(request, itens, form, *, pedidas, por_id=None, ensaio=False, status=200):
    por_id = por_id or {}
    linhas = [
        {
            "solicitacao": solicitacao,
            "item": f"{solicitacao.pk}-{versao}",
            "url": f"/solicitacoes/{solicitacao.protocolo}/",
            "resultado": por_id.get(solicitacao.pk),
        }
        for solicitacao, versao in itens
    ]
    contexto = {
        "linhas": linhas,
        "form": form,
        "fora": pedidas - len(itens),
        "ensaio": ensaio,
        "feito": bool(por_id) and not ensaio,
        "feitas": sum(resultado.feito for resultado in por_id.values()),
        "recusadas": sum(not resultado.feito for resultado in por_id.values()),
        "trilha": [("Supervisão", reverse("supervisao")), ("Redistribuir", "")],
    }
    return render(request, "redistribuir.html", contexto, status=status)


def _iniciais(request) -> dict:
    return {
        "destino": request.POST.get("destino"),
        "agentes": request.POST.getlist("agentes"),
        "motivo": request.POST.get("motivo"),
        "observacao": request.POST.get("observacao"),
    }


def _agente(request) -> int:
    texto = request.GET.get("agente", "")
    if request.GET.keys() - {"agente"} or not (texto.isascii() and texto.isdigit() and len(texto) < 10):
        raise BadRequest("Escolha na supervisão de quem redistribuir, ou marque as solicitações numa fila.")
    if not Usuario.objects.filter(pk=int(texto)).exists():
        raise Http404
    return int(texto)
