"""A busca de uma caixa só: descobre o que foi digitado e acha o cliente.

No máximo três comandos SQL: as chaves exatas com o começo do nome; se faltar, palavras do nome em
qualquer ordem e endereço; e os dados das linhas achadas. O escopo do agente está dentro de cada um.
"""

import contextlib
import re
from dataclasses import dataclass
from ipaddress import ip_address

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from clientes import documentos, telefones
from clientes.models import Cliente, Endereco
from contratos import identificadores
from contratos.models import Contrato

TAMANHO_MAXIMO = 200
LINHAS = 20
# Sem este teto, duas palavras comuns que nunca se encontram percorrem a tabela inteira.
CERCA = 200


@dataclass(frozen=True, slots=True)
class Achado:
    """Um cliente achado, por que chave, e a etiqueta que a chave aponta (se aponta)."""

    cliente_id: int
    ordem: int
    chave: str
    etiqueta_id: int | None

    @property
    def exato(self) -> bool:
        """Se foi achado por uma chave inteira, e não por parte de nome ou endereço."""
        return self.ordem == 0


def protocolo_de(texto: str) -> str:
    """O protocolo que o texto é, sem espaços nem pontuação; vazio se não é um."""
    junto = re.sub(r"[\s.\-/]", "", texto)
    return junto if re.fullmatch(r"[0-9]{14}", junto) else ""


def por_nome(texto: str) -> bool:
    """Se o texto pode ir num endereço (`?q=`): só nomes podem, e nome não tem algarismo nem @."""
    return not re.search(r"[\d@]", texto)


def procurar(texto: str, usuario) -> list[Achado]:
    """Os clientes que `usuario` vê e que casam com `texto`, dos mais exatos aos menos; até `LINHAS`.

    Cada cliente aparece uma vez, por sua melhor chave. Texto vazio não acha ninguém.
    """
    texto = " ".join(texto.split())
    empresas = list(usuario.objetos_permitidos("contratos.atender_empresa"))
    if not texto or not empresas:
        return []
    achados = _executar(_chaves(texto) + _comeco_do_nome(texto), empresas)
    quantos = len({achado.cliente_id for achado in achados})
    if quantos < LINHAS and not any(achado.exato for achado in achados):
        achados += _executar(_palavras(texto), empresas)
    unicos: dict[int, Achado] = {}
    for achado in sorted(achados, key=lambda a: a.ordem):
        unicos.setdefault(achado.cliente_id, achado)
    return list(unicos.values())[:LINHAS]


def linhas(achados: list[Achado], usuario) -> list[dict]:
    """Os dados de cada achado, na mesma ordem: nome, documento, cidade e contratos visíveis."""
    contratos = (
        Contrato.objects.visiveis_para(usuario)
        .filter(cliente_id=OuterRef("pk"))
        .order_by("situacao", "id")
        .values(dados=JSONObject(numero=F("numero"), situacao=F("situacao")))[:6]
    )
    cidade = Endereco.objects.filter(cliente_id=OuterRef("pk")).order_by("-principal", "id")
    clientes = (
        Cliente.objects.visiveis_para(usuario)
        .filter(pk__in=[achado.cliente_id for achado in achados])
        .order_by()
        .values("id", "nome", "nome_social", "nome_fantasia", "documento", "tipo")
        .annotate(
            cidade=Subquery(cidade.values("cidade")[:1]),
            bairro=Subquery(cidade.values("bairro")[:1]),
            contratos=ArraySubquery(contratos),
        )
    )
    por_id = {cliente["id"]: cliente for cliente in clientes}
    return [por_id[a.cliente_id] | {"achado": a} for a in achados if a.cliente_id in por_id]


type Trecho = tuple[str, list]

# O cliente é visível quando tem contrato numa empresa do agente, ou nenhum contrato. Escalares com LIMIT, e
# não EXISTS: a este o planejador troca, quando pode, por uma tabela de todos os clientes da empresa.
VISIVEL = """(
  (SELECT true FROM contratos_contrato v
    WHERE v.cliente_id = c.id AND v.empresa_id = ANY(%(empresas)s) LIMIT 1) IS NOT NULL
  OR (SELECT true FROM contratos_contrato v WHERE v.cliente_id = c.id LIMIT 1) IS NULL
)"""


