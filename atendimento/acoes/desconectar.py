"""Derrubar a sessão de uma conexão, para que o equipamento autentique de novo."""

from atendimento.acoes.base import ACOES, Mudanca, Previa, Resultado
from atendimento.acoes.de_rede import ONDE_VER, AcaoDeRede, DeUmaConexaoComMotivo
from atendimento.excecoes import Impedida
from contratos.enums_de_rede import VerboDeRede
from contratos.models import Conexao


def _fora_do_ar(conexao: Conexao) -> bool:
    leitura = getattr(conexao, "leitura_de_sessao", None)
    return bool(leitura and leitura.online is False)


@ACOES.registrar
class Desconectar(AcaoDeRede):
    """Manda um Disconnect ao concentrador."""

    slug = "desconectar"
    nome = "Desconectar sessão"
    icone = "unplug"
    ordem = 420
    confirmar = "Desconectar"
    verbo = VerboDeRede.DESCONECTAR
    ajuda = (
        "Use quando a sessão está presa, depois de uma mudança de senha, de MAC ou de plano, ou para forçar o"
        " equipamento a autenticar de novo.\n\n"
        "Pergunta qual conexão e o motivo.\n\n"
        "Faz: manda ao concentrador o pedido de desconexão (Disconnect, RFC 5176). Se ele recusar (NAK), a"
        " recusa e o motivo aparecem na aba Conexão e no relato. O cliente fica sem internet por alguns"
        " segundos.\n\n"
        "Diga ao cliente: que a conexão vai cair e voltar em instantes."
    )
    passos = (DeUmaConexaoComMotivo,)

    def impedimento(self):
        """Precisa de integração e de uma sessão que não se saiba fora do ar."""
        conexoes = self.conexoes
        if not conexoes:
            return self.sem_conexao()
        if not any(c.concentrador_id and c.concentrador.integracao for c in conexoes):
            return "O concentrador desta conexão não tem integração: não há como desconectar por aqui."
        if all(_fora_do_ar(conexao) for conexao in conexoes):
            return "A conexão está offline, pela última leitura: não há sessão a derrubar."
        return None

    def previa(self, dados):
        """A sessão que cai."""
        return Previa(
            mudancas=(Mudanca(f"Sessão de {dados['conexao'].login}", "no ar", "derrubada"),),
            dizer=self._dizer(),
            avisos=("O cliente fica sem internet até o equipamento autenticar de novo.",),
        )

    def fazer(self, dados):
        """Põe o pedido na fila."""
        conexao = dados["conexao"]
        if _fora_do_ar(conexao):
            raise Impedida(f"A conexão {conexao.login} está offline: não há sessão a derrubar.")
        self.mandar(dados)
        return Resultado(
            f"Desconexão pedida. {ONDE_VER}",
            relato=f"desconexão de {conexao.login}: pedida. {dados['motivo']}",
            dizer=self._dizer(),
        )

    def _dizer(self) -> str:
        return f"A conexão vai cair e voltar em instantes. O protocolo é {self.protocolo}."
