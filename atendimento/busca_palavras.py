"""A parte da busca que procura palavras em qualquer ordem: nos nomes e, se faltarem, nos endereços.

De nomes procura-se em três degraus, cada um só se o anterior não achou ninguém:

1. as palavras digitadas são palavras inteiras do nome;
2. a última ainda se digita: é o começo de uma palavra;
3. cada uma está em qualquer lugar do nome.

As partículas (de, dos, ltda…) não contam: estão em quase todo nome, e quem procura as põe e tira.

Os dois primeiros descem o índice de palavras, dez vezes mais rápido que o de trigramas do terceiro. Tudo vai
num comando só: o PostgreSQL nem começa o degrau que não precisa.
"""

from perfis import preparados

LINHAS = 20
# Sem este teto, duas palavras comuns que nunca se encontram percorrem a tabela inteira.
CERCA = 100
# O índice de trigramas e o começo de palavra só servem a partir de três letras.
LETRAS = 3
PALAVRAS = 8
PARTICULAS = frozenset(("de", "da", "do", "das", "dos", "e", "me", "epp", "ltda", "s/a", "eireli"))

# O cliente é visível quando tem contrato numa empresa do agente, ou nenhum contrato. Escalares com LIMIT, e
# não EXISTS: a este o planejador troca, quando pode, por uma tabela de todos os clientes da empresa.
VISIVEL = """(
  (SELECT true FROM contratos_contrato v
    WHERE v.cliente_id = c.id AND v.empresa_id = ANY({empresas}) LIMIT 1) IS NOT NULL
  OR (SELECT true FROM contratos_contrato v WHERE v.cliente_id = c.id LIMIT 1) IS NULL
)"""

# O texto digitado passa pela mesma normalização da coluna, e seus curingas viram letras comuns.
PADRAO = r"regexp_replace(texto_normalizado({0}), '([\\%_])', '\\\1', 'g')"
# Uma palavra, ou várias juntadas por `&`, na língua do tsquery: entre aspas, as aspas e a barra dobradas. De
# quem só digitou sinais nada sobra, e nulo não casa com ninguém.
LEXEMA = r"'''' || nullif(regexp_replace(texto_normalizado({0}), '([''\\])', '\1\1', 'g'), '') || ''''"
LEXEMAS = r"""nullif(array_to_string(ARRAY(
  SELECT '''' || regexp_replace(p, '([''\\])', '\1\1', 'g') || ''''
    FROM unnest(string_to_array(texto_normalizado({0}), ' ')) p WHERE p <> ''), ' & '), '')"""
# Igual ao do índice `cliente_nome_palavras`, ou o índice não serve.
NOME_EM_PALAVRAS = "array_to_tsvector(array_remove(string_to_array(c.nome_busca, ' '), ''))"

# Os parâmetros do comando: as empresas, o texto todo, o texto sem a última palavra e cada palavra.
EMPRESAS, TEXTO, SEM_A_ULTIMA, PRIMEIRA = "$1", "$2", "$3", 4


def procurar(texto: str, empresas: list[int], ate: int) -> list[tuple]:
    """(cliente, ordem, chave, etiqueta) dos que têm todas as palavras; até `ate` de cada espécie.

    Sem nenhuma palavra de `LETRAS` letras que não seja partícula, não procura.
    """
    todas = texto.replace(",", " ").split()
    palavras = [palavra for palavra in todas if palavra.lower() not in PARTICULAS][:PALAVRAS]
    if not any(len(palavra) >= LETRAS for palavra in palavras):
        return []
    degraus = {
        "inteiras": _nomes(_inteiras(palavras, TEXTO), ate),
        "comecadas": _nomes(_comecada(palavras), ate, depois_de=("inteiras",)),
        "contidas": _nomes(
            _contidas("c.nome_busca", palavras), ate, _comecam(palavras), depois_de=("inteiras", "comecadas")
        ),
    }
    ctes = [f"{nome} AS MATERIALIZED ({sql})" for nome, sql in degraus.items()]
    ctes.append("nomes AS (" + " UNION ALL ".join(f"SELECT * FROM {nome}" for nome in degraus) + ")")
    comando = f"WITH {', '.join(ctes)} SELECT * FROM nomes UNION ALL ({_enderecos(palavras, ate)})"
    textos = [" ".join(palavras), " ".join(palavras[:-1]), *palavras]
    parametros = [("bigint[]", empresas), *[("text", texto) for texto in textos]]
    # De uma palavra só o planejador precisa saber qual é; de várias, é melhor que nem saiba (`_contidas`).
    return preparados.executar(comando, parametros, generico=len(palavras) > 1)


