"""A busca de uma caixa só: descobre o que foi digitado e acha o cliente.

No máximo três comandos SQL: as chaves exatas com o começo do nome; se faltar, palavras do nome em
qualquer ordem e endereço; e os dados das linhas achadas. O escopo do agente está dentro de cada um.
"""

import contextlib
import re
from dataclasses import dataclass
from ipaddress import ip_address

from atendimento import busca_palavras
from atendimento.busca_palavras import LINHAS, VISIVEL
from clientes import documentos, telefones
from contratos import identificadores
from perfis import preparados

TAMANHO_MAXIMO = 200


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


def procurar(texto: str, usuario, ate: int = LINHAS) -> list[Achado]:
    """Os clientes que `usuario` vê e que casam com `texto`, dos mais exatos aos menos; no máximo `ate`.

    Cada cliente aparece uma vez, por sua melhor chave. Texto vazio não acha ninguém.
    """
    texto = " ".join(texto.split())
    empresas = list(usuario.objetos_permitidos("contratos.atender_empresa"))
    if not texto or not empresas:
        return []
    achados = _chaves_e_comecos(_comeco_do_nome(texto) + _chaves(texto), empresas, ate)
    quantos = len({achado.cliente_id for achado in achados})
    if quantos < ate and not any(achado.exato for achado in achados):
        achados += [Achado(*linha) for linha in busca_palavras.procurar(texto, empresas, ate)]
    unicos: dict[int, Achado] = {}
    for achado in sorted(achados, key=lambda a: a.ordem):
        unicos.setdefault(achado.cliente_id, achado)
    return list(unicos.values())[:ate]


def linhas(achados: list[Achado], usuario) -> list[dict]:
    """Os dados de cada achado, na mesma ordem: nome, documento, cidade e contratos visíveis."""
    ids = [achado.cliente_id for achado in achados]
    empresas = list(usuario.objetos_permitidos("contratos.atender_empresa"))
    lidas = preparados.executar(DADOS, [("bigint[]", ids), ("bigint[]", empresas)])
    por_id = {}
    for *dados, contratos in lidas:
        linha = por_id[dados[0]] = dict(zip(CAMPOS, dados, strict=True))
        linha["contratos"] = [{"numero": numero, "situacao": int(situacao)} for numero, situacao in contratos]
    return [por_id[a.cliente_id] | {"achado": a} for a in achados if a.cliente_id in por_id]


# Um telefone sem o DDD.
FINAL_DE_TELEFONE = 9
# Quantos começos de login, ou finais de telefone, se leem por cliente que se quer achar: cada um custa
# visitas a outras tabelas. Um cliente tem muitos logins que começam igual, e raramente dois telefones que
# terminam igual.
LOGINS, TELEFONES = 2, 1.2

type Trecho = tuple[str, list]

CAMPOS = ("id", "nome", "nome_social", "nome_fantasia", "documento", "tipo", "cidade", "bairro")
# Quem tem contratos a mostrar é visível (`VISIVEL`), e não se pergunta outra vez. Sem o OFFSET, o planejador
# desmancharia o LATERAL e leria os contratos duas vezes: uma para mostrar, outra para filtrar.
DADOS = """
SELECT c.id, c.nome, c.nome_social, c.nome_fantasia, c.documento, c.tipo, d.cidade, d.bairro, k.contratos
  FROM clientes_cliente c
  CROSS JOIN LATERAL (SELECT ARRAY(
    SELECT ARRAY[k.numero, k.situacao::text] FROM contratos_contrato k
    WHERE k.cliente_id = c.id AND k.empresa_id = ANY($2) ORDER BY k.situacao, k.numero LIMIT 6) AS contratos
    OFFSET 0) k
  LEFT JOIN LATERAL (SELECT e.cidade, e.bairro FROM clientes_endereco e WHERE e.cliente_id = c.id
    ORDER BY e.principal DESC, e.id LIMIT 1) d ON true
 WHERE c.id = ANY($1) AND (cardinality(k.contratos) > 0
   OR (SELECT true FROM contratos_contrato v WHERE v.cliente_id = c.id LIMIT 1) IS NULL)
"""


