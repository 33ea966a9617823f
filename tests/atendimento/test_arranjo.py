"""O arranjo do painel: do perfil, da pessoa dentro dele, e nunca além do que se concede."""

import re

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from atendimento.arranjo import GESTOS, GestoDesconhecido, lugares, mover
from atendimento.widgets.base import WIDGETS
from contratos.models import Empresa
from perfis.models import ConcessaoDeWidget
from perfis.permissoes import Concedido, Permissoes
from tests.fabricas import criar_contrato, criar_empresa, criar_usuario
from tests.invariantes import recusado

CARTOES = ["alertas", "contatos", "faturas", "equipamentos"]
SLUGS = sorted(w.slug for w in WIDGETS if w.regiao != "aba")


def concedidos(*slugs: str, **campos) -> Permissoes:
    widgets = {slug: Concedido(slug, ordem, coluna="direita", **campos) for ordem, slug in enumerate(slugs)}
    return Permissoes((), {}, {}, widgets)


def ordem(permissoes, arranjo) -> list[str]:
    return [lugar.widget.slug for lugar in lugares(permissoes, arranjo)]


def test_sem_arranjo_vale_a_ordem_do_perfil():
    assert ordem(concedidos("faturas", "alertas"), {}) == ["faturas", "alertas"]


def test_subir_e_descer_trocam_com_o_vizinho_da_mesma_coluna():
    permissoes = concedidos(*CARTOES)
    arranjo = mover(permissoes, {}, "contatos", "esquerda")
    arranjo = mover(permissoes, arranjo, "faturas", "subir")
    da_direita = [lugar.widget.slug for lugar in lugares(permissoes, arranjo) if lugar.coluna == "direita"]
    assert da_direita == ["faturas", "alertas", "equipamentos"]
    assert mover(permissoes, arranjo, "faturas", "subir")["ordem"] == arranjo["ordem"]


def test_o_que_se_concede_depois_entra_no_lugar_que_o_perfil_lhe_deu():
    arranjo = mover(concedidos("alertas", "faturas"), {}, "faturas", "subir")
    assert ordem(concedidos("alertas", "contatos", "faturas"), arranjo) == ["faturas", "alertas", "contatos"]


def test_um_gesto_ou_um_cartao_desconhecido_se_recusa():
    for slug, gesto in [("faturas", "voar"), ("contatos", "subir"), ("detalhes", "subir")]:
        with pytest.raises(GestoDesconhecido):
            mover(concedidos("faturas", "detalhes"), {}, slug, gesto)


qualquer = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(SLUGS),
    lambda filhos: st.lists(filhos, max_size=3) | st.dictionaries(st.text(max_size=5), filhos, max_size=3),
    max_leaves=6,
)


@given(
    slugs=st.lists(st.sampled_from(SLUGS), unique=True, min_size=1),
    arranjo=st.fixed_dictionaries(
        {},
        optional={
            "ordem": st.lists(st.sampled_from([*SLUGS, "inventado"])),
            "colunas": st.dictionaries(st.sampled_from(SLUGS), qualquer),
            "recolhidos": st.dictionaries(st.sampled_from(SLUGS), st.booleans()),
        },
    ),
    gestos=st.lists(st.tuples(st.sampled_from(SLUGS), st.sampled_from(sorted(GESTOS))), max_size=12),
)
def test_o_arranjo_nunca_mostra_mais_nem_menos_do_que_o_perfil(slugs, arranjo, gestos):
    permissoes = concedidos(*slugs)
    for slug, gesto in gestos:
        if slug in slugs:
            arranjo = mover(permissoes, arranjo, slug, gesto)
        assert sorted(ordem(permissoes, arranjo)) == sorted(slugs)
    # Depois de um gesto a ordem está toda guardada: o que se perde some, e o resto fica como estava.
    arranjo = mover(permissoes, arranjo, slugs[0], "subir")
    menos = concedidos(*slugs[1:])
    assert ordem(menos, arranjo) == [s for s in ordem(permissoes, arranjo) if s != slugs[0]]


@pytest.fixture
def agente(client, db):
    usuario = criar_usuario(capacidades=["atender"], widgets=CARTOES, empresas=[criar_empresa()])
    client.force_login(usuario)
    return usuario


def no_painel(client, agente) -> list[tuple[str, bool]]:
    contrato = criar_contrato(empresa=Empresa.objects.visiveis_para(agente).get())
    pagina = client.get(reverse("cliente", args=[contrato.cliente_id])).content.decode()
    achados = re.findall(r'<section class="cartao"\s+id="widget-(\w+)"(\s+data-recolhido)?', pagina)
    return [(slug, bool(recolhido)) for slug, recolhido in achados]


def test_a_pessoa_arruma_sem_javascript_e_o_painel_lembra(client, agente):
    url = reverse("arranjo")
    for slug, gesto in [("faturas", "subir"), ("faturas", "subir"), ("contatos", "recolher")]:
        assert client.post(url, {"widget": slug, "gesto": gesto}).status_code == 302
    arrumado = [("faturas", False), ("alertas", False), ("contatos", True), ("equipamentos", False)]
    assert no_painel(client, agente) == arrumado
    client.logout()
    client.force_login(agente)
    assert no_painel(client, agente) == arrumado
    assert client.post(url, {"gesto": "padrao"}).status_code == 302
    assert [slug for slug, _ in no_painel(client, agente)] == CARTOES


def test_recolher_pelo_cartao_guarda_em_silencio_e_um_pedido_forjado_e_400(client, agente):
    url, htmx = reverse("arranjo"), {"HX-Request": "true"}
    silencio = {"widget": "faturas", "gesto": "recolher", "silencio": "1"}
    assert client.post(url, silencio, headers=htmx).status_code == 204
    assert ("faturas", True) in no_painel(client, agente)
    for dados in ({}, {"gesto": "subir"}, {"widget": "plano", "gesto": "subir"}, {"widget": "faturas"}):
        assert client.post(url, dados).status_code == 400


def test_o_perfil_diz_coluna_recolhido_e_de_quantos_em_quantos_segundos(client, agente):
    concessao = ConcessaoDeWidget.objects.filter(content_object__slug="alertas")
    concessao.update(coluna="esquerda", recolhido=True, atualiza_segundos=30)
    assert no_painel(client, agente)[0] == ("alertas", True)
    contrato = criar_contrato(empresa=Empresa.objects.visiveis_para(agente).get())
    url = reverse("widget", args=["alertas", "cliente", contrato.cliente_id])
    assert 'data-atualiza="30"' in client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "data-atualiza" not in client.get(url).content.decode().split('id="widget-alertas"')[1]


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("concessao_coluna_conhecida", "coluna = 'teto'"),
        ("concessao_atualiza_sem_pressa", "atualiza_segundos = 1"),
        ("concessao_atualiza_sem_pressa", "atualiza_segundos = 9999"),
    ],
)
def test_o_banco_nao_guarda_uma_concessao_incoerente(agente, nome, mudanca):
    recusado(nome, f"UPDATE perfis_concessaodewidget SET {mudanca}")
