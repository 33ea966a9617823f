"""A página do perfil no admin: marcar, revisar, salvar, clonar, ver como e por que não."""

from datetime import date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from contratos.models import ConcessaoDeEmpresa
from perfis.capacidades import EXPLICACOES, Capacidade
from perfis.dominio.matriz import Matriz, ler_matriz
from perfis.dominio.perfis import salvar_matriz
from perfis.models import Acao, ConcessaoDeAcao, Perfil, Widget
from tests.fabricas import conceder_empresa, criar_contrato, criar_empresa, criar_perfil, criar_usuario

pytestmark = pytest.mark.django_db

EXECUTAR, VER, ATENDER = "perfis.executar_acao", "perfis.ver_widget", "contratos.atender_empresa"
DIAS = {"nome": "dias", "rotulo": "Dias", "unidade": "dias", "padrao": 3}


@pytest.fixture
def admin(client):
    usuario = criar_usuario(capacidades=["administrar_perfis"], username="alba", is_staff=True)
    client.force_login(usuario)
    return usuario


@pytest.fixture
def perfil():
    return criar_perfil(name="Suporte N1")


@pytest.fixture
def acao():
    return Acao.objects.create(
        slug="desbloqueio-de-teste", nome="Desbloqueio", alvo="contrato", grupo="Cobrança de teste",
        limites_declarados=[DIAS],
    )  # fmt: skip


@pytest.fixture
def widget():
    return Widget.objects.create(slug="widget-de-teste", nome="Consumo", alvo="etiqueta", regiao="teste")


@pytest.fixture
def empresa():
    return criar_empresa(nome="Filial Aurora")


def endereco(perfil) -> str:
    return reverse("admin:perfis_perfil_change", args=[perfil.pk])


def marcas(perfil, **mudancas) -> dict:
    """O que o navegador envia sem nada marcado, e o que se marcar por cima."""
    return {
        "name": perfil.name, "descricao": perfil.descricao, "ativo": "on", "max_em_atendimento": "1",
        "max_pausadas": "10", "versao": str(perfil.versao),
    } | mudancas  # fmt: skip


def revisar(client, perfil, dados):
    return client.post(endereco(perfil), dados | {"_revisar": ""})


def salvar(client, perfil, dados):
    """Os dois passos que a pessoa dá."""
    revisao = revisar(client, perfil, dados).context["revisao"]
    return client.post(endereco(perfil), dados | {"_salvar": "", "revisado": revisao["assinatura"]})


def test_marcar_revisar_e_salvar_concede_e_registra(client, admin, perfil, acao, widget, empresa):
    agente = criar_usuario(perfil)
    a, w, e = f"acao-{acao.pk}", f"widget-{widget.pk}", f"empresa-{empresa.pk}"
    dados = marcas(
        perfil,
        **{
            "permissao-perfis.atender": "on", "permissao-contratos.view_plano": "on",
            a: "on", f"{a}-ordem": "5", f"{a}-favorita": "on", f"{a}-limite-dias": "7", f"{a}-valido_ate": "",
            w: "on", f"{w}-ordem": "2", f"{w}-recolhido": "on",
            e: "on", f"{e}-valido_ate": "2999-12-31",
        },
    )  # fmt: skip

    revisado = revisar(client, perfil, dados)

    assert revisado.status_code == 200
    frase = (
        "Concedido: Usar o console de atendimento, ver planos, ação Desbloqueio, widget Consumo, "
        "empresa Filial Aurora"
    )
    assert revisado.context["revisao"]["frases"] == [frase]
    assert frase in revisado.text
    assert ler_matriz(perfil).permissoes == frozenset()

    resposta = salvar(client, perfil, dados)

    assert resposta.status_code == 302
    assert agente.permissoes.capacidades == {"atender"}
    concedida = agente.permissoes.acao("desbloqueio-de-teste")
    assert (concedida.ordem, concedida.marcado, concedida.limites) == (5, True, {"dias": 7})
    assert agente.permissoes.widget("widget-de-teste").marcado
    vence = timezone.make_aware(datetime(3000, 1, 1))
    assert ConcessaoDeEmpresa.objects.get().valido_ate == vence
    historia = client.get(reverse("admin:perfis_perfil_history", args=[perfil.pk]))
    assert frase in historia.text


