"""A história de um cliente para levar: CSV que nenhuma planilha executa, e PDF.

Lê-se aos blocos: o CSV sai enquanto se lê, o navegador mostra quanto já veio, e quem o interrompe para também
a leitura. O PDF se faz inteiro, e por isso tem fim.
"""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.utils import timezone

from atendimento.models import Relato, Solicitacao
from clientes.models import Cliente

if TYPE_CHECKING:
    from fpdf import FPDF

BLOCO = 200
MAXIMO_DO_PDF = 2000
COLUNAS = (
    "Protocolo", "Aberta em", "Encerrada em", "Situação", "Tipo", "Canal", "Contrato", "O que pediu",
    "Solução",
)  # fmt: skip
# Uma célula que começa assim seria uma fórmula na planilha de quem abre.
COMECA_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
HA_MAIS = (
    f"Há mais: aqui estão as {MAXIMO_DO_PDF} solicitações mais recentes do período. Peça as outras por um"
    " período menor, ou em CSV, que traz todas."
)
# A fonte do PDF é latina; o que nela não existe se troca pelo mais parecido.
_PARECIDOS = str.maketrans("“”‘’–—−…→•", "\"\"''---.>*")


@dataclass(frozen=True, slots=True)
class Linha:
    """Uma solicitação, com os relatos que o cliente pode ler."""

    celulas: tuple[str, ...]
    relatos: tuple[str, ...]


def linhas_de(solicitacoes: QuerySet[Solicitacao]) -> Iterator[Linha]:
    """As solicitações na forma de exportar, da mais nova à mais velha; os relatos internos não saem.

    Dois comandos SQL por `BLOCO`, e só os do bloco que se pede.
    """
    consulta = solicitacoes.order_by("-aberta_em", "-id")
    resto = consulta
    while bloco := list(resto[:BLOCO]):
        yield from _linhas_do_bloco(bloco)
        if len(bloco) < BLOCO:
            return
        ultima = bloco[-1]
        vistas = Tuple(F("aberta_em"), F("id"))
        resto = consulta.filter(TupleLessThan(vistas, (ultima.aberta_em, ultima.pk)))


def _linhas_do_bloco(bloco: list[Solicitacao]) -> Iterator[Linha]:
    visiveis: dict[int, list[str]] = {}
    relatos = Relato.objects.filter(solicitacao__in=bloco, visivel_ao_cliente=True).order_by("em", "pk")
    for relato in relatos:
        visiveis.setdefault(relato.solicitacao_id, []).append(f"{_hora(relato.em)} {relato.texto}")
    return (Linha(_celulas(uma), tuple(visiveis.get(uma.pk, ()))) for uma in bloco)


class _Eco:
    """O que o escritor de CSV pede de um arquivo: devolve a linha em vez de a guardar."""

    def write(self, linha: str) -> str:
        return linha


def em_csv(linhas: Iterable[Linha]) -> Iterator[str]:
    """Linha por linha: ponto e vírgula, com a marca que faz o Excel ler acentos."""
    escritor = csv.writer(_Eco(), delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    yield "\ufeff" + escritor.writerow([*COLUNAS, "Relatos ao cliente"])
    for linha in linhas:
        yield escritor.writerow([sem_formula(c) for c in (*linha.celulas, "\n".join(linha.relatos))])


def sem_formula(celula: str) -> str:
    """A célula como texto, comece como começar."""
    return f"'{celula}" if celula.startswith(COMECA_FORMULA) else celula


def em_pdf(linhas: Iterable[Linha], cliente: Cliente, de: date | None, ate: date | None) -> bytes:
    """Uma solicitação por parágrafo, com o período e o provedor no alto; as `MAXIMO_DO_PDF` mais novas."""
    # O que faz PDF traz consigo as fontes: só o processo que faz um carrega.
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_auto_page_break(True, 15)
    pdf.set_title("Histórico de atendimento")
    pdf.set_creation_date(timezone.now())
    pdf.add_page()
    _paragrafo(pdf, f"Histórico de atendimento – {cliente.nome_exibido}", tamanho=14, negrito=True)
    _paragrafo(pdf, f"{settings.NOME_DO_PROVEDOR} · {_periodo(de, ate)} · emitido em {_hora(timezone.now())}")
    linhas = iter(linhas)
    for linha in islice(linhas, MAXIMO_DO_PDF):
        pdf.ln(3)
        _paragrafo(pdf, f"Protocolo {linha.celulas[0]}", tamanho=11, negrito=True)
        for rotulo, valor in list(zip(COLUNAS, linha.celulas, strict=True))[1:]:
            if valor:
                _paragrafo(pdf, f"{rotulo}: {valor}")
        for relato in linha.relatos:
            _paragrafo(pdf, f"- {relato}")
    if next(linhas, None):
        pdf.ln(3)
        _paragrafo(pdf, HA_MAIS, negrito=True)
    return bytes(pdf.output())


def _celulas(solicitacao: Solicitacao) -> tuple[str, ...]:
    return (
        solicitacao.protocolo,
        _hora(solicitacao.aberta_em),
        _hora(solicitacao.encerrada_em) if solicitacao.encerrada_em else "",
        solicitacao.get_situacao_display(),
        str(solicitacao.tipo or ""),
        solicitacao.get_canal_display(),
        solicitacao.contrato.numero,
        solicitacao.descricao,
        str(solicitacao.solucao or ""),
    )


def _hora(em: datetime) -> str:
    return f"{timezone.localtime(em):%d/%m/%Y %H:%M}"


def _periodo(de: date | None, ate: date | None) -> str:
    if not de and not ate:
        return "todo o período"
    comeco = f"de {de:%d/%m/%Y} " if de else ""
    return comeco + (f"até {ate:%d/%m/%Y}" if ate else "até hoje")


def _paragrafo(pdf: "FPDF", texto: str, *, tamanho: int = 10, negrito: bool = False) -> None:
    pdf.set_font("Helvetica", "B" if negrito else "", tamanho)
    latino = texto.translate(_PARECIDOS).encode("latin-1", "replace").decode("latin-1")
    pdf.multi_cell(0, tamanho * 0.5, latino, new_x="LMARGIN", new_y="NEXT")
