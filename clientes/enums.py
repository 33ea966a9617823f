"""Enumerações do cadastro de pessoas."""

from django.db import models


class TipoDePessoa(models.TextChoices):
    """Quem o cliente é perante a Receita."""

    FISICA = "PF", "Pessoa física"
    JURIDICA = "PJ", "Pessoa jurídica"
    ESTRANGEIRO = "EX", "Estrangeiro"


class TipoDeContato(models.TextChoices):
    """Por onde se fala com o cliente."""

    TELEFONE = "telefone", "Telefone"
    EMAIL = "email", "E-mail"


class Gravidade(models.TextChoices):
    """O quanto um alerta deve chamar a atenção de quem atende."""

    INFORMACAO = "informacao", "Informação"
    ATENCAO = "atencao", "Atenção"
    CRITICO = "critico", "Crítico"