def test_a_coluna_e_a_atualizacao_de_um_widget_se_concedem_e_se_conferem(client, admin, perfil, widget):
    w = f"widget-{widget.pk}"
    base = {w: "on", f"{w}-ordem": "2", f"{w}-coluna": "centro"}
    for recusado in ("3", "-1", "3601", "x"):
        resposta = revisar(client, perfil, marcas(perfil, **base | {f"{w}-atualiza_segundos": recusado}))
        assert resposta.status_code == 422
    assert revisar(client, perfil, marcas(perfil, **base | {f"{w}-coluna": "teto"})).status_code == 422

    salvar(client, perfil, marcas(perfil, **base | {f"{w}-atualiza_segundos": "30"}))

    concedido = criar_usuario(perfil).permissoes.widget("widget-de-teste")
    assert (concedido.coluna, concedido.atualiza_segundos, concedido.ordem) == ("centro", 30, 2)


def test_a_pagina_reaberta_mostra_o_que_esta_gravado_e_salvar_de_novo_nao_muda_nada(
    client, admin, perfil, acao, empresa
):
    prazo = timezone.make_aware(datetime(2999, 5, 2, 15, 30))
    matriz = Matriz(
        frozenset({"perfis.atender"}),
        {
            EXECUTAR: {acao.pk: {"limites": {"dias": 4}, "favorita": True}},
            ATENDER: {empresa.pk: {"valido_ate": prazo}},
        },
    )
    salvar_matriz(perfil, matriz, por=None)

    form = client.get(endereco(perfil)).context["form"]
    enviado = {
        nome: "on" if campo.initial is True else campo.initial
        for nome, campo in form.fields.items()
        if campo.initial not in (None, False)
    } | marcas(perfil)

    revisado = client.post(endereco(perfil), enviado | {"_revisar": ""})

    assert revisado.context["form"].errors == {}
    assert revisado.context["revisao"]["frases"] == []
    assert enviado[f"empresa-{empresa.pk}-valido_ate"] == date(2999, 5, 2)


def test_salvar_sem_ter_revisado_estas_marcas_mostra_a_revisao_e_nao_grava(client, admin, perfil):
    revisao = revisar(client, perfil, marcas(perfil)).context["revisao"]
    outra = marcas(perfil, **{"permissao-perfis.exportar": "on"})

    resposta = client.post(endereco(perfil), outra | {"_salvar": "", "revisado": revisao["assinatura"]})

    assert resposta.status_code == 200
    assert resposta.context["revisao"]["frases"] == ["Concedido: Exportar dados de clientes"]
    assert ler_matriz(perfil).permissoes == frozenset()


def test_de_dois_administradores_o_atrasado_le_quem_mudou_e_mantem_o_que_marcou(
    client, admin, perfil, widget
):
    dados = marcas(perfil, **{"permissao-perfis.exportar": "on"})
    revisao = revisar(client, perfil, dados).context["revisao"]
    outro = criar_usuario(capacidades=["administrar_perfis"], username="bento")
    salvar_matriz(Perfil.objects.get(pk=perfil.pk), Matriz(objetos={VER: {widget.pk: {}}}), por=outro)

    resposta = client.post(endereco(perfil), dados | {"_salvar": "", "revisado": revisao["assinatura"]})

    assert resposta.status_code == 409
    assert "bento alterou este perfil em" in resposta.context["atraso"]
    assert "widget Consumo" in resposta.context["atraso"]
    assert resposta.context["form"]["permissao-perfis.exportar"].value() is True
    assert ler_matriz(perfil).permissoes == frozenset()

    # Com a versão nova que a página traz, a pessoa decide ciente da diferença.
    perfil.refresh_from_db()
    de_novo = revisar(client, perfil, dados | {"versao": "2"}).context["revisao"]["frases"]
    assert de_novo == ["Concedido: Exportar dados de clientes", "Retirado: widget Consumo"]


def test_ninguem_altera_o_proprio_perfil_pela_pagina(client, admin):
    proprio = admin.groups.get().perfil

    assert "ninguém altera o próprio perfil" in client.get(endereco(proprio)).text
    dados = marcas(proprio, **{"permissao-perfis.exportar": "on"})
    assert client.post(endereco(proprio), dados | {"_salvar": "", "revisado": "x"}).status_code == 403
    assert ler_matriz(proprio).permissoes == {"perfis.administrar_perfis"}


