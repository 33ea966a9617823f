"""Páginas do admin que juntam aplicativos: a do perfil, as explicações e os registros."""

from atendimento.admin import acoes, cadastros, mensagens, perfil, registros  # noqa: F401
