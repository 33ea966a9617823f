"""O que se importou serve ao trabalho: acha-se o cliente e lê-se o contrato inteiro no painel."""

import pytest
from django.urls import reverse

from contratos.models import Conexao, Empresa
from perfis.capacidades import Capacidade
from tests.fabricas import criar_usuario

pytestmark = pytest.mark.django_db
WIDGETS = ["detalhes", "eventos", "servicos", "conexao", "faturas", "contatos", "equipamentos"]


@pytest.fixture
def agente(client, pasta, comando):
    assert comando(pasta).erro == ""
    agente = criar_usuario(
        capacidades=[Capacidade.ATENDER, Capacidade.VER_DOCUMENTO, Capacidade.VER_TELEFONE],
        widgets=WIDGETS,
        empresas=Empresa.objects.all(),
    )
    client.force_login(agente)
    return agente


@pytest.mark.parametrize(
    "texto",
    [
        "100.000.001-00", "10000000100", "alecrim jacira", "IMP-2026001", "(54) 90000-0001",
        "jacira.alecrim@exemplo.net", "jacira.alecrim@ipe", "00-00-5E-00-53-01", "HWTC1A2B3C01",
        "485754431A2B3C01", "IMP-0001",
    ],
)  # fmt: skip
def test_o_cliente_importado_se_acha_por_qualquer_chave(client, agente, texto):
    conexao = Conexao.objects.get(codigo_externo="CX-001")

    resposta = client.post(reverse("busca"), {"q": texto}, follow=True)

    assert "Jacira Alecrim" in resposta.text
    assert reverse("cliente", args=[conexao.etiqueta.contrato.cliente_id]) in (
        resposta.text + str(resposta.redirect_chain)
    )


def test_o_contrato_importado_se_le_nas_quatro_abas(client, agente):
    contrato = Conexao.objects.get(codigo_externo="CX-001").etiqueta.contrato
    esperado = {
        "detalhes": ["IMP-2026001", "99,90", "05/01/2026", "Boleto por e-mail"],
        "eventos": ["Contrato criado no balcão.", "Instalação concluída."],
        "servicos": ["Ipê Fibra 400 Mega", "FIB-400"],
        "conexao": ["jacira.alecrim@ipe", "CTO-CEN-001", "POP Centro", "bras-ipe-01", "HWTC1A2B3C01"],
    }
    for aba, textos in esperado.items():
        pagina = client.get(reverse("contrato", args=[contrato.pk, aba])).text
        assert [texto for texto in textos if texto not in pagina] == [], aba
        assert "Cantiga-Azul-71" not in pagina
    url = reverse("widget", args=["faturas", "contrato", contrato.pk])
    # As que já não estão em aberto só vêm a pedido.
    faturas = client.get(url, {"depois": "outras"}).text
    assert "IMP-F-002" in faturas