def _chaves_e_comecos(trechos: list[Trecho], empresas: list[int], ate: int) -> list[Achado]:
    """Num comando preparado: qualquer que seja o valor, cada trecho desce o mesmo índice."""
    fixos = {"visivel": VISIVEL.format(empresas="$1"), "empresas": "$1"}
    fixos |= {"ate": ate, "logins": round(ate * LOGINS), "telefones": round(ate * TELEFONES)}
    partes, parametros = [], [("bigint[]", empresas)]
    for sql, valores in trechos:
        nomes = [f"${len(parametros) + posicao}" for posicao in range(1, len(valores) + 1)]
        parametros += [("text", valor) for valor in valores]
        partes.append("(" + sql.format(*nomes, **fixos) + ")")
    return [Achado(*linha) for linha in preparados.executar(" UNION ALL ".join(partes), parametros)]


def _do_cliente(chave: str, condicao: str, *valores) -> Trecho:
    sql = (
        f"SELECT c.id, 0, '{chave}', NULL::bigint FROM clientes_cliente c"
        f" WHERE {condicao} AND {{visivel}} LIMIT {{ate}}"
    )
    return sql, list(valores)


def _do_contato(chave: str, condicao: str, *valores, ate: str = "{ate}") -> Trecho:
    """O contato sabe de quem é: o cliente nem se lê."""
    sql = (
        f"SELECT c.id, 0, '{chave}', NULL::bigint"
        f" FROM (SELECT t.cliente_id AS id FROM clientes_contato t WHERE {condicao}) c"
        f" WHERE {{visivel}} LIMIT {ate}"
    )
    return sql, list(valores)


def _do_contrato(numero: str) -> Trecho:
    sql = (
        "SELECT k.cliente_id, 0, 'contrato', NULL::bigint FROM contratos_contrato k"
        " WHERE k.numero = {} AND k.empresa_id = ANY({empresas}) LIMIT {ate}"
    )
    return sql, [numero]


def _das_etiquetas(fontes: list[Trecho], ate: str = "{ate}") -> list[Trecho]:
    """O que aponta etiquetas, num trecho só: o contrato delas, e o escopo, se conferem uma vez.

    Cada fonte dá (ordem, chave, etiqueta). O contrato vem por um LATERAL com LIMIT, que o planejador não
    desmancha: sem saber quantos logins começam por um texto, ele juntaria as três tabelas inteiras.
    """
    if not fontes:
        return []
    sql = (
        "SELECT k.cliente_id, f.ordem, f.chave, f.etiqueta_id"
        f" FROM ({' UNION ALL '.join(f'({fonte})' for fonte, _ in fontes)}) f (ordem, chave, etiqueta_id)"
        " CROSS JOIN LATERAL (SELECT k.cliente_id FROM contratos_etiqueta e"
        "  JOIN contratos_contrato k ON k.id = e.contrato_id"
        "  WHERE e.id = f.etiqueta_id AND k.empresa_id = ANY({empresas}) LIMIT 1) k"
        f" LIMIT {ate}"
    )
    return [(sql, [valor for _, valores in fontes for valor in valores])]


def _fonte(chave: str, condicao: str, valor: str, tabela: str = "contratos_conexao") -> Trecho:
    return f"SELECT 0, '{chave}', x.etiqueta_id FROM {tabela} x WHERE {condicao}", [valor]


def _comeco_do_login(texto: str) -> list[Trecho]:
    """Logins que começam pelo texto, na ordem do índice; um texto de duas letras é o começo de demasiados."""
    if " " in texto or len(texto) < 3:
        return []
    condicao, valores = _comeca("x.login", "{}", texto.lower())
    sql = f"SELECT 1, 'login', x.etiqueta_id FROM contratos_conexao x WHERE {condicao}"
    return _das_etiquetas([(f"{sql} ORDER BY x.login USING ~<~", valores)], ate="{logins}")


def _chaves(texto: str) -> list[Trecho]:
    """Um trecho por espécie de chave que o texto pode ser; cada um desce um índice."""
    trechos = []
    junto = documentos.normalizar(texto)
    if re.fullmatch(r"[0-9A-Z]{5,20}", junto) and re.search(r"\d", junto):
        trechos.append(_do_cliente("documento", "c.documento = {}", junto))
    if " " not in texto:
        trechos.append(_do_contrato(texto.upper()))
        if "@" in texto:
            trechos.append(_do_contato("e-mail", "t.tipo = 'email' AND t.valor = {}", texto.lower()))
    trechos += _protocolo(texto) + _telefone(texto)
    return trechos + _das_etiquetas(_fontes(texto)) + _comeco_do_login(texto)


