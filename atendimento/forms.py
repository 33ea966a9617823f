"""Formulários do console que não são passos de uma ação."""

from django import forms

from atendimento.acoes.campos import Data, Texto
from atendimento.dominio.solicitacoes.relatos import RELATO_MAXIMO
from atendimento.models import Canal, Equipe, Relato, Solicitacao, TipoDeSolicitacao
from atendimento.models.solicitacao import Relacao
from atendimento.situacoes import Situacao
from contratos.models import Contrato, Etiqueta


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


class FormDeContato(forms.Form):
    """Uma chamada que ainda não é de um cliente."""

    canal = forms.ChoiceField(label="Canal", choices=Canal, initial=Canal.TELEFONE)
    nome = forms.CharField(label="Quem fala", max_length=120, required=False)
    telefone = forms.CharField(label="Telefone de retorno", max_length=40, required=False)
    equipe = forms.ModelChoiceField(Equipe.objects.none(), label="Equipe", empty_label=None)
    assunto = Texto(label="Assunto", max_length=1000, linhas=3, required=False)

    def __init__(self, *args, equipes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["equipe"].queryset = equipes


class FormDeConversao(forms.Form):
    """O que falta para que um contato vire uma solicitação."""

    etiqueta = forms.ModelChoiceField(
        Etiqueta.objects.none(), label="Etiqueta de serviço",
        error_messages={
            "required": "Escolha a etiqueta de serviço.",
            "invalid_choice": "Esta etiqueta não vale aqui.",
        },
    )  # fmt: skip
    solicitante_nome = forms.CharField(label="Quem fala", min_length=2, max_length=120)
    solicitante_relacao = forms.ChoiceField(
        label="Relação com o titular", choices=Relacao, initial=Relacao.TITULAR
    )
    descricao = Texto(label="O que o cliente pede", max_length=4000, linhas=3)

    def __init__(self, *args, etiquetas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["etiqueta"].queryset = etiquetas


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
