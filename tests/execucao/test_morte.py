"""`kill -9` do processo web em cada comando SQL: feito, retomável ou desfeito, nunca pela metade."""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse

from atendimento.models import Execucao, RegistroDeAuditoria, Relato
from contratos.models import Contrato, EventoDeContrato
from tests import banco
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar, enviar
from tests.fabricas import criar_motivo

pytestmark = pytest.mark.django_db(transaction=True)

FICHA = "a" * 32


@dataclass
class Servidor:
    """Um gunicorn na porta `porta`, com um processo só, que a ordem mata."""

    porta: int
    ordem: Path
    comandos: Path

    def ordenar(self, caminho: str, comando: int | None) -> None:
        """O que o próximo pedido a `caminho` faz."""
        self.ordem.write_text(json.dumps({"caminho": caminho, "comando": comando}))

    def enviar(self, caminho: str, sessao: str, **campos) -> int | None:
        """POST de um formulário; o status, ou nada se o servidor morreu sem responder."""
        corpo = urlencode(campos)
        cabecalhos = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={sessao}; csrftoken={FICHA}",
            "X-CSRFToken": FICHA,
            "Connection": "close",
        }
        conexao = http.client.HTTPConnection("127.0.0.1", self.porta, timeout=30)
        try:
            conexao.request("POST", caminho, corpo, cabecalhos)
            return conexao.getresponse().status
        except (http.client.RemoteDisconnected, ConnectionResetError):
            return None
        finally:
            conexao.close()


def porta_livre() -> int:
    with socket.socket() as soquete:
        soquete.bind(("127.0.0.1", 0))
        return soquete.getsockname()[1]


@pytest.fixture
def servidor(tmp_path, acoes_de_teste):
    porta = porta_livre()
    ordem, comandos = tmp_path / "ordem.json", tmp_path / "comandos.json"
    ordem.write_text(json.dumps({"caminho": "nenhum", "comando": None}))
    with (tmp_path / "servidor.log").open("w") as registro:
        processo = subprocess.Popen(
            [
                sys.executable, "-m", "gunicorn", "-c", "python:atendimento.gunicorn", "--workers", "1",
                "--bind", f"127.0.0.1:{porta}", "tests.execucao.servidor_mortal:application",
            ],
            cwd=settings.BASE_DIR,
            env=os.environ
            | {
                "DATABASE_URL": banco.endereco(),
                "INSTALACAO_LOCAL": "1",
                "PASTA_VAR": str(settings.PASTA_VAR),
                "DJANGO_SETTINGS_MODULE": "tests.settings",
                "ORDEM": str(ordem),
                "COMANDOS": str(comandos),
            },
            stdout=subprocess.DEVNULL,
            stderr=registro,
        )  # fmt: skip
        try:
            esperar(porta, processo, tmp_path / "servidor.log")
            yield Servidor(porta, ordem, comandos)
        finally:
            processo.terminate()
            processo.wait(10)


def esperar(porta: int, processo: subprocess.Popen, registro: Path) -> None:
    for _ in range(300):
        assert processo.poll() is None, registro.read_text()
        try:
            socket.create_connection(("127.0.0.1", porta), 1).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("o servidor não respondeu")


def gravado() -> tuple:
    """O que uma ação deixa, contado."""
    return (
        list(Contrato.objects.order_by("pk").values_list("dia_vencimento", "versao")),
        list(Execucao.objects.order_by("criada_em").values_list("situacao", "passo", "versao")),
        EventoDeContrato.objects.count(),
        Relato.objects.count(),
        RegistroDeAuditoria.objects.count(),
    )


def matar_em_cada_comando(servidor, sessao, preparar):
    """Para cada comando da transação: prepara, manda morrer nele, confere e envia outra vez.

    `preparar` devolve o caminho e os campos de um envio ainda não feito. Devolve os comandos.
    """
    caminho, campos = preparar()
    servidor.ordenar(caminho, None)
    assert servidor.enviar(caminho, sessao, **campos) == 302
    comandos = json.loads(servidor.comandos.read_text())
    # Depois do COMMIT da ação, a resposta ainda pode gravar a sessão: já não é a transação final.
    comandos = comandos[: comandos.index("resposta") + 1]
    for numero, comando in enumerate(comandos, 1):
        caminho, campos = preparar()
        antes = gravado()
        servidor.ordenar(caminho, numero)
        assert servidor.enviar(caminho, sessao, **campos) is None, f"não morreu em {numero}: {comando}"
        depois = gravado()
        if comando == "resposta":
            assert depois != antes
        else:
            assert depois == antes, f"ficou algo pela metade em {numero}: {comando}"
        servidor.ordenar("nenhum", None)
        assert servidor.enviar(caminho, sessao, **campos) == 302, f"não retomou de {numero}: {comando}"
        completo = gravado()
        assert servidor.enviar(caminho, sessao, **campos) == 302
        assert gravado() == completo
        if comando == "resposta":
            assert completo == depois
    return comandos


