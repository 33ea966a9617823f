"""Uma jornada: agentes que buscam, abrem, leem, iniciam e encerram ao mesmo tempo, por alguns minutos.

O que se procura aqui não é uma razão: é um erro, um impasse no banco, memória que cresce, e a cauda (p99).
"""

import secrets
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.client import HTTPException

import psycopg

from atendimento.desempenho import maquina, roteiro
from atendimento.desempenho.amostra import Amostra
from atendimento.desempenho.medicao import percentil
from atendimento.desempenho.navegador import Navegador, Resposta, RespostaInesperada
from atendimento.desempenho.roteiro import da_vez
from atendimento.desempenho.servidor import Servidor
from atendimento.models import MembroDaEquipe
from atendimento.situacoes import Situacao
from perfis.models import Usuario

AGENTES = 8
MEMORIA_A_CADA_SEGUNDOS = 15
MODELO = "atendente"
# O que responde quem perde uma disputa: uma frase, e nada feito.
RECUSAS = (409, 422)
# De tantas em tantas voltas, todos atendem uma destas poucas etiquetas.
A_CADA_DISPUTA, DISPUTADAS = 4, 3


@dataclass
class Jornada:
    """O que os agentes viram: segundos por tarefa, recusas por verbo, erros, e bytes do servidor."""

    segundos: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    recusas: Counter = field(default_factory=Counter)
    erros: list[str] = field(default_factory=list)
    memoria: list[int] = field(default_factory=list)
    impasses: int = 0

    def como_json(self) -> dict:
        """Os percentis em milissegundos, a memória em MB ao longo do tempo, e o que deu errado."""
        return {
            "tarefas": {nome: _resumo(tempos) for nome, tempos in sorted(self.segundos.items())},
            "todas": _resumo([segundos for tempos in self.segundos.values() for segundos in tempos]),
            "recusas": dict(self.recusas),
            "erros": self.erros,
            "impasses": self.impasses,
            "memoria_mb": [round(bytes_ / 1e6, 1) for bytes_ in self.memoria],
        }


@dataclass(frozen=True, slots=True)
class Contratado:
    """Quem trabalha na jornada, e as solicitações que uma jornada interrompida deixou com ele."""

    usuario: str
    senha: str
    em_maos: list[int]


def contratar(quantos: int = AGENTES) -> list[Contratado]:
    """Usuários como o atendente da demonstração, no banco a que se está ligado."""
    modelo = Usuario.objects.get(username=MODELO)
    contratados = []
    for numero in range(1, quantos + 1):
        usuario, _ = Usuario.objects.get_or_create(
            username=f"jornada{numero}", defaults={"first_name": "Jornada", "demo": True}
        )
        senha = secrets.token_urlsafe(24)
        usuario.set_password(senha)
        usuario.save()
        usuario.groups.set(modelo.groups.all())
        MembroDaEquipe.objects.bulk_create(
            [
                MembroDaEquipe(equipe_id=equipe, usuario=usuario)
                for equipe in MembroDaEquipe.objects.filter(usuario=modelo).values_list("equipe", flat=True)
            ],
            ignore_conflicts=True,
        )
        em_maos = usuario.solicitacoes.filter(situacao=Situacao.EM_ATENDIMENTO).values_list("pk", flat=True)
        contratados.append(Contratado(usuario.username, senha, list(em_maos)))
    return contratados


def correr(
    servidor: Servidor, amostra: Amostra, url: str, contratados: list[Contratado], segundos: float,
    avisar: Callable[[str], None] = lambda _: None,
) -> Jornada:  # fmt: skip
    """Trabalha por `segundos` com os contratados. Nada levanta: o que falhou fica em `erros`."""
    jornada = Jornada()
    fim, antes = time.monotonic() + segundos, _impasses(url)
    linhas = []
    for numero, contratado in enumerate(contratados):
        propria = _do_agente(amostra, numero, len(contratados), contratado.em_maos)
        agente = _Agente(servidor.porta, jornada, propria, amostra.etiquetas[:DISPUTADAS])
        linhas.append(
            threading.Thread(target=agente.trabalhar, args=(contratado.usuario, contratado.senha, fim))
        )
    for linha in linhas:
        linha.start()
    while any(linha.is_alive() for linha in linhas):
        time.sleep(max(0.1, min(MEMORIA_A_CADA_SEGUNDOS, fim - time.monotonic())))
        jornada.memoria.append(maquina.memoria(servidor.pids()))
        avisar(f"faltam {max(0, fim - time.monotonic()):.0f} s; {len(jornada.erros)} erros")
        if time.monotonic() >= fim:
            for linha in linhas:
                linha.join()
    jornada.impasses = _impasses(url) - antes
    return jornada


