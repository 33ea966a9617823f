"""Configuração dos testes: a do projeto, com hash de senha rápido e sem compressão de estáticos.

O banco é o de `DATABASE_URL` ou o embutido, numa pasta só dos testes, que `conftest.py` põe no ar.
"""

import os
from pathlib import Path

os.environ.setdefault("INSTALACAO_LOCAL", "1")
os.environ["PASTA_VAR"] = str(Path(__file__).resolve().parent.parent / "var" / "testes")

from atendimento.settings import *  # noqa: F403
from atendimento.settings import MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [m for m in MIDDLEWARE if not m.startswith("whitenoise.")]