def _parametros(palavras: list[str]) -> list[str]:
    return [f"${PRIMEIRA + posicao}" for posicao in range(len(palavras))]


def _inteiras(palavras: list[str], texto: str) -> str:
    if len(palavras) == 1:
        # À vista do planejador: de uma palavra comum ele sabe que um pedaço qualquer da tabela já basta.
        return f"{NOME_EM_PALAVRAS} @@ ({LEXEMA.format(texto)})::tsquery"
    return f"{NOME_EM_PALAVRAS} @@ (SELECT ({LEXEMAS.format(texto)})::tsquery)"


def _comecada(palavras: list[str]) -> str:
    """Uma última palavra curta é o começo de demasiadas: só se confere, nas linhas que têm as outras."""
    *outras, ultima = palavras
    if len(ultima) >= LETRAS:
        return f"{NOME_EM_PALAVRAS} @@ (SELECT ({LEXEMAS.format(TEXTO)} || ':*')::tsquery)"
    padrao = PADRAO.format(_parametros(palavras)[-1])
    return f"{_inteiras(outras, SEM_A_ULTIMA)} AND ' ' || c.nome_busca LIKE '% ' || {padrao} || '%'"


def _contidas(coluna: str, palavras: list[str]) -> str:
    padroes = [f"'%' || {PADRAO.format(palavra)} || '%'" for palavra in _parametros(palavras)]
    if len(padroes) > 1:
        # De cada palavra o planejador sabe quantas linhas a têm; de duas juntas, só supõe que se encontram
        # por acaso, e por "avenida travessa" leria a tabela inteira. Sem saber quais são, desce o índice.
        padroes = [f"(SELECT {padrao})" for padrao in padroes]
    return " AND ".join(f"{coluna} LIKE {padrao}" for padrao in padroes)


def _comecam(palavras: list[str]) -> str:
    """Se cada palavra digitada começa uma palavra do texto achado."""
    padroes = [PADRAO.format(palavra) for palavra in _parametros(palavras)]
    return " AND ".join(f"' ' || t LIKE '% ' || {padrao} || '%'" for padrao in padroes)


def _nomes(contem: str, ate: int, comecam: str = "true", depois_de: tuple[str, ...] = ()) -> str:
    ninguem = "".join(f" AND (SELECT count(*) FROM {degrau}) = 0" for degrau in depois_de)
    return _cercados("nome", 2, "clientes_cliente c", "c.nome_busca", contem + ninguem, comecam, ate)


def _enderecos(palavras: list[str], ate: int) -> str:
    """Com nomes que bastem, nenhum endereço apareceria: nem se procuram."""
    tabela = (
        "clientes_endereco d JOIN clientes_cliente c ON c.id = d.cliente_id"
        f" AND (SELECT count(*) FROM nomes) < {ate}"
    )
    contem = _contidas("d.texto_busca", palavras)
    return _cercados("endereço", 3, tabela, "d.texto_busca", contem, _comecam(palavras), ate)


def _cercados(chave: str, ordem: int, tabela: str, coluna: str, contem: str, comecam: str, ate: int) -> str:
    """Os que `comecam` antes, e por nome."""
    return (
        f"SELECT id, {ordem}, '{chave}', NULL::bigint FROM ("
        f" SELECT * FROM (SELECT c.id, {coluna} AS t, c.nome_ordem FROM {tabela} WHERE {contem} OFFSET 0) c"
        f" WHERE {VISIVEL.format(empresas=EMPRESAS)} LIMIT {CERCA}"
        f") AS cercados GROUP BY id, nome_ordem"
        f" ORDER BY bool_or({comecam}) DESC, nome_ordem, id LIMIT {ate}"
    )
