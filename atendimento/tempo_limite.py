"""Um tempo limite por comando SQL, sem mais nenhuma ida ao banco.

O limite viaja com cada comando, no mesmo envio: o PostgreSQL executa os dois numa transação implícita, e
`SET LOCAL` acaba com ela. Dentro de uma transação aberta não acabaria, e um terceiro o desfaz. Assim a
conexão, que é de todos, volta sempre sem limite nenhum.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# O que lê, também preparado (`preparados`); o resto, como abrir um ponto de retorno, não se limita.
LIMITADOS = ("SELECT", "WITH", "PREPARE", "EXECUTE", "DEALLOCATE", "SET LOCAL plan_cache_mode")


@contextmanager
def tempo_limite(segundos: float) -> Iterator[None]:
    """Dentro do bloco, um comando que passe de `segundos` levanta `OperationalError`."""
    antes = f"SET LOCAL statement_timeout = {int(segundos * 1000)}; "
    depois = "; SET LOCAL statement_timeout TO DEFAULT"

    def limitar(execute, sql, params, many, context):
        if many or not sql.lstrip("( ").startswith(LIMITADOS):
            return execute(sql, params, many, context)
        desfazer = depois if connection.in_atomic_block else ""
        resultado = execute(f"{antes}{sql}{desfazer}", params, many, context)
        # O primeiro resultado é o do SET.
        context["cursor"].nextset()
        return resultado

    with connection.execute_wrapper(limitar):
        yield
