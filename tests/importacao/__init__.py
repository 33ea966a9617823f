"""A importação de CSV, com a pasta de exemplo que também a documenta."""

from pathlib import Path

EXEMPLO = Path(__file__).resolve().parent / "exemplo"
