"""Diagnosticar a conexão: da situação do contrato aos vizinhos, a causa provável e o que fazer."""

from atendimento import rede_na_tela
from atendimento.acoes.base import ACOES, Previa, Resultado
from atendimento.acoes.de_rede import AcaoDeRede, DeUmaConexao
from atendimento.dominio.rede.diagnostico import Diagnostico, diagnosticar
from atendimento.massivas import da_etiqueta
from contratos.models import Conexao

VELHA = "As leituras têm mais de dois minutos: para uma de agora, peça “Ler de novo” na aba Conexão e volte."


@ACOES.registrar
class DiagnosticarConexao(AcaoDeRede):
    """Lê o que está guardado, conclui e deixa tudo escrito no atendimento."""

    slug = "diagnostico"
    nome = "Diagnosticar conexão"
    icone = "stethoscope"
    ordem = 410
    confirmar = "Registrar o diagnóstico"
    ajuda = (
        "Use no começo de toda queixa de conexão, antes de desconectar, trocar ou agendar.\n\n"
        "Pergunta só qual conexão.\n\n"
        "Faz: olha, nesta ordem, a situação do contrato, as massivas, o ponto de acesso, os vizinhos,"
        " o sinal óptico, a sessão, o MAC e as últimas quedas; diz a causa provável e o que fazer em"
        " seguida; e deixa no relato o que leu, com a hora de cada leitura.\n\n"
        "Diga ao cliente: o que se achou e qual é o próximo passo, com as palavras que a tela sugere."
    )
    passos = (DeUmaConexao,)

    def impedimento(self):
        """Precisa de uma conexão."""
        return None if self.conexoes else self.sem_conexao()

    def previa(self, dados):
        """A conclusão e o que se leu."""
        conexao, achado = self._diagnosticar(dados)
        lidos = (rede_na_tela.agora(conexao), rede_na_tela.sinal(conexao))
        return Previa(
            conta=(
                f"Causa provável: {achado.conclusao.causa}",
                f"Em seguida: {achado.conclusao.fazer}",
                *achado.passos,
            ),
            rotulo_da_conta="O que se achou",
            dizer=achado.conclusao.dizer,
            avisos=(VELHA,) if any(lido["estado"].pede for lido in lidos) else (),
        )

    def fazer(self, dados):
        """Registra."""
        conexao, achado = self._diagnosticar(dados)
        return Resultado(
            f"Diagnóstico registrado. Causa provável: {achado.conclusao.causa}",
            relato=f"Diagnóstico de {conexao.login}\n{achado.relato}",
            dizer=achado.conclusao.dizer,
        )

    def _diagnosticar(self, dados) -> tuple[Conexao, Diagnostico]:
        consulta = Conexao.objects.filter(pk=dados["conexao"].pk).select_related("ponto_de_acesso")
        conexao = rede_na_tela.com_leituras(consulta).get()
        massivas = list(da_etiqueta(self.contexto.eixo.etiqueta.pk))
        return conexao, diagnosticar(conexao, self.contrato, massivas)
