"""Abrir uma solicitação na fila, sem atender agora."""

from django import forms
from django.db.models import Q

from atendimento.acoes.base import ACOES, Resultado
from atendimento.acoes.campos import DataHora, Texto
from atendimento.acoes.iniciar import Quem
from atendimento.acoes.transicao import Abertura, painel_da
from atendimento.dominio import solicitacoes
from atendimento.models import Equipe, Prazo, Solicitacao
from atendimento.models.solicitacao import Prioridade


class Demanda(Quem):
    """Quem pede, o quê, para que equipe e até quando."""

    titulo = "Solicitação"
    prioridade = forms.TypedChoiceField(
        label="Prioridade", choices=Prioridade, coerce=int, initial=Prioridade.NORMAL
    )
    prazo = forms.ModelChoiceField(
        Prazo.objects.none(), label="Prazo", required=False, empty_label="O do tipo"
    )
    prazo_em = DataHora(label="Data do prazo", required=False, help_text="Só para um prazo de data livre.")
    pai = forms.ModelChoiceField(
        Solicitacao.objects.none(), label="Vincular como filha de", required=False, empty_label="Nenhuma",
        help_text="A solicitação pai não se encerra antes das filhas.",
    )  # fmt: skip
    descricao = Texto(label="O que o cliente pede", max_length=4000)

    def preparar(self):
        """As equipes que o agente alcança: as suas e as para que elas encaminham."""
        super().preparar()
        minhas = Equipe.objects.de(self.contexto.usuario)
        self.fields["equipe"].queryset = (
            Equipe.objects.ativas().filter(Q(pk__in=minhas) | Q(recebe_de__in=minhas)).distinct()
        )
        self.fields["prazo"].queryset = Prazo.objects.filter(ativo=True)
        self.fields["pai"].queryset = (
            Solicitacao.objects.visiveis_para(self.contexto.usuario)
            .filter(cliente=self.contexto.eixo.cliente)
            .abertas()
            .order_by("-aberta_em")
        )


@ACOES.registrar
class Abrir(Abertura):
    """Põe a demanda na fila da equipe."""

    slug = "abrir"
    nome = "Abrir solicitação"
    icone = "inbox"
    ordem = 20
    confirmar = "Abrir solicitação"
    ajuda = (
        "Use quando a demanda não será tratada agora: ela entra na fila da equipe escolhida, sem dono, e o "
        "prazo começa a contar. Diga o protocolo ao cliente."
    )
    passos = (Demanda,)

    def efetivar(self, dados):
        """Nasce na fila."""
        nova = solicitacoes.abrir(por=self.contexto.usuario, etiqueta=self.contexto.eixo.etiqueta, **dados)
        return Resultado(
            f"Solicitação aberta na fila de {nova.equipe}. Protocolo {nova.protocolo}.",
            destino=painel_da(nova),
            solicitacao=nova,
        )
