"""Os ícones do Lucide, desenhados uma vez por processo.

A etiqueta que a biblioteca traz copia e serializa a árvore do SVG a cada uso: num painel de cinquenta ícones,
um décimo da página.
"""

from functools import lru_cache

from django import template
from django.utils.safestring import SafeString
from lucide.templatetags.lucide import lucide as desenhar

register = template.Library()
# Cada ícone em cada tamanho que se usa, com folga.
GUARDADOS = 1024


@register.simple_tag
def lucide(nome: str, *, size: int = 24, **atributos: str) -> SafeString:
    """O ícone `nome` como SVG, de `size` pixels. Levanta `IconDoesNotExist`."""
    return _guardado(str(nome), size, **atributos)


@lru_cache(maxsize=GUARDADOS)
def _guardado(nome: str, size: int, **atributos: str) -> SafeString:
    return desenhar(nome, size=size, **atributos)
