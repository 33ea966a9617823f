"""Cadastros de contratos, rede e cobrança."""

from contratos.admin import cobranca, contrato, parametros, pedidos, rede  # noqa: F401
