"""Formulários do console que não são passos de uma ação."""

from django import forms

from atendimento.acoes.campos import Data, Texto
from atendimento.dominio.solicitacoes.relatos import RELATO_MAXIMO
from atendimento.models import Relato, Solicitacao, TipoDeSolicitacao
from atendimento.situacoes import Situacao
from contratos.models import Contrato


class FormDeRelato(forms.Form):
    """O que se escreve numa solicitação."""

    texto = Texto(label="Relato", max_length=RELATO_MAXIMO, linhas=3)
    visivel_ao_cliente = forms.BooleanField(label="O cliente pode ler este relato", required=False)
    corrige = forms.ModelChoiceField(
        Relato.objects.none(), required=False, widget=forms.HiddenInput, label="Relato corrigido"
    )

    def __init__(self, *args, solicitacao: Solicitacao, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["corrige"].queryset = Relato.objects.filter(solicitacao=solicitacao).select_related(
            "autor"
        )


class FormDeAnexo(forms.Form):
    """Um arquivo; o formato se confere pelo conteúdo, no domínio."""

    arquivo = forms.FileField(label="Arquivo", max_length=255)
    visivel_ao_cliente = forms.BooleanField(label="O cliente pode ver este arquivo", required=False)


ABERTAS = "abertas"


class FiltroDeSolicitacoes(forms.Form):
    """O que se vê da história de um cliente."""

    situacao = forms.ChoiceField(
        label="Situação",
        required=False,
        choices=[("", "Todas"), (ABERTAS, "Todas as abertas"), *Situacao.choices],
    )
    tipo = forms.ModelChoiceField(
        TipoDeSolicitacao.objects.all(), label="Tipo", required=False, empty_label="Todos"
    )
    contrato = forms.ModelChoiceField(
        Contrato.objects.none(), label="Contrato", required=False, empty_label="Todos"
    )
    de = Data(label="Abertas de", required=False)
    ate = Data(label="até", required=False)

    def __init__(self, *args, contratos, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["contrato"].queryset = contratos
        self.fields["contrato"].label_from_instance = lambda contrato: contrato.numero
