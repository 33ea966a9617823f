"""O transporte das instalações locais: nada sai, e a tela diz que foi simulado."""

from atendimento.integracoes.mensagens.interface import Envelope, Recibo


class Simulador:
    """Aceita qualquer envelope e o esquece."""

    def enviar(self, envelope: Envelope) -> Recibo:
        """Um recibo que se diz simulado."""
        return Recibo(id_externo=f"simulador:{envelope.chave}", simulado=True)
