"""O sinal óptico lido de um agente SNMP de verdade, com tabelas da Huawei e da ZTE feitas aqui."""

from decimal import Decimal

import pytest
from django.urls import reverse

from atendimento.dominio.rede import leituras
from atendimento.integracoes.rede import (
    NaoSuportado,
    Onu,
    RespostaInvalida,
    SemResposta,
    Sinal,
)
from atendimento.integracoes.rede.snmp import Snmp
from contratos.cifra import Segredo, cifrar
from tests import fabricas
from tests.execucao.conftest import texto_de
from tests.rede.olt import TEXTO, linhas_da_onu, no_ar
from tests.rede.radius import porta_livre

COMUNIDADE = "leitura-secreta"
BOA, CAIDA, TORTA, ZTE_BOA, ZTE_CAIDA = (
    "HWTC1A2B3C4D", "HWTC00000002", "HWTC00000003", "ZTEG0A0B0C0D", "ZTEG00000002",
)  # fmt: skip
HUAWEI = [
    *(
        linha
        for n in range(40)
        for linha in linhas_da_onu("huawei", 1, 2, n + 10, f"ITBS000000{n:02X}")
    ),
    *linhas_da_onu(
        "huawei", 1, 2, 100, BOA, estado=1, rx=-1987, tx=215, rx_na_olt=7744, distancia=1840, causa=13
    ),
    *linhas_da_onu(
        "huawei", 1, 2, 101, CAIDA, estado=2, rx=2147483647, tx=2147483647, rx_na_olt=2147483647,
        distancia=-1, causa=13,
    ),
    *linhas_da_onu(
        "huawei", 1, 2, 102, TORTA, estado=1, rx=(TEXTO, "<script>"), tx=999999, distancia=2147483647,
    ),
    *linhas_da_onu("huawei", 1, 3, 1, "HWTC00000009", estado=(TEXTO, "lixo" * 50)),
]  # fmt: skip
ZTE = [
    *linhas_da_onu("zte", 2, 5, 1, ZTE_BOA, estado=3, rx=5000, tx=16100, distancia=733),
    *linhas_da_onu("zte", 2, 5, 2, ZTE_CAIDA, estado=4, rx=65535, tx=65535, distancia=0),
]


@pytest.fixture(scope="module")
def olt(tmp_path_factory):
    with no_ar(tmp_path_factory.mktemp("olt"), {COMUNIDADE: HUAWEI, "zte": ZTE}) as porta:
        yield porta


def ler(olt, serial, fabricante="huawei", comunidade=COMUNIDADE, slot=1, porta=2) -> Sinal:
    return Snmp("127.0.0.1", olt, fabricante, Segredo(comunidade)).sinal(Onu(1, serial, slot, porta))


def test_a_onu_da_huawei_se_acha_pelo_serial_entre_dezenas(olt):
    assert ler(olt, BOA) == Sinal(
        estado="online", rx_dbm=Decimal("-19.87"), tx_dbm=Decimal("2.15"), rx_na_olt_dbm=Decimal("-22.56"),
        distancia_m=1840, causa_da_queda="Sem energia (dying gasp)",
    )  # fmt: skip


def test_a_onu_caida_diz_por_que_e_nao_traz_potencia(olt):
    assert ler(olt, CAIDA) == Sinal(estado="sem_energia", causa_da_queda="Sem energia (dying gasp)")


def test_a_da_zte_conta_de_dois_em_dois_milesimos(olt):
    lido = ler(olt, ZTE_BOA, "zte", "zte", 2, 5)
    assert lido == Sinal(estado="online", rx_dbm=Decimal("-20.00"), tx_dbm=Decimal("2.20"), distancia_m=733)
    assert ler(olt, ZTE_CAIDA, "zte", "zte", 2, 5).estado == "sem_energia"


def test_o_que_vem_torto_fica_vazio_e_o_resto_vale(olt):
    assert ler(olt, TORTA) == Sinal(estado="online")


@pytest.mark.parametrize(
    ("erro", "argumentos"),
    [
        (NaoSuportado, {"serial": "HWTC0000FFFF"}),
        (NaoSuportado, {"serial": BOA, "porta": 4}),
        (NaoSuportado, {"serial": BOA, "porta": None}),
        (NaoSuportado, {"serial": "", "porta": 2}),
        (NaoSuportado, {"serial": BOA, "fabricante": "parks"}),
        (NaoSuportado, {"serial": BOA, "comunidade": ""}),
        (SemResposta, {"serial": BOA, "comunidade": "errada"}),
        (RespostaInvalida, {"serial": "HWTC00000009", "porta": 3}),
    ],
)
def test_o_que_nao_se_le_tem_uma_frase_sem_segredo(olt, erro, argumentos):
    with pytest.raises(erro) as falha:
        ler(olt, **argumentos)
    assert len(str(falha.value)) > 20
    assert "errada" not in str(falha.value)
    assert "127.0.0.1" not in str(falha.value)


def test_a_comunidade_nao_se_imprime(olt):
    assert COMUNIDADE not in repr(Snmp("127.0.0.1", olt, "huawei", Segredo(COMUNIDADE)))


@pytest.mark.django_db
def test_a_leitura_chega_ao_cartao(client, olt):
    empresa = fabricas.criar_empresa()
    aparelho = fabricas.criar_olt(
        integracao="snmp", fabricante="huawei", ip="127.0.0.1", porta_snmp=olt, comunidade=cifrar(COMUNIDADE)
    )
    splitter = fabricas.criar_splitter(aparelho, slot=1, porta=2)
    etiqueta = fabricas.criar_contrato(empresa=empresa).etiquetas.get()
    conexao = fabricas.criar_conexao(
        etiqueta, serial=BOA, splitter=splitter, porta_splitter=1, slot_olt=6, porta_olt=9
    )
    leituras.ler_sinal(conexao.pk)

    client.force_login(fabricas.criar_usuario(capacidades=["atender"], widgets=["sinal"], empresas=[empresa]))
    resposta = client.get(reverse("widget", args=["sinal", "etiqueta", etiqueta.pk]))
    texto = texto_de(resposta)
    assert "-19,87 dBm" in texto
    assert "Bom" in texto
    assert "1840 m" in texto
    assert COMUNIDADE not in resposta.content.decode()
    # A OLT que parou de responder deixa a leitura de antes e diz que falhou.
    aparelho.porta_snmp = porta_livre()
    aparelho.save()
    leituras.ler_sinal(conexao.pk)
    texto = texto_de(client.get(reverse("widget", args=["sinal", "etiqueta", etiqueta.pk])))
    assert "-19,87 dBm" in texto
    assert "A OLT não respondeu" in texto
    assert "Tentar de novo" in texto
