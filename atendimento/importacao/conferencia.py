"""O que só se sabe com o banco à vista: ligações, repetições e regras entre tabelas."""

from collections.abc import Iterable, Iterator

from django.db import connection
from psycopg import sql

from atendimento.importacao.conversores import citar
from atendimento.importacao.descricao import ColunaDaTabela
from atendimento.importacao.frases import SEM_ETIQUETA
from atendimento.importacao.preparo import Lote, diferente
from atendimento.importacao.relatorio import Conta, Recusa, Relatorio
from atendimento.importacao.tabelas import CONTRATOS, ETIQUETAS, TABELAS
from contratos.enums import SITUACOES_ATIVAS, Estagio

ARQUIVO_DO_MODELO = {tabela.modelo: tabela.arquivo for tabela in TABELAS}


def conferir(lote: Lote, relatorio: Relatorio) -> None:
    """Recusa as linhas que o banco não aceitaria por suas ligações ou repetições."""
    recusas = [
        *_ligacoes_sem_alvo(lote, relatorio),
        *_repetidas(lote),
        *_regras(lote),
        *_fatos_alterados(lote),
    ]
    recusar(lote, relatorio, recusas)


def recusar(lote: Lote, relatorio: Relatorio, recusas: Iterable[Recusa]) -> None:
    """Anota as recusas e tira as linhas da tabela ligada."""
    linhas = set()
    for recusa in recusas:
        relatorio.recusar(lote.tabela.arquivo, recusa.linha, recusa.coluna, recusa.frase)
        linhas.add(recusa.linha)
    if not linhas:
        return
    nomes = lote.identificacao()
    consulta = sql.SQL("DELETE FROM {} WHERE linha = ANY(%s) RETURNING linha, {}").format(
        lote.ligada, sql.SQL(", ").join(map(sql.Identifier, nomes))
    )
    for linha, *codigos in _ler(consulta, [list(linhas)]):
        relatorio.recusar_linha(lote.tabela.arquivo, linha, dict(zip(nomes, codigos, strict=True)))


def _ler(consulta: sql.Composable, parametros: Iterable = ()) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(consulta, list(parametros))
        return cursor.fetchall()


def _ligacoes_sem_alvo(lote: Lote, relatorio: Relatorio) -> Iterator[Recusa]:
    for coluna in lote.ligacoes():
        consulta = sql.SQL("SELECT linha, {} FROM {} WHERE {} IS NOT NULL AND {} IS NULL").format(
            sql.Identifier(coluna.nome), lote.ligada,
            sql.Identifier(coluna.nome), sql.Identifier(coluna.coluna_do_banco),
        )  # fmt: skip
        for linha, codigo in _ler(consulta):
            yield Recusa(linha, coluna.nome, _frase_sem_alvo(coluna, codigo, relatorio))


def _frase_sem_alvo(coluna: ColunaDaTabela, codigo: str, relatorio: Relatorio) -> str:
    modelo = coluna.campo.related_model
    arquivo = ARQUIVO_DO_MODELO[modelo]
    if recusada := relatorio.linha_recusada(arquivo, coluna.liga_por, codigo):
        return f"depende da linha {recusada} de {arquivo}, que foi recusada."
    return f"não há {modelo._meta.verbose_name} {citar(codigo)} em {arquivo} nem no banco."


def _repetidas(lote: Lote) -> Iterator[Recusa]:
    """Linhas que repetem a chave, ou um valor único, de outra mais acima."""
    chave = [lote.tabela.por_nome[nome] for nome in lote.tabela.chave]
    unicas = [[c] for c in lote.colunas if c.campo.unique and [c] != chave]
    for colunas in [chave, *unicas]:
        nomes = sql.SQL(", ").join(sql.Identifier(c.coluna_do_banco) for c in colunas)
        consulta = sql.SQL(
            "SELECT linha, primeira FROM (SELECT linha, min(linha) OVER (PARTITION BY {0}) AS primeira"
            " FROM {1} WHERE ({0}) IS NOT NULL) x WHERE linha <> primeira"
        ).format(nomes, lote.ligada)
        for linha, primeira in _ler(consulta):
            yield Recusa(linha, colunas[-1].nome, f"repete o valor da linha {primeira}.")


def _regras(lote: Lote) -> Iterator[Recusa]:
    for conferencia in lote.tabela.conferencias:
        if lote.tem(conferencia.coluna):
            consulta = sql.SQL("SELECT s.linha FROM {} s WHERE {}").format(
                lote.ligada, sql.SQL(conferencia.condicao)
            )
            for (linha,) in _ler(consulta):
                yield Recusa(linha, conferencia.coluna, conferencia.frase)


def _fatos_alterados(lote: Lote) -> Iterator[Recusa]:
    """Um fato que já está no banco não muda: a linha igual passa, a diferente é recusada."""
    if not lote.tabela.so_acrescenta:
        return
    consulta = sql.SQL("SELECT s.linha FROM {} s JOIN {} t ON t.id = s.alvo_id WHERE {}").format(
        lote.ligada, lote.destino, diferente(lote)
    )
    for (linha,) in _ler(consulta):
        yield Recusa(linha, "", "já está no banco com outro conteúdo, e um fato não se altera.")


def conferir_etiquetas(lotes: dict[str, Lote], relatorio: Relatorio) -> None:
    """Recusa a linha de etiqueta, ou de contrato, que deixa um contrato em vigor sem etiqueta ativa.

    O banco também recusa, mas só no COMMIT e sem dizer a linha. Não acusa o contrato cuja etiqueta
    já foi recusada: a causa está dita.
    """
    explicados = relatorio.codigos_recusados(ETIQUETAS.arquivo, "contrato")
    for tabela, contrato in (
        (ETIQUETAS, "c.id = s.contrato_id"),
        (CONTRATOS, "c.codigo_externo = s.codigo_externo"),
    ):
        if lote := lotes.get(tabela.nome):
            sem_etiqueta = [achado for achado in _sem_etiqueta(lote, contrato) if achado[1] not in explicados]
            explicados |= {codigo for _, codigo, _ in sem_etiqueta}
            _descontar(relatorio.conta(tabela.arquivo), [nova for _, _, nova in sem_etiqueta])
            recusar(lote, relatorio, [Recusa(linha, "", SEM_ETIQUETA) for linha, _, _ in sem_etiqueta])


def _sem_etiqueta(lote: Lote, contrato: str) -> list[tuple[int, str, bool]]:
    """Linha, código do contrato e se a linha é nova."""
    consulta = sql.SQL(
        "SELECT s.linha, c.codigo_externo, s.alvo_id IS NULL FROM {} s JOIN contratos_contrato c ON {}"
        " WHERE c.situacao = ANY(%s) AND c.estagio = %s AND NOT EXISTS"
        " (SELECT 1 FROM contratos_etiqueta e WHERE e.contrato_id = c.id AND e.ativa)"
    ).format(lote.ligada, sql.SQL(contrato))
    return _ler(consulta, [list(SITUACOES_ATIVAS), Estagio.APROVADO])


def _descontar(conta: Conta, novas: list[bool]) -> None:
    """Estas linhas já tinham sido gravadas, e contadas, quando se viu que não podem ficar."""
    conta.criadas -= sum(novas)
    conta.atualizadas -= len(novas) - sum(novas)
