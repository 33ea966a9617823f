"""Leva o catálogo do código para o banco depois de cada `migrate`."""

from atendimento.widgets.base import WIDGETS
from perfis.dominio.catalogo import espelhar
from perfis.models import Widget


def espelhar_catalogo(**kwargs) -> None:
    """Receptor de `post_migrate`."""
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
