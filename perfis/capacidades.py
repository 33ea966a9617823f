"""O que um perfil pode fazer além de ações e widgets: nomes fechados, um por capacidade.

Cada capacidade é uma permissão do Django (`perfis.<nome>`) guardada nas permissões do perfil.
"""

from django.db import models


class Capacidade(models.TextChoices):
    """Perguntar por um nome fora desta lista é erro de programação, e levanta `ValueError`."""

    ATENDER = "atender", "Usar o console de atendimento"
    SUPERVISIONAR = "supervisionar", "Supervisionar equipes e aprovar"
    VER_DOCUMENTO = "ver_documento", "Ver documentos sem máscara"
    VER_TELEFONE = "ver_telefone", "Ver telefones sem máscara"
    VER_EMAIL = "ver_email", "Ver e-mails sem máscara"
    REVELAR_DADOS = "revelar_dados", "Revelar um dado pessoal mascarado, com registro"
    REVELAR_SENHA_DA_CONEXAO = "revelar_senha_da_conexao", "Revelar a senha da conexão, com registro"
    REVELAR_SENHA_DO_EQUIPAMENTO = (
        "revelar_senha_do_equipamento",
        "Revelar a senha do equipamento, com registro",
    )
    EXPORTAR = "exportar", "Exportar dados de clientes"
    ENCARREGADO = "encarregado", "Atuar como encarregado (LGPD)"
    ADMINISTRAR_PERFIS = "administrar_perfis", "Administrar perfis e usuários"
