"""Cartão *Mensagens enviadas*: o que se mandou ao cliente e o que foi feito de cada mensagem."""

from atendimento.integracoes.mensagens import simulado
from atendimento.models import Mensagem
from atendimento.models.mensagem import ENVIAVEIS, SituacaoDaMensagem
from atendimento.widgets.base import WIDGETS, Widget

QUANTAS = 10
SELO = {
    SituacaoDaMensagem.ENVIADA: "sucesso",
    SituacaoDaMensagem.LIDA: "sucesso",
    SituacaoDaMensagem.FALHOU: "perigo",
    SituacaoDaMensagem.A_LER: "atencao",
}


@WIDGETS.registrar
class Mensagens(Widget):
    """As últimas mensagens, com destino mascarado e situação."""

    slug = "mensagens"
    nome = "Mensagens enviadas"
    alvo = "cliente"
    icone = "send"
    ordem = 45
    ajuda = (
        "As últimas mensagens ao cliente: por onde foram, se saíram, falharam ou esperam. “Simulada” quer "
        "dizer que esta instalação não manda nada de verdade."
    )

    def contexto(self) -> dict:
        """As últimas, e se algum canal desta instalação só finge."""
        visiveis = Mensagem.objects.visiveis_para(self.request.user).filter(cliente=self.objeto)
        ultimas = visiveis.select_related("solicitacao").order_by("-criada_em", "-id")[:QUANTAS]
        return {
            "mensagens": [(mensagem, SELO.get(mensagem.situacao, "info")) for mensagem in ultimas],
            "le": self.permissoes.acao("informar_protocolo") is not None,
            "simulados": any(simulado(canal) for canal in ENVIAVEIS),
        }
