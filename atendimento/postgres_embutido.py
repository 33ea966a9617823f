"""PostgreSQL embutido para demonstração, desenvolvimento e testes."""

from pathlib import Path
from urllib.parse import quote


def endereco(pasta: Path) -> str:
    """URL do banco servido a partir de `pasta`; não inicia nada."""
    return f"postgresql://atendimento@{quote(str(pasta / 'socket'), safe='')}/atendimento"
