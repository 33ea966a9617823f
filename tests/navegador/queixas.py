"""O que o navegador reclama de uma página: console, erros de script e violações da CSP."""

from playwright.sync_api import ConsoleMessage, Page, Response


class Queixas:
    """As queixas das páginas escutadas.

    Uma resposta 4xx que o teste provocou também vira erro no console: declare-a em `esperados`.
    """

    def __init__(self) -> None:
        self.lista: list[str] = []
        self.esperados: set[int] = set()

    def escutar(self, pagina: Page) -> None:
        pagina.on("console", self._console)
        pagina.on("pageerror", lambda erro: self.lista.append(f"erro de script: {erro}"))
        pagina.on("response", self._resposta)

    def _console(self, mensagem: ConsoleMessage) -> None:
        endereco = mensagem.location.get("url", "")
        # O ícone que o navegador pede por conta própria onde a página não declara nenhum.
        if mensagem.type != "error" or self._esperada(mensagem.text) or endereco.endswith("/favicon.ico"):
            return
        self.lista.append(f"console: {mensagem.text} ({endereco})")

    def _esperada(self, texto: str) -> bool:
        # O navegador anota a resposta recusada; o htmx, quando é ele quem pede, também.
        return any(
            f"the server responded with a status of {status} " in texto
            or texto.startswith(f"Response Status Error Code {status} from ")
            for status in self.esperados
        )

    def _resposta(self, resposta: Response) -> None:
        if resposta.status >= 500:
            self.lista.append(f"{resposta.status} em {resposta.url}")
