"""Põe um arquivo em tabelas temporárias: como veio e, depois, com as ligações achadas no banco."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from psycopg import sql

from atendimento.importacao.descricao import ColunaDaTabela, LinhaRecusada, Tabela, converter_linha
from atendimento.importacao.leitura import ArquivoIlegivel, Leitor
from atendimento.importacao.relatorio import Relatorio

type Avanco = Callable[[str, str, int], None]


class CabecalhoRecusado(ValueError):
    """Faltam, sobram ou se repetem colunas."""


@dataclass
class Lote:
    """Um arquivo que está sendo importado: sua tabela, as colunas que trouxe e onde estão."""

    tabela: Tabela
    colunas: list[ColunaDaTabela]

    @property
    def bruta(self) -> sql.Identifier:
        """A tabela temporária com as células convertidas."""
        return sql.Identifier(f"importa_{self.tabela.nome}")

    @property
    def ligada(self) -> sql.Identifier:
        """A bruta com as ligações, os derivados e `alvo_id`, a linha que já existe."""
        return sql.Identifier(f"importa_{self.tabela.nome}_ligada")

    @property
    def destino(self) -> sql.Identifier:
        """A tabela de verdade."""
        return sql.Identifier(self.tabela.modelo._meta.db_table)

    def ligacoes(self) -> list[ColunaDaTabela]:
        """As colunas que apontam para outra tabela."""
        return [coluna for coluna in self.colunas if coluna.liga_por]

    def identificacao(self) -> list[str]:
        """As colunas que dizem qual é a linha e a quem se liga."""
        return list(dict.fromkeys([self.tabela.chave[0], *(c.nome for c in self.ligacoes())]))

    def tem(self, coluna: str) -> bool:
        """Se o arquivo trouxe a coluna."""
        return any(c.nome == coluna for c in self.colunas)


def preparar(tabela: Tabela, caminho: Path, relatorio: Relatorio, avanco: Avanco) -> Lote | None:
    """Lê `caminho` para a tabela temporária; linhas ruins viram recusas e ficam de fora.

    Devolve `None` quando nem o cabeçalho serve.
    """
    conta = relatorio.conta(tabela.arquivo)
    try:
        leitor = Leitor(caminho)
        lote = Lote(tabela, _colunas(tabela, leitor.cabecalho))
    except (ArquivoIlegivel, CabecalhoRecusado) as erro:
        relatorio.recusar_arquivo(tabela.arquivo, str(erro), getattr(erro, "linha", 0))
        return None
    _criar_bruta(lote)
    nomes = sql.SQL(", ").join(sql.Identifier(c.nome) for c in lote.colunas)
    comando = sql.SQL("COPY {} (linha, {}) FROM STDIN").format(lote.bruta, nomes)
    with connection.cursor() as cursor, cursor.copy(comando) as copia:
        for linha, valores in _linhas_boas(lote, leitor, relatorio):
            copia.write_row([linha, *valores])
            if conta.lidas % 1000 == 0:
                avanco(tabela.arquivo, "lidas", conta.lidas)
    return lote


def _colunas(tabela: Tabela, cabecalho: list[str]) -> list[ColunaDaTabela]:
    """As colunas na ordem do cabeçalho. Levanta `CabecalhoRecusado`."""
    repetidas = sorted({nome for nome in cabecalho if cabecalho.count(nome) > 1})
    desconhecidas = [nome for nome in cabecalho if nome not in tabela.por_nome]
    faltam = [nome for nome in tabela.obrigatorias() if nome not in cabecalho]
    if repetidas:
        raise CabecalhoRecusado(f"colunas repetidas no cabeçalho: {', '.join(repetidas)}.")
    if desconhecidas:
        raise CabecalhoRecusado(
            f"colunas desconhecidas: {', '.join(n[:40] or '(sem nome)' for n in desconhecidas)};"
            f" as aceitas são {', '.join(tabela.por_nome)}."
        )
    if faltam:
        raise CabecalhoRecusado(f"faltam colunas obrigatórias: {', '.join(faltam)}.")
    return [tabela.por_nome[nome] for nome in cabecalho]


def _linhas_boas(lote: Lote, leitor: Leitor, relatorio: Relatorio) -> Iterator[tuple[int, Iterable[Any]]]:
    arquivo = lote.tabela.arquivo
    conta = relatorio.conta(arquivo)
    nomes = [coluna.nome for coluna in lote.colunas]
    try:
        for linha, celulas in leitor:
            conta.lidas += 1
            if len(celulas) != len(nomes):
                recusas = [("", f"tem {len(celulas)} colunas e o cabeçalho tem {len(nomes)}.")]
                valores: dict[str, Any] = {}
            else:
                valores, recusas = _converter(lote, celulas)
            if not recusas:
                yield linha, (valores[nome] for nome in nomes)
                continue
            for coluna, frase in recusas:
                relatorio.recusar(arquivo, linha, coluna, frase)
            relatorio.recusar_linha(arquivo, linha, _codigos(lote, valores))
    except ArquivoIlegivel as erro:
        relatorio.recusar_arquivo(arquivo, erro.frase, erro.linha)


def _converter(lote: Lote, celulas: list[str]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    valores, recusas = converter_linha(lote.colunas, celulas)
    if not recusas and lote.tabela.ajustar:
        try:
            lote.tabela.ajustar(valores)
        except LinhaRecusada as erro:
            recusas.append((erro.coluna, erro.frase))
    return valores, recusas


def _codigos(lote: Lote, valores: dict[str, Any]) -> dict[str, str | None]:
    """O que identifica uma linha recusada e a que ela se liga, do que se conseguiu ler."""
    return {nome: valores.get(nome) for nome in lote.identificacao()}


def _criar_bruta(lote: Lote) -> None:
    """Colunas de texto sem limite: quem recusa é o conversor ou a tabela de verdade, com a linha."""
    colunas = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(c.nome), sql.SQL(_tipo(c))) for c in lote.colunas
    )
    criacao = sql.SQL("CREATE TEMP TABLE {} (linha bigint, {}) ON COMMIT DROP").format(lote.bruta, colunas)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(lote.bruta))
        cursor.execute(criacao)


def _tipo(coluna: ColunaDaTabela) -> str:
    if coluna.liga_por:
        return "text"
    tipo = coluna.campo.db_type(connection)
    return "text" if tipo.startswith("varchar") else tipo


def ligar(lote: Lote) -> None:
    """Cria a tabela ligada, numa só passada: um LEFT JOIN por ligação e um pela chave."""
    campos = [sql.SQL("s.*"), sql.SQL("alvo.id AS alvo_id")]
    for coluna in lote.ligacoes():
        campos.append(sql.SQL("{} AS {}").format(_id_ligado(coluna), sql.Identifier(coluna.coluna_do_banco)))
    for nome, expressao in lote.tabela.derivados.items():
        campos.append(sql.SQL("{} AS {}").format(sql.SQL(expressao), sql.Identifier(nome)))
    criacao = sql.SQL("CREATE TEMP TABLE {} ON COMMIT DROP AS SELECT {} FROM {} s {} {}").format(
        lote.ligada,
        sql.SQL(", ").join(campos),
        lote.bruta,
        sql.SQL(" ").join(map(_juncao_da_ligacao, lote.ligacoes())),
        _juncao_da_chave(lote),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(lote.bruta))
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(lote.ligada))
        cursor.execute(criacao)
        cursor.execute(sql.SQL("ALTER TABLE {} ADD PRIMARY KEY (linha)").format(lote.ligada))
        cursor.execute(sql.SQL("ANALYZE {}").format(lote.ligada))


def _id_ligado(coluna: ColunaDaTabela) -> sql.Composable:
    return sql.SQL("{}.id").format(sql.Identifier(f"l_{coluna.nome}"))


def _juncao_da_ligacao(coluna: ColunaDaTabela) -> sql.Composable:
    alvo = coluna.campo.related_model._meta
    return sql.SQL("LEFT JOIN {tabela} {apelido} ON {apelido}.{campo} = s.{codigo}").format(
        tabela=sql.Identifier(alvo.db_table),
        apelido=sql.Identifier(f"l_{coluna.nome}"),
        campo=sql.Identifier(alvo.get_field(coluna.liga_por).column),
        codigo=sql.Identifier(coluna.nome),
    )


def _juncao_da_chave(lote: Lote) -> sql.Composable:
    chave = [lote.tabela.por_nome[nome] for nome in lote.tabela.chave]
    iguais = [
        sql.SQL("alvo.{} = {}").format(
            sql.Identifier(c.coluna_do_banco),
            _id_ligado(c) if c.liga_por else sql.SQL("s.{}").format(sql.Identifier(c.nome)),
        )
        for c in chave
    ]
    return sql.SQL("LEFT JOIN {} alvo ON {}").format(lote.destino, sql.SQL(" AND ").join(iguais))


def novo_valor(lote: Lote) -> dict[str, sql.Composable]:
    """Coluna do banco → o que a linha `s` do arquivo quer nela; uma senha vazia não muda nada."""
    valores = {
        coluna.coluna_do_banco: sql.SQL("COALESCE(s.{0}, t.{0})" if coluna.secreta else "s.{}").format(
            sql.Identifier(coluna.coluna_do_banco)
        )
        for coluna in lote.colunas
    }
    return valores | {nome: sql.SQL("s.{}").format(sql.Identifier(nome)) for nome in lote.tabela.derivados}


def diferente(lote: Lote) -> sql.Composable:
    """A condição de a linha `s` do arquivo não ser igual à linha `t` do banco."""
    valores = novo_valor(lote)
    atuais = (sql.SQL("t.{}").format(sql.Identifier(coluna)) for coluna in valores)
    return sql.SQL("ROW({}) IS DISTINCT FROM ROW({})").format(
        sql.SQL(", ").join(atuais), sql.SQL(", ").join(valores.values())
    )
