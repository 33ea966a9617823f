"""Cartão *Roteiro*: o que dizer, com o nome do cliente e o protocolo já no lugar."""

from atendimento.models import Artigo, Solicitacao
from atendimento.models.artigo import Uso
from atendimento.roteiro import valores_de
from atendimento.variaveis import preencher
from atendimento.widgets.base import WIDGETS, Widget

QUANTOS = 4


@WIDGETS.registrar
class Roteiro(Widget):
    """Os roteiros do problema que o agente atende neste cliente, e os gerais."""

    slug = "roteiro"
    nome = "Roteiro"
    alvo = "etiqueta"
    icone = "message-square-text"
    ordem = 62
    ajuda = (
        "O roteiro da conversa para o tipo do atendimento em curso, com as variáveis já trocadas: nome do "
        "cliente, protocolo, atendente, data. Quem administra os escreve em Parâmetros, Artigos e roteiros."
    )

    def contexto(self) -> dict:
        """Cada roteiro já preenchido."""
        usuario, etiqueta = self.request.user, self.objeto
        contrato, cliente = etiqueta.contrato, etiqueta.contrato.cliente
        minhas = Solicitacao.objects.minhas(usuario).filter(cliente=cliente).order_by("-situacao_desde")
        solicitacao = minhas.only("protocolo", "tipo").first()
        tipos = [solicitacao.tipo_id] if solicitacao and solicitacao.tipo_id else []
        valores = valores_de(usuario, cliente, contrato, solicitacao)
        roteiros = Artigo.objects.para(Uso.ROTEIRO, tipos).order_by("tipo__nome", "ordem", "titulo")
        return {
            "roteiros": [(r.titulo, preencher(r.texto, valores)) for r in roteiros[:QUANTOS]],
            "protocolo": solicitacao and solicitacao.protocolo,
        }
