"""O catálogo guardado em cada processo: relê-se quando muda, seja quem for que o mudou, e só então."""

import pytest
from django.db import connection, transaction
from django.urls import reverse

from atendimento.catalogo_guardado import acoes_do_catalogo
from atendimento.models import ConfiguracaoDeAcao
from perfis.models import Acao, VersaoDoCatalogo
from perfis.permissoes import Permissoes
from tests.execucao.cenario import criar_cenario

pytestmark = pytest.mark.django_db


@pytest.fixture
def cenario(client):
    cenario = criar_cenario(acoes=["pausar", "abrir"])
    client.force_login(cenario.agente)
    return cenario


def versao_de(cenario) -> str:
    return Permissoes.de(cenario.agente).versao_do_catalogo


def test_a_mesma_versao_le_se_uma_vez(cenario, django_assert_num_queries):
    lido = acoes_do_catalogo(versao_de(cenario))
    with django_assert_num_queries(0):
        assert acoes_do_catalogo(cenario.agente.permissoes.versao_do_catalogo) is lido
    assert lido["pausar"].configuracao.acao_id == lido["pausar"].pk
    assert set(lido) == set(Acao.objects.values_list("slug", flat=True))


@pytest.mark.parametrize(
    "mudar",
    [
        lambda: Acao.objects.filter(slug="pausar").update(nome="Outro nome"),
        lambda: ConfiguracaoDeAcao.objects.filter(acao__slug="pausar").update(roteiro="Bom dia."),
        lambda: Acao.objects.create(slug="nova", nome="Nova", alvo="cliente", grupo="Geral"),
        lambda: ConfiguracaoDeAcao.objects.filter(acao__slug="pausar").delete(),
        lambda: connection.cursor().execute("UPDATE perfis_acao SET ordem = 7 WHERE slug = 'abrir'"),
    ],
)
def test_qualquer_mudanca_muda_a_versao(cenario, mudar):
    """O gatilho `muda_a_versao_do_catalogo`, por onde quer que se escreva."""
    antes = versao_de(cenario)
    assert antes
    mudar()
    depois = versao_de(cenario)
    assert depois not in ("", antes)
    assert VersaoDoCatalogo.objects.count() == 1


def test_o_que_o_administrador_muda_aparece_no_pedido_seguinte(client, cenario):
    painel = reverse("cliente", args=[cenario.cliente.pk])
    assert "Pausar" in client.get(painel).content.decode()
    Acao.objects.filter(slug="pausar").update(nome="Começar a conversa")
    assert "Começar a conversa" in client.get(painel).content.decode()
    ConfiguracaoDeAcao.objects.filter(acao__slug="pausar").update(situacoes_aceitas=[5])
    assert "esta ação só vale em: Suspenso" in client.get(painel).content.decode()


def test_o_que_se_desfaz_nao_fica_guardado(client, cenario):
    antes, painel = versao_de(cenario), reverse("cliente", args=[cenario.cliente.pk])
    with transaction.atomic():
        Acao.objects.filter(slug="pausar").update(nome="Nome de mentira")
        assert "Nome de mentira" in client.get(painel).content.decode()
        transaction.set_rollback(True)
    assert versao_de(cenario) == antes
    assert "Nome de mentira" not in client.get(painel).content.decode()


def test_sem_versao_le_se_toda_vez(cenario):
    VersaoDoCatalogo.objects.all().delete()
    assert versao_de(cenario) == ""
    assert acoes_do_catalogo("") is not acoes_do_catalogo("")