class _Agente:
    """Um atendente que não para: cada volta é um cliente que liga."""

    def __init__(self, porta: int, jornada: Jornada, amostra: Amostra, disputadas: list[int]):
        self.navegador, self.jornada, self.amostra = Navegador(porta), jornada, amostra
        self.disputadas = disputadas
        self.atendimento = roteiro.Atendimento(amostra)

    def trabalhar(self, usuario: str, senha: str, fim: float) -> None:
        """Entra e atende até `fim` (relógio monotônico)."""
        try:
            self.navegador.entrar(usuario, senha)
            self.atendimento.soltar(self.navegador)
            volta = 0
            while time.monotonic() < fim:
                self._atender(volta)
                volta += 1
        except (OSError, HTTPException, RespostaInesperada) as erro:
            self.jornada.erros.append(f"{usuario}: {erro}")
        finally:
            self.navegador.fechar()

    def _atender(self, volta: int) -> None:
        amostra = self.amostra
        for texto in _digitando(da_vez(amostra.nomes, volta)):
            self._medir("busca", self._buscar, texto)
        self._medir("busca", self._buscar, da_vez(amostra.chaves, volta))
        self._medir("painel", roteiro.ler_painel_inteiro, self.navegador, da_vez(amostra.clientes, volta))
        for aba in roteiro.ABAS:
            self._medir(
                f"aba {aba}", self._ler, f"/contratos/{da_vez(amostra.contratos, volta)}/{aba}/", "aba"
            )
        fila = self._medir("fila", self._ler, f"/filas/{amostra.equipe}/", "")
        # A primeira da fila é a mesma para todos, e só um fica com ela.
        self._concluir("assumir", self._medir("assumir", self.atendimento.assumir, self.navegador, fila))
        etiqueta = da_vez(amostra.etiquetas if volta % A_CADA_DISPUTA else self.disputadas, volta)
        self._concluir("iniciar", self._medir("iniciar", self.atendimento.iniciar, self.navegador, etiqueta))

    def _concluir(self, verbo: str, resposta: Resposta | None) -> None:
        """Encerra o que se tomou; o que se recusou só se conta."""
        if resposta is None:
            return
        if resposta.status == 302:
            url = self.atendimento.encerramento(self.navegador, resposta.destino)
            self._medir("encerrar", self.atendimento.encerrar, self.navegador, url)
        elif resposta.status in RECUSAS:
            self.jornada.recusas[f"{verbo} {resposta.status}"] += 1
        else:
            raise RespostaInesperada(f"{verbo} respondeu {resposta.status}")

    def _medir(self, tarefa: str, fazer: Callable[..., Resposta], *argumentos) -> Resposta:
        inicio = time.perf_counter()
        resposta = fazer(*argumentos)
        self.jornada.segundos[tarefa].append(time.perf_counter() - inicio)
        return resposta

    def _buscar(self, texto: str) -> Resposta:
        return self._exigir(self.navegador.pedir("/busca/", {"q": texto}, alvo="resultados"), "a busca")

    def _ler(self, url: str, alvo: str) -> Resposta:
        return self._exigir(self.navegador.pedir(url, alvo=alvo), url)

    @staticmethod
    def _exigir(resposta: Resposta, onde: str) -> Resposta:
        if resposta.status != 200:
            raise RespostaInesperada(f"{onde} respondeu {resposta.status}")
        return resposta


def _do_agente(amostra: Amostra, numero: int, agentes: int, em_maos: list[int]) -> Amostra:
    """A parte dos clientes que só este agente atende."""
    parte = slice(DISPUTADAS + numero, None, agentes)
    proprios = {nome: getattr(amostra, nome)[parte] for nome in ("clientes", "contratos", "etiquetas")}
    return replace(amostra, **proprios, em_maos=em_maos)


def _digitando(nome: str) -> Iterator[str]:
    """O que a caixa pergunta enquanto se digita um nome."""
    yield nome[:3]
    yield nome


def _resumo(segundos: list[float]) -> dict:
    if not segundos:
        return {"pedidos": 0}
    return {"pedidos": len(segundos)} | {
        f"p{por_cento}": round(percentil(segundos, por_cento) * 1000, 1) for por_cento in (50, 95, 99)
    }


def _impasses(url: str) -> int:
    """Quantos impasses (`deadlock`) o banco já desfez."""
    with psycopg.connect(url) as conexao:
        return conexao.execute(
            "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"
        ).fetchone()[0]
