"""O que o banco não deixa escrever nas tabelas de clientes nem por SQL direto."""

import pytest

from tests import fabricas
from tests.invariantes import recusado, sql

pytestmark = pytest.mark.django_db

DO_CLIENTE = [
    ("cliente_nome_preenchido", "nome = ''"),
    ("cliente_nome_preenchido", "nome = E' \\t\\n'"),
    ("cliente_documento_normalizado", "tipo = 'EX', documento = 'ab-12'"),
    ("cliente_documento_normalizado", "tipo = 'EX', documento = ''"),
    ("cliente_documento_do_tipo", "demo = true, tipo = 'PJ'"),
    ("cliente_documento_do_tipo", "demo = true, documento = '12ABC34501DE35'"),
    ("cliente_documento_do_tipo", "demo = true, documento = '123'"),
    ("cliente_documento_com_digitos_certos", "documento = '12345678900'"),
    ("cliente_documento_com_digitos_certos", "documento = '11111111111'"),
    ("cliente_documento_com_digitos_certos", "tipo = 'PJ', documento = '12ABC34501DE36'"),
    ("cliente_documento_com_digitos_certos", "tipo = 'PJ', documento = '00000000000000'"),
    ("cliente_tipo_conhecido", "tipo = 'XX', documento = NULL"),
    ("clientes_cliente_documento_key", "documento = '{documento_de_outro}'"),
    ("clientes_cliente_codigo_externo_key", "codigo_externo = 'OUTRO'"),
]


@pytest.mark.parametrize(("nome", "mudanca"), DO_CLIENTE)
def test_a_linha_do_cliente_nao_se_contradiz(nome, mudanca):
    cliente = fabricas.criar_cliente()
    outro = fabricas.criar_cliente(codigo_externo="OUTRO")
    mudanca = mudanca.format(documento_de_outro=outro.documento)
    recusado(nome, f"UPDATE clientes_cliente SET {mudanca} WHERE id = %s", cliente.pk)


@pytest.mark.parametrize(
    "mudanca",
    [
        "documento = NULL",
        "demo = true, documento = '12345678900'",
        "tipo = 'PJ', documento = '12ABC34501DE35'",
        "tipo = 'EX', documento = 'AB123456'",
    ],
)
def test_o_que_e_certo_passa(mudanca):
    cliente = fabricas.criar_cliente()
    sql(f"UPDATE clientes_cliente SET {mudanca} WHERE id = %s", cliente.pk)


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("contato_normalizado", "valor = '54900000001'"),
        ("contato_normalizado", "valor = '+55 54 900000001'"),
        ("contato_normalizado", "tipo = 'email', valor = 'Alguem@exemplo.net'"),
        ("contato_normalizado", "tipo = 'email', valor = 'a b@exemplo.net'"),
        ("contato_normalizado", "tipo = 'email', valor = 'exemplo.net'"),
        ("contato_normalizado", "tipo = 'fax'"),
        ("contato_unico_por_cliente", "valor = '+5554900000002'"),
    ],
)
def test_a_linha_do_contato_nao_se_contradiz(nome, mudanca):
    contato = fabricas.criar_contato(valor="+5554900000001")
    fabricas.criar_contato(contato.cliente, valor="+5554900000002")
    recusado(nome, f"UPDATE clientes_contato SET {mudanca} WHERE id = %s", contato.pk)


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("endereco_cep_oito_algarismos", "cep = '0000001'"),
        ("endereco_cep_oito_algarismos", "cep = '0000-012'"),
        ("endereco_uf_duas_letras", "uf = 'rs'"),
        ("endereco_uf_duas_letras", "uf = 'R'"),
        ("endereco_principal_unico", "principal = true"),
    ],
)
def test_a_linha_do_endereco_nao_se_contradiz(nome, mudanca):
    endereco = fabricas.criar_endereco()
    fabricas.criar_endereco(endereco.cliente, principal=True)
    recusado(nome, f"UPDATE clientes_endereco SET {mudanca} WHERE id = %s", endereco.pk)
