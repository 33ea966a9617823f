"""O painel *Informações do cliente* e as abas do contrato."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from atendimento.models import AcessoADado
from clientes.models import Cliente
from contratos.cifra import cifrar
from contratos.enums import TipoDeEquipamento, TipoDeIp
from contratos.models import EventoDeContrato, Fatura, TipoDeEvento
from tests.fabricas import (
    criar_cliente,
    criar_concentrador,
    criar_condominio,
    criar_conexao,
    criar_contato,
    criar_contrato,
    criar_empresa,
    criar_endereco,
    criar_etiqueta,
    criar_evento,
    criar_fatura,
    criar_olt,
    criar_ponto_de_acesso,
    criar_servico,
    criar_splitter,
    criar_tipo_de_evento,
    criar_usuario,
)

ABAS = ["detalhes", "eventos", "servicos", "conexao"]
CARTOES = ["alertas", "contatos", "faturas", "equipamentos"]
ABA = {"HX-Request": "true", "HX-Target": "aba"}

# Os dezenove campos da conexão, com os nomes do texto de referência.
CAMPOS_DA_CONEXAO = [
    "Senha", "Tipo de IP", "IP", "MAC", "Tipo de Equipamento", "Concentrador", "Ponto de Acesso",
    "Splitter", "Slot OLT", "Porta OLT", "Porta Splitter", "Condomínio", "Serial", "Código Etiqueta",
    "Descrição Etiqueta", "Serviço", "Endereço", "Usuário Equipamento", "Senha Equipamento",
]  # fmt: skip

pytestmark = pytest.mark.django_db


@pytest.fixture
def empresa():
    return criar_empresa()


@pytest.fixture
def agente(client, empresa):
    usuario = criar_usuario(capacidades=["atender"], widgets=ABAS + CARTOES, empresas=[empresa])
    client.force_login(usuario)
    return usuario


def dados(resposta) -> dict[str, str]:
    """Rótulo → valor de cada `<dt>`/`<dd>` da resposta, sem marcação."""
    pares = re.findall(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", resposta.content.decode(), re.S)
    return {rotulo: " ".join(re.sub(r"<[^>]+>", " ", valor).split()) for rotulo, valor in pares}


def aba(client, contrato, nome, **consulta):
    return client.get(reverse("contrato", args=[contrato.pk, nome]), consulta, headers=ABA)


def test_o_painel_mostra_o_cliente_seus_contratos_e_a_primeira_aba(client, agente, empresa):
    contrato = criar_contrato(empresa=empresa)
    resposta = client.get(reverse("cliente", args=[contrato.cliente_id]))
    pagina = resposta.content.decode()
    assert resposta.status_code == 200
    assert contrato.cliente.nome in pagina
    assert contrato.numero in pagina
    assert "Tipo de faturamento" in dados(resposta)
    assert "Estrutura de Atendimento" in pagina
    assert "Informações do cliente" in pagina


@pytest.mark.parametrize("nome", ABAS)
def test_cada_aba_abre_como_pagina_e_como_fragmento(client, agente, empresa, nome):
    contrato = criar_contrato(empresa=empresa)
    url = reverse("contrato", args=[contrato.pk, nome])
    pagina = client.get(url)
    fragmento = client.get(url, headers=ABA)
    assert pagina.status_code == fragmento.status_code == 200
    assert "<html" in pagina.content.decode()
    assert "<html" not in fragmento.content.decode()
    assert 'aria-current="page"' in fragmento.content.decode()


def test_a_aba_detalhes_tem_os_dados_do_contrato(client, agente, empresa):
    cliente = criar_cliente()
    contrato = criar_contrato(
        cliente,
        empresa,
        valor="1234.50",
        vigencia_fim=date(2027, 1, 4),
        endereco=criar_endereco(cliente),
        fidelidade_inicio=date(2026, 1, 31),
        fidelidade_meses=13,
    )
    lidos = dados(aba(client, contrato, "detalhes"))
    assert lidos["Tipo de faturamento"] == "Mensal"
    assert lidos["Situação"] == "Normal"
    assert lidos["Vigência"] == "05/01/2026 a 04/01/2027"
    assert lidos["Valor"] == "R$ 1.234,50"
    assert lidos["Tipo de cobrança"] == "Boleto por e-mail"
    assert lidos["Endereço"] == "Rua das Araucárias Azuis, 120 – Horizonte – Vale do Ipê/RS – CEP 00000-012"
    assert lidos["Fidelidade"].endswith("28/02/2027")


def test_a_aba_eventos_tem_data_descricao_e_tipo(client, agente, empresa):
    contrato = criar_contrato(empresa=empresa)
    tipo = TipoDeEvento.objects.get(nome="Bloqueio financeiro")
    quando = timezone.make_aware(timezone.datetime(2026, 3, 9, 14, 30))
    criar_evento(contrato, tipo=tipo, descricao="Bloqueado por débito.", ocorrido_em=quando)
    pagina = aba(client, contrato, "eventos").content.decode()
    assert "09/03/2026 14:30" in pagina
    assert "Bloqueado por débito." in pagina
    assert "Bloqueio financeiro" in pagina


def test_eventos_vem_em_paginas_sem_repetir_nem_perder(client, agente, empresa):
    contrato = criar_contrato(empresa=empresa)
    tipo = criar_tipo_de_evento()
    agora = timezone.now()
    for numero in range(45):
        # Três por instante: o desempate por id também precisa funcionar.
        criar_evento(
            contrato,
            tipo=tipo,
            descricao=f"fato-{numero:02d}-",
            ocorrido_em=agora - timedelta(hours=numero // 3),
        )
    url = reverse("contrato", args=[contrato.pk, "eventos"])
    lidos = []
    while url:
        pagina = client.get(url, headers=ABA).content.decode()
        lidos += re.findall(r"fato-(\d\d)-", pagina)
        proxima = re.search(r'class="mais[^"]*"\s+href="([^"]+)"', pagina)
        url = proxima and proxima[1].replace("&amp;", "&")
    assert len(lidos) == 45
    assert sorted(lidos) == [f"{n:02d}" for n in range(45)]


@pytest.mark.parametrize("cursor", ["x", "2026-01-01_1", "_5", "2026-01-01T00:00:00+00:00_x", "9" * 40])
def test_um_cursor_inventado_e_recusado(client, agente, empresa, cursor):
    contrato = criar_contrato(empresa=empresa)
    assert aba(client, contrato, "eventos", depois=cursor).status_code == 400


def test_a_aba_servicos_tem_codigo_descricao_valor_e_o_total_dos_vigentes(client, agente, empresa):
    contrato = criar_contrato(empresa=empresa)
    criar_servico(
        contrato, codigo="FIB-400", descricao="Fibra 400", valor="99.90", quantidade=2, desconto="10.00"
    )
    criar_servico(contrato, codigo="TV", descricao="TV", valor="39.90", fim=date(2026, 2, 1))
    pagina = aba(client, contrato, "servicos").content.decode()
    assert "FIB-400" in pagina
    assert "Fibra 400" in pagina
    assert "R$ 99,90" in pagina
    assert "R$ 189,80" in pagina


def conexao_completa(empresa, **campos):
    """Uma conexão com os dezenove campos preenchidos por valores que não se confundem."""
    cliente = criar_cliente()
    contrato = criar_contrato(cliente, empresa, com_etiqueta=False)
    etiqueta = criar_etiqueta(contrato, codigo="ET-CASA", descricao="Casa da praia")
    ponto = criar_ponto_de_acesso(criar_concentrador(nome="bras-ipe-01"), codigo="28.7", titulo="POP Centro")
    padrao = {
        "servico": criar_servico(contrato, descricao="Ipê Fibra 600"),
        "senha": cifrar("segredo-da-conexao"),
        "senha_equipamento": cifrar("segredo-do-equipamento"),
        "usuario_equipamento": "admin-onu",
        "tipo_ip": TipoDeIp.FIXO,
        "ip": "203.0.113.77",
        "mac": "00005E005301",
        "tipo_equipamento": TipoDeEquipamento.HUAWEI,
        "concentrador": ponto.concentrador,
        "ponto_de_acesso": ponto,
        "splitter": criar_splitter(criar_olt(ponto), nome="CTO-CEN-012", slot=4, porta=9),
        "porta_splitter": 6,
        "slot_olt": 2,
        "porta_olt": 11,
        "condominio": criar_condominio(nome="Residencial Manacá"),
        "unidade": "Bloco B, 302",
        "serial": "HWTC1A2B3C4D",
        "endereco": criar_endereco(cliente),
    }
    return criar_conexao(etiqueta, **padrao | campos)


def test_a_aba_conexao_tem_os_dezenove_campos(client, agente, empresa):
    conexao = conexao_completa(empresa)
    lidos = dados(aba(client, conexao.etiqueta.contrato, "conexao"))
    assert sorted(lidos) == sorted(CAMPOS_DA_CONEXAO)
    esperados = {
        "Tipo de IP": "Fixo",
        "IP": "203.0.113.77",
        "MAC": "00:00:5E:00:53:01",
        "Tipo de Equipamento": "Huawei",
        "Concentrador": "bras-ipe-01",
        "Ponto de Acesso": "28.7 – POP Centro",
        "Splitter": "CTO-CEN-012",
        "Slot OLT": "4 do splitter",
        "Porta OLT": "11",
        "Porta Splitter": "6",
        "Condomínio": "Residencial Manacá – Bloco B, 302",
        "Serial": "HWTC1A2B3C4D",
        "Código Etiqueta": "ET-CASA",
        "Descrição Etiqueta": "Casa da praia",
        "Serviço": "Ipê Fibra 600",
        "Endereço": "Rua das Araucárias Azuis, 120 – Horizonte – Vale do Ipê/RS – CEP 00000-012",
        "Usuário Equipamento": "admin-onu",
    }
    assert {campo: lidos[campo] for campo in esperados} == esperados


def test_sem_splitter_o_slot_olt_e_o_da_conexao(client, agente, empresa):
    conexao = conexao_completa(empresa, splitter=None, porta_splitter=None)
    assert dados(aba(client, conexao.etiqueta.contrato, "conexao"))["Slot OLT"] == "2"


def test_splitter_sem_slot_nao_empresta_o_slot_da_conexao(client, agente, empresa):
    conexao = conexao_completa(empresa, splitter=criar_splitter())
    assert dados(aba(client, conexao.etiqueta.contrato, "conexao"))["Slot OLT"] == "— do splitter"


def test_a_etiqueta_com_varias_conexoes_mostra_todas(client, agente, empresa):
    etiqueta = criar_etiqueta(criar_contrato(empresa=empresa))
    for login in ("casa.um@ipe", "casa.dois@ipe", "casa.tres@ipe"):
        criar_conexao(etiqueta, login=login)
    pagina = aba(client, etiqueta.contrato, "conexao", etiqueta=etiqueta.pk).content.decode()
    assert re.findall(r"casa\.\w+@ipe</h3>", pagina) == [
        "casa.um@ipe</h3>",
        "casa.dois@ipe</h3>",
        "casa.tres@ipe</h3>",
    ]


def test_a_etiqueta_sem_conexao_diz_que_nao_ha(client, agente, empresa):
    contrato = criar_contrato(empresa=empresa)
    pagina = aba(client, contrato, "conexao").content.decode()
    assert "não possui uma conexão vinculada" in pagina


def test_a_aba_conexao_e_a_da_etiqueta_escolhida(client, agente, empresa):
    contrato = criar_contrato(empresa=empresa)
    uma, outra = criar_etiqueta(contrato), criar_etiqueta(contrato)
    criar_conexao(uma, login="uma@ipe")
    criar_conexao(outra, login="outra@ipe")
    pagina = aba(client, contrato, "conexao", etiqueta=outra.pk).content.decode()
    assert "outra@ipe" in pagina
    assert "uma@ipe" not in pagina.replace("outra@ipe", "")


@pytest.mark.parametrize("consulta", ["abc", "-1", "0", "99999999999", "1" * 30, "²"])
def test_etiqueta_que_nao_existe_ou_nao_e_do_cliente_e_404(client, agente, empresa, consulta):
    contrato = criar_contrato(empresa=empresa)
    assert (
        client.get(reverse("cliente", args=[contrato.cliente_id]), {"etiqueta": consulta}).status_code == 404
    )
    assert aba(client, contrato, "conexao", etiqueta=consulta).status_code == 404


def test_etiqueta_de_outro_cliente_e_404(client, agente, empresa):
    contrato, alheia = criar_contrato(empresa=empresa), criar_etiqueta(criar_contrato(empresa=empresa))
    assert (
        client.get(reverse("cliente", args=[contrato.cliente_id]), {"etiqueta": alheia.pk}).status_code == 404
    )
    assert aba(client, contrato, "conexao", etiqueta=alheia.pk).status_code == 404


@pytest.mark.parametrize("nome", ABAS)
def test_a_aba_que_o_perfil_nao_tem_e_403_e_nao_mostra_valor(client, empresa, nome):
    conexao = conexao_completa(empresa)
    contrato = conexao.etiqueta.contrato
    criar_evento(contrato, descricao="fato sigiloso")
    sem = criar_usuario(capacidades=["atender"], widgets=[a for a in ABAS if a != nome], empresas=[empresa])
    client.force_login(sem)
    for cabecalhos in ({}, ABA):
        resposta = client.get(reverse("contrato", args=[contrato.pk, nome]), headers=cabecalhos)
        corpo = resposta.content.decode()
        assert resposta.status_code == 403
        for valor in ("203.0.113.77", "HWTC1A2B3C4D", "fato sigiloso", "Ipê Fibra 600", contrato.numero):
            assert valor not in corpo


@pytest.mark.parametrize("nome", ABAS)
def test_empresa_que_o_perfil_nao_tem_e_404_igual_ao_que_nao_existe(client, agente, nome):
    conexao = conexao_completa(criar_empresa())
    contrato = conexao.etiqueta.contrato
    for cabecalhos in ({}, ABA):
        alheio = client.get(reverse("contrato", args=[contrato.pk, nome]), headers=cabecalhos)
        ausente = client.get(reverse("contrato", args=[contrato.pk + 999, nome]), headers=cabecalhos)
        assert alheio.status_code == ausente.status_code == 404
        assert sem_token(alheio) == sem_token(ausente)
    assert client.get(reverse("cliente", args=[contrato.cliente_id])).status_code == 404


def sem_token(resposta) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]+"', "", resposta.content.decode())


def test_de_um_cliente_de_duas_empresas_so_aparece_o_contrato_da_concedida(client, agente, empresa):
    cliente = criar_cliente()
    visivel = criar_contrato(cliente, empresa)
    oculto = criar_contrato(cliente, criar_empresa(nome="Filial oculta"))
    pagina = client.get(reverse("cliente", args=[cliente.pk])).content.decode()
    assert visivel.numero in pagina
    assert oculto.numero not in pagina
    assert "Filial oculta" not in pagina
    etiqueta = oculto.etiquetas.get()
    assert client.get(reverse("cliente", args=[cliente.pk]), {"etiqueta": etiqueta.pk}).status_code == 404


def test_cliente_sem_contrato_aparece_com_o_icone_inativo_e_a_razao(client, agente):
    cliente = criar_cliente()
    pagina = client.get(reverse("cliente", args=[cliente.pk])).content.decode()
    assert "Cliente sem contrato: não pode ser atendido." in pagina
    assert 'aria-disabled="true"' in pagina


def test_abrir_o_painel_e_a_aba_fica_registrado(client, agente, empresa):
    contrato = criar_contrato(empresa=empresa)
    client.get(reverse("cliente", args=[contrato.cliente_id]))
    aba(client, contrato, "conexao")
    acessos = AcessoADado.objects.order_by("id").values_list("usuario", "cliente", "campo")
    assert list(acessos) == [
        (agente.pk, contrato.cliente_id, "detalhes"),
        (agente.pk, contrato.cliente_id, "conexao"),
    ]


def test_recusa_nao_registra_acesso(client, agente):
    contrato = criar_contrato()
    client.get(reverse("cliente", args=[contrato.cliente_id]))
    aba(client, contrato, "conexao")
    assert AcessoADado.objects.count() == 0


def encher(empresa, *, contratos: int, eventos: int) -> Cliente:
    cliente = criar_cliente()
    tipo = criar_tipo_de_evento()
    for _ in range(contratos):
        contrato = criar_contrato(cliente, empresa)
        conexao = criar_conexao(contrato.etiquetas.get())
        criar_conexao(conexao.etiqueta, concentrador=criar_concentrador(), splitter=criar_splitter())
        criar_servico(contrato)
        criar_fatura(contrato)
    primeiro = cliente.contratos.order_by("id").first()
    EventoDeContrato.objects.bulk_create(
        EventoDeContrato(contrato=primeiro, tipo=tipo, descricao="fato") for _ in range(eventos)
    )
    Fatura.objects.bulk_create(
        Fatura(
            contrato=primeiro, numero=f"X{primeiro.pk}-{n}", competencia=date(2025, 1, 1),
            vencimento=date(2025, 1, 10), valor=10,
        )
        for n in range(eventos // 10)
    )  # fmt: skip
    return cliente


@pytest.mark.parametrize(("contratos", "eventos"), [(1, 10), (3, 10), (60, 1000)])
def test_o_numero_de_consultas_nao_depende_do_tamanho_do_cliente(
    client, agente, empresa, django_assert_max_num_queries, django_assert_num_queries, contratos, eventos
):
    cliente = encher(empresa, contratos=contratos, eventos=eventos)
    contrato = cliente.contratos.order_by("id").first()
    with django_assert_num_queries(9):
        client.get(reverse("cliente", args=[cliente.pk]))
    for nome in ABAS:
        with django_assert_max_num_queries(10):
            client.get(reverse("contrato", args=[contrato.pk, nome]))
        with django_assert_max_num_queries(6):
            client.get(reverse("contrato", args=[contrato.pk, nome]), headers=ABA)
    for nome, alvo, pk in [
        ("contatos", "cliente", cliente.pk),
        ("alertas", "cliente", cliente.pk),
        ("faturas", "contrato", contrato.pk),
        ("equipamentos", "etiqueta", contrato.etiquetas.first().pk),
    ]:
        with django_assert_max_num_queries(6):
            client.get(reverse("widget", args=[nome, alvo, pk]), headers={"HX-Request": "true"})


def test_contatos_e_documento_vem_mascarados_para_quem_nao_ve_inteiro(client, agente, empresa):
    cliente = criar_cliente(nome="Otávio Manacá", documento="52998224725")
    contrato = criar_contrato(cliente, empresa)
    criar_contato(cliente, tipo="telefone", valor="+5554900001234")
    criar_contato(cliente, tipo="email", valor="maria@exemplo.net")
    painel = client.get(reverse("cliente", args=[contrato.cliente_id])).content.decode()
    cartao = client.get(reverse("widget", args=["contatos", "cliente", cliente.pk])).content.decode()
    assert "***.982.247-**" in painel
    assert "(54) 9****-1234" in cartao
    assert "ma***@exemplo.net" in cartao
    for inteiro in ("52998224725", "529.982.247-25", "90000-1234", "900001234", "maria@exemplo.net"):
        assert inteiro not in painel + cartao


def test_quem_tem_a_capacidade_ve_inteiro_sem_botao_de_revelar(client, empresa):
    usuario = criar_usuario(
        capacidades=["atender", "ver_documento", "ver_telefone", "ver_email", "revelar_dados"],
        widgets=[*ABAS, "contatos"],
        empresas=[empresa],
    )
    client.force_login(usuario)
    cliente = criar_cliente(documento="52998224725")
    criar_contrato(cliente, empresa)
    criar_contato(cliente, tipo="telefone", valor="+5554900001234")
    painel = client.get(reverse("cliente", args=[cliente.pk])).content.decode()
    cartao = client.get(reverse("widget", args=["contatos", "cliente", cliente.pk])).content.decode()
    assert "529.982.247-25" in painel
    assert "(54) 90000-1234" in cartao
    assert "Revelar" not in painel + cartao
