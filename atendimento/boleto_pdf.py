"""A segunda via em PDF: uma página, com a linha digitável, o código de barras e o Pix.

O desenho não lê rede nem arquivo; o documento do pagador vai mascarado, porque o PDF sai por canais abertos.
"""

from datetime import date
from decimal import Decimal

from fpdf import FPDF

from clientes import documentos
from contratos import boletos, pix
from contratos.dinheiro import em_reais
from contratos.dominio.pagamento import Cobranca

MARGEM = 18
LARGURA = 174
# Cada quadradinho do QR, em milímetros.
MODULO = 0.8


def desenhar(cobranca: Cobranca, linha: str, copia_e_cola: str, hoje: date) -> bytes:
    """Os bytes do PDF."""
    fatura = cobranca.fatura
    contrato = fatura.contrato
    pagina = _Pagina()
    pagina.titulo(contrato.empresa.razao_social, f"Segunda via da fatura {fatura.numero}")
    pagina.pares(
        ("Cliente", contrato.cliente.nome_exibido),
        ("Documento", documentos.mascarar(contrato.cliente.documento)),
        ("Contrato", contrato.numero),
        ("Competência", f"{fatura.competencia:%m/%Y}"),
        ("Vencimento", f"{fatura.vencimento:%d/%m/%Y}"),
        ("Valor", em_reais(fatura.valor)),
    )
    if cobranca.encargos > Decimal(0):
        pagina.pares(
            (f"Multa e juros até {hoje:%d/%m/%Y} ({cobranca.dias} dias)", em_reais(cobranca.encargos)),
            (f"Total em {hoje:%d/%m/%Y}", em_reais(cobranca.total)),
        )
    pagina.bloco("Linha digitável", boletos.formatar(linha), tamanho=12)
    pagina.barras(boletos.ler(linha, perto_de=fatura.vencimento).codigo_de_barras)
    if copia_e_cola:
        pagina.bloco("Pix copia e cola", copia_e_cola, tamanho=8)
        pagina.qr(copia_e_cola)
    return pagina.bytes()


class _Pagina:
    """Uma folha A4 nas fontes que todo leitor tem."""

    def __init__(self) -> None:
        self.pdf = FPDF(format="A4")
        self.pdf.set_margins(MARGEM, MARGEM, MARGEM)
        self.pdf.set_title("Segunda via")
        self.pdf.set_lang("pt-BR")
        self.pdf.add_page()

    def titulo(self, empresa: str, frase: str) -> None:
        self._texto(empresa, "B", 15, 8)
        self._texto(frase, "", 11, 8)
        self.pdf.ln(3)

    def pares(self, *linhas: tuple[str, str]) -> None:
        for rotulo, valor in linhas:
            self.pdf.set_font("helvetica", "", 10)
            self.pdf.cell(70, 7, _latino(rotulo))
            self.pdf.set_font("helvetica", "B", 10)
            self.pdf.multi_cell(LARGURA - 70, 7, _latino(valor), new_x="LMARGIN", new_y="NEXT")

    def bloco(self, rotulo: str, texto: str, *, tamanho: int) -> None:
        self.pdf.ln(4)
        self._texto(rotulo, "", 10, 6)
        self._texto(texto, "B", tamanho, 6)

    def barras(self, codigo: str) -> None:
        self.pdf.ln(2)
        self.pdf.interleaved2of5(codigo, self.pdf.get_x(), self.pdf.get_y(), 0.9, 13)
        self.pdf.ln(16)

    def qr(self, texto: str) -> None:
        self.pdf.ln(3)
        esquerda, alto = self.pdf.get_x(), self.pdf.get_y()
        for linha, modulos in enumerate(pix.qr_modulos(texto)):
            for coluna, escuro in enumerate(modulos):
                if escuro:
                    x, y = esquerda + coluna * MODULO, alto + linha * MODULO
                    self.pdf.rect(x, y, MODULO, MODULO, style="F")

    def bytes(self) -> bytes:
        return bytes(self.pdf.output())

    def _texto(self, texto: str, estilo: str, tamanho: int, altura: float) -> None:
        self.pdf.set_font("helvetica", estilo, tamanho)
        self.pdf.multi_cell(LARGURA, altura, _latino(texto), align="L", new_x="LMARGIN", new_y="NEXT")


def _latino(texto: str) -> str:
    """As fontes de base do PDF só têm o alfabeto latino: o resto vira interrogação."""
    return texto.replace("−", "-").replace("–", "-").encode("latin-1", "replace").decode("latin-1")