@pytest.mark.parametrize("campo", ["is_superuser", "permissao-perfis.change_perfil", "acao-999999", "user"])
def test_campo_que_a_pagina_nao_tem_e_recusado(client, admin, perfil, campo):
    resposta = client.post(endereco(perfil), marcas(perfil, **{campo: "on", "_revisar": ""}))

    assert resposta.status_code == 400


@pytest.mark.parametrize(
    ("campo", "valor"),
    [("ordem", "99999"), ("ordem", "-1"), ("limite-dias", "-2"), ("limite-dias", "muitos"),
     ("limite-dias", "1e30"), ("valido_ate", "31/02/2999"), ("valido_ate", "2001-01-01")],
)  # fmt: skip
def test_valor_ruim_numa_linha_marcada_volta_com_o_erro_no_campo(client, admin, perfil, acao, campo, valor):
    nome = f"acao-{acao.pk}-{campo}"

    resposta = revisar(client, perfil, marcas(perfil, **{f"acao-{acao.pk}": "on", nome: valor}))

    assert resposta.status_code == 422
    assert list(resposta.context["form"].errors) == [nome]
    assert resposta.context["form"][nome].value() == valor
    assert not ConcessaoDeAcao.objects.exists()


def test_valor_ruim_numa_linha_desmarcada_nao_impede(client, admin, perfil, acao):
    resposta = revisar(client, perfil, marcas(perfil, **{f"acao-{acao.pk}-ordem": "muitas"}))

    assert resposta.status_code == 200


@pytest.mark.parametrize(
    ("campo", "valor"),
    [("name", ""), ("name", "x" * 151), ("max_em_atendimento", "0"), ("descricao", "x" * 201)],
)
def test_campo_proprio_ruim_volta_com_o_erro_e_o_titulo_de_antes(client, admin, perfil, campo, valor):
    resposta = revisar(client, perfil, marcas(perfil, **{campo: valor}))

    assert resposta.status_code == 422
    assert campo in resposta.context["form"].errors or "__all__" in resposta.context["form"].errors
    assert resposta.context["title"] == "Perfil Suporte N1"


def test_limite_em_branco_vale_o_padrao_da_acao(client, admin, perfil, acao):
    salvar(client, perfil, marcas(perfil, **{f"acao-{acao.pk}": "on", f"acao-{acao.pk}-limite-dias": ""}))

    assert ConcessaoDeAcao.objects.get().limites == {"dias": 3}


def test_marcar_todas_do_grupo_sem_javascript_marca_e_nao_grava(client, admin, perfil, acao, widget):
    outra = Acao.objects.create(slug="outra-de-teste", nome="Pix", alvo="contrato", grupo="Cobrança de teste")

    resposta = client.post(endereco(perfil), marcas(perfil, _marcar="acao|Cobrança de teste"))

    form = resposta.context["form"]
    assert [bool(form[f"acao-{a.pk}"].value()) for a in (acao, outra)] == [True, True]
    assert not form[f"widget-{widget.pk}"].value()
    assert not ConcessaoDeAcao.objects.exists()


def test_perfil_novo_nasce_pela_mesma_pagina(client, admin):
    novo = Perfil(name="Noturno")
    url = reverse("admin:perfis_perfil_add")
    dados = marcas(novo, **{"permissao-perfis.atender": "on"})

    revisao = client.post(url, dados | {"_revisar": ""}).context["revisao"]
    resposta = client.post(url, dados | {"_salvar": "", "revisado": revisao["assinatura"]})

    criado = Perfil.objects.get(name="Noturno")
    assert resposta.url == endereco(criado)
    assert ler_matriz(criado).permissoes == {"perfis.atender"}
    assert (
        LogEntry.objects.get(object_id=criado.pk).change_message
        == "Criado; Concedido: Usar o console de atendimento"
    )


def test_clonar_pela_pagina(client, admin, perfil, widget):
    salvar_matriz(perfil, Matriz(objetos={VER: {widget.pk: {}}}), por=None)
    url = reverse("admin:perfis_perfil_clonar", args=[perfil.pk])

    assert client.post(url, {"name": "Suporte N1"}).status_code == 422
    assert client.post(url, {"name": "Suporte N1 noturno"}).status_code == 302
    assert ler_matriz(Perfil.objects.get(name="Suporte N1 noturno")) == ler_matriz(perfil)


