"""O que um usuário pode agora: a soma dos perfis, e nada além."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perfis.backends import ConcessaoVigenteBackend
from perfis.capacidades import Capacidade
from perfis.explicacao import explicar_capacidade, explicar_concessao
from perfis.models import Acao, Usuario, Widget
from perfis.permissoes import PermissaoDesconhecida, Permissoes
from tests.fabricas import conceder_empresa, criar_empresa, criar_perfil, criar_usuario

pytestmark = pytest.mark.django_db

ATENDER, EXECUTAR, VER = "contratos.atender_empresa", "perfis.executar_acao", "perfis.ver_widget"


def criar_acao(slug="a", **campos):
    return Acao.objects.create(
        **{"slug": slug, "nome": slug.upper(), "alvo": "contrato", "grupo": "Teste"} | campos
    )


def criar_widget(slug="w", **campos):
    return Widget.objects.create(
        **{"slug": slug, "nome": slug.upper(), "alvo": "cliente", "regiao": "lateral"} | campos
    )


def agora(usuario) -> Permissoes:
    """O que se leria num pedido novo."""
    return Usuario.objects.get(pk=usuario.pk).permissoes


def test_somam_se_os_perfis_e_vale_o_limite_mais_generoso_e_a_menor_ordem():
    criar_acao("a")
    criar_acao("b")
    criar_widget("w")
    um, outra = criar_empresa(), criar_empresa()
    usuario = criar_usuario(
        criar_perfil(capacidades=["atender"], acoes={"a": {"dias": 3, "valor": 50}}, empresas=[um])
    )
    usuario.groups.add(
        criar_perfil(
            capacidades=["exportar"],
            acoes={"b": {}, "a": {"dias": 7, "desconto": 10}},
            widgets=["w"],
            empresas=[outra],
        )
    )

    permissoes = agora(usuario)

    assert permissoes.capacidades == {"atender", "exportar"}
    assert set(permissoes.acoes) == {"a", "b"}
    assert permissoes.acao("a").limites == {"dias": 7, "valor": 50, "desconto": 10}
    assert permissoes.acao("a").ordem == 0
    assert set(permissoes.widgets) == {"w"}
    assert permissoes.objetos(ATENDER) == {um.pk, outra.pk}


def test_sem_perfil_nada():
    usuario = Usuario.objects.create_user("sozinha")

    permissoes = agora(usuario)

    assert (permissoes.capacidades, permissoes.acoes, permissoes.widgets) == (frozenset(), {}, {})
    assert permissoes.objetos(ATENDER) == frozenset()
    assert not any(permissoes.tem(capacidade) for capacidade in Capacidade)


@pytest.mark.parametrize("campo", ["is_staff", "is_superuser"])
def test_staff_e_superusuario_nao_ganham_nada(campo):
    criar_acao()
    criar_widget()
    criar_empresa()
    usuario = Usuario.objects.create_user("chefe", **{campo: True})

    permissoes = agora(usuario)

    assert not any(permissoes.tem(capacidade) for capacidade in Capacidade)
    assert (permissoes.acao("a"), permissoes.widget("w")) == (None, None)
    assert permissoes.objetos(ATENDER) == frozenset()


def conceder_tudo():
    criar_acao()
    criar_widget()
    perfil = criar_perfil(capacidades=["atender"], acoes=["a"], widgets=["w"], empresas=[criar_empresa()])
    return criar_usuario(perfil), perfil


def tudo(usuario) -> list[bool]:
    permissoes = agora(usuario)
    return [
        permissoes.tem("atender"), permissoes.acao("a") is not None, permissoes.widget("w") is not None,
        bool(permissoes.objetos(ATENDER)), bool(permissoes.objetos(EXECUTAR)), bool(permissoes.objetos(VER)),
    ]  # fmt: skip


def test_o_perfil_concede_capacidade_acao_widget_e_empresa():
    usuario, _ = conceder_tudo()

    assert tudo(usuario) == [True] * 6


def test_perfil_inativo_nao_concede_nada():
    usuario, perfil = conceder_tudo()
    perfil.ativo = False
    perfil.save()

    assert tudo(usuario) == [False] * 6


def test_usuario_inativo_nao_pode_nada_e_nao_custa_consulta(django_assert_num_queries):
    usuario, _ = conceder_tudo()
    usuario.is_active = False
    usuario.save()

    assert tudo(usuario) == [False] * 6
    with django_assert_num_queries(0):
        Permissoes.de(usuario)


def test_concessao_vencida_nao_conta_e_a_que_vai_vencer_conta():
    usuario, perfil = conceder_tudo()
    acao, widget, empresa = (Acao.objects.get(slug="a"), Widget.objects.get(slug="w"), criar_empresa())
    conceder_empresa(perfil, empresa, valido_ate=timezone.now() + timedelta(minutes=1))
    perfil_id = {"group_id": perfil.pk}
    ontem = timezone.now() - timedelta(days=1)
    acao.concessoes.filter(**perfil_id).update(valido_ate=ontem)
    widget.concessoes.filter(**perfil_id).update(valido_ate=ontem)

    assert tudo(usuario) == [True, False, False, True, False, False]
    assert empresa.pk in agora(usuario).objetos(ATENDER)


@pytest.mark.parametrize("campo", ["ativo", "no_codigo"])
def test_item_desligado_ou_que_sumiu_do_codigo_nao_conta(campo):
    usuario, _ = conceder_tudo()
    Acao.objects.update(**{campo: False})
    Widget.objects.update(**{campo: False})

    assert tudo(usuario) == [True, False, False, True, False, False]


def test_grupo_que_nao_e_perfil_nao_concede_nada():
    grupo = Group.objects.create(name="avulso")
    grupo.permissions.add(Permission.objects.get(codename="exportar"))
    usuario = Usuario.objects.create_user("avulsa")
    usuario.groups.add(grupo)

    assert not agora(usuario).tem("exportar")
    assert not Usuario.objects.get(pk=usuario.pk).has_perm("perfis.exportar")


def test_permissao_dada_direto_ao_usuario_nao_vale():
    usuario = Usuario.objects.create_user("direta", is_staff=True)
    usuario.user_permissions.add(*Permission.objects.filter(codename__in=["exportar", "view_plano"]))

    usuario = Usuario.objects.get(pk=usuario.pk)

    assert not usuario.permissoes.tem("exportar")
    assert not usuario.has_perm("perfis.exportar")
    assert not usuario.has_perm("contratos.view_plano")


def test_nome_desconhecido_levanta():
    usuario, _ = conceder_tudo()
    permissoes = agora(usuario)

    with pytest.raises(ValueError):
        permissoes.tem("inventada")
    with pytest.raises(PermissaoDesconhecida):
        permissoes.objetos("contratos.inventada")
    with pytest.raises(PermissaoDesconhecida):
        explicar_concessao(usuario, "contratos.inventada", criar_empresa())
    with pytest.raises(ValueError):
        explicar_capacidade(usuario, "inventada")


def test_le_tudo_em_um_comando_sql_com_qualquer_numero_de_perfis(django_assert_num_queries):
    usuario, _ = conceder_tudo()
    for n in range(5):
        criar_acao(f"a{n}")
        usuario.groups.add(
            criar_perfil(capacidades=["exportar"], acoes=[f"a{n}"], empresas=[criar_empresa()])
        )
    usuario = Usuario.objects.get(pk=usuario.pk)

    with django_assert_num_queries(1):
        permissoes = usuario.permissoes
        permissoes.tem("exportar")
        permissoes.objetos(ATENDER)
        permissoes.acao("a3")


def test_a_soma_de_perfis_sem_usuario_e_a_mesma_do_usuario_que_os_tem():
    usuario, perfil = conceder_tudo()
    outro = criar_perfil(capacidades=["exportar"], empresas=[criar_empresa()])
    usuario.groups.add(outro)

    dos_perfis, do_usuario = Permissoes.dos_perfis([perfil, outro]), agora(usuario)

    assert vars(dos_perfis) == vars(do_usuario)


concessoes = st.lists(
    st.tuples(
        st.integers(0, 2),  # perfil
        st.sampled_from(["acao", "widget", "empresa"]),
        st.integers(0, 2),  # item
        st.sampled_from([None, -1, 1]),  # vence em quantos dias
    ),
    unique_by=lambda c: c[:3],
    max_size=14,
)


@given(
    concedidas=concessoes,
    perfis_do_usuario=st.sets(st.integers(0, 2)),
    inativos=st.sets(st.integers(0, 2)),
    desligados=st.sets(st.integers(0, 2)),
    ativo=st.booleans(),
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_guardian_permissoes_e_explicacao_dizem_o_mesmo(
    concedidas, perfis_do_usuario, inativos, desligados, ativo
):
    # Cada exemplo do Hypothesis parte do mesmo banco.
    with transaction.atomic():
        _conferir(concedidas, perfis_do_usuario, inativos, desligados, ativo)
        transaction.set_rollback(True)


def _conferir(concedidas, perfis_do_usuario, inativos, desligados, ativo):
    perfis = [criar_perfil(ativo=n not in inativos) for n in range(3)]
    itens = {
        "acao": [criar_acao(f"a{n}", ativo=n not in desligados) for n in range(3)],
        "widget": [criar_widget(f"w{n}", no_codigo=n not in desligados) for n in range(3)],
        "empresa": [criar_empresa() for _ in range(3)],
    }
    permissao = {"acao": EXECUTAR, "widget": VER, "empresa": ATENDER}
    for perfil, tipo, item, dias in concedidas:
        objeto = itens[tipo][item]
        objeto.concessoes.create(
            group=perfis[perfil],
            permission=Permission.objects.get(codename=permissao[tipo].split(".")[1]),
            valido_ate=timezone.now() + timedelta(days=dias) if dias else None,
        )
    usuario = Usuario.objects.create_user("sorteada", is_active=ativo)
    usuario.groups.set(perfis[n] for n in perfis_do_usuario)
    usuario = Usuario.objects.get(pk=usuario.pk)

    def esperado(tipo: str, item: int) -> bool:
        ligado = tipo == "empresa" or item not in desligados
        return ativo and ligado and any(
            perfil in perfis_do_usuario - inativos and (t, i) == (tipo, item) and dias != -1
            for perfil, t, i, dias in concedidas
        )  # fmt: skip

    backend = ConcessaoVigenteBackend()
    for tipo, objetos in itens.items():
        for numero, objeto in enumerate(objetos):
            certo = esperado(tipo, numero)
            assert (objeto.pk in usuario.permissoes.objetos(permissao[tipo])) is certo
            assert backend.has_perm(usuario, permissao[tipo], objeto) is certo
            assert usuario.has_perm(permissao[tipo], objeto) is certo
            assert explicar_concessao(usuario, permissao[tipo], objeto).permitido is certo
    for numero in range(3):
        assert (usuario.permissoes.acao(f"a{numero}") is not None) is esperado("acao", numero)
        assert (usuario.permissoes.widget(f"w{numero}") is not None) is esperado("widget", numero)


def test_a_explicacao_diz_a_regra_que_recusa():
    usuario, perfil = conceder_tudo()
    acao = Acao.objects.get(slug="a")

    assert explicar_concessao(usuario, EXECUTAR, acao).motivos == (f"O perfil {perfil} concede ação “A”.",)

    acao.concessoes.update(valido_ate=timezone.now())
    perfil.ativo = False
    perfil.save()
    explicado = explicar_concessao(usuario, EXECUTAR, acao)
    assert explicado.motivos == (
        f"O perfil {perfil} concede ação “A”, mas o perfil está inativo e a concessão venceu.",
    )
    assert explicar_capacidade(usuario, "exportar").motivos == (
        f"Nenhum perfil do usuário ({perfil}) concede “Exportar dados de clientes”.",
    )
    sozinha = Usuario.objects.create_user("sozinha")
    assert explicar_capacidade(sozinha, "atender").motivos == ("O usuário não está em nenhum perfil.",)
    sozinha.is_active = False
    assert explicar_capacidade(sozinha, "atender").motivos == ("O usuário está inativo.",)
