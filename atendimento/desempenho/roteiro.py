"""O que se pede ao console: cada página do roteiro é um rótulo e um jeito de pedi-la à amostra."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from atendimento.demonstracao import logins
from atendimento.desempenho.amostra import Amostra
from atendimento.desempenho.navegador import Navegador, Resposta, RespostaInesperada
from atendimento.filas import filtros

ABAS = ("detalhes", "eventos", "servicos", "conexao")
# Só o que o painel pede ao carregar: um cartão recolhido nada lê até que o abram.
WIDGET = re.compile(r'hx-get="(?P<url>/widgets/(?P<slug>[\w-]+)/(?P<alvo>\w+)/\d+/)"\s+hx-trigger="load"')
OCULTO = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
ASSUMIR = re.compile(r'<form method="post" action="(/acoes/assumir/solicitacao/\d+/)">.*?</form>', re.DOTALL)
OPCAO = re.compile(r'<option value="(\d*)"')
ENCERRAR = re.compile(r"/acoes/encerrar/solicitacao/(\d+)/")


@dataclass(frozen=True, slots=True)
class Pagina:
    """`pedir(navegador, volta)` faz um pedido medido; `volta` é o número dele, para variar o alvo."""

    rotulo: str
    pedir: Callable[[Navegador, int], Resposta]


def paginas(amostra: Amostra, navegador: Navegador) -> list[Pagina]:
    """Todas as páginas medidas, a constante e a chave primária primeiro."""
    moldes = _widgets(navegador, amostra.clientes[0])
    return [
        Pagina("constante", lambda n, _: _ler(n, "/desempenho/constante/", "constante")),
        Pagina("permitida", lambda n, _: _ler(n, "/desempenho/permitida/", "permitida")),
        Pagina("chave", lambda n, v: _ler(n, f"/desempenho/chave/{da_vez(amostra.clientes, v)}/", "chave")),
        Pagina("painel", lambda n, v: _ler(n, f"/clientes/{da_vez(amostra.clientes, v)}/", "painel")),
        Pagina(
            "painel_cheio",
            lambda n, _: _ler(n, f"/clientes/{amostra.cliente_com_mais_contratos[0]}/", "painel_cheio"),
        ),
        Pagina("painel_inteiro", lambda n, v: ler_painel_inteiro(n, da_vez(amostra.clientes, v))),
        *([Pagina("widget", _widget(amostra, moldes))] if moldes else []),
        *[Pagina(f"aba_{aba}", _aba(amostra, aba)) for aba in ABAS],
        Pagina(
            "eventos_cheios",
            lambda n, _: _ler(
                n, f"/contratos/{amostra.contrato_com_mais_eventos[0]}/eventos/", "eventos_cheios", "aba"
            ),
        ),
        Pagina("fila", lambda n, _: _ler(n, f"/filas/{amostra.equipe}/", "fila")),
        *_filas_filtradas(amostra),
        *([Pagina("fila_50mil", _fila_distante(amostra))] if amostra.cursor else []),
        Pagina("busca_chave", lambda n, v: _buscar(n, da_vez(amostra.chaves, v), "busca_chave")),
        Pagina("busca_nome", lambda n, v: _buscar(n, da_vez(amostra.nomes, v), "busca_nome")),
        Pagina(
            "busca_pior_nome", lambda n, v: _buscar(n, da_vez(amostra.piores_nomes, v), "busca_pior_nome")
        ),
        Pagina("acao_iniciar", Atendimento(amostra).fazer),
    ]  # fmt: skip


def entrar(porta: int) -> Navegador:
    """Um navegador com a sessão do atendente da demonstração."""
    atendente = next(login for login in logins() if login.usuario == "atendente")
    navegador = Navegador(porta)
    navegador.entrar(atendente.usuario, atendente.senha)
    return navegador


def da_vez(lista: list, volta: int):
    """O item da vez, em roda."""
    return lista[volta % len(lista)]


def _ler(navegador: Navegador, url: str, rotulo: str, alvo: str = "") -> Resposta:
    resposta = navegador.pedir(url, rotulo=rotulo, alvo=alvo)
    if resposta.status != 200:
        raise RespostaInesperada(f"{url} respondeu {resposta.status}")
    return resposta


def _widgets(navegador: Navegador, cliente: int) -> list[tuple[str, str]]:
    """(slug, alvo) de cada widget que o painel pede ao carregar."""
    painel = navegador.pedir(f"/clientes/{cliente}/").corpo.decode()
    return list(dict.fromkeys((m["slug"], m["alvo"]) for m in WIDGET.finditer(painel)))


def _widget(amostra: Amostra, moldes: list[tuple[str, str]]):
    ids = {"cliente": amostra.clientes, "contrato": amostra.contratos, "etiqueta": amostra.etiquetas}

    def pedir(navegador: Navegador, volta: int) -> Resposta:
        slug, alvo = da_vez(moldes, volta)
        return _ler(navegador, f"/widgets/{slug}/{alvo}/{da_vez(ids[alvo], volta)}/", "widget", "widget")

    return pedir


def ler_painel_inteiro(navegador: Navegador, cliente: int) -> Resposta:
    """O painel e, em seguida, todos os widgets que ele pede."""
    painel = _ler(navegador, f"/clientes/{cliente}/", "painel_inteiro")
    for url in dict.fromkeys(m["url"] for m in WIDGET.finditer(painel.corpo.decode())):
        _ler(navegador, url, "painel_inteiro", "widget")
    return painel


def _aba(amostra: Amostra, aba: str):
    def pedir(navegador: Navegador, volta: int) -> Resposta:
        contrato, etiqueta = da_vez(amostra.contratos, volta), da_vez(amostra.etiquetas, volta)
        url = f"/contratos/{contrato}/{aba}/?etiqueta={etiqueta}"
        return _ler(navegador, url, f"aba_{aba}", "aba")

    return pedir


def _filas_filtradas(amostra: Amostra) -> Iterator[Pagina]:
    """A fila com cada filtro que a página oferece, um de cada vez."""
    oferecidos = {
        "situacao": filtros.SITUACOES, "prazo": filtros.PRAZOS, "prioridade": filtros.PRIORIDADES,
        "responsavel": ("eu", "ninguem"), "alerta": filtros.ALERTAS, "tipo": (filtros.SEM_TIPO,),
        "ordem": filtros.ORDENS,
    }  # fmt: skip
    consultas = [f"{nome}={valor}" for nome, valores in oferecidos.items() for valor in valores]

    def pedir(navegador: Navegador, volta: int) -> Resposta:
        return _ler(navegador, f"/filas/{amostra.equipe}/?{da_vez(consultas, volta)}", "fila_filtrada")

    yield Pagina("fila_filtrada", pedir)


def _fila_distante(amostra: Amostra):
    url = f"/filas/{amostra.equipe}/?depois={amostra.cursor}"
    return lambda navegador, _: _ler(navegador, url, "fila_50mil")


def _buscar(navegador: Navegador, texto: str, rotulo: str) -> Resposta:
    resposta = navegador.pedir("/busca/", {"q": texto}, rotulo=rotulo, alvo="resultados")
    if resposta.status != 200:
        raise RespostaInesperada(f"a busca respondeu {resposta.status}")
    return resposta


class Atendimento:
    """Inicia um atendimento, que se mede, e o encerra, para que o próximo também possa nascer."""

    def __init__(self, amostra: Amostra):
        self.amostra = amostra
        self._volta = count()

    def fazer(self, navegador: Navegador, _volta: int) -> Resposta:
        """Um atendimento novo a cada chamada, em outra etiqueta. Levanta `RespostaInesperada`."""
        self.soltar(navegador)
        resposta = self.iniciar(navegador, da_vez(self.amostra.etiquetas, next(self._volta)))
        if resposta.status != 302:
            raise RespostaInesperada(f"iniciar respondeu {resposta.status}")
        self.encerrar(navegador, self.encerramento(navegador, resposta.destino))
        return resposta

    def soltar(self, navegador: Navegador) -> None:
        """Encerra o que uma corrida interrompida deixou com o agente."""
        while self.amostra.em_maos:
            self.encerrar(navegador, f"/acoes/encerrar/solicitacao/{self.amostra.em_maos.pop()}/")

    def iniciar(self, navegador: Navegador, etiqueta: int) -> Resposta:
        """A resposta do último passo, que pode ser uma recusa."""
        url = f"/acoes/iniciar/etiqueta/{etiqueta}/"
        campos = self._ocultos(navegador, url) | {
            "canal": "telefone", "solicitante_nome": "Quem ligou", "solicitante_relacao": "titular",
            "equipe": self.amostra.encerramento["equipe"],
        }  # fmt: skip
        return navegador.pedir(url, campos, rotulo="acao_iniciar")

    def assumir(self, navegador: Navegador, fila: Resposta) -> Resposta | None:
        """A primeira que a fila oferece, que outro pode já ter tomado; nada, se nenhuma se oferece."""
        achado = ASSUMIR.search(fila.corpo.decode())
        return navegador.pedir(achado[1], _sem_csrf(achado[0])) if achado else None

    def encerramento(self, navegador: Navegador, painel: str) -> str:
        """O endereço de *encerrar* que o painel oferece ao atendimento em curso."""
        achado = ENCERRAR.search(navegador.pedir(painel).corpo.decode())
        if achado is None:
            raise RespostaInesperada("o painel não ofereceu encerrar o atendimento iniciado")
        return achado[0]

    def encerrar(self, navegador: Navegador, url: str) -> Resposta:
        """Encerra com uma solução e segue, como um navegador. Levanta `RespostaInesperada` se recusado."""
        pagina = self._pagina(navegador, url)
        campos = _sem_csrf(pagina) | {
            nome: _oferecido(pagina, nome, self.amostra.encerramento[nome]) for nome in ("tipo", "solucao")
        }
        campos |= {"relato": "Orientado por telefone.", "descricao": "Dúvida sobre a fatura."}
        resposta = navegador.pedir(url, campos, rotulo="acao_encerrar")
        if resposta.status != 302:
            raise RespostaInesperada(f"{url} respondeu {resposta.status}")
        # O aviso guardado na sessão custaria um comando à próxima página medida.
        navegador.pedir(resposta.destino)
        return resposta

    def _ocultos(self, navegador: Navegador, url: str) -> dict[str, str]:
        return _sem_csrf(self._pagina(navegador, url))

    def _pagina(self, navegador: Navegador, url: str) -> str:
        pagina = navegador.pedir(url, alvo="acao")
        if pagina.status != 200:
            raise RespostaInesperada(f"{url} respondeu {pagina.status}")
        return pagina.corpo.decode()


def _sem_csrf(html: str) -> dict[str, str]:
    """Os campos ocultos, menos o que o navegador já manda."""
    return {nome: valor for nome, valor in OCULTO.findall(html) if nome != "csrfmiddlewaretoken"}


def _oferecido(html: str, campo: str, preferido: int) -> str:
    """`preferido`, se a lista do campo o oferece; senão, a primeira opção que não é a vazia."""
    lista = re.search(rf'<select name="{campo}".*?</select>', html, re.DOTALL)
    opcoes = [valor for valor in OPCAO.findall(lista[0]) if valor] if lista else []
    return str(preferido) if str(preferido) in opcoes or not opcoes else opcoes[0]
