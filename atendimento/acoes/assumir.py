"""Assumir o que está na fila: para si ou, um supervisor, por um agente."""

from django import forms

from atendimento.acoes.base import ACOES, Passo, SemPerguntas
from atendimento.acoes.transicao import Transicao
from atendimento.dominio import solicitacoes
from atendimento.situacoes import TipoDeTransicao
from perfis.capacidades import Capacidade
from perfis.models import Usuario


@ACOES.registrar
class Assumir(Transicao):
    """Tira da fila para as mãos de quem assume."""

    slug = "assumir"
    nome = "Assumir"
    icone = "hand"
    ordem = 30
    confirmar = "Assumir"
    ajuda = "Tira a solicitação da fila e a põe nas suas mãos; o relógio de trabalho começa a correr."
    transicao = TipoDeTransicao.ASSUMIR
    passos = (SemPerguntas,)
    so_do_dono = False

    def mudar(self, solicitacao, *, por, versao):
        """De dois, um vence; o outro lê quem ficou com ela."""
        return solicitacoes.assumir(solicitacao, por=por, versao=versao)


class Quem(Passo):
    """Para quem."""

    titulo = "Agente"
    agente = forms.ModelChoiceField(Usuario.objects.none(), label="Agente", empty_label="Escolha…")

    def preparar(self):
        """Os membros ativos da equipe da solicitação."""
        self.fields["agente"].queryset = agentes_da_equipe(self.contexto.solicitacao)
        self.fields["agente"].label_from_instance = lambda agente: agente.nome_exibido


@ACOES.registrar
class AssumirPor(Transicao):
    """Um supervisor dá a solicitação a um agente."""

    slug = "assumir_por"
    nome = "Assumir por um agente"
    icone = "user-check"
    ordem = 35
    confirmar = "Entregar ao agente"
    ajuda = "Um supervisor põe nas mãos de um agente da equipe o que está na fila."
    transicao = TipoDeTransicao.ASSUMIR
    passos = (Quem,)
    so_do_dono = False
    capacidade = Capacidade.SUPERVISIONAR
    volta_ao_painel = False

    def mudar(self, solicitacao, *, por, versao, agente):
        """O limite que vale é o do agente."""
        return solicitacoes.assumir_por(solicitacao, agente=agente, por=por, versao=versao)

    def frase(self, mudada):
        """Com quem ficou."""
        return f"A solicitação {mudada.protocolo} está com {mudada.responsavel.nome_exibido}."


def agentes_da_equipe(solicitacao):
    """Os usuários ativos da equipe da solicitação, menos quem já a tem."""
    membros = Usuario.objects.filter(
        is_active=True, participacoes__equipe=solicitacao.equipe_id, participacoes__ativo=True
    )
    return membros.exclude(pk=solicitacao.responsavel_id).order_by("first_name", "username")
