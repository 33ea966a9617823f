"""Encaminhar a outra equipe, transferir a outro agente, devolver à fila."""

from django import forms

from atendimento.acoes.assumir import agentes_da_equipe
from atendimento.acoes.base import ACOES
from atendimento.acoes.campos import DataHora, Texto
from atendimento.acoes.transicao import PassoDeMotivo, Transicao
from atendimento.dominio import solicitacoes
from atendimento.models import Equipe, Prazo, TipoDeMotivo, TipoDeSolicitacao
from atendimento.models.solicitacao import Prioridade
from atendimento.situacoes import TipoDeTransicao
from perfis.capacidades import Capacidade
from perfis.models import Usuario


class Destino(PassoDeMotivo):
    """Para que equipe, por quê, e o que ela precisa saber."""

    titulo = "Encaminhamento"
    tipo_de_motivo = TipoDeMotivo.ENCAMINHAMENTO
    equipe = forms.ModelChoiceField(Equipe.objects.none(), label="Equipe", empty_label="Escolha…")
    tipo = forms.ModelChoiceField(TipoDeSolicitacao.objects.none(), label="Tipo de solicitação")
    prazo = forms.ModelChoiceField(Prazo.objects.none(), label="Prazo", required=False, empty_label="Manter")
    prazo_em = DataHora(label="Data do prazo", required=False, help_text="Só para um prazo de data livre.")
    prioridade = forms.TypedChoiceField(label="Prioridade", choices=Prioridade, coerce=int)
    resumo = Texto(label="Resumo para quem recebe", min_length=10, max_length=4000)
    field_order = ("equipe", "motivo", "tipo", "prazo", "prazo_em", "prioridade", "resumo", "observacao")

    def preparar(self):
        """As equipes para que a atual encaminha, os tipos que o contrato permite, o que já há escolhido."""
        super().preparar()
        solicitacao = self.contexto.solicitacao
        self.fields["equipe"].queryset = solicitacao.equipe.encaminha_para.ativas()
        self.fields["tipo"].queryset = tipos_para(solicitacao)
        self.fields["prazo"].queryset = Prazo.objects.filter(ativo=True)
        self.initial |= {"tipo": solicitacao.tipo_id, "prioridade": solicitacao.prioridade}


@ACOES.registrar
class Encaminhar(Transicao):
    """Leva à fila de outra equipe."""

    slug = "encaminhar"
    nome = "Encaminhar atendimento"
    icone = "forward"
    ordem = 50
    confirmar = "Encaminhar"
    ajuda = (
        "Leva a solicitação à fila de outra equipe, sem dono e com o mesmo protocolo. Só aparecem as equipes "
        "para que a sua encaminha. O resumo é o que quem recebe lê primeiro: diga o que já foi feito."
    )
    transicao = TipoDeTransicao.ENCAMINHAR
    passos = (Destino,)
    volta_ao_painel = False

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Perde o dono e ganha outra fila."""
        return solicitacoes.encaminhar(solicitacao, por=por, versao=versao, **dados)

    def frase(self, mudada):
        """Para onde foi."""
        return f"Solicitação {mudada.protocolo} encaminhada para {mudada.equipe}."


class Colega(PassoDeMotivo):
    """Para quem e por quê."""

    titulo = "Transferência"
    tipo_de_motivo = TipoDeMotivo.TRANSFERENCIA
    agente = forms.ModelChoiceField(Usuario.objects.none(), label="Agente", empty_label="Escolha…")
    field_order = ("agente", "motivo", "observacao")

    def preparar(self):
        """Os outros membros ativos da equipe."""
        super().preparar()
        self.fields["agente"].queryset = agentes_da_equipe(self.contexto.solicitacao)
        self.fields["agente"].label_from_instance = lambda agente: agente.nome_exibido


@ACOES.registrar
class Transferir(Transicao):
    """Passa a outro agente da equipe."""

    slug = "transferir"
    nome = "Transferir a outro agente"
    icone = "arrow-right-left"
    ordem = 55
    confirmar = "Transferir"
    ajuda = (
        "Passa a solicitação a outro agente da mesma equipe. Ela chega pausada, nunca como mais uma em mãos."
    )
    transicao = TipoDeTransicao.TRANSFERIR
    passos = (Colega,)
    volta_ao_painel = False

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Chega pausada ou agendada."""
        return solicitacoes.transferir(solicitacao, por=por, versao=versao, **dados)

    def frase(self, mudada):
        """Com quem ficou."""
        return f"Solicitação {mudada.protocolo} transferida para {mudada.responsavel.nome_exibido}."


class Devolucao(PassoDeMotivo):
    """Por que volta à fila."""

    titulo = "Devolução"
    tipo_de_motivo = TipoDeMotivo.DEVOLUCAO


@ACOES.registrar
class Devolver(Transicao):
    """Um supervisor devolve à fila a de um agente ausente."""

    slug = "devolver"
    nome = "Devolver à fila"
    icone = "undo-2"
    ordem = 58
    confirmar = "Devolver à fila"
    ajuda = "Um supervisor devolve à fila da equipe a solicitação de um agente ausente ou desativado."
    transicao = TipoDeTransicao.DEVOLVER
    passos = (Devolucao,)
    capacidade = Capacidade.SUPERVISIONAR
    volta_ao_painel = False

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Perde o dono."""
        return solicitacoes.devolver_a_fila(solicitacao, por=por, versao=versao, **dados)


def tipos_para(solicitacao):
    """Os tipos que o contrato permite e o que a solicitação já tem, que continua valendo."""
    permitidos = TipoDeSolicitacao.objects.para_contrato(solicitacao.contrato)
    return permitidos | TipoDeSolicitacao.objects.filter(pk=solicitacao.tipo_id)
