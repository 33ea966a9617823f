"""Os dados da demonstração: o provedor *Conecta Ipê Telecom (fictício)* (`dominio.md` §7)."""

from django.db import transaction

from atendimento.demonstracao.cadastros import garantir_empresas, garantir_planos
from clientes.models import Cliente

__all__ = ["preparar", "so_ha_demonstracao"]


@transaction.atomic
def preparar() -> None:
    """Põe no banco, uma vez só, os dados e os usuários da demonstração."""
    garantir_empresas()
    garantir_planos()


def so_ha_demonstracao() -> bool:
    """Se o banco não guarda nenhum cliente além dos fictícios."""
    return not Cliente.objects.filter(demo=False).exists()
