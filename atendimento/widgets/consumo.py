"""Cartão *Consumo*: quanto passou por dia, em barras desenhadas no servidor."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from atendimento.rede_na_tela import ha
from atendimento.widgets.base import WIDGETS, Widget
from contratos.models import Conexao, ConsumoDiario, LeituraDeSessao

DIAS = 30
ALTURA = 60
LARGURA_DA_BARRA = 8
PASSO = 10
UNIDADES = ("B", "kB", "MB", "GB", "TB", "PB")


@dataclass(frozen=True, slots=True)
class Barra:
    """Um dia: onde fica no desenho, e o que diz."""

    dia: date
    x: int
    baixados: int
    enviados: int
    altura_baixados: int
    altura_enviados: int

    @property
    def y_baixados(self) -> int:
        """O alto da barra do que se baixou, que fica embaixo."""
        return ALTURA - self.altura_baixados

    @property
    def y_enviados(self) -> int:
        """O alto da barra do que se enviou, que fica sobre a outra."""
        return self.y_baixados - self.altura_enviados

    @property
    def frase(self) -> str:
        """O dia por extenso, para quem passa o mouse ou ouve."""
        return f"{self.dia:%d/%m}: {em_bytes(self.baixados)} baixados, {em_bytes(self.enviados)} enviados"


def em_bytes(quantos: int) -> str:
    """`1,5 GB`: de mil em mil, com uma casa."""
    valor, unidade = float(quantos), 0
    while valor >= 1000 and unidade < len(UNIDADES) - 1:
        valor, unidade = valor / 1000, unidade + 1
    casas = 0 if unidade == 0 or valor >= 100 else 1
    return f"{valor:.{casas}f} {UNIDADES[unidade]}".replace(".", ",")


def barras(linhas: Iterable[ConsumoDiario], hoje: date) -> list[Barra]:
    """Uma barra por dia, dos últimos `DIAS`, na escala do maior; o dia sem consumo tem barra vazia."""
    por_dia: dict[date, list[int]] = {}
    for linha in linhas:
        soma = por_dia.setdefault(linha.dia, [0, 0])
        soma[0], soma[1] = soma[0] + linha.baixados, soma[1] + linha.enviados
    maior = max((sum(soma) for soma in por_dia.values()), default=0) or 1
    desenho = []
    for n in range(DIAS):
        dia = hoje - timedelta(days=DIAS - 1 - n)
        baixados, enviados = por_dia.get(dia, (0, 0))
        desenho.append(
            Barra(
                dia, n * PASSO, baixados, enviados,
                round(baixados * ALTURA / maior), round(enviados * ALTURA / maior),
            )
        )  # fmt: skip
    return desenho


@WIDGETS.registrar
class Consumo(Widget):
    """Os bytes de cada dia, o total do mês corrido e o dia de pico."""

    slug = "consumo"
    nome = "Consumo"
    alvo = "etiqueta"
    icone = "chart-column"
    ordem = 240
    ajuda = (
        "Quanto as conexões da etiqueta baixaram e enviaram por dia nos últimos 30 dias, pelo que o RADIUS"
        " contou, e o dia de maior consumo. Soma-se a cada leitura; o dia de hoje ainda cresce."
    )

    def contexto(self) -> dict:
        """As barras e os totais."""
        hoje = timezone.localdate()
        conexoes = Conexao.objects.filter(etiqueta=self.objeto).values("pk")
        linhas = ConsumoDiario.objects.filter(conexao__in=conexoes, dia__gt=hoje - timedelta(days=DIAS))
        desenho = barras(linhas, hoje)
        pico = max(desenho, key=lambda barra: barra.baixados + barra.enviados)
        lida = LeituraDeSessao.objects.filter(conexao__in=conexoes, lida_em__isnull=False)
        ultima = lida.order_by("-lida_em").values_list("lida_em", "simulada").first()
        return {
            "barras": desenho,
            "baixados": em_bytes(sum(barra.baixados for barra in desenho)),
            "enviados": em_bytes(sum(barra.enviados for barra in desenho)),
            "pico": pico if pico.baixados + pico.enviados else None,
            "ha": ha(ultima[0]) if ultima else "",
            "simulada": bool(ultima and ultima[1]),
            "dias": DIAS,
            "largura": DIAS * PASSO,
            "altura": ALTURA,
            "largura_da_barra": LARGURA_DA_BARRA,
        }
