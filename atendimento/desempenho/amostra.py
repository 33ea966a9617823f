"""Quem se pede: clientes, chaves e nomes sorteados de um banco de volume com semente fixa."""

import re
from dataclasses import dataclass, field
from itertools import permutations
from random import Random

import psycopg

from atendimento.busca_palavras import LETRAS, PARTICULAS
from contratos.enums import SituacaoDoContrato

PERFIL = "Atendente N1"
SORTEADOS = 400
NOMES = 400
# As palavras mais comuns dos nomes, das que se procuram, duas a duas: o pior que se pode digitar.
MAIS_COMUNS = 7


@dataclass
class Amostra:
    """O que o roteiro percorre; tudo dentro do escopo do login medido."""

    clientes: list[int]
    contratos: list[int]
    etiquetas: list[int]
    chaves: list[str]
    nomes: list[str]
    piores_nomes: list[str]
    cliente_com_mais_contratos: tuple[int, int]
    contrato_com_mais_eventos: tuple[int, int]
    equipe: str = ""
    cursor: str = ""
    encerramento: dict[str, int] = field(default_factory=dict)
    # O que uma corrida interrompida deixou com o agente, que só pode ter um.
    em_maos: list[int] = field(default_factory=list)


def sortear(url: str, semente: int = 1) -> Amostra:
    """A amostra de um banco. Sempre a mesma para o mesmo banco e semente."""
    rng = Random(semente)
    with psycopg.connect(url) as conexao:
        empresas = [
            linha[0]
            for linha in conexao.execute(
                "SELECT c.content_object_id FROM contratos_concessaodeempresa c"
                " JOIN auth_group g ON g.id = c.group_id WHERE g.name = %s",
                [PERFIL],
            )
        ]
        linhas = _etiquetas(conexao, rng, empresas)
        clientes = [cliente for cliente, _, _ in linhas]
        nomes = [
            linha[0]
            for linha in conexao.execute(
                "SELECT nome_busca FROM clientes_cliente WHERE id = ANY(%s) ORDER BY id", [clientes]
            )
        ]
        return Amostra(
            clientes=clientes,
            contratos=[contrato for _, contrato, _ in linhas],
            etiquetas=[etiqueta for *_, etiqueta in linhas],
            chaves=_chaves(conexao, rng, clientes, [etiqueta for *_, etiqueta in linhas]),
            nomes=[_digitado(rng, nome, numero) for numero, nome in enumerate(nomes[:NOMES])],
            piores_nomes=_piores(nomes),
            cliente_com_mais_contratos=_com_mais_contratos(conexao, empresas),
            contrato_com_mais_eventos=_com_mais_eventos(conexao, empresas),
            **_da_fila(conexao),
        )


def _etiquetas(conexao, rng, empresas) -> list[tuple[int, int, int]]:
    """(cliente, contrato, etiqueta) de contratos normais, um por cliente, em ordem sorteada."""
    teto = conexao.execute("SELECT max(id) FROM contratos_etiqueta").fetchone()[0]
    ids = rng.sample(range(1, teto + 1), min(teto, SORTEADOS * 6))
    achadas = conexao.execute(
        "SELECT DISTINCT ON (k.cliente_id) k.cliente_id, k.id, e.id FROM contratos_etiqueta e"
        " JOIN contratos_contrato k ON k.id = e.contrato_id JOIN clientes_cliente c ON c.id = k.cliente_id"
        " WHERE e.id = ANY(%s) AND k.empresa_id = ANY(%s) AND e.ativa AND k.situacao = %s"
        " AND c.nome_busca <> '' AND NOT EXISTS (SELECT 1 FROM atendimento_solicitacao s"
        "   WHERE s.etiqueta_id = e.id AND s.situacao NOT IN ('encerrada', 'cancelada'))"
        " ORDER BY k.cliente_id, k.id, e.id",
        [ids, empresas, SituacaoDoContrato.NORMAL],
    ).fetchall()
    rng.shuffle(achadas)
    return achadas[:SORTEADOS]


