"""O que o mestre do gunicorn faz antes de se dividir: atende uma vez, sozinho, o que mais se pede.

A primeira página de um processo é a cara: carrega moldes, resolve URLs, monta consultas. Feita no mestre,
os processos a herdam pronta e dividem as páginas de memória que ela escreve, em vez de cada um ter as suas.
"""

import io
import logging

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connections, transaction

from contratos.models import Contrato
from perfis.capacidades import Capacidade
from perfis.models import Usuario

registro = logging.getLogger(__name__)
VOLTAS = 3


def aquecer() -> int:
    """Pede as páginas quentes por um usuário da casa; quantas responderam 200.

    Nada grava: cada transação se desfaz. Sem banco, ou sem dados, o servidor sobe frio.
    """
    atendente = BaseHandler()
    atendente.load_middleware()
    try:
        usuario = _usuario()
        caminhos = _caminhos(usuario) if usuario else []
        return sum(_pedir(atendente, caminho, usuario) == 200 for caminho in caminhos * VOLTAS)
    except DatabaseError:
        registro.warning("O banco não respondeu: o servidor sobe sem aquecimento.")
        return 0
    finally:
        # Uma conexão aberta antes do fork seria de todos os processos ao mesmo tempo.
        connections.close_all()


def _usuario() -> Usuario | None:
    """O primeiro que usa o console."""
    ativos = Usuario.objects.filter(is_active=True, groups__isnull=False).order_by("pk").distinct()
    return next((u for u in ativos[:20] if u.permissoes.tem(Capacidade.ATENDER)), None)


def _caminhos(usuario: Usuario) -> list[str]:
    contrato = Contrato.objects.visiveis_para(usuario).order_by("pk").values("pk", "cliente_id").first()
    if contrato is None:
        return ["/"]
    abas = [f"/contratos/{contrato['pk']}/{aba}/" for aba in ("eventos", "conexao")]
    return ["/", f"/clientes/{contrato['cliente_id']}/", *abas]


def _pedir(atendente: BaseHandler, caminho: str, usuario: Usuario) -> int:
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET", "PATH_INFO": caminho, "QUERY_STRING": "", "SERVER_NAME": _hospede(),
            "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
            "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "https",
        }
    )  # fmt: skip
    # O middleware de autenticação aceita o usuário que já está no pedido; sessão não se cria.
    request._cached_user = usuario
    with transaction.atomic():
        resposta = atendente.get_response(request)
        transaction.set_rollback(True)
    # Fora da transação: dentro dela, fechar a resposta derrubaria a conexão.
    resposta.close()
    return resposta.status_code


def _hospede() -> str:
    return next((h.lstrip(".") for h in settings.ALLOWED_HOSTS if h != "*"), "localhost")
