"""Pausar e retomar o atendimento."""

from atendimento.acoes.base import ACOES, Passo
from atendimento.acoes.campos import DataHora, Texto
from atendimento.acoes.transicao import (
    PassoDeMotivo,
    Transicao,
    campo_de_descricao,
    dispensar_descricao,
    e_do_agente,
    tirar,
)
from atendimento.dominio import solicitacoes
from atendimento.models import TipoDeMotivo
from atendimento.situacoes import TipoDeTransicao


class Pausa(PassoDeMotivo):
    """Por que se para e quando se volta."""

    titulo = "Pausa"
    tipo_de_motivo = TipoDeMotivo.PAUSA
    retorna_em = DataHora(label="Retorna em", required=False)
    descricao = campo_de_descricao()
    field_order = ("motivo", "retorna_em", "observacao", "descricao")

    def preparar(self):
        """A descrição só se ainda falta."""
        super().preparar()
        dispensar_descricao(self)


@ACOES.registrar
class Pausar(Transicao):
    """Para o relógio de trabalho."""

    slug = "pausar"
    nome = "Pausar Atendimento"
    icone = "pause"
    ordem = 40
    confirmar = "Pausar"
    ajuda = (
        "Para o relógio de trabalho e guarda o atendimento com você. O motivo diz se o prazo também para, "
        "quanto a pausa pode durar e se é preciso marcar o retorno; o prazo regulatório nunca para."
    )
    transicao = TipoDeTransicao.PAUSAR
    passos = (Pausa,)

    def mudar(self, solicitacao, *, por, versao, **dados):
        """A pausa fica com o responsável."""
        return solicitacoes.pausar(solicitacao, por=por, versao=versao, **dados)


class Volta(Passo):
    """Por que se toma a de outro."""

    titulo = "Retomada"
    justificativa = Texto(label="Por que você toma o lugar do responsável", min_length=10, linhas=2)

    def preparar(self):
        """O próprio responsável só confirma."""
        if e_do_agente(self.contexto):
            tirar(self, "justificativa")


@ACOES.registrar
class Retomar(Transicao):
    """Volta ao trabalho."""

    slug = "retomar"
    nome = "Retomar atendimento"
    icone = "play"
    ordem = 45
    confirmar = "Retomar"
    ajuda = "O relógio de trabalho volta a correr. Um supervisor que retoma a de outro agente fica com ela."
    transicao = TipoDeTransicao.RETOMAR
    passos = (Volta,)

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Nas mãos de quem retoma."""
        return solicitacoes.retomar(solicitacao, por=por, versao=versao, **dados)
