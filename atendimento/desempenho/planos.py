"""Os planos dos comandos mais pedidos: que índices usam e quantas páginas do banco leem.

Os comandos não se copiam: pede-se cada página pelo cliente de testes do Django, guarda-se o SQL que ela de
fato mandou e pede-se o plano dele, com os valores, no mesmo banco.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

import dj_database_url
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from atendimento.demonstracao import logins
from atendimento.desempenho.amostra import Amostra
from perfis.models import Usuario

# As tabelas que crescem com os clientes: percorrer uma delas inteira é o que não pode acontecer.
GRANDES = {
    "clientes_cliente", "clientes_contato", "clientes_endereco", "contratos_contrato", "contratos_etiqueta",
    "contratos_conexao", "contratos_equipamento", "contratos_eventodecontrato", "contratos_fatura",
    "contratos_servicocontratado", "atendimento_solicitacao", "atendimento_transicao",
}  # fmt: skip


@dataclass
class Plano:
    """De uma página: os índices usados, as tabelas grandes percorridas e o comando que mais leu."""

    nome: str
    comandos: int = 0
    indices: set[str] = field(default_factory=set)
    percorridas: set[str] = field(default_factory=set)
    paginas_lidas: int = 0
    tabelas_do_que_mais_leu: tuple[str, ...] = ()
    ms: float = 0.0

    def como_json(self) -> dict:
        """Para imprimir e para o teste."""
        return asdict(self) | {"indices": sorted(self.indices), "percorridas": sorted(self.percorridas)}


def ligar(url: str) -> None:
    """Este processo passa a usar o banco de volume, com o modo de plano que a produção usa."""
    connection.close()
    opcoes, novo = connection.settings_dict["OPTIONS"], dj_database_url.parse(url)
    connection.settings_dict.update(novo | {"OPTIONS": opcoes | novo.get("OPTIONS", {})})


def ler(amostra: Amostra) -> Iterator[Plano]:
    """O plano de cada página, no banco a que se está ligado."""
    atendente = next(login for login in logins() if login.usuario == "atendente")
    navegador = Client(SERVER_NAME="localhost")
    navegador.force_login(Usuario.objects.get(username=atendente.usuario))
    contrato, etiqueta = amostra.contratos[0], amostra.etiquetas[0]
    aba = f"?etiqueta={etiqueta}"
    paginas = {
        "cliente": f"/clientes/{amostra.clientes[0]}/",
        "cliente cheio": f"/clientes/{amostra.cliente_com_mais_contratos[0]}/",
        "detalhes": f"/contratos/{contrato}/detalhes/{aba}",
        "conexão": f"/contratos/{contrato}/conexao/{aba}",
        "eventos": f"/contratos/{amostra.contrato_com_mais_eventos[0]}/eventos/",
        "fila": f"/filas/{amostra.equipe}/",
        "início": "/",
    }
    cursor = amostra.cursor or _segunda_pagina(navegador, paginas["fila"])
    if cursor:
        paginas["fila depois"] = f"/filas/{amostra.equipe}/?depois={cursor}"
    for nome, url in paginas.items():
        yield _explicar(nome, lambda url=url: navegador.get(url))
    textos = {
        "busca por chave": amostra.chaves[0],
        # De trás para diante não é o começo de nome nenhum.
        "busca por nome": " ".join(reversed(amostra.nomes[1].split())),
        "busca de ninguém": amostra.piores_nomes[1] + " zzzz",
        # Comuns as duas, e nunca juntas.
        "busca de endereço": "avenida travessa",
    }
    for nome, texto in textos.items():
        yield _explicar(
            nome, lambda texto=texto: navegador.post("/busca/", {"q": texto}, headers={"HX-Request": "true"})
        )


def _segunda_pagina(navegador: Client, fila: str) -> str:
    """O cursor da página seguinte à primeira, de uma fila que não chega às cinquenta mil linhas."""
    achado = re.search(r"depois=([\d-]+)", navegador.get(fila).content.decode())
    return achado[1] if achado else ""


def _explicar(nome: str, pedir) -> Plano:
    pedir()
    with CaptureQueriesContext(connection) as captura:
        resposta = pedir()
    if resposta.status_code != 200:
        raise RuntimeError(f"{nome} respondeu {resposta.status_code}")
    plano = Plano(nome)
    for comando in captura.captured_queries:
        ajustes, sql = _separar(comando["sql"])
        if sql.lstrip("( ").startswith(("SELECT", "WITH", "EXECUTE")):
            _somar(plano, ajustes, sql)
    return plano


def _separar(sql: str) -> tuple[list[str], str]:
    """(os ajustes que viajam com o comando, o comando); os que só desfazem os primeiros ficam de fora."""
    partes = sql.split("; ")
    ajustes = [parte for parte in partes if parte.startswith("SET LOCAL ") and " = " in parte]
    return ajustes, "; ".join(parte for parte in partes if not parte.startswith("SET LOCAL "))


def _somar(plano: Plano, ajustes: list[str], sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for ajuste in ajustes:
            cursor.execute(ajuste)
        cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql}")
        achado = cursor.fetchone()[0]
    raiz = (json.loads(achado) if isinstance(achado, str) else achado)[0]
    plano.comandos += 1
    no = raiz["Plan"]
    lidas = no["Shared Hit Blocks"] + no["Shared Read Blocks"]
    if lidas > plano.paginas_lidas:
        plano.paginas_lidas = lidas
        plano.tabelas_do_que_mais_leu = tuple(
            {n["Relation Name"]: 0 for n in _nos(no) if "Relation Name" in n}
        )
    plano.ms += raiz["Execution Time"]
    for cada in _nos(no):
        if "Index Name" in cada:
            plano.indices.add(cada["Index Name"])
        if cada["Node Type"] == "Seq Scan" and cada["Relation Name"] in GRANDES and cada["Actual Loops"]:
            plano.percorridas.add(cada["Relation Name"])


def _nos(no: dict) -> Iterator[dict]:
    yield no
    for filho in no.get("Plans", ()):
        yield from _nos(filho)
