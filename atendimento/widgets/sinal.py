"""Cartão *Sinal óptico*: o que a OLT diz da ONU, com a idade da leitura."""

from atendimento import rede_na_tela
from atendimento.widgets.base import WIDGETS, Widget


@WIDGETS.registrar
class SinalOptico(Widget):
    """A potência que chega e que sai, a distância, o estado da ONU e a última queda."""

    slug = "sinal"
    nome = "Sinal óptico"
    alvo = "etiqueta"
    icone = "signal"
    ordem = 210
    ajuda = (
        "O que a OLT leu da ONU do cliente, e há quanto tempo. A potência recebida (RX) é boa de -8 a -25"
        " dBm, pede atenção até -27 e é crítica abaixo disso; acima de -8 a luz chega forte demais. “Ler de"
        " novo” pede outra leitura, que chega em segundos."
    )

    def contexto(self) -> dict:
        """As conexões da etiqueta que passam por uma OLT."""
        conexoes = [c for c in rede_na_tela.da_etiqueta(self.objeto.pk) if rede_na_tela.tem_optica(c)]
        return {
            "lidos": [rede_na_tela.sinal(conexao) for conexao in conexoes],
            "atalhos": self.atalhos("diagnostico", "agendar_visita") if conexoes else [],
        }
