"""Dados de volume, por COPY."""

import sys
import time
from datetime import date

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone

from atendimento.popular.carga import Ouvinte, popular
from atendimento.popular.solicitacoes import popular_solicitacoes
from atendimento.popular.somas import somas

MAXIMO = 10_000_000


def milhar(numero: float) -> str:
    """`1234567` → `1.234.567`."""
    return f"{numero:,.0f}".replace(",", ".")


class Progresso(Ouvinte):
    """Uma linha que se reescreve no terminal; num arquivo, uma linha a cada dez segundos."""

    def __init__(self, saida):
        self.saida = saida
        self.terminal = saida.isatty()
        self.inicio = time.monotonic()
        self.ultima = 0.0

    def lote(self, feitos, total):
        """Clientes feitos, ritmo e quanto falta."""
        ritmo = feitos / (time.monotonic() - self.inicio)
        falta = (total - feitos) / ritmo
        self._escrever(
            f"{milhar(feitos)} de {milhar(total)} clientes · {milhar(ritmo)}/s · faltam {falta:.0f} s",
            ultimo=feitos == total,
        )

    def fase(self, nome, feitos=0, total=0):
        """A fase e em que passo está."""
        self._escrever(f"{nome} ({feitos} de {total})" if total else nome, ultimo=feitos == total)

    def _escrever(self, texto, ultimo):
        agora = time.monotonic()
        if self.terminal:
            self.saida.write(f"\r\033[K{texto}", ending="\n" if ultimo else "")
            self.saida.flush()
        elif ultimo or agora - self.ultima > 10:
            self.saida.write(f"[{agora - self.inicio:6.1f} s] {texto}")
            self.ultima = agora


class Command(BaseCommand):
    """`popular --clientes N`: acrescenta N clientes fictícios, com contratos, rede e histórico."""

    help = __doc__

    def add_arguments(self, parser):
        """Quantos, com que semente e em que data."""
        parser.add_argument("--clientes", type=int, help="de 1 a 10 milhões")
        parser.add_argument(
            "--solicitacoes", type=int, default=0, help="quantas solicitações pôr nas etiquetas que houver"
        )
        parser.add_argument(
            "--na-fila", type=int, default=10, help="por cento das solicitações abertas e sem dono"
        )
        parser.add_argument("--semente", type=int, default=42, help="a mesma semente gera os mesmos dados")
        parser.add_argument(
            "--data-base", type=date.fromisoformat, help="AAAA-MM-DD; a data de hoje nos dados gerados"
        )
        parser.add_argument(
            "--lote", type=int, default=10_000, help="clientes por lote, em milhares inteiros"
        )
        parser.add_argument("--somas", action="store_true", help="mostra as somas de verificação no fim")

    def handle(self, *, clientes, semente, data_base, lote, solicitacoes, na_fila, **opcoes):
        """Carrega, e diz quanto entrou e em quanto tempo."""
        if not (clientes is None and solicitacoes) and not 1 <= (clientes or 0) <= MAXIMO:
            raise CommandError(f"--clientes: use de 1 a {milhar(MAXIMO)}.")
        if lote < 1:
            raise CommandError("--lote: use ao menos 1.")
        if not 0 <= solicitacoes <= MAXIMO or not 0 <= na_fila <= 100:
            raise CommandError(f"--solicitacoes: use até {milhar(MAXIMO)}; --na-fila: de 0 a 100.")
        comum = {"semente": semente, "data_base": data_base or timezone.localdate()}
        if clientes:
            self._clientes(clientes, comum | {"por_lote": lote}, opcoes["somas"])
        if solicitacoes:
            self._solicitacoes(solicitacoes, comum | {"na_fila": na_fila})

    def _solicitacoes(self, quantas, comum):
        try:
            segundos = popular_solicitacoes(quantas, ouvinte=Progresso(self.stdout), **comum)
        except ValueError as erro:
            raise CommandError(str(erro)) from erro
        except KeyboardInterrupt:
            raise CommandError("interrompido: nenhuma solicitação foi gravada.", returncode=130) from None
        self.stdout.write(f"{'solicitacao':>14} {milhar(quantas):>12}")
        self.stdout.write(f"{segundos:.0f} s; banco com {self._tamanho()}")

    def _clientes(self, clientes, comum, com_somas):
        resultado = popular(clientes, ouvinte=Progresso(self.stdout), **comum)
        if resultado.interrompido:
            self.stdout.write("Interrompido: só lotes completos ficaram.")
        for tabela, quantas in resultado.linhas.items():
            self.stdout.write(f"{tabela:>14} {milhar(quantas):>12}")
        self.stdout.write(f"{resultado.segundos:.0f} s; banco com {self._tamanho()}")
        if com_somas:
            for tabela, (quantas, soma) in somas().items():
                self.stdout.write(f"{tabela:>14} {quantas:>12} {soma}")
        if resultado.interrompido:
            sys.exit(130)

    def _tamanho(self):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
            return cursor.fetchone()[0]
