"""As fábricas dos outros testes."""

import inspect

import pytest
from django.db import connection

from perfis.models import Acao
from tests import fabricas


def _sem_argumento_obrigatorio(funcao) -> bool:
    parametros = inspect.signature(funcao).parameters.values()
    return all(p.default is not p.empty or p.kind in (p.VAR_KEYWORD, p.VAR_POSITIONAL) for p in parametros)


CRIADORAS = [
    funcao
    for nome, funcao in inspect.getmembers(fabricas, inspect.isfunction)
    if nome.startswith("criar_") and _sem_argumento_obrigatorio(funcao)
]


@pytest.mark.django_db
@pytest.mark.parametrize("criar", CRIADORAS, ids=lambda f: f.__name__)
def test_cada_fabrica_cria_dois_objetos_validos_sem_argumentos(criar):
    for _ in range(2):
        criar().full_clean(exclude=["password"])
    connection.check_constraints()


@pytest.mark.django_db
def test_o_usuario_pode_so_o_que_lhe_deram():
    Acao.objects.create(slug="acao-de-teste", nome="Ação de teste", alvo="contrato", grupo="teste")
    empresa, outra = fabricas.criar_empresa(), fabricas.criar_empresa()
    usuario = fabricas.criar_usuario(
        capacidades=["atender"], acoes={"acao-de-teste": {"dias": 3}}, empresas=[empresa]
    )
    assert usuario.permissoes.capacidades == {"atender"}
    assert usuario.permissoes.acao("acao-de-teste").limites == {"dias": 3}
    assert usuario.objetos_permitidos("contratos.atender_empresa") == {empresa.pk}
    assert usuario.check_password(fabricas.SENHA)
    assert outra.pk not in usuario.objetos_permitidos("contratos.atender_empresa")


@pytest.mark.django_db
def test_um_slug_que_nao_existe_derruba_o_teste():
    with pytest.raises(Acao.DoesNotExist):
        fabricas.criar_usuario(acoes=["nao-existe"])
