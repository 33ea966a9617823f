"""O banco de provas: `manage.py desempenho` mede e diz cada barra; nunca reprova."""

import json
import os
import sys
from contextlib import nullcontext
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from psycopg import connect

from atendimento import postgres_embutido
from atendimento.desempenho import amostra as amostras
from atendimento.desempenho import (
    bancos,
    barras,
    carga,
    jornada,
    maquina,
    medicao,
    peso,
    planos,
    roteiro,
    servidor,
)
from atendimento.desempenho.barras import Barra

TAMANHOS = (10_000, 100_000, 1_000_000)
MAXIMO = 10_000_000
PEDIDOS_DA_MEMORIA = 10_000


class Command(BaseCommand):
    """Faz ou reaproveita os bancos de volume, sobe o servidor de produção no laço local e mede."""

    help = __doc__

    def add_arguments(self, parser):
        """Tamanhos, porta e forma da resposta."""
        parser.add_argument("--clientes", type=int, action="append", help="um tamanho; pode repetir")
        parser.add_argument("--porta", type=int, default=8099, help="porta do servidor medido")
        parser.add_argument("--rodadas", type=int, default=medicao.RODADAS, help="quantas vezes se alternam")
        parser.add_argument(
            "--por-bloco", type=int, default=medicao.POR_BLOCO, help="pedidos seguidos de cada página"
        )
        parser.add_argument("--pedidos", type=int, default=PEDIDOS_DA_MEMORIA, help="da prova de memória")
        parser.add_argument(
            "--planos", action="store_true", help="só os planos dos comandos mais pedidos, sem medir"
        )
        parser.add_argument(
            "--jornada",
            type=float,
            metavar="MINUTOS",
            help="em vez de medir, oito agentes trabalham ao mesmo tempo por estes minutos",
        )
        parser.add_argument("--json", action="store_true", help="só o JSON na saída padrão")

    def handle(self, *, clientes, porta, rodadas, por_bloco, pedidos, **opcoes):
        """Mede do menor ao maior, e por fim compara."""
        tamanhos = sorted(set(clientes or TAMANHOS))
        if not all(1000 <= tamanho <= MAXIMO for tamanho in tamanhos):
            raise CommandError("--clientes: use de 1000 a 10 milhões.")
        if rodadas < 1 or por_bloco < 1 or not Path("/proc/self/schedstat").exists():
            raise CommandError(
                "Use ao menos uma rodada e um pedido por bloco, e um Linux: a CPU se lê em /proc."
            )
        self.so_json, self.porta, self.pedidos = opcoes["json"], porta, pedidos
        os.environ.setdefault("POSTGRES_MEMORIA", maquina.quarto_da_memoria())
        no_ar = (
            nullcontext() if settings.DATABASE_URL else postgres_embutido.servindo(settings.PASTA_POSTGRES)
        )
        try:
            if opcoes["planos"]:
                with no_ar:
                    self._mostrar_planos(tamanhos)
                return
            servidor.exigir_porta_livre(porta)
            if opcoes["jornada"]:
                with no_ar:
                    self._fazer_jornada(max(tamanhos), opcoes["jornada"] * 60)
                return
            with no_ar:
                resultados = {tamanho: self._medir(tamanho, rodadas, por_bloco) for tamanho in tamanhos}
        except servidor.PortaOcupada as erro:
            raise CommandError(str(erro)) from erro
        self._responder(resultados)

    def _mostrar_planos(self, tamanhos: list[int]) -> None:
        # Todos antes: ligado a um banco, este processo já não sabe onde está o servidor dos outros.
        prontos = [bancos.garantir(tamanho, self._avisar) for tamanho in tamanhos]
        lidos = {}
        for banco in prontos:
            amostra = amostras.sortear(banco.url)
            planos.ligar(banco.url)
            lidos[str(banco.clientes)] = [plano.como_json() for plano in planos.ler(amostra)]
            connection.close()
        if self.so_json:
            self.stdout.write(json.dumps({"planos": lidos}, ensure_ascii=False))
            return
        for tamanho, do_banco in lidos.items():
            self.stdout.write(f"\n{tamanho} clientes · páginas do maior comando, ms de todos, índices")
            for plano in do_banco:
                percorridas = f"  percorre {', '.join(plano['percorridas'])}" if plano["percorridas"] else ""
                self.stdout.write(
                    f"  {plano['nome']:<18}{plano['paginas_lidas']:>7}{plano['ms']:>9.2f}"
                    f"  {', '.join(plano['indices'])}{percorridas}"
                )

    def _fazer_jornada(self, clientes: int, segundos: float) -> None:
        banco = bancos.garantir(clientes, self._avisar)
        planos.ligar(banco.url)
        contratados = jornada.contratar()
        connection.close()
        pasta = settings.PASTA_VAR / "desempenho"
        with servidor.servindo(banco.url, porta=self.porta, processos=2, pasta=pasta) as no_ar:
            feita = jornada.correr(
                no_ar, amostras.sortear(banco.url), banco.url, contratados, segundos, self._avisar
            )
        self.stdout.write(
            json.dumps({"jornada": feita.como_json()}, ensure_ascii=False, indent=None if self.so_json else 1)
        )

    def _medir(self, clientes: int, rodadas: int, por_bloco: int) -> dict:
        banco = bancos.garantir(clientes, self._avisar)
        amostra = amostras.sortear(banco.url)
        pasta = settings.PASTA_VAR / "desempenho"
        with servidor.servindo(banco.url, porta=self.porta, processos=1, pasta=pasta) as no_ar:
            navegador = roteiro.entrar(self.porta)
            paginas = roteiro.paginas(amostra, navegador)
            corrida = medicao.correr(
                no_ar, navegador, paginas, _postmaster(banco.url),
                lambda texto: self._avisar(f"{clientes} clientes: {texto}"), rodadas, por_bloco,
            )  # fmt: skip
            pesos = _pesos(navegador, amostra)
            navegador.fechar()
        achadas = list(barras.do_banco(corrida))
        return {"banco": banco, "corrida": corrida, "barras": achadas, "pesos": pesos, "amostra": amostra}

    def _responder(self, resultados: dict[int, dict]) -> None:
        maior = max(resultados)
        achadas = list(resultados[maior]["barras"])
        if maior != (menor := min(resultados)):
            corridas = (resultados[menor]["corrida"], resultados[maior]["corrida"])
            achadas += barras.do_crescimento(*corridas, de=menor, ate=maior)
        achadas += self._sob_carga(resultados[maior])
        achadas += resultados[maior]["pesos"]
        if maior == barras.MAIOR:
            minutos = resultados[maior]["banco"].popular_segundos / 60
            achadas.append(Barra("popular um milhão (min)", minutos, 8, 4))
        medidas = {str(tamanho): _resumo(dados["corrida"]) for tamanho, dados in resultados.items()}
        if self.so_json:
            linhas = [
                {"nome": b.nome, "razao": round(b.razao, 3), "must": b.must, "aim": b.aim} for b in achadas
            ]
            self.stdout.write(json.dumps({"barras": linhas, "medidas": medidas}, ensure_ascii=False))
        else:
            self._desenhar(achadas, medidas)

    def _sob_carga(self, dados: dict) -> list[Barra]:
        self._avisar("oito agentes e a memória")
        pasta, comum = settings.PASTA_VAR / "desempenho", {"porta": self.porta, "processos": 2}
        with servidor.servindo(dados["banco"].url, pasta=pasta, vazio=True, **comum) as vazio:
            carga.aquecer_vazio(self.porta)
            do_django = maquina.memoria(vazio.pids())
        with servidor.servindo(dados["banco"].url, pasta=pasta, **comum) as no_ar:
            feita = carga.correr(no_ar, dados["amostra"], self.pedidos)
        sozinho = medicao.mediana(feita.sozinho)
        return [
            Barra("p95 de 8 agentes ÷ p50 de um", medicao.percentil(feita.juntos, 95) / sozinho, 8, 6),
            Barra("memória ÷ a de um Django vazio", feita.memoria_depois / do_django, 1.6, 1.3),
            Barra(
                f"memória depois de {feita.pedidos} pedidos ÷ antes",
                feita.memoria_depois / feita.memoria_antes, 1.05, 1.02,
            ),
        ]  # fmt: skip

    def _desenhar(self, achadas: list[Barra], medidas: dict) -> None:
        for tamanho, paginas in medidas.items():
            self.stdout.write(f"\n{tamanho} clientes · CPU, p50, p95, p99 e banco em ms")
            for rotulo, m in paginas.items():
                if isinstance(m, dict):
                    self.stdout.write(
                        f"  {rotulo:<18}{m['cpu']:>8.2f}{m['p50']:>8.2f}{m['p95']:>8.2f}{m['p99']:>8.2f}"
                        f"{m['banco_p95']:>8.2f}  {m['sql']:>3} SQL  {m['bytes']:>7} bytes"
                    )
        self.stdout.write(f"\n{'barra':<52}{'razão':>9}{'must':>7}{'aim':>7}")
        for barra in achadas:
            marca = "" if barra.passa else "  ✗"
            self.stdout.write(f"{barra.nome:<52}{barra.razao:>9.2f}{barra.must:>7g}{barra.aim:>7g}{marca}")

    def _avisar(self, texto: str) -> None:
        saida = sys.stderr if self.so_json else self.stdout
        saida.write(f"{texto}\n")
        saida.flush()


