"""Linha digitável e código de barras, nos dois sentidos, contra exemplos publicados e contas à mão."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contratos import boletos
from contratos.boletos import Arrecadacao, Boleto, LinhaInvalida, ler

# O exemplo da carta-circular do Banco do Brasil, repetido em toda a documentação do formato.
CODIGO = "00193373700000001000500940144816060680935031"
LINHA = "00190500954014481606906809350314337370000000100"


def test_o_exemplo_publicado_nos_dois_sentidos():
    perto = date(2007, 12, 31)
    pela_linha = ler("00190.50095 40144.816069 06809.350314 3 37370000000100", perto_de=perto)
    assert pela_linha == ler(CODIGO, perto_de=perto)
    assert pela_linha == Boleto("001", CODIGO, LINHA, Decimal("1.00"), date(2007, 12, 31))
    assert boletos.formatar(LINHA) == "00190.50095 40144.816069 06809.350314 3 37370000000100"


@pytest.mark.parametrize(
    ("numero", "dez", "onze"),
    # À mão: 01230067896 dá soma 37 no módulo 10 e 176 (resto 0) no 11.
    [("01230067896", 3, 0), ("0", 0, 0), ("5", 9, 1), ("19", 0, 1)],
)
def test_os_digitos_feitos_a_mao(numero, dez, onze):
    assert (boletos.modulo10(numero), boletos.modulo11_arrecadacao(numero)) == (dez, onze)


def test_no_boleto_o_digito_geral_nunca_e_zero():
    assert {boletos.modulo11(f"{n:043d}") for n in range(2000)} <= set(range(1, 10))


@pytest.mark.parametrize(
    ("vencimento", "fator"),
    [
        (date(2000, 7, 3), 1000),
        (date(2007, 12, 31), 3737),
        (date(2025, 2, 21), 9999),
        (date(2025, 2, 22), 1000),
        (date(2025, 2, 23), 1001),
        (date(2026, 2, 28), 1371),
    ],
)
def test_o_fator_recomeca_em_22_de_fevereiro_de_2025(vencimento, fator):
    assert boletos.fator_de_vencimento(vencimento) == fator
    assert boletos.vencimento_do_fator(fator, vencimento) == vencimento


@given(st.dates(date(2000, 7, 3), date(2060, 12, 31)), st.integers(-4000, 4000))
def test_o_vencimento_se_le_de_volta_de_qualquer_data_perto(vencimento, distancia):
    perto = vencimento + timedelta(days=distancia)
    assert boletos.vencimento_do_fator(boletos.fator_de_vencimento(vencimento), perto) == vencimento


boletos_validos = st.builds(
    boletos.montar,
    banco=st.from_regex(r"[0-7][0-9]{2}", fullmatch=True),
    vencimento=st.dates(date(2025, 2, 22), date(2045, 1, 1)),
    valor=st.integers(1, 10**10 - 1).map(lambda n: Decimal(n) / 100),
    campo_livre=st.from_regex(r"[0-9]{25}", fullmatch=True),
)


@given(boletos_validos)
def test_codigo_e_linha_se_convertem_um_no_outro(codigo):
    linha = boletos.codigo_para_linha(codigo)
    assert len(linha) == 47
    assert boletos.linha_para_codigo(linha) == codigo
    assert ler(linha) == ler(codigo) == ler(boletos.formatar(linha))


@given(boletos_validos, st.integers(0, 31), st.integers(1, 9))
def test_um_algarismo_trocado_num_dos_tres_campos_nunca_passa(codigo, onde, soma):
    linha = boletos.codigo_para_linha(codigo)
    trocada = linha[:onde] + str((int(linha[onde]) + soma) % 10) + linha[onde + 1 :]
    with pytest.raises(LinhaInvalida):
        ler(trocada)


arrecadacoes = st.builds(
    boletos.montar_arrecadacao,
    segmento=st.sampled_from("123456"),
    valor=st.integers(1, 10**11 - 1).map(lambda n: Decimal(n) / 100),
    resto=st.from_regex(r"[0-9]{29}", fullmatch=True),
    modulo=st.sampled_from((10, 11)),
)


@given(arrecadacoes)
def test_a_arrecadacao_vai_e_volta_com_o_valor(codigo):
    lida = ler(codigo)
    assert isinstance(lida, Arrecadacao)
    assert len(lida.linha_digitavel) == 48
    assert ler(lida.linha_digitavel) == lida == ler(boletos.formatar(lida.linha_digitavel))
    assert lida.valor == Decimal(codigo[4:15]) / 100


@given(arrecadacoes, st.integers(0, 47), st.integers(1, 9))
def test_na_arrecadacao_de_modulo_10_um_algarismo_trocado_nao_passa(codigo, onde, soma):
    linha = ler(codigo).linha_digitavel
    if codigo[2] != "6" or onde in (0, 2):
        return
    trocada = linha[:onde] + str((int(linha[onde]) + soma) % 10) + linha[onde + 1 :]
    with pytest.raises(LinhaInvalida):
        ler(trocada)


@pytest.mark.parametrize(
    "ruim", ["", "1", "9" * 47, "8" * 48, "a" * 47, "0" * 44, LINHA[:-1], LINHA + "0", "８" * 47, "-" * 47]
)
def test_o_que_nao_e_linha_diz_por_que(ruim):
    with pytest.raises(LinhaInvalida) as recusa:
        ler(ruim)
    assert str(recusa.value).endswith(".")


@pytest.mark.parametrize(
    "campos",
    [
        {"banco": "01"}, {"campo_livre": "1" * 24}, {"valor": Decimal("0.001")}, {"valor": Decimal(10**8)},
        {"vencimento": date(2000, 7, 2)}, {"valor": Decimal("-1")},
    ],
    ids=str,
)  # fmt: skip
def test_um_boleto_com_partes_fora_do_tamanho_nao_se_monta(campos):
    padrao = {
        "banco": "001",
        "vencimento": date(2026, 1, 5),
        "valor": Decimal("99.90"),
        "campo_livre": "1" * 25,
    }
    with pytest.raises(ValueError):
        boletos.montar(**padrao | campos)
