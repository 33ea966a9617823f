"""Agendar uma visita ou um retorno e registrar o que deu."""

from django import forms

from atendimento.acoes.base import ACOES, Passo
from atendimento.acoes.campos import Data, Texto
from atendimento.acoes.transicao import (
    Transicao,
    campo_de_descricao,
    dispensar_descricao,
    e_do_agente,
    tirar,
)
from atendimento.dominio import solicitacoes
from atendimento.models.solicitacao import Periodo, ResultadoDaVisita, TipoDeVisita
from atendimento.situacoes import TipoDeTransicao


class Quando(Passo):
    """O dia, o período e com quem falar."""

    titulo = "Agenda"
    tipo_de_visita = forms.ChoiceField(label="O que se agenda", choices=TipoDeVisita)
    data = Data(label="Dia")
    periodo = forms.ChoiceField(label="Período", choices=Periodo)
    contato = forms.CharField(label="Contato no local", min_length=2, max_length=120)
    observacao = Texto(label="Observação", required=False, linhas=2)
    descricao = campo_de_descricao()

    def preparar(self):
        """O solicitante já escrito como contato."""
        self.fields["contato"].initial = self.contexto.solicitacao.solicitante_nome
        dispensar_descricao(self)


@ACOES.registrar
class Agendar(Transicao):
    """Marca dia e período."""

    slug = "agendar"
    nome = "Agendar visita ou retorno"
    icone = "calendar-plus"
    ordem = 70
    confirmar = "Agendar"
    ajuda = "Marca o dia e o período de uma visita ou de um retorno; a solicitação continua com você."
    transicao = TipoDeTransicao.AGENDAR
    passos = (Quando,)

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Continua com o responsável."""
        return solicitacoes.agendar(solicitacao, por=por, versao=versao, **dados)


class Retorno(Passo):
    """O que deu."""

    titulo = "Retorno"
    resultado = forms.ChoiceField(label="Resultado", choices=ResultadoDaVisita)
    observacao = Texto(label="Observação", required=False, linhas=3)
    justificativa = Texto(label="Por que você toma o lugar do responsável", min_length=10, linhas=2)

    def preparar(self):
        """A justificativa só para tomar a de outro."""
        if e_do_agente(self.contexto):
            tirar(self, "justificativa")


@ACOES.registrar
class Retornar(Transicao):
    """Registra o que deu e volta ao trabalho."""

    slug = "retornar"
    nome = "Registrar retorno"
    icone = "calendar-check"
    ordem = 75
    confirmar = "Registrar"
    ajuda = "Registra o que deu da visita ou do retorno; a solicitação volta às suas mãos."
    transicao = TipoDeTransicao.RETORNAR
    passos = (Retorno,)

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Volta ao trabalho."""
        return solicitacoes.retornar(solicitacao, por=por, versao=versao, **dados)
