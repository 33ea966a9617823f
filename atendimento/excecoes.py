"""Recusas do domínio: fatos, cada um com a frase que o agente lê.

`status` é o código HTTP de `produto.md` §7 a que a view a converte; `campo` é o nome do campo
culpado, quando há um.
"""

from django.core.exceptions import PermissionDenied


class Recusa(Exception):
    """Algo não foi feito, e nada foi gravado."""

    status = 409

    def __init__(self, frase: str, *, campo: str | None = None):
        super().__init__(frase)
        self.frase = frase
        self.campo = campo


class SemPermissao(Recusa, PermissionDenied):
    """O usuário não tem a capacidade, a empresa, a equipe ou a posse que o pedido exige."""

    status = 403


class DadoInvalido(Recusa):
    """Um campo falta, passa do tamanho ou aponta para o que não vale aqui."""

    status = 422


class MotivoInvalido(DadoInvalido):
    """O motivo é de outro tipo, está inativo ou lhe falta o que ele próprio exige."""

    def __init__(self, frase: str, *, campo: str = "motivo"):
        super().__init__(frase, campo=campo)


class TransicaoInvalida(Recusa):
    """A situação atual não permite o pedido."""


class JaAssumida(TransicaoInvalida):
    """Outro agente chegou antes; `agente` é quem ficou com ela."""

    def __init__(self, frase: str, *, agente=None):
        super().__init__(frase)
        self.agente = agente


class Desatualizada(Recusa):
    """A solicitação mudou desde que o formulário foi desenhado.

    `mudancas` são as transições feitas desde então, da mais antiga à mais nova.
    """

    def __init__(self, frase: str, *, mudancas=()):
        super().__init__(frase)
        self.mudancas = list(mudancas)


class LimiteDoAgente(Recusa):
    """O agente já tem quantas pode; `solicitacoes` são elas, para que se ofereça pausar uma."""

    def __init__(self, frase: str, *, solicitacoes=()):
        super().__init__(frase)
        self.solicitacoes = list(solicitacoes)


class Impedida(Recusa):
    """Uma regra do negócio ou da lei não deixa: protegida, com pendência, prazo vencido…"""


class AnexoRecusado(DadoInvalido):
    """O arquivo é grande demais, vazio ou de um tipo que não se aceita."""

    def __init__(self, frase: str):
        super().__init__(frase, campo="arquivo")