@pytest.mark.parametrize("chave", ["999999", "abc", "1_3", "9" * 30])
def test_perfil_que_nao_existe_e_404(client, admin, chave):
    assert client.get(f"/admin/perfis/perfil/{chave}/change/").status_code == 404


def test_a_pagina_custa_o_mesmo_com_poucos_e_com_muitos_itens(
    client, admin, perfil, django_assert_max_num_queries
):
    client.get(endereco(perfil))
    with django_assert_max_num_queries(20) as antes:
        client.get(endereco(perfil))
    Acao.objects.bulk_create(
        Acao(
            slug=f"a{n}", nome=f"Ação {n}", alvo="contrato", grupo=f"Grupo {n % 4}", limites_declarados=[DIAS]
        )
        for n in range(30)
    )
    for _ in range(3):
        conceder_empresa(perfil, criar_empresa())
    with django_assert_max_num_queries(20) as depois:
        client.get(endereco(perfil))

    assert len(depois) == len(antes)


def test_toda_capacidade_esta_explicada_uma_vez():
    explicadas = [capacidade for grupo in EXPLICACOES.values() for capacidade in grupo]

    assert sorted(explicadas) == sorted(Capacidade)


def test_ver_como_mostra_exatamente_o_que_o_agente_pode(client, admin, acao, widget, empresa):
    a = criar_perfil(name="A", capacidades=["atender"], empresas=[empresa])
    b = criar_perfil(name="B")
    salvar_matriz(
        b, Matriz(objetos={EXECUTAR: {acao.pk: {"limites": {"dias": 9}}}, VER: {widget.pk: {}}}), por=None
    )

    resposta = client.get(reverse("admin:perfis_perfil_ver_como"), {"perfil": [a.pk, b.pk]})

    contexto = resposta.context
    assert contexto["capacidades"] == ["Usar o console de atendimento"]
    assert [(i["acao"], i["limites"]) for i in contexto["acoes"]] == [(acao, ["Dias: 9 dias"])]
    assert [i["widget"] for i in contexto["widgets"]] == [widget]
    assert list(contexto["empresas"]) == [empresa]


def perguntar(client, **dados):
    return client.get(reverse("admin:perfis_perfil_por_que_nao"), dados)


def test_por_que_nao_diz_a_regra_exata(client, admin, perfil, acao, empresa):
    salvar_matriz(
        perfil,
        Matriz(frozenset({"perfis.atender"}), {EXECUTAR: {acao.pk: {}}, ATENDER: {empresa.pk: {}}}),
        por=None,
    )
    agente = criar_usuario(perfil)
    alheio = criar_contrato(empresa=criar_empresa(nome="Filial Bosque"))
    pergunta = {"usuario": agente.pk, "item": f"acao:{acao.pk}"}

    pode = perguntar(client, **pergunta)
    assert pode.context["permitido"] is True

    fora = perguntar(client, **pergunta, alvo="contrato", codigo=alheio.numero)
    assert [p.permitido for p in fora.context["passos"]] == [True, True, False]
    assert fora.context["passos"][-1].motivos == (
        "Nenhum perfil do usuário (Suporte N1) concede empresa “Filial Bosque”.",
    )

    ConcessaoDeAcao.objects.update(valido_ate=timezone.make_aware(datetime(2020, 1, 1)))
    venceu = perguntar(client, **pergunta)
    assert venceu.context["permitido"] is False
    assert "mas a concessão venceu" in venceu.text


def test_por_que_nao_recusa_o_que_nao_acha(client, admin, acao):
    pergunta = {"usuario": admin.pk, "item": f"acao:{acao.pk}"}

    assert perguntar(client, **pergunta, alvo="contrato", codigo="nenhum").status_code == 422
    assert perguntar(client, **pergunta, alvo="cliente", codigo="9" * 20).status_code == 422
    assert perguntar(client, **pergunta, alvo="contrato").status_code == 422
    assert perguntar(client, usuario=999999, item="acao:abc").status_code == 422


def test_as_explicacoes_e_o_clone_sao_de_quem_administra(client, perfil):
    client.force_login(criar_usuario(capacidades=["supervisionar"], is_staff=True))

    for nome, args in (("ver_como", []), ("por_que_nao", []), ("clonar", [perfil.pk])):
        assert client.get(reverse(f"admin:perfis_perfil_{nome}", args=args)).status_code == 403
