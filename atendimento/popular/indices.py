"""Tira índices e chaves estrangeiras de tabelas e os repõe, dentro de uma mesma transação.

Conferir e ordenar de uma vez, no fim, custa uma fração de conferir linha a linha. Como o PostgreSQL
desfaz DDL, uma queda a qualquer momento deixa o banco exatamente como estava.
"""

from collections.abc import Callable

from django.db import connection

# O gatilho que exige uma etiqueta ativa procura as etiquetas de um contrato durante a carga.
MANTIDOS = {("contratos_etiqueta", "contrato_id")}

CHAVES = """
SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
FROM pg_constraint WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY 1, 2
"""
INDICES = """
SELECT i.indrelid::regclass::text, i.indexrelid::regclass::text, quote_ident(c.conname),
  pg_get_constraintdef(c.oid), pg_get_indexdef(i.indexrelid),
  CASE WHEN i.indnatts = 1 THEN (SELECT attname FROM pg_attribute
    WHERE attrelid = i.indrelid AND attnum = i.indkey[0]) END
FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('u', 'x')
WHERE i.indrelid = ANY(%s::regclass[]) AND NOT i.indisprimary
  AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = i.indexrelid)
ORDER BY 1, 2
"""


def retirar(tabelas: list[str]) -> list[str]:
    """Tira o que se pode repor e devolve os comandos que o repõem, índices antes das chaves.

    Ficam as chaves primárias, o que outra tabela referencia e `MANTIDOS`. Chame numa transação.
    """
    repor_chaves, repor_indices = [], []
    with connection.cursor() as cursor:
        cursor.execute(CHAVES, [tabelas])
        for tabela, nome, definicao in cursor.fetchall():
            cursor.execute(f"ALTER TABLE {tabela} DROP CONSTRAINT {nome}")
            repor_chaves.append(f"ALTER TABLE {tabela} ADD CONSTRAINT {nome} {definicao}")
        cursor.execute(INDICES, [tabelas])
        for tabela, indice, restricao, da_restricao, do_indice, coluna in cursor.fetchall():
            if (tabela, coluna) in MANTIDOS:
                continue
            if restricao:
                cursor.execute(f"ALTER TABLE {tabela} DROP CONSTRAINT {restricao}")
                repor_indices.append(f"ALTER TABLE {tabela} ADD CONSTRAINT {restricao} {da_restricao}")
            else:
                cursor.execute(f"DROP INDEX {indice}")
                repor_indices.append(do_indice)
    return repor_indices + repor_chaves


def repor(comandos: list[str], avisar: Callable[[int, int], None]) -> None:
    """Executa os comandos de `retirar`; `avisar(feitos, total)` a cada um."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute("SET LOCAL work_mem = '256MB'")
        for feitos, comando in enumerate(comandos, 1):
            cursor.execute(comando)
            avisar(feitos, len(comandos))
