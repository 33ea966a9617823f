"""Vincular o atendimento a uma massiva, para que se encerre com ela."""

from django import forms

from atendimento.acoes.base import ACOES, Acao, Passo, Resultado
from atendimento.acoes.transicao import painel_da
from atendimento.dominio import massivas
from atendimento.massivas import da_etiqueta
from atendimento.models import Massiva


class Escolha(Passo):
    """Qual das que atingem a etiqueta."""

    titulo = "Massiva"
    massiva = forms.ModelChoiceField(Massiva.objects.none(), label="Massiva", empty_label="Escolha…")

    def preparar(self):
        """Só as que atingem; de uma só, já vem escolhida."""
        atingem = da_etiqueta(self.contexto.solicitacao.etiqueta_id)
        self.fields["massiva"].queryset = atingem
        self.fields["massiva"].label_from_instance = lambda massiva: f"{massiva.titulo} ({massiva.onde})"
        if len(achadas := list(atingem[:2])) == 1:
            self.fields["massiva"].initial = achadas[0].pk


@ACOES.registrar
class VincularMassiva(Acao):
    """Liga o atendimento à falha que o explica."""

    slug = "vincular_massiva"
    nome = "Vincular à massiva"
    grupo = "Técnico"
    alvo = "solicitacao"
    icone = "link"
    ordem = 12
    confirmar = "Vincular"
    confirmacao = False
    ajuda = (
        "Use quando o cliente reclama do que uma massiva aberta já explica: o cartão Avisos e massivas a "
        "mostra.\n\nPergunta qual, entre as que atingem a etiqueta do atendimento.\n\n"
        "Faz: liga o atendimento à massiva e o anota. Quando a massiva se encerra, os que estão pausados ou "
        "na fila se encerram com ela, cada um com o seu relato.\n\n"
        "Diga ao cliente: que a falha é conhecida, a previsão, e que não precisa ligar de novo."
    )
    passos = (Escolha,)

    def impedimento(self):
        """Já vinculada, ou sem massiva que a atinja."""
        solicitacao = self.contexto.solicitacao
        if not solicitacao.esta_aberta:
            return f"A solicitação {solicitacao.protocolo} está {solicitacao.get_situacao_display().lower()}."
        if solicitacao.massiva_id:
            return "O atendimento já está vinculado a uma massiva."
        if not da_etiqueta(solicitacao.etiqueta_id).exists():
            return "Nenhuma massiva aberta atinge esta etiqueta."
        return None

    def efetivar(self, dados):
        """O vínculo, com o seu relato."""
        contexto = self.contexto
        vinculada = massivas.vincular(contexto.solicitacao, por=contexto.usuario, massiva=dados["massiva"])
        return Resultado(f"Vinculada à massiva “{vinculada.massiva}”.", destino=painel_da(vinculada))
