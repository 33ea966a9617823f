"""Leva o catálogo do código para o banco depois de cada `migrate`."""

from atendimento.acoes.base import ACOES
from atendimento.models import ConfiguracaoDeAcao
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
    _configurar()
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


def _configurar() -> None:
    """Uma configuração por ação, com o que a classe declara; a que já existe é do administrador."""
    sem = Acao.objects.filter(configuracao=None, slug__in=[a.slug for a in ACOES])
    ConfiguracaoDeAcao.objects.bulk_create(
        ConfiguracaoDeAcao(acao=linha, verificacao_de_identidade=ACOES[linha.slug].verificacao_de_identidade)
        for linha in sem
    )
