"""Um exemplo por ação, num módulo com o nome que se queira: o teste de contrato os descobre.

Um exemplo diz como pôr o cenário no estado em que a ação cabe, o que responder em cada passo, como ler do
banco o que a prévia promete mudar, e como tirar o cenário desse estado.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from tests.execucao.cenario import Cenario

Respostas = list[dict[str, Any]]


def _nada(cenario: Cenario) -> None:
    """O cenário de sempre já serve."""


@dataclass(frozen=True)
class Exemplo:
    """Como fazer uma ação de verdade.

    `preparar` põe o cenário no estado em que ela cabe. `respostas` são os campos de cada passo, prontos para
    o POST. `ler(cenario, rotulo)` diz, em palavras da prévia, o que está no banco agora; o que é calculado e
    não está gravado se nomeia em `so_da_previa`. `impedir` leva o cenário a um estado que a ação recusa
    (`None`: não há). `ruins` são respostas do primeiro passo que devem ser recusadas no campo. `deixa_evento`
    diz se o contrato ganha um evento. `retratar` são leituras a mais que a recusa não pode mudar.
    """

    slug: str
    respostas: Callable[[Cenario], Respostas]
    preparar: Callable[[Cenario], None] = _nada
    ler: Callable[[Cenario, str], str] | None = None
    so_da_previa: frozenset[str] = frozenset()
    impedir: Callable[[Cenario], None] | None = None
    ruins: Callable[[Cenario], Respostas] = lambda cenario: []
    deixa_evento: bool = True
    limites: Mapping[str, Any] = field(default_factory=dict)
    retratar: Callable[[Cenario], Any] = _nada
    conferir: Callable[[Cenario, Client], None] | None = None


EXEMPLOS: dict[str, Exemplo] = {}


def exemplo(**campos) -> Exemplo:
    """Põe no registro o exemplo da ação `slug`."""
    novo = Exemplo(**campos)
    assert novo.slug not in EXEMPLOS, f"{novo.slug} já tem exemplo"
    EXEMPLOS[novo.slug] = novo
    return novo
