"""O que a importação tem a dizer: cada recusa com arquivo, linha e coluna, e a conta por arquivo."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

# Acima disto as recusas de um arquivo só são contadas: a causa já se vê nas primeiras.
RECUSAS_MOSTRADAS = 1000


@dataclass(frozen=True, slots=True, order=True)
class Recusa:
    """Por que uma linha (ou, na linha 0, o arquivo inteiro) não entra. Nunca traz um dado pessoal."""

    linha: int
    coluna: str
    frase: str

    def em_texto(self, arquivo: str) -> str:
        """`clientes.csv linha 17, coluna documento: CPF inválido.`"""
        onde = arquivo
        if self.linha:
            onde += f" linha {self.linha}"
        if self.coluna:
            onde += f", coluna {self.coluna}"
        return f"{onde}: {self.frase}"


@dataclass(slots=True)
class Conta:
    """Quantas linhas de um arquivo tiveram cada destino."""

    lidas: int = 0
    criadas: int = 0
    atualizadas: int = 0
    recusadas: int = 0

    @property
    def iguais(self) -> int:
        """As que já estavam no banco como no arquivo."""
        return self.lidas - self.criadas - self.atualizadas - self.recusadas


@dataclass
class Relatorio:
    """Junta recusas e contas; a ordem dos arquivos é a em que foram importados."""

    contas: dict[str, Conta] = field(default_factory=dict)
    recusas: dict[str, list[Recusa]] = field(default_factory=lambda: defaultdict(list))
    observacoes: list[str] = field(default_factory=list)
    incompletos: list[str] = field(default_factory=list)
    _recusadas: dict[str, dict[tuple[str, str], int]] = field(default_factory=lambda: defaultdict(dict))

    def conta(self, arquivo: str) -> Conta:
        """A conta de `arquivo`, criada na primeira vez."""
        return self.contas.setdefault(arquivo, Conta())

    def linha_recusada(self, arquivo: str, coluna: str, codigo: str) -> int | None:
        """A linha recusada de `arquivo` que tem `codigo` em `coluna`: quem se liga a ela cai junto."""
        return self._recusadas[arquivo].get((coluna, codigo))

    def codigos_recusados(self, arquivo: str, coluna: str) -> set[str]:
        """O que as linhas recusadas de `arquivo` têm em `coluna`."""
        return {codigo for nome, codigo in self._recusadas[arquivo] if nome == coluna}

    def recusar_linha(self, arquivo: str, linha: int, codigos: dict[str, str | None]) -> None:
        """Conta uma linha recusada e guarda seus códigos."""
        self.conta(arquivo).recusadas += 1
        for coluna, codigo in codigos.items():
            if codigo:
                self._recusadas[arquivo].setdefault((coluna, codigo), linha)

    def recusar(self, arquivo: str, linha: int, coluna: str, frase: str) -> None:
        """Anota uma recusa; a linha é contada por `recusar_linha`, porque pode ter várias."""
        self.recusas[arquivo].append(Recusa(linha, coluna, frase))

    def recusar_arquivo(self, arquivo: str, frase: str, linha: int = 0) -> None:
        """O arquivo não pôde ser lido até o fim; sem ele as ligações não se conferem."""
        self.recusar(arquivo, linha, "", frase)
        self.incompletos.append(arquivo)

    @property
    def tem_recusas(self) -> bool:
        """Se algo impede a importação."""
        return any(self.recusas.values())

    def linhas(self) -> Iterator[str]:
        """O relatório em texto, das recusas à conta."""
        for arquivo, recusas in self.recusas.items():
            for recusa in sorted(recusas)[:RECUSAS_MOSTRADAS]:
                yield recusa.em_texto(arquivo)
            if len(recusas) > RECUSAS_MOSTRADAS:
                yield f"{arquivo}: e mais {len(recusas) - RECUSAS_MOSTRADAS} recusas."
        yield from self.observacoes
        yield ""
        yield f"{'arquivo':<24}{'lidas':>10}{'criadas':>10}{'atualizadas':>13}{'iguais':>10}{'recusadas':>11}"
        for arquivo, conta in self.contas.items():
            yield (
                f"{arquivo:<24}{conta.lidas:>10}{conta.criadas:>10}{conta.atualizadas:>13}"
                f"{conta.iguais:>10}{conta.recusadas:>11}"
            )
