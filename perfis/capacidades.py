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


# O que cada capacidade abre, em grupos, para quem marca a caixa na página do perfil.
EXPLICACOES: dict[str, dict[Capacidade, str]] = {
    "Atendimento": {
        Capacidade.ATENDER: "Buscar clientes, abrir o painel e usar as ações e widgets concedidos.",
        Capacidade.SUPERVISIONAR: "Ver os números da operação, redistribuir e aprovar acima do limite.",
    },
    "Dados pessoais": {
        Capacidade.VER_DOCUMENTO: "CPF, CNPJ e passaporte inteiros em toda página, sem registro por campo.",
        Capacidade.VER_TELEFONE: "Telefones inteiros em toda página.",
        Capacidade.VER_EMAIL: "E-mails inteiros em toda página.",
        Capacidade.REVELAR_DADOS: "Ver um dado mascarado por alguns segundos; cada vez fica registrada.",
        Capacidade.EXPORTAR: "Levar listas de clientes para fora do console; fica registrado.",
        Capacidade.ENCARREGADO: "Ver quem acessou dados de quem e cuidar dos pedidos de titulares.",
    },
    "Senhas": {
        Capacidade.REVELAR_SENHA_DA_CONEXAO: "Ver a senha PPPoE por segundos; cada vez fica registrada.",
        Capacidade.REVELAR_SENHA_DO_EQUIPAMENTO: "Ver a senha do roteador ou ONU; cada vez fica registrada.",
    },
    "Administração": {
        Capacidade.ADMINISTRAR_PERFIS: "Criar usuários e mudar o que outros perfis podem; nunca o próprio.",
    },
}
