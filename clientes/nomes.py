"""Achar pelo nome, sem acentos e com as palavras em qualquer ordem."""

import sys

from django.db.models import QuerySet, Value
from django.db.models.functions import Concat

from clientes.funcoes import Normalizado

# Com menos de três letras não há trigrama que o índice use.
MENOR_TRECHO = 3
ULTIMO_CARACTERE = chr(sys.maxunicode)


def por_nome(queryset: QuerySet, texto: str, coluna: str = "nome_busca") -> QuerySet:
    """As linhas em que todas as palavras de `texto` estão em `coluna` (um texto normalizado).

    Uma palavra curta, sozinha, vale como começo do nome (`nome_ordem`, cujo índice já dá a ordem);
    junto de outras, só acompanha.
    """
    palavras = texto.split()
    longas = [palavra for palavra in palavras if len(palavra) >= MENOR_TRECHO]
    if not longas:
        ordem, comeco = coluna.replace("nome_busca", "nome_ordem"), Normalizado(Value(texto))
        return queryset.filter(
            **{f"{ordem}__gte": comeco, f"{ordem}__lt": Concat(comeco, Value(ULTIMO_CARACTERE))}
        )
    for palavra in longas:
        queryset = queryset.filter(**{f"{coluna}__contains": Normalizado(Value(palavra))})
    return queryset
