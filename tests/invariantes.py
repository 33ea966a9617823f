"""Como se tenta quebrar uma invariante: por SQL direto, à espera do nome de quem recusa."""

import pytest
from django.db import DatabaseError, connection, transaction


def sql(comando, *parametros):
    """Roda o comando numa transação que confere também o que se adia para o COMMIT."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(comando, parametros)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def recusado(nome, comando, *parametros):
    """O banco recusa o comando, e `nome` é a restrição ou está na mensagem do gatilho."""
    with pytest.raises(DatabaseError) as erro:
        sql(comando, *parametros)
    causa = erro.value.__cause__
    assert nome in (getattr(causa.diag, "constraint_name", "") or str(causa))
