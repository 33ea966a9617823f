"""Recusas que só o executor de ações conhece."""

from atendimento.excecoes import Impedida, Recusa


class ExecucaoParada(Recusa):
    """A execução não espera resposta: terminou, expirou, aguarda aprovação ou está com outro agente."""


class SemProtocolo(Impedida):
    """O agente não tem em mãos uma solicitação deste cliente, e nenhuma ação corre sem protocolo."""

    def __init__(self):
        super().__init__("Inicie ou assuma um atendimento deste cliente: nenhuma ação corre sem protocolo.")


class SemIdentidade(Impedida):
    """A ação pede que se confira quem fala, e neste atendimento ainda não se conferiu."""

    def __init__(self):
        super().__init__("Confirme a identidade de quem fala: esta ação pede ao menos dois dados do titular.")


class PassoInvalido(Recusa):
    """Um passo não passou na conferência; as frases estão nos campos de `form`."""

    status = 422

    def __init__(self, numero: int, form):
        super().__init__("Confira os campos assinalados.")
        self.numero = numero
        self.form = form
