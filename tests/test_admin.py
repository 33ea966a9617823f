"""O admin inteiro: quem entra, o que se lista, o que se busca, o que se inclui e o que nunca aparece."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio.acessos import registrar_painel
from clientes.models import Alerta
from contratos.models import NotificacaoDeDebito
from perfis.dominio.matriz import Matriz, permissoes_concediveis
from perfis.dominio.perfis import salvar_matriz
from perfis.models import Acao, Usuario, Widget
from tests import fabricas
from tests.fabricas import criar_perfil, criar_usuario

pytestmark = pytest.mark.django_db


@pytest.fixture
def empresa():
    return fabricas.criar_empresa(nome="Filial Aurora")


@pytest.fixture
def administrador(empresa):
    perfil = criar_perfil(name="Administração")
    matriz = Matriz(frozenset(permissoes_concediveis()), {"contratos.atender_empresa": {empresa.pk: {}}})
    salvar_matriz(perfil, matriz, por=None)
    return criar_usuario(perfil, username="alba", is_staff=True)


@pytest.fixture
def pagina(client, administrador):
    client.force_login(administrador)
    return client


def lista(modelo: str) -> str:
    return reverse(f"admin:{modelo.replace('.', '_')}_changelist")


@dataclass(frozen=True)
class Caso:
    """Como nasce uma linha do modelo e o que digitar para achá-la."""

    criar: Callable
    busca: str = ""


def _contrato(empresa):
    return fabricas.criar_contrato(empresa=empresa, cliente=fabricas.criar_cliente(nome="Íris de Azambuja"))


def _etiqueta(empresa):
    return _contrato(empresa).etiquetas.get()


def _notificacao(empresa):
    return NotificacaoDeDebito.objects.create(
        fatura=fabricas.criar_fatura(_contrato(empresa)), canal="sms", enviada_em="2026-03-01T12:00Z",
        conteudo="Aviso",
    )  # fmt: skip


def _suspensao(empresa):
    return _contrato(empresa).suspensoes.create(
        inicio=date(2026, 3, 1), volta_em=date(2026, 5, 1), motivo="Viagem"
    )


def _cancelamento(empresa):
    return _contrato(empresa).cancelamentos.create(
        pedido_em="2026-03-01T12:00Z", efeito_em=date(2026, 3, 1), motivo="Preço", memoria="Sem multa."
    )


def _eventual(empresa):
    return _contrato(empresa).eventuais.create(
        tipo="desconto", motivo="cortesia", valor=10, competencia=date(2026, 3, 1), descricao="Quedas"
    )


def _contestacao(empresa):
    return fabricas.criar_fatura(_contrato(empresa)).contestacoes.create(
        valor=10, motivo="valor", descricao="Não reconhece.", responder_ate=date(2026, 3, 8)
    )


def _informe(empresa):
    return fabricas.criar_fatura(_contrato(empresa)).informes.create(
        pago_em=date(2026, 3, 1), valor=10, meio="pix", vale_ate="2026-03-03T12:00Z"
    )


def _desbloqueio(empresa):
    return _contrato(empresa).desbloqueios.create(
        origem="confianca", dias=3, vale_ate=timezone.now() + timedelta(days=3)
    )


def _proposta(empresa):
    return _contrato(empresa).propostas_de_rescisao.create(suspenso_desde="2026-03-01T12:00Z")


def _acesso(empresa):
    contrato = _contrato(empresa)
    registrar_painel(por=criar_usuario(), cliente_id=contrato.cliente_id, ip=None)


def _registro(empresa):
    salvar_matriz(criar_perfil(), Matriz(frozenset({"perfis.atender"})), por=_outra())


def _outra():
    return Usuario.objects.filter(username="outra").first() or criar_usuario(
        capacidades=["administrar_perfis"], username="outra"
    )


def _item(modelo, **campos):
    numero = modelo.objects.count()
    return modelo.objects.create(slug=f"item-{numero}", nome=f"Íris {numero}", alvo="contrato", **campos)


def _alerta(empresa):
    return Alerta.objects.create(
        cliente=_contrato(empresa).cliente, texto="Cuidado", criado_por=criar_usuario()
    )


CASOS = {
    "perfis.perfil": Caso(lambda e: criar_perfil(), "Perfil"),
    "perfis.acao": Caso(lambda e: _item(Acao, grupo="Cobrança"), "Íris"),
    "perfis.widget": Caso(lambda e: _item(Widget, regiao="lateral"), "Íris"),
    "perfis.usuario": Caso(lambda e: criar_usuario(), "pessoa"),
    "clientes.cliente": Caso(lambda e: _contrato(e).cliente, "azambuja iris"),
    "clientes.contato": Caso(lambda e: fabricas.criar_contato(_contrato(e).cliente), "Íris"),
    "clientes.endereco": Caso(lambda e: fabricas.criar_endereco(_contrato(e).cliente), "Íris"),
    "clientes.alerta": Caso(_alerta, "Íris"),
    "contratos.empresa": Caso(lambda e: fabricas.criar_empresa(), "Conecta"),
    "contratos.plano": Caso(lambda e: fabricas.criar_plano(), "FIB"),
    "contratos.contrato": Caso(_contrato, "íris"),
    "contratos.etiqueta": Caso(_etiqueta, "ET-"),
    "contratos.servicocontratado": Caso(lambda e: fabricas.criar_servico(_contrato(e)), "C0"),
    "contratos.conexao": Caso(lambda e: fabricas.criar_conexao(_etiqueta(e)), "jacira"),
    "contratos.equipamento": Caso(lambda e: fabricas.criar_equipamento(_etiqueta(e)), "ET-"),
    "contratos.tipodeevento": Caso(lambda e: fabricas.criar_tipo_de_evento(), "Tipo de teste"),
    "contratos.eventodecontrato": Caso(lambda e: fabricas.criar_evento(_contrato(e)), "C0"),
    "contratos.fatura": Caso(lambda e: fabricas.criar_fatura(_contrato(e)), "F0"),
    "contratos.notificacaodedebito": Caso(_notificacao, "C0"),
    "contratos.suspensao": Caso(_suspensao, "C0"),
    "contratos.cancelamento": Caso(_cancelamento, "C0"),
    "contratos.acordo": Caso(lambda e: _contrato(e).acordos.create(divida=100, parcelas=2), "C0"),
    "contratos.eventual": Caso(_eventual, "C0"),
    "contratos.contestacao": Caso(_contestacao, "C0"),
    "contratos.informedepagamento": Caso(_informe, "C0"),
    "contratos.desbloqueiotemporario": Caso(_desbloqueio, "C0"),
    "contratos.propostaderescisao": Caso(_proposta, "C0"),
    "contratos.concentrador": Caso(lambda e: fabricas.criar_concentrador(), "bras"),
    "contratos.pontodeacesso": Caso(lambda e: fabricas.criar_ponto_de_acesso(), "POP"),
    "contratos.olt": Caso(lambda e: fabricas.criar_olt(), "OLT"),
    "contratos.splitter": Caso(lambda e: fabricas.criar_splitter(), "CTO"),
    "contratos.condominio": Caso(lambda e: fabricas.criar_condominio(), "Residencial"),
    "atendimento.acessoadado": Caso(_acesso, "íris"),
    "admin.logentry": Caso(_registro),
}  # fmt: skip
# Páginas que outros módulos registram têm os seus testes.
REGISTRADOS = {modelo._meta.label_lower: pagina for modelo, pagina in admin.site._registry.items()}


def test_todo_modelo_registrado_dos_cadastros_tem_um_caso():
    deste = {nome for nome in REGISTRADOS if not nome.startswith("atendimento.")} - {"contratos.parametros"}
    assert deste | {"atendimento.acessoadado"} == set(CASOS)


@pytest.mark.parametrize("modelo", CASOS)
def test_a_lista_e_a_busca_custam_o_mesmo_com_uma_e_com_tres_linhas(
    modelo, pagina, empresa, django_assert_max_num_queries
):
    caso = CASOS[modelo]
    enderecos = [lista(modelo)] + ([f"{lista(modelo)}?q={caso.busca}"] if caso.busca else [])
    caso.criar(empresa)
    for endereco in enderecos:
        pagina.get(endereco)
    with django_assert_max_num_queries(14) as com_uma:
        for endereco in enderecos:
            assert pagina.get(endereco).context["cl"].result_count >= 1
    caso.criar(empresa)
    caso.criar(empresa)
    with django_assert_max_num_queries(14) as com_tres:
        for endereco in enderecos:
            resposta = pagina.get(endereco)
            assert resposta.status_code == 200
            assert resposta.context["cl"].result_count >= 3
    assert len(com_tres) == len(com_uma)


@pytest.mark.parametrize("modelo", CASOS)
def test_a_pagina_de_uma_linha_abre(modelo, pagina, empresa):
    CASOS[modelo].criar(empresa)
    linha = REGISTRADOS[modelo].model._default_manager.order_by("-pk").first()

    resposta = pagina.get(reverse(f"admin:{modelo.replace('.', '_')}_change", args=[linha.pk]))

    assert resposta.status_code == 200
    historia = pagina.get(reverse(f"admin:{modelo.replace('.', '_')}_history", args=[linha.pk]))
    assert historia.status_code == 200


@pytest.mark.parametrize("modelo", CASOS)
def test_incluir_e_excluir_so_onde_a_operacao_existe(modelo, pagina, empresa):
    CASOS[modelo].criar(empresa)
    operacoes = getattr(REGISTRADOS[modelo], "operacoes", ("view", "add", "change", "delete"))
    linha = REGISTRADOS[modelo].model._default_manager.order_by("-pk").first()
    nome = f"admin:{modelo.replace('.', '_')}"

    incluir = pagina.get(reverse(f"{nome}_add")).status_code
    excluir = pagina.post(reverse(f"{nome}_delete", args=[linha.pk]), {"post": "yes"}).status_code

    assert incluir == (200 if "add" in operacoes else 403)
    assert excluir == (302 if "delete" in operacoes else 403)
    assert REGISTRADOS[modelo].model._default_manager.filter(pk=linha.pk).exists() is (
        "delete" not in operacoes
    )


@pytest.mark.parametrize("modelo", CASOS)
@pytest.mark.parametrize("quem", ["anonimo", "comum", "staff_sem_permissao", "outro_perfil"])
def test_sem_permissao_ninguem_lista_abre_inclui_nem_altera(modelo, quem, client, empresa):
    CASOS[modelo].criar(empresa)
    linha = REGISTRADOS[modelo].model._default_manager.order_by("-pk").first()
    usuarios = {
        "comum": lambda: criar_usuario(capacidades=["atender"], empresas=[empresa]),
        "staff_sem_permissao": lambda: criar_usuario(is_staff=True, empresas=[empresa]),
        "outro_perfil": lambda: criar_usuario(
            is_staff=True, capacidades=["atender", "supervisionar", "exportar"], empresas=[empresa]
        ),
    }
    if quem != "anonimo":
        client.force_login(usuarios[quem]())
    nome = f"admin:{modelo.replace('.', '_')}"
    esperado = {302} if quem in ("anonimo", "comum") else {403}

    for endereco in (
        reverse(f"{nome}_changelist"),
        reverse(f"{nome}_change", args=[linha.pk]),
        reverse(f"{nome}_add"),
    ):
        respostas = {client.get(endereco).status_code, client.post(endereco, {}).status_code}
        assert respostas <= esperado, endereco


def test_staff_sem_permissao_ve_um_indice_vazio(client):
    client.force_login(criar_usuario(is_staff=True))

    resposta = client.get(reverse("admin:index"))

    assert resposta.context["app_list"] == []


def test_o_indice_tem_as_secoes_da_casa_na_ordem(pagina):
    secoes = {
        s["name"]: [str(m["name"]) for m in s["models"]] for s in pagina.get("/admin/").context["app_list"]
    }

    assert list(secoes) == ["Parâmetros do Atendimento", "Cadastros", "Usuários", "Registros"]
    assert secoes["Parâmetros do Atendimento"][:3] == ["Perfis", "Ações", "Widgets"]
    assert secoes["Usuários"] == ["Usuários"]
    assert secoes["Cadastros"][:2] == ["Clientes", "Contatos"]
    todos = {nome for nomes in secoes.values() for nome in nomes}
    assert not todos & {"Grupos", "Endereços de e-mail", "Authenticators", "Permissões"}


def test_permissao_de_modelo_num_perfil_inativo_nao_abre_o_admin(client, administrador):
    perfil = administrador.groups.get().perfil
    perfil.ativo = False
    perfil.save()
    client.force_login(administrador)

    assert client.get(lista("contratos.plano")).status_code == 403
    assert client.get(lista("perfis.perfil")).status_code == 403


def test_permissao_de_modelo_sem_a_capacidade_nao_abre_perfis_nem_usuarios(client):
    perfil = criar_perfil()
    from django.contrib.auth.models import Permission

    perfil.permissions.set(
        Permission.objects.filter(content_type__app_label="perfis").exclude(codename="administrar_perfis")
    )
    client.force_login(criar_usuario(perfil, is_staff=True))

    for modelo in ("perfis.perfil", "perfis.acao", "perfis.widget", "perfis.usuario"):
        assert client.get(lista(modelo)).status_code == 403
