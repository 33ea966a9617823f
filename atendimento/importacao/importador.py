"""Importa uma pasta: uma transação, e qualquer recusa desfaz tudo."""

from pathlib import Path

from django.db import DatabaseError, IntegrityError, connection, transaction

from atendimento.importacao.conferencia import conferir, conferir_etiquetas
from atendimento.importacao.frases import explicar
from atendimento.importacao.gravacao import conservar_segredos, gravar
from atendimento.importacao.preparo import Avanco, Lote, ligar, preparar
from atendimento.importacao.relatorio import Relatorio
from atendimento.importacao.tabelas import CONTRATOS, EMPRESAS, TABELAS

# Um número só nosso: duas importações ao mesmo tempo se atropelariam.
TRAVA = 7_203_114


class ImportacaoRecusada(Exception):
    """A pasta nem chega a ser lida."""


def importar(pasta: Path, *, ensaio: bool = False, avanco: Avanco = lambda *_: None) -> Relatorio:
    """Traz os arquivos de `pasta` e conta o que houve. Com recusas, ou em ensaio, nada fica gravado.

    O ensaio percorre o mesmo caminho e só difere no fim. Levanta `ImportacaoRecusada` para uma pasta
    sem arquivos e para outra importação em andamento.
    """
    relatorio = Relatorio()
    caminhos = _arquivos(pasta, relatorio)
    with transaction.atomic(durable=True):
        _travar()
        try:
            _importar(caminhos, relatorio, avanco)
        except DatabaseError as erro:
            # Sem o texto do PostgreSQL: ele repete a linha, com dados pessoais.
            causa = getattr(erro.__cause__, "sqlstate", None) or type(erro).__name__
            relatorio.recusar_arquivo("(banco)", f"o PostgreSQL interrompeu a importação (erro {causa}).")
        if ensaio or relatorio.tem_recusas:
            transaction.set_rollback(True)
    if not ensaio and not relatorio.tem_recusas:
        _atualizar_estatisticas(relatorio)
    return relatorio


def _arquivos(pasta: Path, relatorio: Relatorio) -> dict[str, Path]:
    if not pasta.is_dir():
        raise ImportacaoRecusada(f"{pasta} não é uma pasta.")
    conhecidos = {tabela.arquivo for tabela in TABELAS}
    achados = {}
    for caminho in sorted(pasta.iterdir()):
        if caminho.suffix.lower() != ".csv":
            continue
        if caminho.name not in conhecidos:
            nomes = ", ".join(sorted(conhecidos))
            relatorio.recusar_arquivo(caminho.name, f"arquivo desconhecido; os nomes aceitos são {nomes}.")
        achados[caminho.name] = caminho
    if not achados:
        raise ImportacaoRecusada(f"{pasta} não tem nenhum arquivo CSV.")
    return achados


def _travar() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [TRAVA])
        if not cursor.fetchone()[0]:
            raise ImportacaoRecusada("outra importação está em andamento.")
        # O bloqueio que a origem já fez é um fato dela: só aqui o banco o aceita sem o aviso de débito.
        cursor.execute("SELECT set_config('atendimento.origem', 'importacao', true)")


def _importar(caminhos: dict[str, Path], relatorio: Relatorio, avanco: Avanco) -> None:
    lotes: dict[str, Lote] = {}
    for tabela in TABELAS:
        if caminho := caminhos.get(tabela.arquivo):
            lote = preparar(tabela, caminho, relatorio, avanco)
            if lote:
                lotes[tabela.nome] = lote
    if relatorio.incompletos:
        relatorio.observacoes.append(_frase_dos_incompletos(relatorio))
        return
    for lote in lotes.values():
        ligar(lote)
        conferir(lote, relatorio)
        conservar_segredos(lote)
        gravar(lote, relatorio, avanco)
        if relatorio.incompletos:
            relatorio.observacoes.append(_frase_dos_incompletos(relatorio))
            return
    conferir_etiquetas(lotes, relatorio)
    if not relatorio.tem_recusas:
        _conferir_adiadas(relatorio)
    _avisar_das_empresas(relatorio)


def _frase_dos_incompletos(relatorio: Relatorio) -> str:
    return (
        f"As ligações entre arquivos não foram todas conferidas, porque falta parte de"
        f" {', '.join(dict.fromkeys(relatorio.incompletos))}."
    )


def _conferir_adiadas(relatorio: Relatorio) -> None:
    """As restrições que o banco só olharia no COMMIT, enquanto ainda se pode dizer qual foi."""
    try:
        with transaction.atomic():
            connection.check_constraints()
    except IntegrityError as erro:
        relatorio.recusar("(banco)", 0, *explicar(CONTRATOS, erro))


def _avisar_das_empresas(relatorio: Relatorio) -> None:
    if relatorio.contas.get(EMPRESAS.arquivo) and relatorio.conta(EMPRESAS.arquivo).criadas:
        relatorio.observacoes.append(
            "Há empresas novas: conceda-as aos perfis em Parâmetros do Atendimento, ou ninguém as vê."
        )


def _atualizar_estatisticas(relatorio: Relatorio) -> None:
    with connection.cursor() as cursor:
        for tabela in TABELAS:
            conta = relatorio.contas.get(tabela.arquivo)
            if conta and conta.criadas + conta.atualizadas:
                cursor.execute(f"ANALYZE {connection.ops.quote_name(tabela.modelo._meta.db_table)}")
