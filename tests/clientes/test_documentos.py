"""CPF e CNPJ contra duas bibliotecas independentes e contra a função do banco."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from stdnum.br import cnpj as stdnum_cnpj
from stdnum.br import cpf as stdnum_cpf
from validate_docbr import CNPJ, CPF

from clientes import documentos

ALGARISMOS = "0123456789"
LETRAS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
TEXTO = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


def com_digitos(base, calcular):
    """A base com seus dígitos certos ou, em parte dos casos, com outros dois."""
    outros = st.text(ALGARISMOS, min_size=2, max_size=2)
    return base.flatmap(lambda b: st.one_of(st.just(b + calcular(b)), outros.map(lambda dv: b + dv)))


CPFS = com_digitos(st.text(ALGARISMOS, min_size=9, max_size=9), documentos.digitos_do_cpf)
CNPJS = com_digitos(
    st.one_of(
        st.text(ALGARISMOS, min_size=12, max_size=12), st.text(ALGARISMOS + LETRAS, min_size=12, max_size=12)
    ),
    documentos.digitos_do_cnpj,
)


def pontuar(documento, marcas):
    """O documento com pontos, barras, traços e espaços onde `marcas` os põe."""
    return "".join(c + marca for c, marca in zip(documento, marcas, strict=False)) + documento[len(marcas) :]


@given(CPFS)
def test_o_cpf_concorda_com_as_duas_bibliotecas(cpf):
    assume(len(set(cpf)) > 1)  # a python-stdnum aceita onze algarismos iguais
    assert documentos.cpf_valido(cpf) == CPF().validate(cpf) == stdnum_cpf.is_valid(cpf)


@pytest.mark.parametrize("algarismo", ALGARISMOS)
def test_onze_algarismos_iguais_nao_sao_um_cpf(algarismo):
    assert not documentos.cpf_valido(algarismo * 11)


@given(CNPJS)
def test_o_cnpj_numerico_ou_alfanumerico_concorda_com_as_duas_bibliotecas(cnpj):
    assume(not cnpj.startswith("0" * 12))
    assert documentos.cnpj_valido(cnpj) == CNPJ().validate(cnpj) == stdnum_cnpj.is_valid(cnpj)


@given(st.text(ALGARISMOS + LETRAS, min_size=12, max_size=12), st.integers(0, 99))
def test_um_cnpj_tem_um_so_par_de_digitos(base, digitos):
    assume(base != "0" * 12)
    certos = documentos.digitos_do_cnpj(base)
    assert documentos.cnpj_valido(f"{base}{digitos:02}") == (f"{digitos:02}" == certos)


@pytest.mark.parametrize("cnpj", ["12ABC34501DE35", "11222333000181", "00000000000191"])
def test_os_exemplos_publicados_sao_validos(cnpj):
    assert documentos.cnpj_valido(cnpj)


def test_catorze_zeros_nao_sao_um_cnpj():
    assert not documentos.cnpj_valido("0" * 14)


@given(TEXTO)
def test_normalizar_duas_vezes_e_normalizar_uma(texto):
    uma = documentos.normalizar(texto)
    assert documentos.normalizar(uma) == uma


@given(st.one_of(CPFS, CNPJS), st.lists(st.sampled_from(["", ".", "-", "/", " "]), max_size=14))
def test_a_pontuacao_e_a_caixa_nao_mudam_o_documento(documento, marcas):
    assert documentos.normalizar(pontuar(documento, marcas).lower()) == documento
    assert documentos.normalizar(documentos.formatar(documento)) == documento


@given(st.one_of(CPFS, CNPJS))
def test_a_mascara_esconde_comeco_e_digitos(documento):
    mascarado = documentos.mascarar(documento)
    assert len(mascarado) == len(documentos.formatar(documento))
    visivel = documento[3:9] if len(documento) == 11 else documento[2:8]
    assert documentos.normalizar(mascarado).replace("*", "") == visivel


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(st.one_of(CPFS, CNPJS, TEXTO), min_size=1, max_size=60))
def test_o_banco_e_o_python_dao_a_mesma_resposta(textos):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT documento_valido('PF', d), documento_valido('PJ', d)"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS t (d, ordem) ORDER BY ordem",
            [textos],
        )
        do_banco = cursor.fetchall()
    assert do_banco == [(documentos.cpf_valido(t), documentos.cnpj_valido(t)) for t in textos]
