"""Uma cópia da pasta de exemplo para estragar, e a importação como o operador a vê."""

import shutil
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.importacao import EXEMPLO


@dataclass
class Pasta:
    """Uma pasta de CSV que se pode mudar."""

    caminho: Path

    def trocar(self, arquivo: str, antes: str, depois: str) -> None:
        """Troca um trecho que tem de estar no arquivo uma vez."""
        caminho = self.caminho / arquivo
        texto = caminho.read_text("utf-8")
        assert texto.count(antes) == 1, f"{antes!r} aparece {texto.count(antes)} vezes em {arquivo}"
        caminho.write_text(texto.replace(antes, depois), "utf-8")

    def acrescentar(self, arquivo: str, linha: str | bytes) -> None:
        """Põe uma linha no fim."""
        with (self.caminho / arquivo).open("ab") as aberto:
            aberto.write(linha.encode() if isinstance(linha, str) else linha)
            aberto.write(b"\n")

    def so(self, *arquivos: str) -> "Pasta":
        """Deixa só estes arquivos."""
        for caminho in self.caminho.iterdir():
            if caminho.name not in arquivos:
                caminho.unlink()
        return self


@pytest.fixture
def pasta(tmp_path) -> Pasta:
    destino = tmp_path / "pasta"
    shutil.copytree(EXEMPLO, destino)
    return Pasta(destino)


@dataclass
class Saida:
    """O que o comando disse, e se saiu bem."""

    texto: str
    erro: str

    @property
    def contas(self) -> dict[str, list[int]]:
        """Por arquivo: lidas, criadas, atualizadas, iguais, recusadas."""
        linhas = [linha.split() for linha in self.texto.splitlines()]
        return {p[0]: [int(n) for n in p[1:]] for p in linhas if len(p) == 6 and p[1].isdigit()}

    @property
    def recusas(self) -> list[str]:
        """As linhas do relatório que recusam algo."""
        return [linha for linha in self.texto.splitlines() if ".csv" in linha.split(":")[0] and ": " in linha]


@pytest.fixture
def comando():
    """`comando(pasta, ensaio=…)`: roda `manage.py importar` e devolve o que ele disse."""

    def rodar(pasta: Pasta, *, ensaio: bool = False) -> Saida:
        saida, erro = StringIO(), ""
        try:
            call_command("importar", str(pasta.caminho), ensaio=ensaio, stdout=saida, stderr=StringIO())
        except CommandError as excecao:
            erro = str(excecao)
        return Saida(saida.getvalue(), erro)

    return rodar
