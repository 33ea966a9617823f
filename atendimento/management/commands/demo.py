"""`manage.py demo`: a instalação inteira, com dados fictícios, numa máquina recém-clonada."""

import os
import shutil
import signal
import socket
import sys
import time
import urllib.request
from contextlib import contextmanager, nullcontext
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from atendimento import demonstracao, postgres_embutido
from atendimento.filhos import Filhos

SERVIDOR = "127.0.0.1"
PROCESSOS = 2
# Sem linhas, duas conexões de reserva do navegador parariam os dois processos.
LINHAS = 8
# Um servidor morto à força leva um instante para largar a porta.
ESPERA_PELA_PORTA_SEGUNDOS = 3
PRAZO_SEGUNDOS = 60
PASSO_SEGUNDOS = 0.1
VIGIA_SEGUNDOS = 0.5


class Command(BaseCommand):
    help = "Prepara a demonstração (banco, dados e usuários fictícios) e a serve em 127.0.0.1."
    requires_system_checks = ()

    def add_arguments(self, parser):
        parser.add_argument("--porta", type=int, default=8000, help="porta do servidor (padrão: 8000)")
        parser.add_argument("--preparar", action="store_true", help="só prepara, sem servir")
        parser.add_argument("--zerar", action="store_true", help="apaga os dados e recomeça")

    def handle(self, *, porta, preparar, zerar, **opcoes):
        if not 1 <= porta <= 65535:
            raise CommandError(f"--porta {porta}: use um número de 1 a 65535.")
        # Morto à força, o `uv run` não repassa o sinal: a demonstração acaba com ele.
        self.lancado_por = os.getppid() if e_uv(os.getppid()) else None
        if not preparar:
            exigir_porta_livre(porta)
        with sinais_encerram(), banco_no_ar():
            if settings.DATABASE_URL:
                exigir_banco_sem_dados_de_verdade()
            if zerar:
                self.zerar()
            self.preparar()
            if not preparar:
                self.servir(porta)

    def zerar(self):
        """Apaga dados e anexos; num banco que não é o embutido, as tabelas ficam, vazias."""
        if not settings.DATABASE_URL:
            postgres_embutido.apagar_banco(settings.PASTA_POSTGRES)
        elif tem_tabelas():
            call_command("flush", interactive=False, verbosity=0)
        shutil.rmtree(settings.PASTA_ANEXOS, ignore_errors=True)

    def preparar(self):
        """Migra o que falta; os dados e os usuários entram uma vez só."""
        if not tem_tabelas():
            self.stdout.write("Criando o banco e os dados da demonstração: uma vez só, menos de um minuto…")
            self.stdout.flush()
        else:
            exigir_banco_atualizavel()
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
        demonstracao.preparar()
        connection.close()

    def servir(self, porta):
        """Mantém os processos no ar até um Ctrl-C ou SIGTERM."""
        with Filhos() as filhos:
            filhos.lancar("servidor", atender, porta)
            filhos.lancar("trabalhador", call_command, "trabalhador")
            self.esperar_resposta(filhos, porta)
            self.apresentar(porta)
            while not (self.lancado_por and os.getppid() != self.lancado_por):
                time.sleep(VIGIA_SEGUNDOS)
                self.vigiar(filhos)

    def esperar_resposta(self, filhos, porta):
        limite = time.monotonic() + PRAZO_SEGUNDOS
        while not responde(porta):
            self.vigiar(filhos)
            if time.monotonic() > limite:
                raise CommandError(f"O servidor não respondeu em {PRAZO_SEGUNDOS} s.")
            time.sleep(PASSO_SEGUNDOS)

    def vigiar(self, filhos):
        """Sobe de novo o PostgreSQL que caiu; sem um dos filhos, a demonstração acaba."""
        if not settings.DATABASE_URL and not postgres_embutido.responde(settings.PASTA_POSTGRES):
            self.stdout.write("O PostgreSQL caiu; subindo de novo…")
            postgres_embutido.iniciar(settings.PASTA_POSTGRES)
        if nome := filhos.caido():
            raise CommandError(f"O processo “{nome}” acabou sozinho; a demonstração foi encerrada.")

    def apresentar(self, porta):
        self.stdout.write(f"\nAtendimento no ar em http://{SERVIDOR}:{porta}/")
        self.stdout.write(f"Parâmetros do Atendimento em http://{SERVIDOR}:{porta}/admin/\n\n")
        for login in demonstracao.logins():
            self.stdout.write(f"  {login.usuario:<14} {login.senha:<18} {login.perfil}: {login.descricao}")
        self.stdout.write("\nTodos os dados são fictícios. Ctrl-C encerra.")
        self.stdout.flush()


