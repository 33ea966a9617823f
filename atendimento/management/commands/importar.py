"""`manage.py importar PASTA [--ensaio]`: os dados de um provedor, de arquivos CSV."""

import time
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from atendimento.importacao import manual
from atendimento.importacao.importador import ImportacaoRecusada, importar


class Command(BaseCommand):
    """Importa uma pasta de CSV, tudo ou nada."""

    help = "Importa os dados de um provedor de uma pasta de arquivos CSV: tudo ou nada."

    def add_arguments(self, parser):
        """Pasta, ensaio e o manual das colunas."""
        parser.add_argument("pasta", nargs="?", type=Path, help="Onde estão os arquivos CSV.")
        parser.add_argument("--ensaio", action="store_true", help="Confere tudo e não grava nada.")
        parser.add_argument("--colunas", action="store_true", help="Mostra os arquivos e colunas aceitos.")

    def handle(self, *, pasta, ensaio, colunas, **opcoes):
        """Imprime o relatório; sai com erro quando algo foi recusado."""
        if colunas:
            self.stdout.write("\n".join(manual.linhas()))
            return
        if not pasta:
            raise CommandError("diga a pasta dos arquivos CSV, ou --colunas para ver o que se aceita.")
        try:
            relatorio = importar(pasta, ensaio=ensaio, avanco=_Avanco(self.stderr))
        except ImportacaoRecusada as erro:
            raise CommandError(str(erro)) from erro
        except KeyboardInterrupt:
            raise CommandError("interrompida: nada foi gravado.", returncode=130) from None
        self.stdout.write("\n".join(relatorio.linhas()))
        if relatorio.tem_recusas:
            raise CommandError("nada foi gravado: corrija o que foi recusado e importe de novo.")
        self.stdout.write("Ensaio: tudo seria aceito; nada foi gravado." if ensaio else "Tudo foi gravado.")


class _Avanco:
    """Mostra no máximo uma linha de progresso por segundo."""

    def __init__(self, saida):
        self.saida = saida
        self.ultima = time.monotonic()

    def __call__(self, arquivo: str, verbo: str, quantidade: int) -> None:
        agora = time.monotonic()
        if agora - self.ultima >= 1:
            self.ultima = agora
            self.saida.write(f"{arquivo}: {verbo} {quantidade}", str)
