"""O que o console guarda: acessos a dados, solicitações, execuções."""

from atendimento.models.acesso import AcessoADado

__all__ = ["AcessoADado"]
