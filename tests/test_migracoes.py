"""O esquema nasce de poucas migrações; as que elas substituíram ainda se reconhecem no banco."""

import pytest
from django.core.management import CommandError
from django.db import connection, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations import CreateModel
from django.db.migrations.recorder import MigrationRecorder

from atendimento.management.commands.demo import exigir_banco_atualizavel
from contratos.migracoes import CriarModelos

A_MAIOR = ("contratos", "0001_tabelas")


@pytest.fixture
def antes():
    """O estado de antes da migração que cria mais modelos, já renderizado."""
    estado = MigrationLoader(None).project_state(A_MAIOR, at_end=False)
    assert estado.apps
    return estado


def test_criar_modelos_da_o_estado_que_dariam_um_a_um(antes):
    (operacao,) = MigrationLoader(None).disk_migrations[A_MAIOR].operations
    um_a_um = antes.clone()
    for modelo in operacao.modelos:
        modelo.state_forwards("contratos", um_a_um)
    operacao.state_forwards("contratos", antes)
    assert antes == um_a_um
    for chave in um_a_um.models:
        campos, esperados = (
            {campo.name for campo in estado.apps.get_model(*chave)._meta.get_fields()}
            for estado in (antes, um_a_um)
        )
        assert campos == esperados


@pytest.mark.django_db
def test_criar_modelos_cria_as_tabelas_e_volta(antes):
    chave = ("id", models.BigAutoField(primary_key=True))
    operacao = CriarModelos(
        [
            CreateModel("Folha", [chave, ("galho", models.ForeignKey("contratos.galho", models.CASCADE))]),
            CreateModel("Galho", [chave]),
        ]
    )
    depois = antes.clone()
    operacao.state_forwards("contratos", depois)

    with connection.schema_editor(atomic=False) as editor:
        operacao.database_forwards("contratos", editor, antes, depois)
    assert {"contratos_folha", "contratos_galho"} <= set(connection.introspection.table_names())
    with connection.schema_editor(atomic=False) as editor:
        operacao.database_backwards("contratos", editor, depois, antes)
    assert not {"contratos_folha", "contratos_galho"} & set(connection.introspection.table_names())


@pytest.mark.django_db
def test_a_demonstracao_recusa_um_banco_parado_no_meio_das_migracoes_substituidas():
    exigir_banco_atualizavel()
    gravador = MigrationRecorder(connection)
    gravador.record_unapplied("atendimento", "0013_massivas_e_artigos")
    with pytest.raises(CommandError, match="antiga demais"):
        exigir_banco_atualizavel()
