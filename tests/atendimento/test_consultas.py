"""Consultas guardadas: dão o que o QuerySet daria, e nenhuma serve a quem vê outra coisa."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.models import Prefetch
from django.utils import timezone

from atendimento import barra, painel
from atendimento.consultas import ID, INSTANTE, TEXTO, Consulta, _escrever
from atendimento.eixo import DO_CONTRATO, SEM_TRAVA
from atendimento.models import Solicitacao
from clientes.models import Cliente
from contratos.models import Contrato, Etiqueta, EventoDeContrato
from tests.fabricas import (
    conceder_empresa,
    criar_agente,
    criar_contrato,
    criar_empresa,
    criar_endereco,
    criar_equipe,
    criar_etiqueta,
    criar_evento,
    criar_perfil,
    criar_solicitacao,
    criar_usuario,
)

pytestmark = pytest.mark.django_db

NO_ESCOPO = Consulta(lambda quem: Contrato.objects.visiveis_para(quem).order_by("pk"))


def campos(objeto) -> dict:
    """Tudo o que uma instância leu, com o que veio junto."""
    lidos = {nome: valor for nome, valor in vars(objeto).items() if not nome.startswith("_")}
    juntos = {nome: campos(valor) for nome, valor in objeto._state.fields_cache.items() if valor is not None}
    return lidos | {f"{nome}/": valor for nome, valor in juntos.items()}


@pytest.fixture
def mesa():
    equipe, empresa = criar_equipe(), criar_empresa()
    agente = criar_agente(equipe, empresas=[empresa])
    contrato = criar_contrato(empresa=empresa)
    criar_endereco(contrato.cliente)
    etiqueta = criar_etiqueta(contrato)
    criar_solicitacao(por=agente, etiqueta=etiqueta, equipe=equipe)
    return agente, etiqueta


def test_a_instancia_e_a_que_o_queryset_daria_com_tudo_o_que_vem_junto(mesa, django_assert_num_queries):
    agente, etiqueta = mesa
    igual = Etiqueta.objects.visiveis_para(agente).select_related(*DO_CONTRATO).get(pk=etiqueta.pk)
    with django_assert_num_queries(1):
        achada = SEM_TRAVA["etiqueta"].primeira(agente, etiqueta.pk)
        assert campos(achada) == campos(igual)
    assert achada == igual
    assert achada.contrato.cliente.nome == igual.contrato.cliente.nome


def test_os_dicionarios_e_as_anotacoes_sao_os_do_queryset(mesa):
    agente, etiqueta = mesa
    cliente = etiqueta.contrato.cliente_id
    assert painel.CONTRATOS(agente, cliente) == list(painel._contratos_com_etiquetas(agente, cliente))
    (guardada,), (direta,) = barra.ABERTAS(agente, cliente), barra._abertas(agente, cliente)
    assert isinstance(guardada, Solicitacao)
    assert campos(guardada) == campos(direta)
    assert guardada.na_equipe
    assert guardada.passos_lidos


def test_cada_valor_da_o_seu_resultado_e_quem_nao_existe_nenhum(mesa):
    agente, etiqueta = mesa
    outra = criar_etiqueta(criar_contrato(empresa=etiqueta.empresa))
    um_a_um = SEM_TRAVA["etiqueta"]
    assert [um_a_um.primeira(agente, pk) for pk in (outra.pk, etiqueta.pk, 0)] == [outra, etiqueta, None]


def test_cada_um_so_ve_o_seu_escopo_na_mesma_consulta():
    contratos = [criar_contrato(empresa=criar_empresa()) for _ in range(3)]
    usuarios = []
    for visiveis in ([0], [1], [0, 1], []):
        perfil = criar_perfil()
        for posicao in visiveis:
            conceder_empresa(perfil, contratos[posicao].empresa)
        usuarios.append(criar_usuario(perfil))
    for _ in range(2):
        vistos = [[c.pk for c in NO_ESCOPO(usuario)] for usuario in usuarios]
        assert vistos == [
            [contratos[0].pk], [contratos[1].pk], [contratos[0].pk, contratos[1].pk], [],
        ]  # fmt: skip


def test_o_que_se_concede_ou_se_tira_vale_no_pedido_seguinte(django_assert_num_queries):
    contrato = criar_contrato(empresa=criar_empresa())
    perfil = criar_perfil()
    usuario = criar_usuario(perfil)
    assert NO_ESCOPO(usuario) == []
    concessao = conceder_empresa(perfil, contrato.empresa)
    assert NO_ESCOPO(type(usuario).objects.get(pk=usuario.pk)) == [contrato]
    concessao.delete()
    sem_nada = type(usuario).objects.get(pk=usuario.pk)
    sem_nada.permissoes  # noqa: B018 - lidas antes
    with django_assert_num_queries(0):
        assert NO_ESCOPO(sem_nada) == []


def test_uma_consulta_guardada_nao_pergunta_mais_nada_de_quem_pede(mesa):
    agente, _ = mesa
    with pytest.raises(LookupError):
        Consulta(
            lambda quem: Contrato.objects.filter(pk__in=quem.objetos_permitidos("perfis.executar_acao"))
        )(agente)
    with pytest.raises(AttributeError):
        Consulta(lambda quem: Contrato.objects.filter(numero=quem.username))(agente)


def test_nem_data_escrita_nem_segundo_comando_se_guardam():
    with pytest.raises(TypeError, match="datas escritas"):
        Consulta(lambda _: EventoDeContrato.objects.filter(ocorrido_em__lt=timezone.now()))(None)
    with pytest.raises(TypeError, match="datas escritas"):
        Consulta(lambda _: Contrato.objects.filter(vigencia_inicio__lt=date(2026, 1, 1)))(None)
    with pytest.raises(TypeError, match="prefetch_related"):
        Consulta(lambda _: Cliente.objects.prefetch_related(Prefetch("contratos")))(None)


def test_instantes_e_textos_sao_valores_e_nunca_comando():
    evento = criar_evento()
    depois = Consulta(lambda _, em: EventoDeContrato.objects.filter(ocorrido_em__gte=em), INSTANTE)
    assert depois(None, evento.ocorrido_em) == [evento]
    assert depois(None, timezone.now() + timedelta(days=1)) == []
    do_numero = Consulta(lambda _, numero: Contrato.objects.filter(numero=numero), TEXTO)
    estranho = criar_contrato(numero="A'$1%s{%")
    assert do_numero(None, estranho.numero) == [estranho]
    assert do_numero(None, "'); DROP TABLE x; --") == []


@pytest.mark.parametrize("pk", [2**63, 10**19, -(2**63) - 1])
def test_um_id_que_nao_cabe_no_banco_e_de_ninguem(mesa, pk):
    agente, _ = mesa
    assert SEM_TRAVA["etiqueta"].primeira(agente, pk) is None


def test_o_mesmo_escopo_com_outro_id_da_o_que_e_do_outro(mesa):
    agente, etiqueta = mesa
    colega = criar_usuario(capacidades=["atender"], empresas=[etiqueta.empresa])
    cliente = etiqueta.contrato.cliente_id
    vistos = [barra.ABERTAS(quem, cliente)[0].na_equipe for quem in (agente, colega, agente)]
    assert vistos == [True, False, True]


def test_de_muitas_vezes_prepara_se_uma(mesa):
    agente, etiqueta = mesa
    um_a_um = Consulta(lambda quem, pk: Etiqueta.objects.visiveis_para(quem).filter(pk=pk), ID)
    for _ in range(3):
        assert um_a_um(agente, etiqueta.pk) == [etiqueta]
    escrita = _escrever(um_a_um, frozenset(agente.objetos_permitidos("contratos.atender_empresa")))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE strpos(statement, %s) > 0", [escrita.comando]
        )
        assert cursor.fetchone() == (1,)
