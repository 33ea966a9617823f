"""MAC e serial: as notações do mesmo equipamento são um só valor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos import identificadores
from contratos.identificadores import IdentificadorInvalido

HEXADECIMAIS = "0123456789ABCDEF"
# O segundo algarismo par: endereço de um equipamento, não de um grupo.
MACS = st.from_regex(r"[0-9A-F][02468ACE][0-9A-F]{10}", fullmatch=True).filter(lambda mac: mac != "0" * 12)
FABRICANTES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=4, max_size=4)
NUMEROS = st.text(HEXADECIMAIS, min_size=8, max_size=8)


def agrupar(mac, tamanho, separador):
    """O MAC em grupos de `tamanho`."""
    return separador.join(mac[i : i + tamanho] for i in range(0, 12, tamanho))


@given(MACS, st.booleans())
def test_as_quatro_notacoes_sao_o_mesmo_mac(mac, minusculas):
    notacoes = [mac, agrupar(mac, 2, ":"), agrupar(mac, 2, "-"), agrupar(mac, 4, ".")]
    escritas = [n.lower() if minusculas else n for n in notacoes]
    assert {identificadores.normalizar_mac(n) for n in escritas} == {mac}
    assert identificadores.normalizar_mac(identificadores.formatar_mac(mac)) == mac


@given(st.one_of(st.text(max_size=20), st.text(HEXADECIMAIS + "abcdef:-. ", max_size=20)))
def test_um_texto_qualquer_ou_nao_e_mac_ou_fica_estavel(texto):
    try:
        mac = identificadores.normalizar_mac(texto)
    except IdentificadorInvalido:
        return
    assert len(mac) == 12
    assert set(mac) <= set(HEXADECIMAIS)
    assert identificadores.normalizar_mac(mac) == mac


@pytest.mark.parametrize(
    "mac", ["00:00:00:00:00:00", "FF:FF:FF:FF:FF:FF", "01:00:5E:00:00:01", "33:33:00:00:00:01"]
)
def test_zeros_difusao_e_multidifusao_nao_sao_de_um_equipamento(mac):
    with pytest.raises(IdentificadorInvalido, match="único equipamento"):
        identificadores.normalizar_mac(mac)


@pytest.mark.parametrize("mac", ["", "00:00:5E:00:53", "00:00:5E:00:53:0G", "00:00:5E:00:53:01:02"])
def test_outra_forma_nao_e_mac(mac):
    with pytest.raises(IdentificadorInvalido, match="doze algarismos"):
        identificadores.normalizar_mac(mac)


@given(FABRICANTES, NUMEROS, st.booleans())
def test_as_duas_notacoes_do_serial_gpon_sao_o_mesmo(fabricante, numero, minusculas):
    hexadecimal = fabricante.encode().hex() + numero
    notacoes = [fabricante + numero, hexadecimal, f"{hexadecimal[:8]} {hexadecimal[8:]}"]
    escritas = [n.lower() if minusculas else n.upper() for n in notacoes]
    assert {identificadores.normalizar_serial(n) for n in escritas} == {fabricante + numero}


@given(st.one_of(st.text(max_size=40), st.text(HEXADECIMAIS, min_size=16, max_size=16)))
def test_normalizar_o_serial_duas_vezes_e_normalizar_uma(texto):
    try:
        serial = identificadores.normalizar_serial(texto)
    except IdentificadorInvalido:
        return
    assert len(serial) <= 32
    assert identificadores.normalizar_serial(serial) == serial


def test_um_serial_comprido_demais_e_recusado():
    with pytest.raises(IdentificadorInvalido, match="32"):
        identificadores.normalizar_serial("A" * 33)
