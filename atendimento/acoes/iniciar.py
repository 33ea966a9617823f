"""Iniciar um atendimento: o protocolo nasce antes de a conversa seguir."""

from django import forms

from atendimento.acoes.base import ACOES, Passo, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.transicao import Abertura, painel_da
from atendimento.dominio import solicitacoes
from atendimento.models import Canal, Equipe, TipoDeSolicitacao
from atendimento.models.solicitacao import Relacao


class Quem(Passo):
    """Quem fala, por onde e o que pede."""

    titulo = "Atendimento"
    canal = forms.ChoiceField(label="Canal", choices=Canal, initial=Canal.TELEFONE)
    solicitante_nome = forms.CharField(label="Quem fala", min_length=2, max_length=120)
    solicitante_relacao = forms.ChoiceField(
        label="Relação com o titular", choices=Relacao, initial=Relacao.TITULAR
    )
    solicitante_telefone = forms.CharField(label="Telefone de retorno", max_length=40, required=False)
    tipo = forms.ModelChoiceField(
        TipoDeSolicitacao.objects.none(), label="Tipo de solicitação", required=False, empty_label="Depois"
    )
    equipe = forms.ModelChoiceField(Equipe.objects.none(), label="Equipe", empty_label=None)
    descricao = Texto(
        label="O que o cliente pede", max_length=4000, required=False,
        help_text="Pode esperar pela primeira pausa, encaminhamento ou encerramento.",
    )  # fmt: skip

    def preparar(self):
        """Os tipos que o contrato permite, as equipes do agente e o nome do titular já escrito."""
        eixo = self.contexto.eixo
        self.fields["tipo"].queryset = TipoDeSolicitacao.objects.para_contrato(eixo.contrato)
        self.fields["equipe"].queryset = Equipe.objects.de(self.contexto.usuario).order_by("nome")
        self.fields["solicitante_nome"].initial = eixo.cliente.nome_exibido


@ACOES.registrar
class Iniciar(Abertura):
    """Abre e assume no mesmo ato."""

    slug = "iniciar"
    nome = "Iniciar atendimento"
    icone = "headset"
    ordem = 10
    confirmar = "Iniciar atendimento"
    ajuda = (
        "Use quando o cliente está na linha. O protocolo nasce na hora e o relógio de trabalho começa a "
        "correr; diga o número ao cliente. Se a etiqueta já tem uma solicitação aberta, continue nela."
    )
    passos = (Quem,)

    def efetivar(self, dados):
        """A solicitação já nasce em atendimento."""
        eixo = self.contexto.eixo
        nova = solicitacoes.iniciar(por=self.contexto.usuario, etiqueta=eixo.etiqueta, **dados)
        return Resultado(
            f"Atendimento iniciado. Protocolo {nova.protocolo}: diga o número ao cliente.",
            destino=painel_da(nova),
            solicitacao=nova,
        )
