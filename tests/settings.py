"""Configuração dos testes: a do projeto, com hash de senha rápido e sem compressão de estáticos."""

import os

os.environ.setdefault("INSTALACAO_LOCAL", "1")

from atendimento.settings import *  # noqa: F403
from atendimento.settings import MIDDLEWARE

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
MIDDLEWARE = [m for m in MIDDLEWARE if not m.startswith("whitenoise.")]
