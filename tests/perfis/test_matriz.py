"""Gravar, clonar e revisar o que um perfil concede."""

import threading
from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from contratos.models import ConcessaoDeEmpresa
from perfis.dominio.matriz import Matriz, ler_matriz
from perfis.dominio.perfis import NomeRepetido, clonar_perfil, diferencas, salvar_matriz
from perfis.dominio.recusas import ItemInexistente, PerfilDesatualizado, PerfilProprio
from perfis.models import Acao, ConcessaoDeAcao, ConcessaoDeWidget, Perfil, Widget
from tests.fabricas import criar_empresa, criar_perfil, criar_usuario

pytestmark = pytest.mark.django_db

EXECUTAR = "perfis.executar_acao"
VER = "perfis.ver_widget"
ATENDER = "contratos.atender_empresa"
DIAS = {"nome": "dias", "rotulo": "Dias", "unidade": "dias", "padrao": 3}


@pytest.fixture
def admin():
    return criar_usuario(capacidades=["administrar_perfis"], username="alba")


@pytest.fixture
def perfil():
    return criar_perfil(name="Suporte N1")


@pytest.fixture
def desbloqueio():
    return Acao.objects.create(
        slug="desbloqueio-de-teste", nome="Desbloqueio", alvo="contrato", grupo="Cobrança",
        limites_declarados=[DIAS],
    )  # fmt: skip


@pytest.fixture
def widget():
    return Widget.objects.create(slug="widget-de-teste", nome="Consumo", alvo="etiqueta", regiao="lateral")


def test_concede_tudo_de_uma_vez_e_o_agente_passa_a_poder(admin, perfil, desbloqueio, widget):
    empresa = criar_empresa(nome="Filial Aurora")
    agente = criar_usuario(perfil)
    matriz = Matriz(
        frozenset({"perfis.atender", "contratos.view_plano"}),
        {
            EXECUTAR: {desbloqueio.pk: {"ordem": 5, "favorita": True, "limites": {"dias": 7}}},
            VER: {widget.pk: {"recolhido": True}},
            ATENDER: {empresa.pk: {}},
        },
    )

    salvar_matriz(perfil, matriz, por=admin)

    permissoes = agente.permissoes
    assert permissoes.capacidades == {"atender"}
    assert permissoes.acoes["desbloqueio-de-teste"].limites == {"dias": 7}
    assert permissoes.acoes["desbloqueio-de-teste"].marcado
    assert permissoes.acoes["desbloqueio-de-teste"].ordem == 5
    assert set(permissoes.widgets) == {"widget-de-teste"}
    assert permissoes.objetos(ATENDER) == {empresa.pk}
    assert agente.has_perm("contratos.view_plano")


def test_o_historico_diz_o_que_foi_concedido_retirado_e_mudado(admin, perfil, desbloqueio, widget):
    aurora = criar_empresa(nome="Filial Aurora")
    salvar_matriz(
        perfil,
        Matriz(objetos={EXECUTAR: {desbloqueio.pk: {}}, ATENDER: {aurora.pk: {}}}),
        por=admin,
    )
    perfil.descricao = "Primeiro nível"

    salvar_matriz(
        perfil,
        Matriz(objetos={EXECUTAR: {desbloqueio.pk: {"limites": {"dias": 5}}}, VER: {widget.pk: {}}}),
        por=admin,
    )

    ultima, primeira = LogEntry.objects.filter(object_id=perfil.pk)
    assert primeira.change_message == "Concedido: ação Desbloqueio, empresa Filial Aurora"
    assert ultima.change_message == (
        "Descrição: nada → Primeiro nível; Concedido: widget Consumo; Retirado: empresa Filial Aurora; "
        "Limite de dias de Desbloqueio: 3 → 5"
    )
    assert ultima.user == admin
    assert perfil.versao == 3


def test_o_banco_tambem_guarda_quem_concedeu_e_quem_retirou(admin, perfil, widget):
    salvar_matriz(perfil, Matriz(objetos={VER: {widget.pk: {}}}), por=admin)
    salvar_matriz(perfil, Matriz(), por=admin)

    eventos = ConcessaoDeWidget.pgh_event_model.objects.order_by("pgh_id").select_related("pgh_context")
    assert [(e.pgh_label, e.pgh_context.metadata["usuario"]) for e in eventos] == [
        ("insert", admin.pk),
        ("delete", admin.pk),
    ]


