"""Reiniciar o equipamento do cliente pela OLT."""

from atendimento.acoes.base import ACOES, Mudanca, Previa, Resultado
from atendimento.acoes.de_rede import ONDE_VER, AcaoDeRede, DeUmaConexaoComMotivo
from atendimento.excecoes import Impedida
from contratos.enums_de_rede import VerboDeRede
from contratos.models import Conexao


def _alcanca(conexao: Conexao) -> bool:
    olt = conexao.splitter.olt if conexao.splitter_id else conexao.olt
    return bool(conexao.serial and olt and olt.integracao)


@ACOES.registrar
class ReiniciarEquipamento(AcaoDeRede):
    """Manda a OLT reiniciar a ONU."""

    slug = "cpe"
    nome = "Reiniciar equipamento"
    icone = "rotate-cw"
    ordem = 430
    confirmar = "Reiniciar"
    verbo = VerboDeRede.REINICIAR
    ajuda = (
        "Use quando o equipamento do cliente está travado e ele não consegue, ou não deve, desligá-lo da"
        " tomada.\n\n"
        "Pergunta qual conexão e o motivo.\n\n"
        "Faz: manda à OLT o pedido de reinício da ONU. Nem toda OLT o aceita: a resposta, ou a recusa,"
        " aparece na aba Conexão e no relato. O cliente fica sem internet por dois ou três minutos.\n\n"
        "Diga ao cliente: que o equipamento vai reiniciar e que espere as luzes se firmarem."
    )
    passos = (DeUmaConexaoComMotivo,)

    def impedimento(self):
        """Precisa de uma ONU numa OLT com integração."""
        conexoes = self.conexoes
        if not conexoes:
            return self.sem_conexao()
        if not any(_alcanca(conexao) for conexao in conexoes):
            return "A conexão não tem ONU numa OLT com integração: não há como reiniciar por aqui."
        return None

    def previa(self, dados):
        """O equipamento que reinicia."""
        return Previa(
            mudancas=(Mudanca(f"Equipamento {dados['conexao'].serial}", "ligado", "reiniciado"),),
            dizer=self._dizer(),
            avisos=("O cliente fica sem internet por dois ou três minutos.",),
        )

    def fazer(self, dados):
        """Põe o pedido na fila."""
        conexao = dados["conexao"]
        if not _alcanca(conexao):
            raise Impedida(f"A conexão {conexao.login} não tem ONU numa OLT com integração.")
        self.mandar(dados)
        return Resultado(
            f"Reinício pedido. {ONDE_VER}",
            relato=f"reinício do equipamento {conexao.serial}: pedido. {dados['motivo']}",
            dizer=self._dizer(),
        )

    def _dizer(self) -> str:
        return f"O equipamento vai reiniciar: espere as luzes se firmarem. O protocolo é {self.protocolo}."
