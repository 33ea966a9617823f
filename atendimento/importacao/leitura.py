"""Lê um CSV linha a linha, sem nunca trazer à memória mais do que uma linha de tamanho limitado."""

import csv
import unicodedata
from collections.abc import Iterator
from pathlib import Path

LIMITE_DA_CELULA = 65_536
LIMITE_DA_LINHA = 1024 * 1024
BOM = b"\xef\xbb\xbf"


class ArquivoIlegivel(Exception):
    """O arquivo não pode ser lido deste ponto em diante; `linha` é a física, a partir de 1."""

    def __init__(self, frase: str, linha: int = 0):
        super().__init__(frase)
        self.frase = frase
        self.linha = linha


def nome_de_coluna(texto: str) -> str:
    """`Código Externo` → `codigo_externo`: como os nomes do cabeçalho são comparados."""
    sem_acento = unicodedata.normalize("NFKD", texto).encode("ascii", "ignore").decode()
    return "_".join(sem_acento.lower().split())


def _linhas_de_texto(caminho: Path) -> Iterator[str]:
    """As linhas do arquivo em UTF-8. Levanta `ArquivoIlegivel` com a linha do que não se lê."""
    with caminho.open("rb") as arquivo:
        numero = 0
        while bruta := arquivo.readline(LIMITE_DA_LINHA):
            numero += 1
            if numero == 1:
                bruta = bruta.removeprefix(BOM)
            if len(bruta) == LIMITE_DA_LINHA and not bruta.endswith(b"\n"):
                raise ArquivoIlegivel(_frase_da_celula(), numero)
            if b"\0" in bruta:
                raise ArquivoIlegivel("há bytes nulos: o arquivo não é um CSV em texto UTF-8.", numero)
            try:
                yield bruta.decode("utf-8")
            except UnicodeDecodeError as erro:
                raise ArquivoIlegivel(
                    "o texto não está em UTF-8 (parece Latin-1 ou Windows-1252): salve de novo como"
                    " “CSV UTF-8”.",
                    numero,
                ) from erro


def _frase_da_celula() -> str:
    return (
        f"célula com mais de {LIMITE_DA_CELULA} caracteres, o limite, ou aspas que não fecham;"
        " o resto do arquivo não foi lido."
    )


def _separador(cabecalho: str) -> str:
    return ";" if cabecalho.count(";") > cabecalho.count(",") else ","


class Leitor:
    """Itera sobre `(linha, células)` de um CSV separado por vírgula ou ponto e vírgula.

    `cabecalho` tem os nomes já normalizados. Levanta `ArquivoIlegivel` ao abrir ou ao iterar.
    """

    def __init__(self, caminho: Path):
        self._texto = _linhas_de_texto(caminho)
        primeira = next(self._texto, "")
        if not primeira.strip():
            raise ArquivoIlegivel("falta o cabeçalho com os nomes das colunas na primeira linha.")
        csv.field_size_limit(LIMITE_DA_CELULA)
        separador = _separador(primeira)
        self.cabecalho = [nome_de_coluna(nome) for nome in next(csv.reader([primeira], delimiter=separador))]
        self._celulas = csv.reader(self._texto, delimiter=separador, strict=True)

    def __iter__(self) -> Iterator[tuple[int, list[str]]]:
        """As linhas com alguma célula preenchida; o número é o da linha física em que começam."""
        while True:
            inicio = self._celulas.line_num + 2
            try:
                celulas = next(self._celulas)
            except StopIteration:
                return
            except csv.Error as erro:
                raise ArquivoIlegivel(_frase_do_csv(erro), inicio) from erro
            if any(celula.strip() for celula in celulas):
                yield inicio, celulas


def _frase_do_csv(erro: csv.Error) -> str:
    if "field limit" in str(erro):
        return _frase_da_celula()
    return "aspas fora do lugar; o resto do arquivo não foi lido."