def exigir_porta_livre(porta):
    """Levanta `CommandError` quando outro programa usa a porta."""
    limite = time.monotonic() + ESPERA_PELA_PORTA_SEGUNDOS
    while True:
        try:
            with socket.create_server((SERVIDOR, porta)):
                return
        except PermissionError as erro:
            raise CommandError(f"Sem permissão para a porta {porta}: use --porta com outra.") from erro
        except OSError as erro:
            if time.monotonic() > limite:
                raise CommandError(
                    f"A porta {porta} já está em uso (a demonstração já está no ar?). "
                    "Encerre o outro programa ou use --porta com outra."
                ) from erro
        time.sleep(PASSO_SEGUNDOS)


@contextmanager
def sinais_encerram():
    """SIGINT, SIGTERM e SIGHUP viram `KeyboardInterrupt`; já encerrando, outro não interrompe a limpeza."""

    def encerrar(*_):
        for sinal in sinais:
            signal.signal(sinal, signal.SIG_IGN)
        raise KeyboardInterrupt

    # Quem ignora o SIGHUP (`nohup`) quer continuar depois do terminal.
    sinais = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        sinais.append(signal.SIGHUP)
    antes = {sinal: signal.signal(sinal, encerrar) for sinal in sinais}
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        for sinal, tratador in antes.items():
            signal.signal(sinal, tratador)


def banco_no_ar():
    """O PostgreSQL embutido, a não ser que `DATABASE_URL` aponte outro."""
    if settings.DATABASE_URL:
        return nullcontext()
    return postgres_embutido.servindo(settings.PASTA_POSTGRES)


def exigir_banco_sem_dados_de_verdade():
    """A demonstração cria usuários de senha conhecida, e `--zerar` apaga: nada disso em produção."""
    if tem_tabelas("clientes_cliente") and not demonstracao.so_ha_demonstracao():
        raise CommandError(
            "O banco de DATABASE_URL tem clientes que não são da demonstração: use outro, vazio."
        )


def exigir_banco_atualizavel():
    """Levanta `CommandError` num banco que parou no meio de migrações que já não existem.

    O `migrate` conta a migração que as substitui como feita quando o banco tem todas; quando tem só
    algumas, deixa-a de fora sem dizer nada, e as tabelas ficariam velhas.
    """
    carregador = MigrationLoader(None, load=False)
    carregador.load_disk()
    existentes = carregador.disk_migrations
    aplicadas = MigrationRecorder(connection).applied_migrations().keys()
    for migracao in existentes.values():
        substituidas = set(migracao.replaces)
        if 0 < len(substituidas & aplicadas) < len(substituidas) and not substituidas <= existentes.keys():
            raise CommandError(
                "O banco é de uma versão antiga demais: use outro, vazio (o embutido se esvazia com --zerar)."
            )


def tem_tabelas(nome="django_migrations"):
    return nome in connection.introspection.table_names()


def atender(porta):
    """O gunicorn ou, onde ele não roda, o servidor do Django."""
    endereco = f"{SERVIDOR}:{porta}"
    try:
        from gunicorn.app.wsgiapp import run
    except ImportError:
        call_command("runserver", endereco, use_reloader=False)
        return
    opcoes = ["--workers", str(PROCESSOS), "--threads", str(LINHAS), "--bind", endereco]
    # Quem espera pela demonstração quer vê-la já; o servidor de produção é que vale aquecer.
    os.environ.setdefault("AQUECER", "0")
    sys.argv = ["gunicorn", "--config", "python:atendimento.gunicorn", *opcoes, "atendimento.wsgi"]
    run()


def responde(porta):
    try:
        with urllib.request.urlopen(f"http://{SERVIDOR}:{porta}/saude/", timeout=5) as resposta:
            return resposta.status == 200
    except OSError:
        return False


def e_uv(pid):
    """Se `pid` é o `uv run`, que repassa os sinais enquanto vive; sem `/proc`, não se sabe."""
    comando = Path(f"/proc/{pid}/comm")
    return comando.exists() and comando.read_text().strip() == "uv"
