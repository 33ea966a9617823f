"""O copia-e-cola contra os exemplos que o Banco Central publica."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos import pix
from contratos.pix import BrCode, BrCodeInvalido, copia_e_cola, ler

# Manual de Padrões para Iniciação do Pix (Banco Central): QR estático sem valor.
DO_MANUAL = (
    "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000"
    "5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D"
)
CHAVE = "123e4567-e12b-12d1-a456-426655440000"


def test_o_crc_e_o_ccitt_de_comeco_ffff():
    """O valor de conferência do algoritmo CRC-16/CCITT-FALSE."""
    assert pix.crc16(b"123456789") == 0x29B1
    assert pix.crc16(DO_MANUAL[:-4].encode()) == 0x1D3D


def test_o_exemplo_do_manual_sai_igual_e_se_le():
    codigo = BrCode(nome="Fulano de Tal", cidade="BRASILIA", chave=CHAVE)
    assert copia_e_cola(codigo) == DO_MANUAL
    assert ler(DO_MANUAL) == codigo


def test_o_dinamico_traz_o_endereco_e_diz_que_vale_uma_vez():
    codigo = BrCode(nome="Fulano de Tal", cidade="BRASILIA", url="pix.example.com/8b3da2f39a4140d1a91abd93")
    texto = copia_e_cola(codigo)
    assert texto.startswith("000201010212")
    assert ler(texto) == codigo


def test_valor_identificador_e_descricao_entram_no_lugar():
    codigo = BrCode(
        "Conecta Ipê Telecom", "Vale do Ipê", CHAVE, valor=Decimal("99.9"), identificador="F202602"
    )
    texto = copia_e_cola(codigo)
    assert "540599.90" in texto
    assert "5919Conecta Ipe Telecom" in texto
    assert "6011Vale do Ipe" in texto
    assert "62110507F202602" in texto
    lido = ler(texto)
    assert (lido.valor, lido.identificador) == (Decimal("99.90"), "F202602")


chaves = st.one_of(
    st.uuids().map(str),
    st.from_regex(r"[a-z]{1,20}@exemplo\.net", fullmatch=True),
    st.from_regex(r"\+55[0-9]{11}", fullmatch=True),
)
codigos = st.builds(
    BrCode,
    nome=st.from_regex(r"[A-Za-z]([A-Za-z ]{0,23}[A-Za-z])?", fullmatch=True),
    cidade=st.from_regex(r"[A-Z]([A-Z ]{0,13}[A-Z])?", fullmatch=True),
    chave=chaves,
    valor=st.none() | st.integers(1, 10**10).map(lambda n: Decimal(n) / 100),
    identificador=st.from_regex(r"[A-Za-z0-9]{1,25}", fullmatch=True),
)


@given(codigos)
def test_tudo_o_que_se_escreve_se_le_de_volta(codigo):
    assert ler(copia_e_cola(codigo)) == codigo


@given(codigos, st.data())
def test_um_caractere_trocado_nunca_passa(codigo, data):
    texto = copia_e_cola(codigo)
    onde = data.draw(st.integers(0, len(texto) - 1))
    outro = data.draw(
        st.characters(codec="ascii", categories=["Lu", "Nd"]).filter(lambda c: c != texto[onde])
    )
    trocado = texto[:onde] + outro + texto[onde + 1 :]
    if trocado.upper() == texto.upper() and onde >= len(texto) - 4:
        return
    with pytest.raises(BrCodeInvalido):
        ler(trocado)


@pytest.mark.parametrize("ruim", ["", "pix", DO_MANUAL[:-1], DO_MANUAL[:60], "6304FFFF", DO_MANUAL + "0"])
def test_o_que_nao_e_br_code_se_recusa(ruim):
    with pytest.raises(BrCodeInvalido):
        ler(ruim)


@pytest.mark.parametrize(
    "campos",
    [
        {"chave": ""}, {"url": "exemplo.net/x"}, {"nome": "  "}, {"cidade": "日本"}, {"valor": Decimal(0)},
        {"valor": Decimal("-1")}, {"valor": Decimal("0.001")}, {"identificador": "com espaço"},
        {"identificador": "x" * 26}, {"chave": "x" * 90},
    ],
    ids=str,
)  # fmt: skip
def test_um_dado_que_nao_cabe_se_recusa(campos):
    padrao = {"nome": "Fulano", "cidade": "BRASILIA", "chave": CHAVE}
    with pytest.raises(BrCodeInvalido):
        copia_e_cola(BrCode(**padrao | campos))


def test_o_identificador_so_leva_letras_e_algarismos():
    assert pix.identificador("202602-00012") == "20260200012"
    assert pix.identificador("---") == "***"


def test_o_qr_e_um_svg_sem_script_nem_nada_de_fora():
    svg = pix.qr_svg(DO_MANUAL)
    assert svg.startswith("<svg")
    assert 'xmlns="http://www.w3.org/2000/svg"' in svg
    assert "<script" not in svg
    assert "href" not in svg
