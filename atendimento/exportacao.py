"""A história de um cliente para levar: CSV que nenhuma planilha executa, e PDF."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import StringIO
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import timezone

from atendimento.models import Relato, Solicitacao
from clientes.models import Cliente

if TYPE_CHECKING:
    from fpdf import FPDF

MAXIMO = 2000
COLUNAS = (
    "Protocolo", "Aberta em", "Encerrada em", "Situação", "Tipo", "Canal", "Contrato", "O que pediu",
    "Solução",
)  # fmt: skip
# Uma célula que começa assim seria uma fórmula na planilha de quem abre.
COMECA_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# A fonte do PDF é latina; o que nela não existe se troca pelo mais parecido.
_PARECIDOS = str.maketrans("“”‘’–—−…→•", "\"\"''---.>*")


@dataclass(frozen=True, slots=True)
class Linha:
    """Uma solicitação, com os relatos que o cliente pode ler."""

    celulas: tuple[str, ...]
    relatos: tuple[str, ...]


def linhas_de(solicitacoes: Iterable[Solicitacao]) -> list[Linha]:
    """As solicitações na forma de exportar; os relatos internos não saem."""
    todas = list(solicitacoes)
    visiveis: dict[int, list[str]] = {}
    relatos = Relato.objects.filter(solicitacao__in=todas, visivel_ao_cliente=True).order_by("em", "pk")
    for relato in relatos:
        visiveis.setdefault(relato.solicitacao_id, []).append(f"{_hora(relato.em)} {relato.texto}")
    return [Linha(_celulas(uma), tuple(visiveis.get(uma.pk, ()))) for uma in todas]


def em_csv(linhas: Iterable[Linha]) -> str:
    """Separado por ponto e vírgula, com a marca que faz o Excel ler acentos."""
    saida = StringIO()
    escritor = csv.writer(saida, delimiter=";", lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    escritor.writerow([*COLUNAS, "Relatos ao cliente"])
    for linha in linhas:
        escritor.writerow([sem_formula(c) for c in (*linha.celulas, "\n".join(linha.relatos))])
    return "\ufeff" + saida.getvalue()


def sem_formula(celula: str) -> str:
    """A célula como texto, comece como começar."""
    return f"'{celula}" if celula.startswith(COMECA_FORMULA) else celula


def em_pdf(linhas: Iterable[Linha], cliente: Cliente, de: date | None, ate: date | None) -> bytes:
    """Uma solicitação por bloco, com o período e o provedor no alto."""
    # O que faz PDF traz consigo as fontes: só o processo que faz um carrega.
    from fpdf import FPDF

    pdf = FPDF()
    pdf.set_auto_page_break(True, 15)
    pdf.set_title("Histórico de atendimento")
    pdf.set_creation_date(timezone.now())
    pdf.add_page()
    _paragrafo(pdf, f"Histórico de atendimento – {cliente.nome_exibido}", tamanho=14, negrito=True)
    _paragrafo(pdf, f"{settings.NOME_DO_PROVEDOR} · {_periodo(de, ate)} · emitido em {_hora(timezone.now())}")
    for linha in linhas:
        pdf.ln(3)
        _paragrafo(pdf, f"Protocolo {linha.celulas[0]}", tamanho=11, negrito=True)
        for rotulo, valor in list(zip(COLUNAS, linha.celulas, strict=True))[1:]:
            if valor:
                _paragrafo(pdf, f"{rotulo}: {valor}")
        for relato in linha.relatos:
            _paragrafo(pdf, f"- {relato}")
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
