"""Do banco ao detector e de volta: a queda de uma caixa vira uma sugestão, uma vez só."""

from datetime import timedelta

import pytest
from django.utils import timezone

from atendimento.dominio import massivas, sugestoes
from atendimento.models import Massiva
from contratos.models import SessaoDeConexao
from tests.fabricas import (
    criar_agente,
    criar_conexao,
    criar_contrato,
    criar_empresa,
    criar_olt,
    criar_ponto_de_acesso,
    criar_splitter,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def caixas():
    """Duas caixas da mesma porta, com seis conexões no ar cada uma."""
    olt, empresa = criar_olt(criar_ponto_de_acesso()), criar_empresa()
    caixas = [criar_splitter(olt, slot=1, porta=2) for _ in range(2)]
    for caixa in caixas:
        for _ in range(6):
            conexao = criar_conexao(criar_contrato(empresa=empresa).etiquetas.get(), splitter=caixa)
            sessao(conexao, iniciada_ha=timedelta(days=3))
    return caixas


def sessao(conexao, *, iniciada_ha, terminada_ha=None, causa="Lost-Carrier") -> None:
    agora = timezone.now()
    SessaoDeConexao.objects.create(
        conexao=conexao,
        id_externo=f"{conexao.pk}-{conexao.sessoes.count()}",
        iniciada_em=agora - iniciada_ha,
        terminada_em=agora - terminada_ha if terminada_ha is not None else None,
        causa=causa if terminada_ha is not None else "",
    )


def derrubar(caixa, *, ha=timedelta(minutes=6), causa="Lost-Carrier") -> None:
    SessaoDeConexao.objects.filter(conexao__splitter=caixa, terminada_em=None).update(
        terminada_em=timezone.now() - ha, causa=causa
    )


def test_no_ar_nada_se_sugere_e_custa_um_comando(caixas, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert sugestoes.procurar() == 0


def test_a_caixa_que_caiu_vira_uma_sugestao_com_a_conta_e_a_hora(caixas):
    derrubar(caixas[0])
    assert sugestoes.procurar() == 1
    assert sugestoes.procurar() == 0
    sugestao = Massiva.objects.get()
    assert (sugestao.situacao, sugestao.escopo, sugestao.splitter) == ("sugerida", "splitter", caixas[0])
    assert sugestao.evidencia == {"afetadas": 6, "conhecidas": 6}
    assert timezone.now() - sugestao.inicio < timedelta(minutes=7)


def test_as_duas_caixas_da_porta_sao_uma_sugestao_da_porta(caixas):
    for caixa in caixas:
        derrubar(caixa)
    assert sugestoes.procurar() == 1
    sugestao = Massiva.objects.get()
    assert (sugestao.escopo, sugestao.olt, sugestao.slot, sugestao.porta) == ("porta", caixas[0].olt, 1, 2)


def test_a_descartada_nao_volta_pela_mesma_queda(caixas):
    derrubar(caixas[0])
    sugestoes.procurar()
    supervisora = criar_agente(empresas=[], supervisor=True)
    massivas.descartar(Massiva.objects.get(), por=supervisora)
    assert sugestoes.procurar() == 0
    assert Massiva.objects.count() == 1


def test_quem_voltou_foi_derrubado_de_proposito_ou_caiu_ha_muito_nao_conta(caixas):
    derrubar(caixas[0], causa="Admin-Reset")
    assert sugestoes.procurar() == 0
    derrubar(caixas[1], ha=timedelta(hours=5))
    assert sugestoes.procurar() == 0
    SessaoDeConexao.objects.all().delete()
    for caixa in caixas:
        for conexao in caixa.conexoes.all():
            sessao(conexao, iniciada_ha=timedelta(days=1), terminada_ha=timedelta(minutes=6))
            sessao(conexao, iniciada_ha=timedelta(minutes=4))
    assert sugestoes.procurar() == 0
