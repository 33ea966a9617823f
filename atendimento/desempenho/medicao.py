"""Rodadas que se alternam: de cada página, a CPU do servidor, as latências e os comandos SQL.

Um bloco em que outros programas tomaram mais de `ALHEIO_MAXIMO` da máquina se descarta e se repete.
"""

import math
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from atendimento.desempenho import maquina
from atendimento.desempenho.navegador import Navegador, Resposta
from atendimento.desempenho.roteiro import Pagina
from atendimento.desempenho.servidor import Servidor

RODADAS = 5
POR_BLOCO = 30
ALHEIO_MAXIMO = 0.12
REPETICOES_MAXIMAS = 3


@dataclass
class Medida:
    """De uma página: CPU por pedido de cada rodada (s), e de cada pedido a latência e o que fez no banco.

    `cpu_do_processo` é só a do pedido medido, para um bloco que faz também outros. `comandos` são os segundos
    de cada comando do pedido inteiro, com a sessão e o usuário; `transacao`, quantos correm entre o BEGIN e o
    COMMIT da transação final de uma ação.
    """

    cpu: list[float] = field(default_factory=list)
    cpu_do_processo: list[float] = field(default_factory=list)
    segundos: list[float] = field(default_factory=list)
    comandos: list[list[float]] = field(default_factory=list)
    transacao: list[int] = field(default_factory=list)
    bytes: list[int] = field(default_factory=list)

    @property
    def banco(self) -> list[float]:
        """De cada pedido, os segundos à espera do banco."""
        return [sum(comandos) for comandos in self.comandos]

    @property
    def sql(self) -> list[int]:
        """De cada pedido, quantos comandos."""
        return [len(comandos) for comandos in self.comandos]


@dataclass
class Corrida:
    """As medidas de um banco, por rótulo."""

    medidas: dict[str, Medida] = field(default_factory=dict)
    descartados: int = 0

    def de(self, rotulo: str) -> Medida:
        """A medida de um rótulo. Levanta `KeyError` para o que não se mediu."""
        return self.medidas[rotulo]


def percentil(valores: Sequence[float], por_cento: float) -> float:
    """O menor valor que não é superado por `por_cento` deles. Levanta `ValueError` sem valores."""
    if not valores:
        raise ValueError("percentil de nenhum valor")
    ordenados = sorted(valores)
    return ordenados[max(0, math.ceil(len(ordenados) * por_cento / 100) - 1)]


def mediana(valores: Sequence[float]) -> float:
    """O percentil 50."""
    return percentil(valores, 50)


def correr(
    servidor: Servidor, navegador: Navegador, paginas: list[Pagina], postmaster: int | None,
    avisar: Callable[[str], None], rodadas: int = RODADAS, por_bloco: int = POR_BLOCO,
) -> Corrida:  # fmt: skip
    """Aquece cada página e faz as rodadas: mede-se o banco quente, e não a primeira leitura do disco."""
    corrida = Corrida()
    for pagina in paginas:
        for volta in range(rodadas * por_bloco):
            _pedir(navegador, pagina, volta)
    servidor.medidas()
    for rodada in range(rodadas):
        avisar(f"rodada {rodada + 1} de {rodadas}")
        for pagina in paginas:
            _bloco(corrida, servidor, navegador, pagina, postmaster, rodada, por_bloco)
    return corrida


def _bloco(corrida, servidor, navegador, pagina, postmaster, rodada, por_bloco) -> None:
    for tentativa in range(REPETICOES_MAXIMAS + 1):
        antes, nossa_antes, cpu_antes = maquina.ocupada(), _nossa(servidor, postmaster), servidor.cpu()
        respostas = [_pedir(navegador, pagina, rodada * por_bloco + volta) for volta in range(por_bloco)]
        cpu = servidor.cpu() - cpu_antes
        linhas = _por_volta(servidor.medidas(), pagina.rotulo)
        alheio = _alheio(antes, maquina.ocupada(), _nossa(servidor, postmaster) - nossa_antes)
        if alheio <= ALHEIO_MAXIMO or tentativa == REPETICOES_MAXIMAS:
            break
        corrida.descartados += 1
    medida = corrida.medidas.setdefault(pagina.rotulo, Medida())
    medida.cpu.append(cpu / por_bloco)
    medida.segundos += [resposta.segundos for resposta in respostas]
    medida.bytes += [len(resposta.corpo) for resposta in respostas]
    medida.cpu_do_processo += [linha["cpu"] for linha in linhas]
    medida.comandos += [linha["comandos"] for linha in linhas]
    medida.transacao += [linha["transacao"] for linha in linhas]


def _pedir(navegador: Navegador, pagina: Pagina, volta: int) -> Resposta:
    navegador.volta = volta
    return pagina.pedir(navegador, volta)


def _por_volta(linhas: list[dict], rotulo: str) -> list[dict]:
    """O que cada volta gastou, somados os pedidos dela que levam o rótulo."""
    voltas: dict[str, dict] = {}
    for linha in linhas:
        nome, _, volta = linha["rotulo"].partition("#")
        if nome == rotulo:
            soma = voltas.setdefault(volta, {"comandos": [], "transacao": 0, "cpu": 0.0})
            for campo in soma:
                soma[campo] += linha[campo]
    return list(voltas.values())


def _nossa(servidor: Servidor, postmaster: int | None) -> float:
    """A CPU de quem se mede e de quem mede: servidor, PostgreSQL e este processo."""
    proprio = sum(os.times()[:2])
    banco = maquina.cpu_com_mortos(postmaster) if postmaster else 0.0
    return proprio + maquina.cpu_com_mortos(servidor.processo.pid) + banco


def _alheio(antes: tuple[float, float], depois: tuple[float, float], nossa: float) -> float:
    """Que parte da máquina os outros programas tomaram."""
    gasta, houve = depois[0] - antes[0], depois[1] - antes[1]
    return max(0.0, gasta - nossa) / houve if houve else 0.0
