"""Confere o selo da auditoria."""

from django.core.management.base import BaseCommand, CommandError

from atendimento.auditoria import verificar


class Command(BaseCommand):
    """Sai com 1 e o primeiro registro quebrado quando algo foi alterado."""

    help = (
        "Confere a cadeia que sela os registros de auditoria. Guarde fora do banco a última linha: "
        "com --esperado, a conferência prova também que nada foi apagado do fim nem reescrito."
    )

    def add_arguments(self, parser):
        """`--esperado ORDEM:RESUMO`."""
        parser.add_argument("--esperado", metavar="ORDEM:RESUMO", help="Um elo anotado antes.")

    def handle(self, *, esperado=None, **opcoes):
        """Levanta `CommandError`, que sai com 1, na primeira quebra."""
        achado = verificar(esperado=_elo(esperado))
        if achado.quebra:
            raise CommandError(f"Registro {achado.registro}: {achado.quebra}.")
        self.stdout.write(f"{achado.registros} registros conferidos, nenhum alterado.")
        self.stdout.write(f"Último elo: {achado.ordem}:{achado.resumo}")


def _elo(texto: str | None) -> tuple[int, str] | None:
    if not texto:
        return None
    ordem, _, resumo = texto.partition(":")
    if not ordem.isdigit() or len(resumo) != 64:
        raise CommandError("--esperado: use ORDEM:RESUMO, como na última linha de uma conferência.")
    return int(ordem), resumo
