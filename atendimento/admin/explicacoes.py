"""*Ver como perfil* e *Por que não?*: só leitura."""

from django import forms
from django.http import HttpRequest
from django.template.response import TemplateResponse

from atendimento.explicacao import ATENDER_EMPRESA, explicar
from clientes.models import Cliente
from contratos.models import Contrato, Empresa, Etiqueta
from perfis.admin import EscolhaDePerfis
from perfis.capacidades import Capacidade
from perfis.dominio.matriz import permissoes_concediveis
from perfis.models import Acao, Usuario, Widget
from perfis.permissoes import Permissoes

ALVOS = {
    "contrato": ("Contrato (número)", Contrato, "numero"),
    "etiqueta": ("Etiqueta (código)", Etiqueta, "codigo"),
    "cliente": ("Cliente (número interno, o do endereço da página)", Cliente, "pk"),
}


class FormularioVerComo(forms.Form):
    """Que perfis somar."""

    perfil = EscolhaDePerfis(label="perfis")


class FormularioPorQueNao(forms.Form):
    """Quem, o quê e, se for o caso, sobre o quê."""

    usuario = forms.ModelChoiceField(Usuario.objects.order_by("username"), label="usuário")
    item = forms.ChoiceField(label="quer")
    alvo = forms.ChoiceField(
        label="sobre", required=False, choices=[("", "–"), *((k, v[0]) for k, v in ALVOS.items())]
    )
    codigo = forms.CharField(
        label="número ou código", required=False, max_length=20, help_text="Nunca um documento."
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["item"].choices = [
            ("Ações", [(f"acao:{a.pk}", str(a)) for a in Acao.objects.all()]),
            ("Widgets", [(f"widget:{w.pk}", str(w)) for w in Widget.objects.all()]),
            ("Capacidades", [(f"capacidade:{c.value}", c.label) for c in Capacidade]),
        ]

    def clean(self):
        """Acha o objeto, quando foi pedido um."""
        dados = super().clean()
        alvo, codigo = dados.get("alvo"), dados.get("codigo")
        if bool(alvo) != bool(codigo):
            self.add_error("codigo", "Informe o número ou código e sobre o que ele é.")
        elif alvo:
            dados["objeto"] = _achar(alvo, codigo)
            if dados["objeto"] is None:
                self.add_error("codigo", "Não há nenhum com esse número ou código.")
        return dados

    def item_escolhido(self):
        """A capacidade, ou a linha do catálogo."""
        tipo, _, chave = self.cleaned_data["item"].partition(":")
        if tipo == "capacidade":
            return Capacidade(chave)
        return (Acao if tipo == "acao" else Widget).objects.get(pk=chave)


def ver_como(request: HttpRequest, contexto: dict) -> TemplateResponse:
    """O que os perfis escolhidos mostram e permitem, somados."""
    form = FormularioVerComo(request.GET or None)
    if form.is_valid():
        perfis = form.cleaned_data["perfil"]
        permissoes = Permissoes.dos_perfis(perfis)
        contexto |= {"permissoes": permissoes, "inativos": [p for p in perfis if not p.ativo]} | _legivel(
            permissoes, perfis
        )
    return _pagina(request, "admin/perfis/perfil/ver_como.html", contexto, form)


def por_que_nao(request: HttpRequest, contexto: dict) -> TemplateResponse:
    """A decisão, passo a passo."""
    form = FormularioPorQueNao(request.GET or None)
    if form.is_valid():
        dados = form.cleaned_data
        passos = explicar(dados["usuario"], form.item_escolhido(), dados["alvo"], dados.get("objeto"))
        contexto |= {"passos": passos, "permitido": all(passo.permitido for passo in passos)}
    return _pagina(request, "admin/perfis/perfil/por_que_nao.html", contexto, form)


def _pagina(request, modelo: str, contexto: dict, form) -> TemplateResponse:
    status = 422 if form.is_bound and not form.is_valid() else 200
    return TemplateResponse(request, modelo, contexto | {"form": form}, status=status)


def _legivel(permissoes: Permissoes, perfis) -> dict:
    acoes = Acao.objects.filter(slug__in=permissoes.acoes).in_bulk(field_name="slug")
    widgets = Widget.objects.filter(slug__in=permissoes.widgets).in_bulk(field_name="slug")
    nomes = permissoes_concediveis()
    cadastros = {
        f"{app}.{codigo}"
        for perfil in perfis
        if perfil.ativo
        for app, codigo in perfil.permissions.values_list("content_type__app_label", "codename")
    }
    return {
        "capacidades": [c.label for c in Capacidade if permissoes.tem(c)],
        "acoes": [
            {"acao": acoes[c.slug], "favorita": c.marcado, "limites": _limites(acoes[c.slug], c.limites)}
            for c in _em_ordem(permissoes.acoes)
        ],
        "widgets": [
            {"widget": widgets[c.slug], "recolhido": c.marcado} for c in _em_ordem(permissoes.widgets)
        ],
        "empresas": Empresa.objects.filter(pk__in=permissoes.objetos(ATENDER_EMPRESA)).order_by("nome"),
        "cadastros": sorted(nomes[c] for c in cadastros if c in nomes and not c.startswith("perfis.")),
    }


def _em_ordem(concedidos: dict) -> list:
    return sorted(concedidos.values(), key=lambda concedido: (concedido.ordem, concedido.slug))


def _limites(acao: Acao, limites: dict) -> list[str]:
    return [
        f"{d['rotulo']}: {limites.get(d['nome'], d['padrao'])} {d['unidade']}".strip()
        for d in acao.limites_declarados
    ]


def _achar(alvo: str, codigo: str):
    _, modelo, campo = ALVOS[alvo]
    if campo == "pk" and not (codigo.isascii() and codigo.isdigit() and len(codigo) <= 18):
        return None
    return modelo.objects.filter(**{campo: codigo.strip()}).order_by().first()