def _executar(trechos: list[Trecho], empresas: list[int]) -> list[Achado]:
    if not trechos:
        return []
    parametros = {"empresas": empresas}
    partes = []
    for numero, (sql, valores) in enumerate(trechos):
        nomes = [f"p{numero}_{posicao}" for posicao in range(len(valores))]
        parametros |= dict(zip(nomes, valores, strict=True))
        partes.append("(" + sql.format(*[f"%({nome})s" for nome in nomes], visivel=VISIVEL) + ")")
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(partes), parametros)
        return [Achado(*linha) for linha in cursor.fetchall()]


def _um_por_cliente(trecho: Trecho) -> Trecho:
    """O mesmo trecho, em que as muitas linhas de um cliente não tomam o lugar dos outros."""
    sql, valores = trecho
    cercado = sql.removesuffix(f"LIMIT {LINHAS}") + f"LIMIT {CERCA}"
    return (
        f"SELECT DISTINCT ON (1) * FROM ({cercado}) AS cercados (cliente_id, ordem, chave, etiqueta_id)"
        f" ORDER BY 1, 4 LIMIT {LINHAS}"
    ), valores


def _do_cliente(chave: str, condicao: str, *valores, ordem: int = 0, tabela: str = "") -> Trecho:
    sql = (
        f"SELECT c.id, {ordem}, '{chave}', NULL::bigint FROM clientes_cliente c {tabela}"
        f" WHERE {condicao} AND {{visivel}} LIMIT {LINHAS}"
    )
    return sql, list(valores)


def _do_contato(chave: str, condicao: str, *valores) -> Trecho:
    return _do_cliente(chave, condicao, *valores, tabela="JOIN clientes_contato t ON t.cliente_id = c.id")


def _do_contrato(
    chave: str, condicao: str, *valores, tabela: str = "", etiqueta: str = "NULL", ordem: int = 0
) -> Trecho:
    sql = (
        f"SELECT k.cliente_id, {ordem}, '{chave}', {etiqueta}::bigint FROM contratos_contrato k {tabela}"
        f" WHERE {condicao} AND k.empresa_id = ANY(%(empresas)s) LIMIT {LINHAS}"
    )
    return sql, list(valores)


def _da_etiqueta(chave: str, condicao: str, *valores, tabela: str = "", ordem: int = 0) -> Trecho:
    return _do_contrato(
        chave, condicao, *valores,
        tabela=f"JOIN contratos_etiqueta e ON e.contrato_id = k.id {tabela}", etiqueta="e.id", ordem=ordem,
    )  # fmt: skip


def _da_conexao(chave: str, condicao: str, *valores, ordem: int = 0) -> Trecho:
    conexao = "JOIN contratos_conexao x ON x.etiqueta_id = e.id"
    return _da_etiqueta(chave, condicao, *valores, tabela=conexao, ordem=ordem)


def _chaves(texto: str) -> list[Trecho]:
    """Um trecho por espécie de chave que o texto pode ser; cada um desce um índice."""
    trechos = []
    junto = documentos.normalizar(texto)
    if re.fullmatch(r"[0-9A-Z]{5,20}", junto) and re.search(r"\d", junto):
        trechos.append(_do_cliente("documento", "c.documento = {}", junto))
    if " " not in texto:
        trechos += [
            _do_contrato("contrato", "k.numero = {}", texto.upper()),
            _da_etiqueta("etiqueta", "e.codigo = {}", texto.upper()),
        ]
        trechos.append(_da_conexao("login", "x.login = {}", texto.lower()))
        if len(texto) >= 3:
            comeco = _literal(texto.lower()) + "%"
            trechos.append(_um_por_cliente(_da_conexao("login", "x.login LIKE {}", comeco, ordem=1)))
    if re.search(r"[@]", texto) and " " not in texto:
        trechos.append(_do_contato("e-mail", "t.tipo = 'email' AND t.valor = {}", texto.lower()))
    return trechos + _protocolo(texto) + _telefone(texto) + _identificadores(texto)


def _protocolo(texto: str) -> list[Trecho]:
    """A solicitação do protocolo; o cliente é o de quando ela foi aberta."""
    protocolo = protocolo_de(texto)
    if not protocolo:
        return []
    sql = (
        "SELECT s.cliente_id, 0, 'protocolo', s.etiqueta_id FROM atendimento_solicitacao s"
        " WHERE s.protocolo = {} AND s.empresa_id = ANY(%(empresas)s)"
    )
    return [(sql, [protocolo])]


def _telefone(texto: str) -> list[Trecho]:
    """O número inteiro em qualquer forma, ou seus últimos algarismos (de 4 em diante)."""
    if not re.fullmatch(r"[\d\s()+\-./]+", texto):
        return []
    algarismos = re.sub(r"\D", "", texto)
    final = algarismos
    try:
        final = telefones.normalizar(texto).lstrip("+")
    except telefones.TelefoneInvalido:
        final = algarismos.lstrip("0")
    if not 4 <= len(final) <= 15:
        return []
    trecho = _do_contato("telefone", "t.tipo = 'telefone' AND t.invertido LIKE {}", final[::-1] + "%")
    return [_um_por_cliente(trecho)]