def test_o_que_nao_mudou_nao_se_reescreve_nem_se_registra(admin, perfil, widget):
    matriz = Matriz(objetos={VER: {widget.pk: {"ordem": 4}}})
    salvar_matriz(perfil, matriz, por=admin)
    antes = ConcessaoDeWidget.objects.get()

    assert salvar_matriz(perfil, matriz, por=admin) == []

    assert ConcessaoDeWidget.objects.get() == antes
    assert LogEntry.objects.count() == 1
    assert perfil.versao == Perfil.objects.get(pk=perfil.pk).versao == 2


def test_revisar_diz_o_mesmo_que_gravar_e_nao_grava(admin, perfil, widget):
    matriz = Matriz(frozenset({"perfis.exportar"}), {VER: {widget.pk: {}}})

    revisado = diferencas(perfil, matriz)

    assert revisado == ["Concedido: Exportar dados de clientes, widget Consumo"]
    assert ler_matriz(perfil).permissoes == frozenset()
    assert not ConcessaoDeWidget.objects.exists()
    assert salvar_matriz(perfil, matriz, por=admin) == revisado


def test_de_dois_administradores_o_atrasado_e_avisado_e_nada_seu_se_grava(admin, perfil, widget):
    outra = criar_usuario(capacidades=["administrar_perfis"], username="bento")
    lido_por_outra = Perfil.objects.get(pk=perfil.pk)
    salvar_matriz(perfil, Matriz(objetos={VER: {widget.pk: {}}}), por=admin)

    with pytest.raises(PerfilDesatualizado) as erro:
        salvar_matriz(lido_por_outra, Matriz(frozenset({"perfis.atender"})), por=outra)

    assert erro.value.versao == 2
    assert erro.value.ultima.user == admin
    assert ler_matriz(perfil).permissoes == frozenset()
    assert ConcessaoDeWidget.objects.count() == 1


@pytest.mark.parametrize(
    "matriz",
    [
        Matriz(objetos={VER: {999_999: {}}}),
        Matriz(objetos={ATENDER: {999_999: {}}}),
        Matriz(objetos={"perfis.inventada": {}}),
        Matriz(frozenset({"perfis.inventada"})),
        # Dariam o admin inteiro ou um objeto qualquer: não se concedem pela matriz.
        Matriz(frozenset({"perfis.change_perfil"})),
        Matriz(frozenset({"perfis.executar_acao"})),
        Matriz(frozenset({"auth.change_permission"})),
        Matriz(frozenset({"contratos.change_eventodecontrato"})),
    ],
    ids=str,
)
def test_o_que_nao_existe_ou_nao_se_concede_e_recusado_e_nada_se_grava(admin, perfil, widget, matriz):
    boa = Matriz(matriz.permissoes | {"perfis.atender"}, {VER: {widget.pk: {}}} | matriz.objetos)

    with pytest.raises(ItemInexistente):
        salvar_matriz(perfil, boa, por=admin)

    assert ler_matriz(perfil).permissoes == frozenset()
    assert not ConcessaoDeWidget.objects.exists()
    assert Perfil.objects.get(pk=perfil.pk).versao == 1


@pytest.mark.parametrize("valor", [-1, "7", True, None])
def test_limite_que_nao_e_um_numero_e_recusado(admin, perfil, desbloqueio, valor):
    with pytest.raises(ItemInexistente):
        salvar_matriz(
            perfil, Matriz(objetos={EXECUTAR: {desbloqueio.pk: {"limites": {"dias": valor}}}}), por=admin
        )

    assert not ConcessaoDeAcao.objects.exists()


def test_limite_que_a_acao_nao_declara_nao_se_guarda(admin, perfil, desbloqueio):
    salvar_matriz(perfil, Matriz(objetos={EXECUTAR: {desbloqueio.pk: {"limites": {"valor": 9}}}}), por=admin)

    assert ConcessaoDeAcao.objects.get().limites == {"dias": 3}


def test_ninguem_altera_o_proprio_perfil(widget):
    perfil = criar_perfil(capacidades=["administrar_perfis"])
    dona = criar_usuario(perfil)

    with pytest.raises(PerfilProprio, match="ninguém altera o próprio perfil"):
        salvar_matriz(perfil, Matriz(frozenset({"perfis.exportar"})), por=dona)

    assert ler_matriz(perfil).permissoes == {"perfis.administrar_perfis"}


