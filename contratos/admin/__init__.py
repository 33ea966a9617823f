"""Cadastros de contratos, rede e cobrança."""

from contratos.admin import cobranca, contrato, parametros, rede  # noqa: F401