def _identificadores(texto: str) -> list[Trecho]:
    """MAC, IP e serial, quando o texto tem a forma de um."""
    trechos = []
    with contextlib.suppress(identificadores.IdentificadorInvalido):
        trechos.append(_da_conexao("MAC", "x.mac = {}", identificadores.normalizar_mac(texto)))
    with contextlib.suppress(ValueError):
        trechos.append(_da_conexao("IP", "x.ip = {}::inet AND x.ativa", str(ip_address(texto))))
    serial = re.sub(r"\s", "", texto).upper()
    if re.fullmatch(r"[0-9A-Z-]{6,32}", serial) and re.search(r"\d", serial):
        serial = identificadores.normalizar_serial(serial)
        equipamento = "JOIN contratos_equipamento q ON q.etiqueta_id = e.id"
        trechos += [
            _da_conexao("serial", "x.serial = {}", serial),
            _da_etiqueta("serial", "q.serial = {}", serial, tabela=equipamento),
        ]
    return trechos


# O texto digitado passa pela mesma normalização da coluna, e seus curingas viram letras comuns.
PADRAO = r"regexp_replace(texto_normalizado({}), '([\\%%_])', '\\\1', 'g')"


def _literal(texto: str) -> str:
    """`texto` para dentro de um LIKE: `%`, `_` e a barra são letras como as outras."""
    return re.sub(r"([\\%_])", r"\\\1", texto)


def _comeco_do_nome(texto: str) -> list[Trecho]:
    """Nomes que começam pelo texto, na ordem do índice."""
    sql = (
        "SELECT c.id, 1, 'nome', NULL::bigint FROM clientes_cliente c"
        f" WHERE c.nome_busca LIKE {PADRAO} || '%%' AND {{visivel}}"
        f" ORDER BY c.nome_busca USING ~<~ LIMIT {LINHAS}"
    )
    return [(sql, [texto])]


def _palavras(texto: str) -> list[Trecho]:
    """Nomes e endereços com todas as palavras, em qualquer ordem.

    Os nomes em que toda palavra digitada começa uma palavra vêm antes. O índice de trigramas só
    serve a palavras de três letras ou mais; sem nenhuma, não procura.
    """
    palavras = texto.replace(",", " ").split()[:8]
    if not any(len(palavra) >= 3 for palavra in palavras):
        return []
    nomes, dos_nomes = _contendo("nome", 2, "clientes_cliente c", "c.nome_busca", palavras)
    enderecos, dos_enderecos = _contendo(
        "endereço", 3,
        "clientes_endereco d JOIN clientes_cliente c ON c.id = d.cliente_id AND (SELECT count(*) FROM nomes)"
        f" < {LINHAS}",
        "d.texto_busca", palavras,
    )  # fmt: skip
    # Com nomes que bastem, nenhum endereço apareceria: nem se procuram.
    sql = f"WITH nomes AS MATERIALIZED ({nomes}) SELECT * FROM nomes UNION ALL ({enderecos})"
    return [(sql, dos_nomes + dos_enderecos)]


def _contendo(chave: str, ordem: int, tabela: str, coluna: str, palavras: list[str]) -> Trecho:
    padrao = f"'%%' || {PADRAO} || '%%'"
    if len(palavras) > 1:
        # De cada palavra o planejador sabe quantas linhas a têm; de duas juntas, só supõe que se encontram
        # por acaso, e por "avenida travessa" leria a tabela inteira. Sem saber quais são, desce o índice.
        padrao = f"(SELECT {padrao})"
    contem = " AND ".join([f"{coluna} LIKE {padrao}"] * len(palavras))
    comeca = " AND ".join([f"' ' || t LIKE '%% ' || {PADRAO} || '%%'"] * len(palavras))
    sql = (
        f"SELECT id, {ordem}, '{chave}', NULL::bigint FROM ("
        f" SELECT c.id, {coluna} AS t, c.nome_ordem FROM {tabela}"
        f" WHERE {contem} AND {{visivel}} LIMIT {CERCA}"
        f") AS cercados GROUP BY id, nome_ordem"
        f" ORDER BY bool_or({comeca}) DESC, nome_ordem, id LIMIT {LINHAS}"
    )
    return sql, palavras * 2
