"""Operação de migração para criar as tabelas de um aplicativo de uma vez."""

from collections.abc import Sequence

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState


class CriarModelos(Operation):
    """Vários `CreateModel` em que o estado só se renderiza no fim, e não a cada modelo.

    Um modelo novo manda renderizar outra vez todos os que alcança por chave estrangeira; aqui eles se
    alcançam quase todos, e um a um seria o quadrado deles.
    """

    category = OperationCategory.ADDITION

    def __init__(self, modelos: Sequence[CreateModel]) -> None:
        self.modelos = modelos

    def state_forwards(self, app_label, state):
        # O mesmo dicionário de modelos, num estado que não tem o que renderizar.
        calado = ProjectState(state.models, state.real_apps)
        for modelo in self.modelos:
            modelo.state_forwards(app_label, calado)
        state.reload_models([(app_label, modelo.name_lower) for modelo in self.modelos], delay=False)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for modelo in self.modelos:
            modelo.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for modelo in reversed(self.modelos):
            modelo.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return "Create models " + ", ".join(modelo.name for modelo in self.modelos)
