"""O manual das colunas, tirado das mesmas descrições que a importação usa."""

import textwrap
from collections.abc import Iterator

from django.utils.text import capfirst

from atendimento.importacao.descricao import ColunaDaTabela
from atendimento.importacao.leitura import LIMITE_DA_CELULA
from atendimento.importacao.tabelas import TABELAS

REGRAS = f"""\
Arquivos CSV em UTF-8 (com ou sem BOM), separados por vírgula ou ponto e vírgula, com os nomes das
colunas na primeira linha; acentos, maiúsculas e espaços no cabeçalho não importam. Traga só os
arquivos e as colunas que tiver: as com * são obrigatórias.

Datas: AAAA-MM-DD ou DD/MM/AAAA; com hora, mais HH:MM. Valores: 1.234,56 ou 1234.56. Sim ou não:
sim, não, 1, 0. Célula vazia é valor vazio, ou o padrão da coluna. Uma célula tem até
{LIMITE_DA_CELULA} caracteres, e um texto não pode começar como uma fórmula de planilha.

A chave de cada arquivo diz qual linha é qual: importar a mesma pasta de novo não muda nada, e uma
linha mudada é atualizada. Nada se apaga. Qualquer linha recusada desfaz a importação inteira.
"""


def linhas() -> Iterator[str]:
    """O manual, linha a linha."""
    yield from REGRAS.splitlines()
    for tabela in TABELAS:
        yield ""
        yield f"{tabela.arquivo}  (chave: {', '.join(tabela.chave)})"
        for coluna in tabela.por_nome.values():
            yield from _explicacao(coluna)


def _explicacao(coluna: ColunaDaTabela) -> list[str]:
    marca = "*" if coluna.obrigatoria else " "
    partes = [f"{capfirst(coluna.campo.verbose_name)}."]
    if coluna.liga_por:
        alvo = coluna.campo.related_model._meta
        partes.append(f"{capfirst(alvo.get_field(coluna.liga_por).verbose_name)} de {alvo.verbose_name}.")
    if coluna.ajuda:
        partes.append(str(coluna.ajuda))
    if coluna.campo.choices:
        partes.append("Um de: " + ", ".join(str(rotulo) for _, rotulo in coluna.campo.flatchoices) + ".")
    return textwrap.wrap(
        " ".join(partes), 100, initial_indent=f"  {marca} {coluna.nome:<24}", subsequent_indent=" " * 28
    )
