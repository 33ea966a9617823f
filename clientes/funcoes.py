"""Funções do PostgreSQL que as colunas e as restrições do cadastro usam."""

from django.db.models import CharField, Func


class Normalizado(Func):
    """O texto sem acentos, em minúsculas e com um só espaço entre palavras (`texto_normalizado`)."""

    function = "texto_normalizado"
    arity = 1
    output_field = CharField()


class Invertido(Func):
    """O texto de trás para frente: o índice dele acha um número pelos últimos algarismos."""

    function = "reverse"
    arity = 1
    output_field = CharField()