def _chaves(conexao, rng, clientes, etiquetas) -> list[str]:
    """Documentos, telefones e seus finais, e-mails, números, etiquetas, logins, MAC, IP e seriais."""
    consultas = (
        ("SELECT documento FROM clientes_cliente WHERE id = ANY(%s) AND documento <> ''", clientes),
        ("SELECT valor FROM clientes_contato WHERE cliente_id = ANY(%s)", clientes),
        ("SELECT right(valor, 8) FROM clientes_contato WHERE tipo = 'telefone' AND cliente_id = ANY(%s)",
         clientes),
        ("SELECT numero FROM contratos_contrato WHERE cliente_id = ANY(%s)", clientes),
        ("SELECT codigo FROM contratos_etiqueta WHERE id = ANY(%s)", etiquetas),
        ("SELECT login FROM contratos_conexao WHERE etiqueta_id = ANY(%s) AND login <> ''", etiquetas),
        ("SELECT mac::text FROM contratos_conexao WHERE mac IS NOT NULL AND etiqueta_id = ANY(%s)",
         etiquetas),
        ("SELECT host(ip) FROM contratos_conexao WHERE etiqueta_id = ANY(%s) AND ip IS NOT NULL", etiquetas),
        ("SELECT serial FROM contratos_conexao WHERE etiqueta_id = ANY(%s) AND serial <> ''", etiquetas),
        ("SELECT protocolo FROM atendimento_solicitacao WHERE cliente_id = ANY(%s)", clientes),
    )  # fmt: skip
    achadas = []
    for consulta, ids in consultas:
        valores = [linha[0] for linha in conexao.execute(f"{consulta} ORDER BY 1 LIMIT 200", [ids])]
        achadas += rng.sample(valores, min(len(valores), 40))
    rng.shuffle(achadas)
    return achadas


def _digitado(rng, nome: str, numero: int) -> str:
    """Um nome como se digita, em sete jeitos que se revezam."""
    partes = nome.split()
    primeiro, ultimo = partes[0], partes[-1]
    jeitos = (
        nome,
        f"{primeiro} {ultimo}",
        f"{primeiro} {ultimo[:4]}",
        rng.choice(partes),
        primeiro[:3],
        " ".join(partes[-2:]),
        " ".join(reversed(partes)),
    )
    return re.sub(r"[\d@]", "", jeitos[numero % len(jeitos)]).strip() or primeiro


def _piores(nomes: list[str]) -> list[str]:
    contadas: dict[str, int] = {}
    for nome in nomes:
        for palavra in nome.split():
            if len(palavra) >= LETRAS and palavra not in PARTICULAS:
                contadas[palavra] = contadas.get(palavra, 0) + 1
    comuns = sorted(contadas, key=lambda palavra: (-contadas[palavra], palavra))[:MAIS_COMUNS]
    return [" ".join(par) for par in permutations(comuns, 2)]


def _com_mais_contratos(conexao, empresas) -> tuple[int, int]:
    """(id do cliente, quantos contratos)."""
    return conexao.execute(
        "SELECT cliente_id, count(*) FROM contratos_contrato WHERE empresa_id = ANY(%s)"
        " GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1",
        [empresas],
    ).fetchone()


def _com_mais_eventos(conexao, empresas) -> tuple[int, int]:
    """(id do contrato, quantos eventos)."""
    return conexao.execute(
        "SELECT contrato_id, n FROM (SELECT contrato_id, count(*) AS n FROM contratos_eventodecontrato"
        " GROUP BY 1) q JOIN contratos_contrato k ON k.id = contrato_id"
        " WHERE k.empresa_id = ANY(%s) ORDER BY n DESC, 1 LIMIT 1",
        [empresas],
    ).fetchone()


def _da_fila(conexao) -> dict:
    """A equipe do login, o cursor depois de 50.000 linhas da fila dela e o que um encerramento pede."""
    equipe, slug = conexao.execute(
        "SELECT e.id, e.slug FROM atendimento_equipe e"
        " JOIN atendimento_membrodaequipe m ON m.equipe_id = e.id"
        " JOIN perfis_usuario u ON u.id = m.usuario_id WHERE u.username = 'atendente' AND m.ativo"
        " ORDER BY (SELECT count(*) FROM atendimento_solicitacao s WHERE s.equipe_id = e.id) DESC, e.id"
        " LIMIT 1"
    ).fetchone()
    alvo = conexao.execute(
        "SELECT (extract(epoch FROM prazo_em) * 1000000)::bigint, id FROM atendimento_solicitacao"
        " WHERE equipe_id = %s AND situacao NOT IN ('encerrada', 'cancelada')"
        " ORDER BY prazo_em, id OFFSET 50000 LIMIT 1",
        [equipe],
    ).fetchone()
    tipo = conexao.execute(
        "SELECT id FROM atendimento_tipodesolicitacao WHERE ativo AND especie = 'comum' ORDER BY id LIMIT 1"
    ).fetchone()[0]
    solucao = conexao.execute(
        "SELECT id FROM atendimento_solucao WHERE ativo ORDER BY id LIMIT 1"
    ).fetchone()[0]
    cursor = f"{alvo[0]}-{alvo[1]}" if alvo else ""
    em_maos = conexao.execute(
        "SELECT s.id FROM atendimento_solicitacao s JOIN perfis_usuario u ON u.id = s.responsavel_id"
        " WHERE u.username = 'atendente' AND s.situacao = 'em_atendimento'"
    ).fetchall()
    return {
        "em_maos": [pk for (pk,) in em_maos],
        "equipe": slug,
        "cursor": cursor,
        "encerramento": {"equipe": equipe, "tipo": tipo, "solucao": solucao},
    }
