"""Usuários, perfis e o catálogo de ações e widgets que se concede a cada perfil."""

from perfis.models.catalogo import Acao, VersaoDoCatalogo, Widget
from perfis.models.concessao import AcaoPorUsuario, ConcessaoDeAcao, ConcessaoDeWidget, WidgetPorUsuario
from perfis.models.historico import MembroDoPerfil, NomeDoPerfil
from perfis.models.perfil import Perfil
from perfis.models.usuario import Usuario

__all__ = [
    "Acao",
    "AcaoPorUsuario",
    "ConcessaoDeAcao",
    "ConcessaoDeWidget",
    "MembroDoPerfil",
    "NomeDoPerfil",
    "Perfil",
    "Usuario",
    "VersaoDoCatalogo",
    "Widget",
    "WidgetPorUsuario",
]
