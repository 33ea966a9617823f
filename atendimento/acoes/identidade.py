"""Conferir quem fala, antes das ações que a configuração protege."""

from django import forms

from atendimento.acoes.base import ACOES, Acao, Passo, Resultado
from atendimento.acoes.transicao import painel_da
from atendimento.dominio.identidade import verificar
from atendimento.models.identidade import FATORES_MINIMOS, Fator


class Conferencia(Passo):
    """Que dados o solicitante soube dizer."""

    titulo = "Conferência"
    ajuda = (
        "Pergunte, não sugira. Marque o que a pessoa soube dizer: guarda-se quais dados se conferiram, e "
        "nunca as respostas."
    )
    fatores = forms.MultipleChoiceField(
        label="O que a pessoa confirmou", choices=Fator, widget=forms.CheckboxSelectMultiple
    )

    def clean_fatores(self):
        """Dois, pelo menos."""
        fatores = self.cleaned_data["fatores"]
        if len(fatores) < FATORES_MINIMOS:
            raise forms.ValidationError(f"Confira ao menos {FATORES_MINIMOS} dados do titular.")
        return fatores


@ACOES.registrar
class VerificarIdentidade(Acao):
    """Registra a conferência no atendimento em mãos."""

    slug = "verificar_identidade"
    nome = "Verificar identidade"
    grupo = "Cadastro"
    alvo = "cliente"
    icone = "user-check"
    ordem = 10
    confirmar = "Registrar conferência"
    confirmacao = False
    ajuda = (
        "Use antes de mudar o cadastro, a senha, o titular, e de qualquer ação que peça a conferência.\n\n"
        "Pergunta que dados do titular a pessoa soube dizer: ao menos dois. Pergunte sem sugerir.\n\n"
        "Faz: anota quais dados se conferiram, e nunca as respostas. Vale até o fim deste atendimento. Se a "
        "pessoa não confirma, não faça a ação.\n\n"
        "Diga ao cliente: que é para a segurança dele. A quem não confirma, que o titular precisa ligar."
    )
    passos = (Conferencia,)

    def efetivar(self, dados):
        """Guarda quais dados, nunca as respostas."""
        solicitacao = self.contexto.solicitacao
        verificacao = verificar(solicitacao, por=self.contexto.usuario, fatores=dados["fatores"])
        nomes = ", ".join(Fator(fator).label.lower() for fator in verificacao.fatores)
        return Resultado(
            "Identidade conferida neste atendimento.",
            relato=f"Identidade conferida: {nomes}.",
            destino=painel_da(solicitacao),
        )
