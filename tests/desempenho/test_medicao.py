"""As contas do banco de provas: percentis, razões por rodada e o que ele recusa."""

import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atendimento.desempenho import barras
from atendimento.desempenho.medicao import Corrida, Medida, _alheio, _por_volta, percentil
from atendimento.desempenho.servidor import PortaOcupada, exigir_porta_livre


@given(st.lists(st.integers(0, 1000), min_size=1), st.integers(1, 100))
def test_o_percentil_nao_e_superado_por_mais_do_que_se_pede(valores, por_cento):
    achado = percentil(valores, por_cento)
    assert achado in valores
    assert sum(v <= achado for v in valores) * 100 >= por_cento * len(valores)
    assert sum(v < achado for v in valores) * 100 < por_cento * len(valores)


def test_percentil_de_nada_e_erro():
    with pytest.raises(ValueError, match="nenhum valor"):
        percentil([], 50)


def test_a_pagina_se_divide_pela_constante_da_mesma_rodada():
    corrida = Corrida({"constante": Medida(cpu=[1, 2, 4]), "painel": Medida(cpu=[10, 20, 80])})
    assert barras.vezes_s(corrida, "painel") == 10


def test_a_busca_se_divide_pela_chave_sem_o_que_toda_pagina_le_antes():
    corrida = Corrida(
        {
            "constante": Medida(comandos=[[1.5, 0.5], [1.0, 1.0]]),
            "permitida": Medida(comandos=[[1.5, 0.5, 0.5], [1.0, 1.0, 9.0]]),
            "chave": Medida(comandos=[[1.5, 0.5, 1.0], [1.0, 1.0, 1.0]]),
            "busca_nome": Medida(comandos=[[1.0, 0.5, 0.5, 2.0], [8.0, 9.0, 9.0, 5.5, 4.0]]),
        }
    )
    assert barras.vezes_k(corrida, "busca_nome") == 9.5


def test_o_crescimento_e_a_razao_dos_p95_e_o_nome_diz_os_tamanhos_que_nao_sao_os_da_barra():
    def corrida(segundos: float) -> Corrida:
        rotulos = ("painel", "fila", "acao_iniciar", "busca_chave", "busca_nome")
        lidas = {rotulo: Medida(segundos=[segundos] * 20, comandos=[[9, segundos]]) for rotulo in rotulos}
        return Corrida(lidas | {"permitida": Medida(comandos=[[9]])})

    achadas = list(barras.do_crescimento(corrida(2), corrida(3), de=1000, ate=2000))
    assert [barra.razao for barra in achadas] == [1.5] * 5
    assert achadas[0].nome == "crescimento do p95: painel (de 1000 a 2000)"
    da_barra = barras.do_crescimento(corrida(2), corrida(3), de=barras.MENOR, ate=barras.MAIOR)
    assert next(da_barra).nome == "crescimento do p95: painel"


def test_os_pedidos_de_uma_volta_se_somam_e_os_de_outro_rotulo_nao_contam():
    linhas = [
        {"rotulo": "inteiro#0", "comandos": [0.1] * 7, "transacao": 5, "cpu": 1},
        {"rotulo": "inteiro#0", "comandos": [0.2] * 2, "transacao": 0, "cpu": 1},
        {"rotulo": "outro#0", "comandos": [9] * 9, "transacao": 9, "cpu": 9},
        {"rotulo": "inteiro#1", "comandos": [0.5] * 5, "transacao": 1, "cpu": 1},
    ]
    assert [len(volta["comandos"]) for volta in _por_volta(linhas, "inteiro")] == [9, 5]
    assert [volta["transacao"] for volta in _por_volta(linhas, "inteiro")] == [5, 1]


def test_o_que_os_outros_programas_tomaram_e_o_resto_do_que_se_gastou():
    assert _alheio((10.0, 100.0), (16.0, 110.0), nossa=4.0) == pytest.approx(0.2)
    assert _alheio((10.0, 100.0), (14.0, 110.0), nossa=4.5) == 0


def test_a_porta_ocupada_se_recusa():
    with socket.create_server(("127.0.0.1", 0)) as outro, pytest.raises(PortaOcupada, match="em uso"):
        exigir_porta_livre(outro.getsockname()[1])
