"""Vários agentes ao mesmo tempo, e a memória do servidor depois de muitos pedidos."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from atendimento.desempenho import maquina
from atendimento.desempenho.amostra import Amostra
from atendimento.desempenho.navegador import Navegador
from atendimento.desempenho.roteiro import entrar
from atendimento.desempenho.servidor import Servidor

AGENTES = 8
PEDIDOS_DE_CADA = 100
# A memória de um processo cresce até que cada trecho do programa tenha corrido nele, umas centenas de vezes.
AQUECIMENTO_DE_CADA = 250


@dataclass(frozen=True, slots=True)
class Carga:
    """As latências (s) de um agente sozinho e de oito juntos, e a memória (bytes) antes e depois."""

    sozinho: list[float]
    juntos: list[float]
    memoria_antes: int
    memoria_depois: int
    pedidos: int


def correr(servidor: Servidor, amostra: Amostra, pedidos: int) -> Carga:
    """Painéis de clientes ao acaso: um agente, depois oito, depois o que falta para `pedidos`.

    Com poucos pedidos, cada agente faz menos; um percentil deles então pouco diz.
    """
    cada = min(PEDIDOS_DE_CADA, max(5, pedidos // AGENTES))
    agentes = [entrar(servidor.porta) for _ in range(AGENTES)]
    _ao_mesmo_tempo(agentes, amostra, min(AQUECIMENTO_DE_CADA, pedidos // AGENTES))
    antes = maquina.memoria(servidor.pids())
    sozinho = _paineis(agentes[0], amostra, 0, cada)
    juntos = _ao_mesmo_tempo(agentes, amostra, cada)
    faltam = max(0, pedidos - len(sozinho) - len(juntos)) // AGENTES
    _ao_mesmo_tempo(agentes, amostra, faltam)
    depois = maquina.memoria(servidor.pids())
    for agente in agentes:
        agente.fechar()
    return Carga(sozinho, juntos, antes, depois, len(sozinho) + len(juntos) + faltam * AGENTES)


def aquecer_vazio(porta: int) -> None:
    """Ao Django vazio, o que o nosso teve antes de se ler sua memória: que os dois processos já atendam."""

    def agente(_numero: int) -> None:
        navegador = Navegador(porta)
        for _ in range(AQUECIMENTO_DE_CADA):
            navegador.pedir("/admin/login/")
        navegador.fechar()

    with ThreadPoolExecutor(AGENTES) as linhas:
        list(linhas.map(agente, range(AGENTES)))


def _ao_mesmo_tempo(agentes: list[Navegador], amostra: Amostra, cada: int) -> list[float]:
    with ThreadPoolExecutor(AGENTES) as linhas:
        feitos = linhas.map(
            lambda numero: _paineis(agentes[numero], amostra, numero * 37, cada), range(AGENTES)
        )
        return [segundos for lista in feitos for segundos in lista]


def _paineis(agente: Navegador, amostra: Amostra, comeco: int, quantos: int) -> list[float]:
    clientes = amostra.clientes
    return [
        agente.pedir(f"/clientes/{clientes[(comeco + volta) % len(clientes)]}/").segundos
        for volta in range(quantos)
    ]
