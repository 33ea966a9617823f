"""O que um gerador de linhas precisa saber, pronto para viajar a outro processo."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from atendimento.popular import mistura

DIAS_FUTUROS = 62
DIAS_PASSADOS = 3000
MESES_PASSADOS = 100
DIAS_DE_VENCIMENTO = (5, 10, 15, 20, 25)


class Calendario:
    """Datas por "dias atrás" da data-base, já escritas: formatar milhões delas custaria caro."""

    def __init__(self, data_base: date):
        self._dias = [
            (data_base - timedelta(atras)).isoformat() for atras in range(-DIAS_FUTUROS, DIAS_PASSADOS)
        ]
        primeiros = [self._primeiro_do_mes(data_base, k) for k in range(MESES_PASSADOS)]
        self.competencias = [dia.isoformat() for dia in primeiros]
        # Por meses atrás e dia de vencimento: quantos dias atrás venceu (negativo: ainda vence).
        self.vencimentos = [
            {dia: (data_base - primeiro.replace(day=dia)).days for dia in DIAS_DE_VENCIMENTO}
            for primeiro in primeiros
        ]
        self.meses = [
            (data_base.year - dia.year) * 12 + data_base.month - dia.month
            for dia in (data_base - timedelta(atras) for atras in range(DIAS_PASSADOS))
        ]

    @staticmethod
    def _primeiro_do_mes(data_base: date, meses_atras: int) -> date:
        indice = data_base.year * 12 + data_base.month - 1 - meses_atras
        return date(indice // 12, indice % 12 + 1, 1)

    def dia(self, atras: int) -> str:
        """A data de `atras` dias antes da data-base, em ISO."""
        return self._dias[atras + DIAS_FUTUROS]


@dataclass(frozen=True)
class Plano:
    """Um plano do cadastro, com o valor em centavos."""

    id: int
    codigo: str
    nome: str
    centavos: int
    fidelidade: int


@dataclass(frozen=True)
class Referencias:
    """Semente, data-base, cadastros e o primeiro id de cada tabela.

    `senhas` são textos cifrados já no formato do COPY: a mesma conexão recebe sempre a mesma senha
    em claro, embora o texto cifrado mude a cada execução.
    """

    semente: int
    data_base: date
    clientes: int
    empresas: tuple[int, ...]
    planos: dict[str, Plano]
    tipos_de_evento: dict[str, int]
    senhas: tuple[str, ...]
    bases: dict[str, int] = field(default_factory=dict)

    @property
    def extremos(self) -> int:
        """Quantos clientes de medida há: nenhum em volumes pequenos."""
        return mistura.EXTREMOS if self.clientes >= mistura.MINIMO_PARA_EXTREMOS else 0

    @property
    def blocos(self) -> int:
        """Quantos blocos comuns cobrem os demais clientes."""
        return -(-(self.clientes - self.extremos) // mistura.CLIENTES)

    def clientes_do_bloco(self, indice: int) -> int:
        """Mil, ou o que resta no último bloco."""
        return min(mistura.CLIENTES, self.clientes - self.extremos - indice * mistura.CLIENTES)

    def primeiro_id(self, tabela: str, indice: int) -> int:
        """O primeiro id de `tabela` no bloco comum `indice`; o dos extremos vem antes deles."""
        extremos = mistura.passo_dos_extremos()[tabela] if self.extremos else 0
        return self.bases[tabela] + extremos + indice * mistura.PASSO[tabela]

    def ids_reservados(self, tabela: str) -> int:
        """Quantos ids a execução inteira pode usar em `tabela`."""
        extremos = mistura.passo_dos_extremos()[tabela] if self.extremos else 0
        return extremos + self.blocos * mistura.PASSO[tabela]
