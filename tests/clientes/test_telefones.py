"""Telefones: qualquer forma de escrever o mesmo número dá o mesmo E.164."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clientes import telefones

E164 = re.compile(r"\+[0-9]{8,15}")
DDDS = st.sampled_from(["11", "21", "48", "51", "54", "85", "99"])
LOCAIS = st.one_of(
    st.from_regex(r"9[0-9]{8}", fullmatch=True), st.from_regex(r"[2-5][0-9]{7}", fullmatch=True)
)
FORMAS = [
    "{ddd}{inicio}{fim}", "({ddd}) {inicio}-{fim}", "{ddd} {inicio} {fim}", "0{ddd} {inicio}-{fim}",
    "+55 {ddd} {inicio}-{fim}", "+55{ddd}{inicio}{fim}", "+55 ({ddd}) {inicio}.{fim}",
    " {ddd}-{inicio}-{fim} ", "55{ddd}{inicio}{fim}", "tel:+55{ddd}{inicio}{fim}",
]  # fmt: skip


def tentar(texto):
    """O número normalizado, ou `None`."""
    try:
        return telefones.normalizar(texto)
    except telefones.TelefoneInvalido:
        return None


@pytest.mark.parametrize("forma", FORMAS)
@given(ddd=DDDS, local=LOCAIS)
def test_toda_forma_de_escrever_da_o_mesmo_numero(forma, ddd, local):
    escrito = forma.format(ddd=ddd, inicio=local[:-4], fim=local[-4:])
    assert telefones.normalizar(escrito) == f"+55{ddd}{local}"


@given(st.one_of(st.text(max_size=30), st.text("0123456789+()- .", max_size=20)))
def test_um_texto_qualquer_ou_e_recusado_ou_fica_estavel(texto):
    numero = tentar(texto)
    if numero is not None:
        assert E164.fullmatch(numero)
        assert telefones.normalizar(numero) == numero


@given(DDDS, LOCAIS)
def test_formatar_e_normalizar_sao_inversos(ddd, local):
    e164 = f"+55{ddd}{local}"
    assert telefones.normalizar(telefones.formatar(e164)) == e164


@given(DDDS, LOCAIS)
def test_a_mascara_mostra_o_ddd_e_o_final_e_esconde_o_meio(ddd, local):
    mascarado = telefones.mascarar(f"+55{ddd}{local}")
    assert mascarado == f"({ddd}) {local[0]}****-{local[-4:]}"


@pytest.mark.parametrize("texto", ["", "54", "9000-0001", "999999999999999", "001000000000", "+55", "+82000"])
def test_o_que_nao_se_disca_e_recusado(texto):
    with pytest.raises(telefones.TelefoneInvalido, match="DDD"):
        telefones.normalizar(texto)


@pytest.mark.parametrize("texto", ["não tem", "54 9000 ABCD", "0800 IPE FIBRA", "(54) 90000-0001 ramal 12"])
def test_letras_nao_viram_algarismos(texto):
    with pytest.raises(telefones.TelefoneInvalido, match="sem letras"):
        telefones.normalizar(texto)


def test_um_numero_de_fora_fica_como_e():
    assert telefones.normalizar("+1 202 555 0143") == "+12025550143"
    assert telefones.formatar("+12025550143") == "+12025550143"
    assert telefones.mascarar("+12025550143") == "+12****43"
