"""As barras: de que medidas sai cada razão, o que ela deve ser e o que se almeja (`desempenho.md`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from atendimento.desempenho.medicao import Corrida, mediana, percentil
from atendimento.desempenho.roteiro import ABAS

MENOR, MAIOR = 10_000, 1_000_000
FILAS = ("fila", "fila_filtrada")


@dataclass(frozen=True, slots=True)
class Barra:
    """Uma razão medida, o limite que deve respeitar e o que se almeja; nas três, menos é melhor."""

    nome: str
    razao: float
    must: float
    aim: float

    @property
    def passa(self) -> bool:
        """Se a razão respeita o limite."""
        return self.razao <= self.must


def vezes_s(corrida: Corrida, rotulo: str) -> float:
    """A CPU de uma página em S: a mediana das rodadas, cada uma contra o S da mesma rodada."""
    pagina, constante = corrida.de(rotulo).cpu, corrida.de("constante").cpu
    return median(p / s for p, s in zip(pagina, constante, strict=True))


def vezes_k(corrida: Corrida, rotulo: str) -> float:
    """O p95 do tempo de banco de uma busca, em K."""
    return _p95_da_busca(corrida, rotulo) / mediana(_alem_de(corrida, "chave", "constante"))


def _p95_da_busca(corrida: Corrida, rotulo: str) -> float:
    """Em segundos, sem o que toda página lê antes: quem é e o que pode."""
    return percentil(_alem_de(corrida, rotulo, "permitida"), 95)


def _alem_de(corrida: Corrida, rotulo: str, comum: str) -> list[float]:
    """De cada pedido, os segundos dos comandos depois dos que a página `comum` também faz."""
    antes = max(corrida.de(comum).sql)
    return [sum(comandos[antes:]) for comandos in corrida.de(rotulo).comandos]


def do_banco(corrida: Corrida) -> Iterator[Barra]:
    """As barras de um banco só."""
    abas = [f"aba_{aba}" for aba in ABAS]
    sql = {rotulo: max(medida.sql) for rotulo, medida in corrida.medidas.items() if medida.sql}
    yield Barra("painel, CPU (S)", vezes_s(corrida, "painel"), 22, 10)
    yield Barra("painel, comandos SQL", max(sql["painel"], sql["painel_cheio"]), 10, 6)
    cheio = vezes_s(corrida, "painel_cheio") / vezes_s(corrida, "painel")
    yield Barra("cliente com mais contratos ÷ um comum", cheio, 4, 3)
    yield Barra("painel e seus widgets, CPU (S)", vezes_s(corrida, "painel_inteiro"), 60, 30)
    yield Barra("painel e seus widgets, comandos SQL", sql["painel_inteiro"], 40, 40)
    yield Barra("aba, CPU (S)", max(vezes_s(corrida, aba) for aba in abas), 10, 5)
    yield Barra("aba, comandos SQL", max(sql[aba] for aba in [*abas, "eventos_cheios"]), 6, 6)
    if "widget" in sql:
        yield Barra("widget, CPU (S)", vezes_s(corrida, "widget"), 10, 5)
        yield Barra("widget, comandos SQL", sql["widget"], 6, 6)
    yield Barra("fila de 50, CPU (S)", max(vezes_s(corrida, fila) for fila in FILAS), 14, 6)
    yield Barra("fila de 50, comandos SQL", max(sql[fila] for fila in FILAS), 5, 5)
    if "fila_50mil" in sql:
        distante = vezes_s(corrida, "fila_50mil") / vezes_s(corrida, "fila")
        yield Barra("cursor depois de 50 mil ÷ a primeira página", distante, 1.2, 1.2)
    yield Barra("busca por chave, banco p95 (K)", vezes_k(corrida, "busca_chave"), 8, 6)
    yield Barra("busca por nome, banco p95 (K)", vezes_k(corrida, "busca_nome"), 60, 8)
    pior = max(corrida.de("busca_pior_nome").banco + corrida.de("busca_nome").banco) * 1000
    yield Barra("pior busca por nome (ms)", pior, 50, 50)
    acao = mediana(corrida.de("acao_iniciar").cpu_do_processo)
    yield Barra("ação, CPU (S)", acao / mediana(corrida.de("constante").cpu_do_processo), 15, 8)
    na_transacao = max(corrida.de("acao_iniciar").transacao)
    yield Barra("ação, comandos SQL da transação final", na_transacao, 16, 16)


def do_crescimento(menor: Corrida, maior: Corrida, *, de: int, ate: int) -> Iterator[Barra]:
    """Quanto o p95 cresce do menor banco ao maior; os limites são os de `MENOR` a `MAIOR`.

    Entre outros tamanhos o nome diz quais são.
    """
    quais = "" if (de, ate) == (MENOR, MAIOR) else f" (de {de} a {ate})"
    for nome, rotulo, must, aim in (
        ("painel", "painel", 1.3, 1.15),
        ("fila", "fila", 1.3, 1.15),
        ("ação", "acao_iniciar", 1.3, 1.15),
    ):
        razao = percentil(maior.de(rotulo).segundos, 95) / percentil(menor.de(rotulo).segundos, 95)
        yield Barra(f"crescimento do p95: {nome}{quais}", razao, must, aim)
    for nome, rotulo, must, aim in (
        ("chaves", "busca_chave", 1.6, 1.3),
        ("nomes", "busca_nome", 4, 1.5),
    ):
        razao = _p95_da_busca(maior, rotulo) / _p95_da_busca(menor, rotulo)
        yield Barra(f"crescimento do p95: {nome}{quais}", razao, must, aim)
