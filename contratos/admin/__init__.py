"""Cadastros de contratos, rede e cobrança."""

from contratos.admin import cobranca, contrato, rede  # noqa: F401
