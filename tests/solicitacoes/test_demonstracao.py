"""As solicitações da demonstração: todas as situações, os cenários, e nenhuma em mãos do atendente."""

from collections import Counter

import pytest
from django.db import connection, transaction
from django.utils import timezone

from atendimento.demonstracao import preparar
from atendimento.demonstracao.cenarios import codigo_do_cenario
from atendimento.models import Equipe, Solicitacao, Transicao
from atendimento.situacoes import Situacao
from perfis.models import Usuario

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstracao")]


@pytest.fixture(scope="module")
def demonstracao(django_db_setup, django_db_blocker):
    """A demonstração inteira, uma vez para este arquivo, desfeita no fim."""
    with django_db_blocker.unblock(), transaction.atomic():
        preparar()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        yield
        transaction.set_rollback(True)


def do_cenario(numero):
    return Solicitacao.objects.filter(cliente__codigo_externo=codigo_do_cenario(numero)).order_by("aberta_em")


def test_ha_umas_sessenta_em_todas_as_situacoes():
    por_situacao = Counter(Solicitacao.objects.values_list("situacao", flat=True))
    assert 55 <= sum(por_situacao.values()) <= 80
    assert set(por_situacao) == set(Situacao.values)
    assert min(por_situacao.values()) >= 4
    assert Solicitacao.objects.filter(demo=False).count() == 0


def test_o_atendente_chega_de_maos_livres_e_com_pausadas():
    minhas = Solicitacao.objects.minhas(Usuario.objects.get(username="atendente"))
    assert {s.situacao for s in minhas} == {Situacao.PAUSADA}


def test_cenario_5_esta_na_etiqueta_do_contrato_errado():
    [s] = do_cenario(5)
    assert "Santa Aurora" in s.descricao
    assert s.etiqueta.endereco != s.cliente.contratos.exclude(pk=s.contrato_id).get().etiquetas.get().endereco


def test_cenario_11_e_a_terceira_reclamacao_em_trinta_dias():
    todas = do_cenario(11)
    assert [s.situacao for s in todas] == ["encerrada", "encerrada", "aberta"]
    assert todas[2].incancelavel
    assert (timezone.now() - todas[0].aberta_em).days < 30


def test_cenario_12_foi_encaminhado_duas_vezes_e_voltou():
    [s] = do_cenario(12)
    assert [t.transicao for t in s.transicoes.order_by("versao")].count("encaminhar") == 2
    assert (s.situacao, s.equipe.nome) == (Situacao.ABERTA, "Atendimento N1")


def test_cenario_13_esta_pausado_alem_do_limite_e_em_alerta():
    [s] = do_cenario(13)
    assert s.situacao == Situacao.PAUSADA
    assert s.alerta_em == s.pausa_ate < timezone.now()


def test_cenario_19_tem_solicitante_que_nao_e_o_titular():
    [s] = do_cenario(19)
    assert s.solicitante_relacao == "familiar"
    assert s.solicitante_nome != s.cliente.nome


def test_nada_acontece_no_futuro_e_cada_equipe_tem_gente():
    assert not Transicao.objects.filter(em__gt=timezone.now()).exists()
    assert not Equipe.objects.filter(membros__isnull=True).exists()


def test_preparar_de_novo_nada_acrescenta():
    antes = (Solicitacao.objects.count(), Transicao.objects.count(), Usuario.objects.count())
    preparar()
    assert (Solicitacao.objects.count(), Transicao.objects.count(), Usuario.objects.count()) == antes
