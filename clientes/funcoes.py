"""Funções do PostgreSQL que as colunas e as restrições do cadastro usam."""

from django.contrib.postgres.search import SearchVectorField
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


class EmPalavras(Func):
    """As palavras de um texto já normalizado, como o índice da busca as guarda: inteiras, sem radical."""

    template = "array_to_tsvector(array_remove(string_to_array(%(expressions)s, ' '), ''))"
    arity = 1
    output_field = SearchVectorField()
