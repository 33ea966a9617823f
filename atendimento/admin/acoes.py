"""*Configurações de Ações*: como cada ação se lê, quando vale, o que já traz e o que exige."""

from decimal import Decimal

from django import forms
from django.contrib import admin

from atendimento.admin.cadastros import Cadastro
from atendimento.models import ConfiguracaoDeAcao, Macro
from contratos.enums import SituacaoDoContrato
from perfis.admin import DoCatalogo, SoDoAdministrador
from perfis.models import Acao

MAIOR_LIMITE = 9_999_999


class FormularioDaAcao(forms.ModelForm):
    """As palavras da ação e, um campo por limite declarado, os limites da casa."""

    class Meta:
        model = Acao
        fields = ["nome", "grupo", "icone", "ajuda", "ordem", "ativo"]


def _campo_do_limite(declarado: dict, fixado) -> forms.DecimalField:
    unidade = f" ({declarado['unidade']})" if declarado["unidade"] else ""
    return forms.DecimalField(
        label=f"{declarado['rotulo']}{unidade}",
        required=False,
        min_value=0,
        max_value=MAIOR_LIMITE,
        decimal_places=2,
        initial=fixado,
        help_text=f"Acima, pede aprovação. Vazio: {declarado['padrao']}, do sistema. O do perfil vale mais.",
    )


class FormularioDaConfiguracao(forms.ModelForm):
    """As situações, marcadas uma a uma."""

    situacoes_aceitas = forms.TypedMultipleChoiceField(
        label="Situações do contrato aceitas",
        choices=SituacaoDoContrato,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=ConfiguracaoDeAcao._meta.get_field("situacoes_aceitas").help_text,
    )

    class Meta:
        model = ConfiguracaoDeAcao
        fields = ["situacoes_aceitas", "verificacao_de_identidade", "tipo", "prazo", "equipe", "roteiro"]


class Configuracao(SoDoAdministrador, admin.StackedInline):
    """O que a ação aceita, exige e traz preenchido."""

    model = ConfiguracaoDeAcao
    form = FormularioDaConfiguracao
    verbose_name = "configuração"
    verbose_name_plural = "configuração"
    max_num = 1
    min_num = 1
    can_delete = False


@admin.register(Acao)
class AcaoAdmin(DoCatalogo):
    """Ações."""

    posicao = 2
    list_display = ["nome", "slug", "grupo", "alvo", "ordem", "ativo", "no_codigo"]
    readonly_fields = ["slug", "alvo", "no_codigo"]
    inlines = [Configuracao]

    def get_fieldsets(self, request, obj=None):
        """Os limites só na ação que declara algum."""
        secoes = [
            (None, {"fields": ["nome", "grupo", "icone", "ajuda", "ordem", "ativo"]}),
            ("No sistema", {"fields": self.readonly_fields}),
        ]
        if obj and obj.limites_declarados:
            nomes = [_nome(declarado) for declarado in obj.limites_declarados]
            secoes.insert(1, ("Limites de aprovação", {"fields": nomes}))
        return secoes

    def get_form(self, request, obj=None, change=False, **kwargs):
        """Um campo por limite declarado."""
        fixados = _configuracao(obj).limites if obj else {}
        campos = {
            _nome(declarado): _campo_do_limite(declarado, fixados.get(declarado["nome"]))
            for declarado in (obj.limites_declarados if obj else [])
        }
        kwargs["form"] = type("FormularioDaAcao", (FormularioDaAcao,), campos)
        return super().get_form(request, obj, change=change, **kwargs)

    def save_related(self, request, form, formsets, change):
        """Os limites da casa, depois da configuração que os guarda."""
        super().save_related(request, form, formsets, change)
        limites = {
            declarado["nome"]: _numero(form.cleaned_data[_nome(declarado)])
            for declarado in form.instance.limites_declarados
            if form.cleaned_data.get(_nome(declarado)) is not None
        }
        ConfiguracaoDeAcao.objects.filter(acao=form.instance).update(limites=limites)


@admin.register(Macro)
class MacroAdmin(Cadastro):
    """Textos prontos de relato."""

    posicao = 37
    list_display = ["nome", "ordem", "ativa"]
    list_filter = ["ativa", "equipes"]
    filter_horizontal = ["equipes"]


def _nome(declarado: dict) -> str:
    return f"limite_{declarado['nome']}"


def _configuracao(acao: Acao) -> ConfiguracaoDeAcao:
    return getattr(acao, "configuracao", None) or ConfiguracaoDeAcao(acao=acao)


def _numero(valor: Decimal) -> int | float:
    return int(valor) if valor == valor.to_integral_value() else float(valor)
