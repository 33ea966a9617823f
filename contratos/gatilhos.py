"""Gatilhos do PostgreSQL que os modelos declaram em `Meta.triggers`."""

import pgtrigger


def so_acrescenta(nome: str) -> pgtrigger.Trigger:
    """Recusa UPDATE e DELETE: a tabela é um registro, e um registro só cresce."""
    return pgtrigger.Protect(name=nome, operation=pgtrigger.Update | pgtrigger.Delete)