def _postmaster(url: str) -> int | None:
    """O processo do PostgreSQL, quando ele está nesta máquina."""
    with connect(url) as conexao:
        pid = conexao.execute("SELECT pg_backend_pid()").fetchone()[0]
        caminho = Path(f"/proc/{pid}/stat")
        return int(caminho.read_text().rpartition(")")[2].split()[1]) if caminho.exists() else None


def _pesos(navegador, amostra) -> list[Barra]:
    painel = navegador.pedir(f"/clientes/{amostra.clientes[0]}/").corpo
    fragmento = navegador.pedir(f"/contratos/{amostra.contratos[0]}/detalhes/", alvo="aba").corpo
    with peso.coleta() as armazem:
        estaticos = peso.estaticos(painel, armazem)
    scripts = sum(bytes_ for nome, bytes_ in estaticos.items() if nome.endswith(".js"))
    do_painel = peso.comprimido(painel)
    return [
        Barra("primeira visita, comprimida (kB)", (do_painel + sum(estaticos.values())) / 1000, 60, 40),
        Barra("JavaScript, comprimido (kB)", scripts / 1000, 25, 18),
        Barra("painel, comprimido (kB)", do_painel / 1000, 10, 7),
        Barra("fragmento, comprimido (kB)", peso.comprimido(fragmento) / 1000, 5, 4),
    ]


def _resumo(corrida) -> dict:
    resumo = {
        rotulo: {
            "cpu": round(medicao.mediana(m.cpu) * 1000, 3),
            "p50": round(medicao.mediana(m.segundos) * 1000, 3),
            "p95": round(medicao.percentil(m.segundos, 95) * 1000, 3),
            "p99": round(medicao.percentil(m.segundos, 99) * 1000, 3),
            "banco_p95": round(medicao.percentil(m.banco, 95) * 1000, 3),
            "sql": max(m.sql),
            "sql_da_transacao": max(m.transacao),
            "bytes": max(m.bytes),
        }
        for rotulo, m in corrida.medidas.items()
    }
    return resumo | {"blocos_descartados": corrida.descartados}
