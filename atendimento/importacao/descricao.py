"""Como se descreve um arquivo: suas colunas, a chave que o torna repetível e o que se confere."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db import models

from atendimento.importacao import conversores
from atendimento.importacao.conversores import Conversor, ValorRecusado
from contratos.cifra import CampoCifrado


class LinhaRecusada(ValueError):
    """A linha não serve, por causa do conjunto de suas células."""

    def __init__(self, coluna: str, frase: str):
        super().__init__(frase)
        self.coluna = coluna
        self.frase = frase


@dataclass(frozen=True)
class Coluna:
    """Uma coluna do arquivo, que preenche o campo de mesmo nome do modelo.

    `liga_por` faz dela o código com que se acha a linha ligada; `obrigatoria` obriga o que o modelo
    deixaria em branco.
    """

    nome: str
    converter: Conversor | None = None
    ajuda: str = ""
    obrigatoria: bool = False
    liga_por: str = ""


@dataclass(frozen=True)
class Conferencia:
    """Uma recusa que só o banco sabe: `condicao` é SQL sobre `s`, a linha já ligada.

    Só se confere quando o arquivo traz a coluna.
    """

    coluna: str
    frase: str
    condicao: str


@dataclass(frozen=True)
class Tabela:
    """Um arquivo e o modelo que ele preenche.

    `chave` são os campos que identificam a linha entre uma importação e outra. `ajustar` confere as
    células entre si e pode mudá-las. `derivados` são campos calculados em SQL sobre as ligações.
    """

    nome: str
    modelo: type[models.Model]
    chave: tuple[str, ...]
    colunas: tuple[Coluna, ...]
    ajustar: Callable[[dict[str, Any]], None] | None = None
    conferencias: tuple[Conferencia, ...] = ()
    derivados: dict[str, str] = field(default_factory=dict)
    so_acrescenta: bool = False

    @property
    def arquivo(self) -> str:
        """O nome do arquivo na pasta."""
        return f"{self.nome}.csv"

    @cached_property
    def por_nome(self) -> dict[str, "ColunaDaTabela"]:
        """As colunas com o que o modelo acrescenta, pelo nome."""
        return {coluna.nome: ColunaDaTabela(coluna, self.modelo) for coluna in self.colunas}

    def obrigatorias(self) -> list[str]:
        """As colunas que o arquivo precisa ter."""
        return [nome for nome, coluna in self.por_nome.items() if coluna.obrigatoria]


class ColunaDaTabela:
    """Uma coluna resolvida contra o campo do modelo: conversor, obrigatoriedade e valor do vazio."""

    def __init__(self, coluna: Coluna, modelo: type[models.Model]):
        campo = modelo._meta.get_field(coluna.nome)
        self.nome = coluna.nome
        self.campo = campo
        self.liga_por = coluna.liga_por
        self.secreta = isinstance(campo, CampoCifrado)
        self.obrigatoria = coluna.obrigatoria or not (campo.blank or campo.null or campo.has_default())
        self.ajuda = coluna.ajuda or campo.help_text
        alvo = campo.related_model._meta.get_field(coluna.liga_por) if coluna.liga_por else campo
        self._converter = coluna.converter or conversores.do_campo(alvo)
        self._vazio = None if campo.null else campo.get_default()

    @property
    def coluna_do_banco(self) -> str:
        """O nome da coluna que se escreve: `cliente_id` para uma ligação."""
        return self.campo.column

    def valor(self, celula: str) -> Any:
        """O valor da célula. Levanta `ValorRecusado`."""
        if not celula or celula.isspace():
            if self.obrigatoria:
                raise ValorRecusado("é obrigatória e está vazia.")
            return self._vazio
        return self._converter(celula)


def converter_linha(
    colunas: Iterable[ColunaDaTabela], celulas: Iterable[str]
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Os valores da linha e as recusas `(coluna, frase)` das células que não viraram valor."""
    valores: dict[str, Any] = {}
    recusas = []
    for coluna, celula in zip(colunas, celulas, strict=True):
        try:
            valores[coluna.nome] = coluna.valor(celula)
        except ValorRecusado as erro:
            recusas.append((coluna.nome, str(erro)))
    return valores, recusas
