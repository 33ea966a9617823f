"""O gunicorn de produção, no laço local, com a aplicação medida."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from atendimento import vigia
from atendimento.desempenho import maquina

PARTIDA_SEGUNDOS = 60
# O que se põe ao lado para dizer quanto da memória é nosso: o que o `startproject` do Django instala.
DJANGO_VAZIO = """
from django.conf import settings
settings.configure(
    SECRET_KEY="x", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, STATIC_URL="static/",
    INSTALLED_APPS=[f"django.contrib.{nome}" for nome in
        ("admin", "auth", "contenttypes", "sessions", "messages", "staticfiles")],
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware", "django.middleware.common.CommonMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware"],
    TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates", "APP_DIRS": True, "OPTIONS":
        {"context_processors": ["django.template.context_processors.request",
            "django.contrib.auth.context_processors.auth",
            "django.contrib.messages.context_processors.messages"]}}],
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql"}})
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
from django.contrib import admin
from django.urls import path
urlpatterns = [path("admin/", admin.site.urls)]
"""


class PortaOcupada(Exception):
    """Outro programa atende na porta: um servidor esquecido estragaria a medida."""


@dataclass
class Servidor:
    """Um gunicorn em `porta`; `registro` é onde cada pedido medido deixa sua linha."""

    processo: subprocess.Popen
    porta: int
    registro: Path

    def pids(self) -> list[int]:
        """O mestre e os processos que atendem."""
        return maquina.arvore(self.processo.pid)

    def cpu(self) -> float:
        """Segundos de CPU do servidor até agora."""
        return maquina.cpu_exata(self.pids())

    def medidas(self) -> list[dict]:
        """As linhas que os pedidos deixaram desde a última vez."""
        linhas = [json.loads(linha) for linha in self.registro.read_text().splitlines()]
        self.registro.write_text("")
        return linhas


def exigir_porta_livre(porta: int) -> None:
    """Levanta `PortaOcupada`."""
    with socket.socket() as tomada:
        if tomada.connect_ex(("127.0.0.1", porta)) == 0:
            raise PortaOcupada(f"A porta {porta} já está em uso: encerre o outro programa ou use --porta.")


@contextmanager
def servindo(
    banco: str, *, porta: int, processos: int, pasta: Path, vazio: bool = False
) -> Iterator[Servidor]:
    """Mantém o servidor no ar dentro do bloco, ligado ao `banco` (uma URL)."""
    exigir_porta_livre(porta)
    pasta.mkdir(parents=True, exist_ok=True)
    registro = pasta / "medidas.jsonl"
    registro.write_text("")
    aplicacao = "django_vazio" if vazio else "atendimento.desempenho.aplicacao"
    (pasta / "django_vazio.py").write_text(DJANGO_VAZIO)
    ambiente = os.environ | {
        "DATABASE_URL": banco,
        "INSTALACAO_LOCAL": "1",
        "PASTA_VAR": str(settings.PASTA_VAR),
        "REGISTRO_DE_MEDIDAS": str(registro),
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "atendimento.settings"),
        "PYTHONPATH": os.pathsep.join([str(pasta), str(settings.BASE_DIR)]),
        # O `gunicorn` da demonstração não herda: aqui os processos são os que se pedem.
        "PROCESSOS": str(processos),
        "LINHAS": "1",
    }
    comando = [sys.executable, "-m", "gunicorn"]
    # O Django vazio sobe como o gunicorn o subiria, sem nada do nosso.
    comando += ["--preload", "--workers", str(processos)] if vazio else ["-c", "python:atendimento.gunicorn"]
    comando += ["--bind", f"127.0.0.1:{porta}", "--worker-tmp-dir", str(pasta), f"{aplicacao}:application"]
    # Se quem mede morrer à força, o servidor não fica na porta.
    leitura, escrita = os.pipe()
    ambiente[vigia.VARIAVEL] = str(leitura)
    with (pasta / "servidor.log").open("w") as saida:
        processo = subprocess.Popen(  # noqa: S603
            comando, cwd=settings.BASE_DIR, env=ambiente, stdout=saida, stderr=saida, pass_fds=[leitura]
        )
        os.close(leitura)
        try:
            _esperar(processo, porta, pasta / "servidor.log")
            yield Servidor(processo, porta, registro)
        finally:
            processo.terminate()
            processo.wait(30)
            os.close(escrita)


def _esperar(processo: subprocess.Popen, porta: int, saida: Path) -> None:
    limite = time.monotonic() + PARTIDA_SEGUNDOS
    while time.monotonic() < limite:
        if processo.poll() is not None:
            raise RuntimeError(f"O servidor não subiu:\n{saida.read_text()[-2000:]}")
        with socket.socket() as tomada:
            if tomada.connect_ex(("127.0.0.1", porta)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError("O servidor não respondeu a tempo.")
