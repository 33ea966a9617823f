"""Achar pelo nome, sem acentos e com as palavras em qualquer ordem."""

from django.db.models import QuerySet, Value

from clientes.funcoes import Normalizado

# Com menos de três letras não há trigrama que o índice use.
MENOR_TRECHO = 3


def por_nome(queryset: QuerySet, texto: str, coluna: str = "nome_busca") -> QuerySet:
    """As linhas em que todas as palavras de `texto` estão em `coluna` (um texto normalizado).

    Uma palavra curta, sozinha, vale como começo do nome; junto de outras, só acompanha.
    """
    palavras = texto.split()
    longas = [palavra for palavra in palavras if len(palavra) >= MENOR_TRECHO]
    if not longas:
        return queryset.filter(**{f"{coluna}__startswith": Normalizado(Value(texto))})
    for palavra in longas:
        queryset = queryset.filter(**{f"{coluna}__contains": Normalizado(Value(palavra))})
    return queryset
