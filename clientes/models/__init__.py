"""Pessoas e empresas atendidas, seus contatos, endereços e alertas."""

from clientes.models.alerta import Alerta
from clientes.models.cliente import Cliente
from clientes.models.contato import Contato
from clientes.models.endereco import Endereco

__all__ = ["Alerta", "Cliente", "Contato", "Endereco"]
