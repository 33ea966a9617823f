"""Leva o catálogo do código para o banco depois de cada `migrate`."""

from atendimento.acoes.base import ACOES
from atendimento.widgets.base import WIDGETS
from perfis.dominio.catalogo import espelhar
from perfis.models import Acao, Widget


def espelhar_catalogo(**kwargs) -> None:
    """Receptor de `post_migrate`."""
    espelhar(
        Acao,
        {
            a.slug: {
                "nome": a.nome,
                "alvo": a.alvo,
                "grupo": a.grupo,
                "icone": a.icone,
                "ordem": a.ordem,
                "ajuda": a.ajuda,
                "limites_declarados": [limite.declaracao(nome) for nome, limite in a.limites.items()],
            }
            for a in ACOES
        },
    )
    espelhar(
        Widget,
        {
            w.slug: {
                "nome": w.nome,
                "alvo": w.alvo,
                "regiao": w.regiao,
                "icone": w.icone,
                "ordem": w.ordem,
                "ajuda": w.ajuda,
            }
            for w in WIDGETS
        },
    )
