"""As estatísticas de que o planejador do PostgreSQL tira os planos."""

from django.db import connection


def atualizar() -> None:
    """Relê as de todas as tabelas, sem esperar o autovacuum, que às de menos de 50 linhas nunca vai."""
    nome = connection.ops.quote_name
    tabelas = connection.introspection.django_table_names(only_existing=True)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(nome(tabela) for tabela in sorted(tabelas))}")
