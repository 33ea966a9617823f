"""Gatilhos do PostgreSQL que os modelos declaram em `Meta.triggers`."""

import pgtrigger


def versao_sobe(nome: str, *, geradas: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Toda mudança de uma linha lhe soma um à `versao`, venha de onde vier.

    Um formulário desenhado antes da mudança se reconhece por ela. `geradas` são as colunas que o banco
    calcula, que a condição de um gatilho BEFORE não pode ler.
    """
    return pgtrigger.Trigger(
        name=nome,
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(exclude=["versao", *geradas], exclude_auto=True),
        func="NEW.versao := OLD.versao + 1; RETURN NEW;",
    )