@pytest.fixture
def mesa(servidor, client):
    """O agente do cenário com sessão, em dois navegadores: o do teste e o do servidor."""
    cenario = criar_cenario(acoes=("vencimento_de_teste", "segmento_de_teste", "pausar", "retomar"))
    client.force_login(cenario.agente)
    return servidor, cenario, client, client.cookies["sessionid"].value


def outro_dia(cenario) -> int:
    cenario.contrato.refresh_from_db()
    return 20 if cenario.contrato.dia_vencimento == 10 else 10


def test_morto_ao_comecar(mesa):
    servidor, cenario, _, sessao = mesa
    url = reverse("acao", args=["vencimento_de_teste", "contrato", cenario.contrato.pk])

    def preparar():
        dia = outro_dia(cenario)
        return url, {"chave": uuid4(), "versao_do_alvo": cenario.contrato.versao, "dia": dia}

    comandos = matar_em_cada_comando(servidor, sessao, preparar)

    assert "INSERT atendimento_execucao" in comandos


def test_morto_num_passo(mesa):
    servidor, cenario, client, sessao = mesa

    def preparar():
        execucao = comecada(client, cenario)
        caminho = reverse("execucao_passo", args=[execucao.pk, 2])
        return caminho, {"versao": execucao.versao, "versao_do_alvo": 1, "justificativa": "Recebe no dia."}

    comandos = matar_em_cada_comando(servidor, sessao, preparar)

    assert comandos[0] == "SELECT atendimento_execucao FOR NO KEY UPDATE"


def test_morto_ao_concluir(mesa):
    servidor, cenario, client, sessao = mesa

    def preparar():
        execucao = comecada(client, cenario)
        enviar(client, execucao, "execucao_passo", 2, justificativa="Recebe no dia.")
        execucao.refresh_from_db()
        caminho = reverse("execucao_concluir", args=[execucao.pk])
        return caminho, {"versao": execucao.versao, "versao_do_alvo": execucao.contrato.versao}

    comandos = matar_em_cada_comando(servidor, sessao, preparar)

    # A transação inteira, na ordem: trava execução, contrato e solicitação, e só depois grava.
    assert comandos == [
        "SELECT atendimento_execucao FOR NO KEY UPDATE",
        "EXECUTE",
        "SELECT contratos_contrato FOR NO KEY UPDATE",
        "EXECUTE",
        "SELECT atendimento_solicitacao FOR NO KEY UPDATE",
        "SELECT atendimento_equipe",
        "UPDATE contratos_contrato",
        "INSERT atendimento_relato",
        "SELECT contratos_tipodeevento",
        "INSERT contratos_eventodecontrato",
        "SELECT contratos_comandoderede",
        "UPDATE atendimento_execucao",
        "INSERT atendimento_registrodeauditoria",
        "COMMIT",
        "resposta",
    ]
    assert EventoDeContrato.objects.count() == len(comandos) + 1


def test_morto_numa_transicao(mesa):
    servidor, cenario, client, sessao = mesa
    motivo = criar_motivo()

    def preparar():
        solicitacao = cenario.solicitacao
        solicitacao.refresh_from_db()
        if solicitacao.situacao == "pausada":
            comecar(client, cenario, "retomar")
            solicitacao.refresh_from_db()
        url = reverse("acao", args=["pausar", "solicitacao", solicitacao.pk])
        return url, {"chave": uuid4(), "versao_do_alvo": solicitacao.versao, "motivo": motivo.pk}

    comandos = matar_em_cada_comando(servidor, sessao, preparar)

    cenario.solicitacao.refresh_from_db()
    assert cenario.solicitacao.transicoes.filter(transicao="pausar").count() == len(comandos) + 1


def comecada(client, cenario) -> Execucao:
    """Uma execução no segundo passo."""
    chave = uuid4()
    comecar(client, cenario, chave=chave, dia=outro_dia(cenario))
    return Execucao.objects.select_related("contrato").get(pk=chave)
