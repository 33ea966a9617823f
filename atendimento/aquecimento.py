"""O que o mestre do gunicorn faz antes de se dividir: atende uma vez, sozinho, o que mais se pede.

A primeira página de um processo é a cara: carrega moldes, resolve URLs, monta consultas. Feita no mestre,
os processos a herdam pronta e dividem as páginas de memória que ela escreve, em vez de cada um ter as suas.
"""

import io
import logging

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError, connections, transaction

from contratos.models import Contrato
from perfis.capacidades import Capacidade
from perfis.models import Usuario

registro = logging.getLogger(__name__)
VOLTAS = 3


def aquecer() -> int:
    """Pede a entrada e, por um usuário da casa, as páginas quentes; quantas responderam 200.

    Nada grava: cada transação se desfaz. Sem banco, ou sem dados, o servidor sobe frio.
    """
    atendente = BaseHandler()
    atendente.load_middleware()
    # Quem entra confere uma senha: a biblioteca dela também se carrega uma vez só.
    make_password("aquecimento")
    try:
        usuario = _usuario()
        if usuario is None:
            return 0
        pedidos = [("/entrar/", None)] + [(caminho, usuario) for caminho in _caminhos(usuario)]
        return sum(_pedir(atendente, *pedido) == 200 for pedido in pedidos * VOLTAS)
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


def _pedir(atendente: BaseHandler, caminho: str, usuario: Usuario | None) -> int:
    with transaction.atomic():
        request = WSGIRequest(
            {
                "REQUEST_METHOD": "GET", "PATH_INFO": caminho, "QUERY_STRING": "", "SERVER_NAME": _hospede(),
                "SERVER_PORT": "443", "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1",
                "HTTP_COOKIE": _cookie(usuario) if usuario else "",
                "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(), "wsgi.url_scheme": "https",
            }
        )  # fmt: skip
        resposta = atendente.get_response(request)
        transaction.set_rollback(True)
    # Fora da transação: dentro dela, fechar a resposta derrubaria a conexão.
    resposta.close()
    return resposta.status_code


def _cookie(usuario: Usuario) -> str:
    """O de uma sessão que só existe até a transação se desfazer."""
    sessao = SessionStore()
    sessao[SESSION_KEY] = str(usuario.pk)
    sessao[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    sessao[HASH_SESSION_KEY] = usuario.get_session_auth_hash()
    sessao.create()
    return f"{settings.SESSION_COOKIE_NAME}={sessao.session_key}"


def _hospede() -> str:
    return next((h.lstrip(".") for h in settings.ALLOWED_HOSTS if h != "*"), "localhost")