def _protocolo(texto: str) -> list[Trecho]:
    """A solicitação do protocolo; o cliente é o de quando ela foi aberta."""
    protocolo = protocolo_de(texto)
    if not protocolo:
        return []
    sql = (
        "SELECT s.cliente_id, 0, 'protocolo', s.etiqueta_id FROM atendimento_solicitacao s"
        " WHERE s.protocolo = {} AND s.empresa_id = ANY({empresas})"
    )
    return [(sql, [protocolo])]


def _telefone(texto: str) -> list[Trecho]:
    """O número inteiro em qualquer forma, ou seus últimos algarismos (de 4 em diante)."""
    if not re.fullmatch(r"[\d\s()+\-./]+", texto):
        return []
    algarismos = re.sub(r"\D", "", texto)
    try:
        final = telefones.normalizar(texto).lstrip("+")
    except telefones.TelefoneInvalido:
        # Num número comprido o zero da frente é o da operadora; num final curto, é do número.
        final = algarismos if len(algarismos) <= FINAL_DE_TELEFONE else algarismos.lstrip("0")
    if not 4 <= len(final) <= 15:
        return []
    condicao, valores = _comeca("t.invertido", "{}", final[::-1])
    return [_do_contato("telefone", f"t.tipo = 'telefone' AND {condicao}", *valores, ate="{telefones}")]


def _fontes(texto: str) -> list[Trecho]:
    """O que aponta uma etiqueta: o código dela, e login, MAC, IP e serial, quando o texto tem a forma de um.

    Os índices deixam de fora o vazio, e o plano preparado só os usa se o comando também deixar.
    """
    fontes = []
    with contextlib.suppress(identificadores.IdentificadorInvalido):
        fontes.append(_fonte("MAC", "x.mac = {} AND x.mac <> ''", identificadores.normalizar_mac(texto)))
    with contextlib.suppress(ValueError):
        ip = ip_address(texto)
        # O Python aceita `fe80::1%eth0`, e o PostgreSQL não.
        if not getattr(ip, "scope_id", None):
            fontes.append(_fonte("IP", "x.ip = {}::inet AND x.ativa", str(ip)))
    serial = re.sub(r"\s", "", texto).upper()
    if re.fullmatch(r"[0-9A-Z-]{6,32}", serial) and re.search(r"\d", serial):
        serial = identificadores.normalizar_serial(serial)
        fontes += [
            _fonte("serial", "x.serial = {} AND x.serial <> ''", serial, tabela)
            for tabela in ("contratos_conexao", "contratos_equipamento")
        ]
    if " " not in texto:
        etiqueta = "(SELECT id AS etiqueta_id, codigo FROM contratos_etiqueta)"
        fontes.append(_fonte("etiqueta", "x.codigo = {}", texto.upper(), etiqueta))
        fontes.append(_fonte("login", "x.login = {}", texto.lower()))
    return fontes


def _comeca(coluna: str, escrito: str, comeco: str) -> Trecho:
    """`coluna` começa por `comeco`, letra por letra: um intervalo do índice `text_pattern_ops`.

    `escrito` é como o valor, um `{}`, entra no SQL. Um `LIKE` só vira intervalo com o valor à vista, e o
    plano preparado não o vê.
    """
    # O último ponto de código vem depois de qualquer letra.
    return f"{coluna} ~>=~ {escrito} AND {coluna} ~<~ ({escrito} || chr(1114111))", [comeco, comeco]


def _comeco_do_nome(texto: str) -> list[Trecho]:
    """Nomes que começam pelo texto, na ordem do índice."""
    condicao, valores = _comeca("c.nome_busca", "texto_normalizado({})", texto)
    sql = (
        "SELECT c.id, 1, 'nome', NULL::bigint FROM clientes_cliente c"
        f" WHERE {condicao} AND {{visivel}} ORDER BY c.nome_busca USING ~<~ LIMIT {{ate}}"
    )
    return [(sql, valores)]
