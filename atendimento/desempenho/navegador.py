"""Um agente que pede páginas por HTTP: sessão aberta, conexão mantida, um pedido de cada vez."""

import http.client
import re
import time
from dataclasses import dataclass
from urllib.parse import urlencode

CAMPO_CSRF = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class RespostaInesperada(Exception):
    """Uma página que se queria medir não veio como devia: a medida não vale."""


@dataclass(frozen=True, slots=True)
class Resposta:
    """O que veio, e em quantos segundos."""

    status: int
    corpo: bytes
    segundos: float
    destino: str = ""


class Navegador:
    """Guarda os cookies entre pedidos a um servidor do laço local."""

    def __init__(self, porta: int):
        self._conexao = http.client.HTTPConnection("127.0.0.1", porta, timeout=120)
        self._cookies: dict[str, str] = {}
        self._csrf = ""
        # Os pedidos medidos de uma mesma volta somam-se.
        self.volta = 0

    def entrar(self, usuario: str, senha: str) -> None:
        """Abre a sessão como uma pessoa. Levanta `RespostaInesperada` se não entra."""
        pagina = self.pedir("/entrar/")
        self._ler_csrf(pagina)
        entrada = self.pedir("/entrar/", {"login": usuario, "password": senha})
        if entrada.status != 302:
            raise RespostaInesperada(f"/entrar/ respondeu {entrada.status}")
        self._ler_csrf(self.pedir("/"))

    def pedir(self, url: str, campos: dict | None = None, *, rotulo: str = "", alvo: str = "") -> Resposta:
        """GET, ou POST quando há `campos`; com `alvo`, o fragmento que o htmx põe nele."""
        cabecalhos = {"Cookie": "; ".join(f"{nome}={valor}" for nome, valor in self._cookies.items())}
        if rotulo:
            cabecalhos["X-Medida"] = f"{rotulo}#{self.volta}"
        if alvo:
            cabecalhos |= {"HX-Request": "true", "HX-Target": alvo}
        corpo = None
        if campos is not None:
            corpo = urlencode(campos | {"csrfmiddlewaretoken": self._csrf})
            cabecalhos["Content-Type"] = "application/x-www-form-urlencoded"
        inicio = time.perf_counter()
        self._conexao.request("GET" if campos is None else "POST", url, corpo, cabecalhos)
        resposta = self._conexao.getresponse()
        conteudo = resposta.read()
        segundos = time.perf_counter() - inicio
        for cookie in resposta.headers.get_all("Set-Cookie") or []:
            nome, _, resto = cookie.partition("=")
            self._cookies[nome] = resto.partition(";")[0]
        destino = resposta.headers.get("Location") or resposta.headers.get("HX-Location") or ""
        return Resposta(resposta.status, conteudo, segundos, destino)

    def fechar(self) -> None:
        """Solta a conexão."""
        self._conexao.close()

    def _ler_csrf(self, pagina: Resposta) -> None:
        achado = CAMPO_CSRF.search(pagina.corpo.decode())
        if achado is None:
            raise RespostaInesperada("A página não trouxe o token de formulário.")
        self._csrf = achado[1]
