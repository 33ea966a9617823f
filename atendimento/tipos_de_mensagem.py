"""As mensagens que o console manda, declaradas por quem as manda; as palavras de cada canal são do banco.

Um tipo novo é uma chamada a `TIPOS_DE_MENSAGEM.registrar`, no módulo da ação que o envia.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

# Toda mensagem as tem, sem que quem a enfileira as diga.
COMUNS: Mapping[str, str] = {
    "cliente": "nome do cliente (o social, quando há)",
    "provedor": "nome do provedor",
    "protocolo": "protocolo da solicitação",
    "data": "data da mensagem",
    "hora": "hora da mensagem",
}


@dataclass(frozen=True, slots=True)
class TipoDeMensagem:
    """Uma mensagem: o que diz por padrão e que variáveis suas palavras podem usar.

    `segredos` são as variáveis que não se guardam: nos dados vai o id de uma linha, e a função o troca pelo
    valor na hora de enviar. `assunto` e `texto` são os do e-mail; `curto`, os do SMS e do WhatsApp.
    """

    codigo: str
    nome: str
    assunto: str
    texto: str
    curto: str
    variaveis: Mapping[str, str] = field(default_factory=dict)
    obrigatorias: frozenset[str] = frozenset()
    segredos: Mapping[str, Callable[[int], str]] = field(default_factory=dict)

    @property
    def permitidas(self) -> dict[str, str]:
        """As variáveis que as palavras podem usar, com o que cada uma diz."""
        return {**COMUNS, **self.variaveis}


class RegistroDeTipos:
    """Os tipos por código."""

    def __init__(self) -> None:
        self._tipos: dict[str, TipoDeMensagem] = {}

    def registrar(self, tipo: TipoDeMensagem) -> TipoDeMensagem:
        """Guarda o tipo. Levanta `ValueError` se o código já é de outro, ou se falta declarar algo."""
        if self._tipos.get(tipo.codigo, tipo) != tipo:
            raise ValueError(f"O código de mensagem {tipo.codigo!r} já tem dono.")
        soltas = (tipo.obrigatorias | tipo.segredos.keys()) - tipo.permitidas.keys()
        if soltas:
            raise ValueError(f"{tipo.codigo}: {sorted(soltas)} não estão entre as variáveis.")
        self._tipos[tipo.codigo] = tipo
        return tipo

    def get(self, codigo: str) -> TipoDeMensagem | None:
        """O tipo, ou `None`."""
        return self._tipos.get(codigo)

    def retirar(self, codigo: str) -> None:
        """Esquece um tipo, se houver; serve a testes que registram os seus."""
        self._tipos.pop(codigo, None)

    def __iter__(self) -> Iterator[TipoDeMensagem]:
        return iter(self._tipos.values())


TIPOS_DE_MENSAGEM = RegistroDeTipos()

PROTOCOLO = TIPOS_DE_MENSAGEM.registrar(
    TipoDeMensagem(
        codigo="protocolo",
        nome="Protocolo do atendimento",
        assunto="Seu protocolo de atendimento: {protocolo}",
        texto=(
            "Olá, {cliente}.\n\n"
            "Registramos seu atendimento em {data}, às {hora}, com o protocolo {protocolo}. "
            "Guarde este número: com ele você acompanha o pedido em qualquer canal.\n\n"
            "{provedor}"
        ),
        curto="{provedor}: seu atendimento de {data}, {hora}, tem o protocolo {protocolo}.",
        obrigatorias=frozenset({"protocolo", "data", "hora"}),
    )
)
