"""Cartão *Faturas em aberto*: quanto se deve, há quantos dias e quando bloqueia; as outras, a pedido."""

from datetime import date

from django.utils import timezone

from atendimento.linha_legal import que_manda
from atendimento.paginas import fatiar
from atendimento.widgets.base import WIDGETS, Widget
from contratos.dominio.debitos import com_relogio, debito_de, prazos_de
from contratos.enums import SituacaoDaFatura, SituacaoDoContrato
from contratos.models import Fatura, Parametros
from contratos.relogio_legal import suspender_em

POR_PAGINA = 6
ABERTAS = 24
# O cursor da primeira página das outras, que só se leem a pedido.
OUTRAS = "outras"
CAMPOS = ("id", "numero", "vencimento", "valor", "situacao", "contestada")


@WIDGETS.registrar
class Faturas(Widget):
    """As em aberto, com o total, o maior atraso e o próximo bloqueio; depois as pagas e canceladas."""

    slug = "faturas"
    nome = "Faturas em aberto"
    alvo = "contrato"
    icone = "receipt"
    ordem = 30
    ajuda = (
        "As faturas em aberto do contrato: total, dias do maior atraso e quando o serviço pode ser suspenso. "
        "“Mostrar mais” traz as pagas, canceladas e renegociadas, das mais novas às mais antigas."
    )

    def contexto(self) -> dict:
        """As abertas e o resumo; com cursor, ou sem nenhuma aberta, uma página das outras."""
        hoje = timezone.localdate()
        if self.cursor:
            return self._outras(hoje, "" if self.cursor == OUTRAS else self.cursor)
        abertas = list(com_relogio(self.objeto.faturas.abertas()).order_by("vencimento", "id")[:ABERTAS])
        if not abertas:
            return self._outras(hoje, "")
        vencidas = [f for f in abertas if f.vencimento < hoje]
        return {
            "faturas": [_linha(f, hoje) for f in abertas],
            "proxima": OUTRAS,
            "total": sum(f.valor for f in abertas),
            "abertas": len(abertas),
            "ha_mais": len(abertas) == ABERTAS,
            "vencidas": len(vencidas),
            "atraso": (hoje - vencidas[0].vencimento).days if vencidas else 0,
            "bloqueia_em": self._bloqueia_em(vencidas, hoje),
            "atalhos": self.atalhos("segunda_via", "pix", *(["renegociar"] if vencidas else [])),
        }

    def _bloqueia_em(self, vencidas: list[Fatura], hoje: date) -> date | None:
        """O dia em que a suspensão passa a ser possível; nulo sem aviso ou sem o que suspender."""
        if self.objeto.situacao != SituacaoDoContrato.NORMAL:
            return None
        debito = que_manda([debito_de(f) for f in vencidas], hoje)
        if debito is None or debito.avisado_em is None:
            return None
        return timezone.localdate(suspender_em(debito.avisado_em, prazos_de(Parametros.atuais())))

    def _outras(self, hoje: date, depois: str) -> dict:
        fechadas = self.objeto.faturas.exclude(situacao=SituacaoDaFatura.ABERTA)
        ordenadas = fechadas.order_by("-vencimento", "-id")
        linhas, proxima = fatiar(ordenadas.values(*CAMPOS), depois, "vencimento", POR_PAGINA)
        return {"faturas": [_desenhar(linha, hoje) for linha in linhas], "proxima": proxima}


def _linha(fatura: Fatura, hoje: date) -> dict:
    return _desenhar({campo: getattr(fatura, campo) for campo in CAMPOS}, hoje)


def _desenhar(linha: dict, hoje: date) -> dict:
    atraso = (hoje - linha["vencimento"]).days
    linha["atraso"] = atraso if linha["situacao"] == SituacaoDaFatura.ABERTA and atraso > 0 else 0
    linha["situacao_texto"] = "Vencida" if linha["atraso"] else SituacaoDaFatura(linha["situacao"]).label
    return linha
