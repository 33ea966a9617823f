"""Como os cartões vêm arrumados em cada perfil da demonstração.

Com o cliente na linha, quem atende vê aberto só o que precisa antes de falar; o resto espera recolhido, a um
clique, e não lê nada até lá. Quem abre o painel da massiva já encontra o cartão dela aberto.
"""

from dataclasses import dataclass

from perfis.models.concessao import Coluna


@dataclass(frozen=True, slots=True)
class Arrumacao:
    """O lugar de um cartão."""

    ordem: int
    coluna: Coluna
    recolhido: bool
    atualiza_segundos: int = 0


# Na ordem de cada coluna.
COLUNAS: dict[Coluna, tuple[str, ...]] = {
    Coluna.ESQUERDA: ("contatos", "abertas", "roteiro", "base", "minhas_tarefas"),
    Coluna.CENTRO: (
        "sinal", "vizinhos", "consumo", "plano", "visitas", "equipamentos", "mensagens", "eventos_recentes",
    ),
    Coluna.DIREITA: ("avisos", "alertas", "situacao", "faturas", "ultimas", "prazos"),
}  # fmt: skip
ABERTOS: dict[str, frozenset[str]] = {
    "Atendente N1": frozenset({"contatos", "alertas", "situacao", "faturas", "ultimas"}),
    "Suporte N2": frozenset({"alertas", "situacao", "sinal", "vizinhos", "ultimas"}),
    "Supervisor": frozenset({"alertas", "situacao", "faturas", "ultimas", "prazos"}),
}
SEM_ABERTOS: frozenset[str] = frozenset({"alertas", "contatos"})
# O que muda enquanto se fala.
ATUALIZA = {"avisos": 60, "sinal": 30, "vizinhos": 60}


def arrumacao_de(perfil: str, slug: str, ordem: int) -> Arrumacao:
    """Onde o cartão fica no perfil; um que a lista não conhece vem recolhido, no fim da direita."""
    for coluna, slugs in COLUNAS.items():
        if slug in slugs:
            aberto = slug in ABERTOS.get(perfil, SEM_ABERTOS)
            return Arrumacao(10 * (slugs.index(slug) + 1), coluna, not aberto, ATUALIZA.get(slug, 0))
    return Arrumacao(ordem, Coluna.DIREITA, recolhido=True)