def test_quem_nao_administra_nao_grava_nem_clona(perfil):
    supervisora = criar_usuario(capacidades=["supervisionar"], is_staff=True)

    with pytest.raises(PermissionDenied):
        salvar_matriz(perfil, Matriz(frozenset({"perfis.atender"})), por=supervisora)
    with pytest.raises(PermissionDenied):
        clonar_perfil(perfil, "Cópia", por=supervisora)

    assert list(Perfil.objects.exclude(user=supervisora)) == [perfil]
    assert ler_matriz(perfil).permissoes == frozenset()


def test_clonar_concede_o_mesmo_e_nao_leva_usuarios(admin, desbloqueio, widget):
    empresa = criar_empresa()
    prazo = timezone.now() + timedelta(days=3)
    original = criar_perfil(name="N1", descricao="Primeiro nível", max_pausadas=4)
    criar_usuario(original)
    matriz = Matriz(
        frozenset({"perfis.atender", "clientes.view_cliente"}),
        {
            EXECUTAR: {desbloqueio.pk: {"limites": {"dias": 2}}},
            VER: {widget.pk: {"ordem": 7}},
            ATENDER: {empresa.pk: {"valido_ate": prazo}},
        },
    )
    salvar_matriz(original, matriz, por=admin)

    copia = clonar_perfil(original, "N1 noturno", por=admin)

    assert ler_matriz(copia) == ler_matriz(original)
    assert (copia.name, copia.descricao, copia.max_pausadas) == ("N1 noturno", "Primeiro nível", 4)
    assert not copia.user_set.exists()
    assert LogEntry.objects.filter(object_id=copia.pk).get().change_message.startswith("Criado; Concedido: ")


def test_nome_repetido_e_recusado_sem_meio_perfil(admin, perfil):
    with pytest.raises(NomeRepetido):
        clonar_perfil(perfil, "Suporte N1", por=admin)

    assert Perfil.objects.filter(name="Suporte N1").count() == 1


def test_o_sistema_grava_sem_usuario_e_sem_registro_do_admin(perfil, widget):
    salvar_matriz(perfil, Matriz(objetos={VER: {widget.pk: {}}}), por=None)

    assert ConcessaoDeWidget.objects.filter(group=perfil).count() == 1
    assert not LogEntry.objects.exists()


def test_empresa_retirada_some_so_deste_perfil(admin, perfil):
    empresa = criar_empresa()
    outro = criar_perfil(empresas=[empresa])
    salvar_matriz(perfil, Matriz(objetos={ATENDER: {empresa.pk: {}}}), por=admin)

    salvar_matriz(perfil, Matriz(), por=admin)

    assert list(ConcessaoDeEmpresa.objects.values_list("group_id", flat=True)) == [outro.pk]


@pytest.mark.django_db(transaction=True)
def test_dois_salvares_ao_mesmo_tempo_um_vence_inteiro_e_o_outro_e_recusado_inteiro(admin, perfil):
    """A corrida de verdade: duas conexões lêem a mesma versão e gravam juntas."""
    empresas = [criar_empresa(), criar_empresa()]
    largada, resultados = threading.Barrier(2), {}

    def gravar(numero: int):
        try:
            lido = Perfil.objects.get(pk=perfil.pk)
            largada.wait(timeout=20)
            salvar_matriz(lido, Matriz(objetos={ATENDER: {empresas[numero].pk: {}}}), por=admin)
            resultados[numero] = "gravou"
        except PerfilDesatualizado:
            resultados[numero] = "recusado"
        finally:
            connection.close()

    fios = [threading.Thread(target=gravar, args=[numero]) for numero in range(2)]
    for fio in fios:
        fio.start()
    for fio in fios:
        fio.join(timeout=30)

    assert sorted(resultados.values()) == ["gravou", "recusado"]
    vencedora = next(numero for numero, resultado in resultados.items() if resultado == "gravou")
    assert ler_matriz(perfil).objetos[ATENDER].keys() == {empresas[vencedora].pk}
    assert Perfil.objects.get(pk=perfil.pk).versao == 2
    assert LogEntry.objects.count() == 1
