"""Escreve um lote no banco em faixas de linhas; a faixa que o banco recusa é partida até achar a linha."""

from collections.abc import Iterator
from typing import Any

from django.db import DataError, IntegrityError, connection, models, transaction
from psycopg import sql

from atendimento.importacao import frases
from atendimento.importacao.conferencia import recusar
from atendimento.importacao.preparo import Avanco, Lote, diferente, novo_valor
from atendimento.importacao.relatorio import RECUSAS_MOSTRADAS, Recusa, Relatorio
from contratos import cifra

FAIXA = 5000
RECUSAS_DO_BANCO = (DataError, IntegrityError)


def gravar(lote: Lote, relatorio: Relatorio, avanco: Avanco) -> None:
    """Atualiza o que mudou e cria o que falta; as linhas que o banco recusa viram recusas."""
    gravador = _Gravador(lote)
    recusas: list[Recusa] = []
    for inicio, fim in _faixas(lote):
        recusas += gravador.tentar(inicio, fim)
        avanco(lote.tabela.arquivo, "gravado até a linha", fim)
        if len(recusas) > RECUSAS_MOSTRADAS:
            relatorio.recusar_arquivo(
                lote.tabela.arquivo, "o banco recusou linhas demais; as que faltam não foram conferidas."
            )
            break
    else:
        recusas = gravador.insistir(recusas)
    conta = relatorio.conta(lote.tabela.arquivo)
    conta.criadas, conta.atualizadas = gravador.criadas, gravador.atualizadas
    recusar(lote, relatorio, recusas)


def _faixas(lote: Lote) -> Iterator[tuple[int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT min(linha), max(linha) FROM {}").format(lote.ligada))
        primeira, ultima = cursor.fetchone()
    for inicio in range(primeira or 1, (ultima or 0) + 1, FAIXA):
        yield inicio, min(inicio + FAIXA - 1, ultima)


class _Gravador:
    def __init__(self, lote: Lote):
        self.lote = lote
        self.criadas = 0
        self.atualizadas = 0
        self._inserir, self._padroes = _comando_de_insercao(lote)
        self._atualizar = None if lote.tabela.so_acrescenta else _comando_de_atualizacao(lote)

    def tentar(self, inicio: int, fim: int) -> list[Recusa]:
        """Escreve as linhas de `inicio` a `fim`; devolve as que o banco recusa."""
        try:
            with transaction.atomic():
                self._escrever(inicio, fim)
        except RECUSAS_DO_BANCO as erro:
            if inicio == fim:
                return [Recusa(inicio, *frases.explicar(self.lote.tabela, erro))]
            meio = (inicio + fim) // 2
            return self.tentar(inicio, meio) + self.tentar(meio + 1, fim)
        return []

    def insistir(self, recusas: list[Recusa]) -> list[Recusa]:
        """Tenta de novo enquanto adianta: uma linha pode ter liberado o IP ou a porta que outra pede."""
        while recusas:
            ainda = [r for antes in recusas for r in self.tentar(antes.linha, antes.linha)]
            if len(ainda) == len(recusas):
                break
            recusas = ainda
        return recusas

    def _escrever(self, inicio: int, fim: int) -> None:
        atualizadas = 0
        with connection.cursor() as cursor:
            if self._atualizar:
                cursor.execute(self._atualizar, [inicio, fim])
                atualizadas = cursor.rowcount
            cursor.execute(self._inserir, [*self._padroes, inicio, fim])
            self.criadas += cursor.rowcount
            self.atualizadas += atualizadas


def _comando_de_atualizacao(lote: Lote) -> sql.Composable:
    nomes = {campo.name for campo in lote.tabela.modelo._meta.local_concrete_fields}
    mudancas = [
        sql.SQL("{} = {}").format(sql.Identifier(coluna), valor) for coluna, valor in novo_valor(lote).items()
    ]
    if "atualizado_em" in nomes:
        mudancas.append(sql.SQL("atualizado_em = now()"))
    return sql.SQL(
        "UPDATE {} t SET {} FROM {} s WHERE t.id = s.alvo_id AND s.linha BETWEEN %s AND %s AND {}"
    ).format(lote.destino, sql.SQL(", ").join(mudancas), lote.ligada, diferente(lote))


def _comando_de_insercao(lote: Lote) -> tuple[sql.Composable, list[Any]]:
    """O INSERT e os valores padrão das colunas que o arquivo não traz."""
    do_arquivo = {*(c.coluna_do_banco for c in lote.colunas), *lote.tabela.derivados}
    nomes, valores, padroes = [], [], []
    for campo in lote.tabela.modelo._meta.local_concrete_fields:
        if campo.primary_key or campo.generated:
            continue
        nomes.append(sql.Identifier(campo.column))
        if campo.column in do_arquivo:
            valores.append(sql.SQL("s.{}").format(sql.Identifier(campo.column)))
        elif getattr(campo, "auto_now", False) or getattr(campo, "auto_now_add", False):
            valores.append(sql.SQL("now()"))
        else:
            valores.append(sql.SQL("%s::{}").format(sql.SQL(campo.db_type(connection))))
            padroes.append(_padrao(campo))
    comando = sql.SQL(
        "INSERT INTO {} ({}) SELECT {} FROM {} s WHERE s.alvo_id IS NULL AND s.linha BETWEEN %s AND %s"
    ).format(lote.destino, sql.SQL(", ").join(nomes), sql.SQL(", ").join(valores), lote.ligada)
    return comando, padroes


def _padrao(campo: models.Field) -> Any:
    return campo.get_db_prep_save(campo.get_default(), connection)


def conservar_segredos(lote: Lote) -> None:
    """Onde a senha do arquivo é a que já existe, fica o texto cifrado que existe.

    Cifrar duas vezes o mesmo texto dá bytes diferentes: sem isto, toda linha pareceria mudada.
    """
    for coluna in (c.coluna_do_banco for c in lote.colunas if c.secreta):
        nome = sql.Identifier(coluna)
        leitura = sql.SQL(
            "SELECT s.linha, s.{0}, t.{0} FROM {1} s JOIN {2} t ON t.id = s.alvo_id"
            " WHERE s.{0} IS NOT NULL AND t.{0} IS NOT NULL AND s.linha BETWEEN %s AND %s"
        ).format(nome, lote.ligada, lote.destino)
        troca = sql.SQL(
            "UPDATE {1} s SET {0} = t.{0} FROM {2} t WHERE t.id = s.alvo_id AND s.linha = ANY(%s)"
        ).format(nome, lote.ligada, lote.destino)
        for inicio, fim in _faixas(lote):
            with connection.cursor() as cursor:
                cursor.execute(leitura, [inicio, fim])
                iguais = [linha for linha, nova, atual in cursor.fetchall() if _mesmo_segredo(nova, atual)]
                if iguais:
                    cursor.execute(troca, [iguais])


def _mesmo_segredo(nova: bytes, atual: bytes) -> bool:
    try:
        return cifra.decifrar(nova) == cifra.decifrar(atual)
    except cifra.SegredoIlegivel:
        return False
