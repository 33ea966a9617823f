"""A busca de uma caixa só: o que se digita e quem deve vir primeiro."""

import re
from uuid import uuid4

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from atendimento import busca
from atendimento.dominio import solicitacoes
from atendimento.views import busca as views_busca
from clientes.models import Cliente
from contratos.models import Etiqueta
from tests.fabricas import (
    criar_cliente,
    criar_conexao,
    criar_contato,
    criar_contrato,
    criar_empresa,
    criar_endereco,
    criar_equipamento,
    criar_equipe,
    criar_etiqueta,
    criar_prazo,
    criar_solicitacao,
    criar_usuario,
)

pytestmark = pytest.mark.django_db
AO_DIGITAR = {"HX-Request": "true"}


@pytest.fixture
def empresa():
    return criar_empresa()


@pytest.fixture
def agente(client, empresa):
    usuario = criar_usuario(capacidades=["atender"], widgets=["detalhes"], empresas=[empresa])
    client.force_login(usuario)
    return usuario


@pytest.fixture
def cadastro(empresa):
    """Cada cliente com chaves que não se confundem com as dos outros."""
    jacira = criar_cliente(nome="Jacira Alecrim dos Santos", documento="52998224725")
    casa = criar_contrato(jacira, empresa, numero="100777", com_etiqueta=False)
    etiqueta = criar_etiqueta(casa, codigo="ET-CASA-7", descricao="Casa")
    criar_conexao(
        etiqueta, login="jacira.alecrim@ipe", mac="00005E005301", serial="HWTC1A2B3C4D",
        tipo_ip="fixo", ip="203.0.113.77",
    )  # fmt: skip
    criar_contato(jacira, tipo="telefone", valor="+5554900001234")
    criar_contato(jacira, tipo="email", valor="jacira@exemplo.net")
    criar_endereco(jacira, logradouro="Rua das Araucárias Azuis", numero="1520", bairro="Horizonte")

    padaria = criar_cliente(
        tipo="PJ", nome="Padaria Sol de Ipê ME", nome_fantasia="Pão & Açaí", documento="12ABC34501DE35"
    )
    comercio = criar_contrato(padaria, empresa, numero="CT-2026/88")
    conexao = criar_conexao(
        comercio.etiquetas.get(), login="padaria.sol@ipe", tipo_ip="fixo", ip="2001:db8::77"
    )
    criar_equipamento(conexao.etiqueta, serial="ZTEGC0FFEE01")
    criar_contato(padaria, tipo="telefone", valor="+555433334321")

    social = criar_cliente(nome="Otávio Manacá", nome_social="Olívia Manacá", documento="11144477735")
    criar_contrato(social, empresa, numero="100999")
    porcento = criar_cliente(nome="Cem%Por_Cento \\ Net", documento=None)
    criar_contrato(porcento, empresa, numero="100555")
    comprido = criar_cliente(nome="José d'Ávila Ção Ñandú", documento=None)
    criar_contrato(comprido, empresa, numero="100444")
    return {
        "jacira": jacira, "padaria": padaria, "social": social, "porcento": porcento, "comprido": comprido
    }  # fmt: skip


TABELA = [
    # Documento, com ou sem máscara, e CNPJ alfanumérico.
    ("52998224725", "jacira"), ("529.982.247-25", "jacira"), (" 529.982.247-25 ", "jacira"),
    ("529 982 247 25", "jacira"), ("12ABC34501DE35", "padaria"), ("12.ABC.345/01DE-35", "padaria"),
    ("12.abc.345/01de-35", "padaria"), ("12abc34501de35", "padaria"), ("111.444.777-35", "social"),
    # Nome: sem acento, em qualquer ordem, começo, pedaço, social, fantasia.
    ("Jacira", "jacira"), ("jacira alecrim", "jacira"), ("JACIRA ALECRIM DOS SANTOS", "jacira"),
    ("alecrim jacira", "jacira"), ("santos alecrim", "jacira"), ("jac", "jacira"), ("ja", "jacira"),
    ("  jacira   alecrim ", "jacira"), ("acira", "jacira"), ("Padaria", "padaria"), ("sol ipe", "padaria"),
    ("ipê sol", "padaria"), ("pao & acai", "padaria"), ("Pão", "padaria"), ("açaí", "padaria"),
    ("olivia", "social"), ("Olívia Manacá", "social"), ("Otávio", "social"), ("otavio manaca", "social"),
    ("manaca olivia", "social"), ("jose d'avila", "comprido"), ("cao nandu", "comprido"),
    ("ÑANDÚ", "comprido"), ("nandú josé", "comprido"),
    # Curingas são letras.
    ("Cem%Por", "porcento"), ("cem%", "porcento"), ("por_cento", "porcento"), ("\\", "nenhum"),
    ("%", "nenhum"), ("_", "nenhum"), ("%%%", "nenhum"), ("j%a", "nenhum"), ("jac_ra", "nenhum"),
    ("\\ net", "porcento"),
    # Contrato e etiqueta.
    ("100777", "jacira"), ("CT-2026/88", "padaria"), ("ct-2026/88", "padaria"), ("ET-CASA-7", "jacira"),
    ("et-casa-7", "jacira"), ("100999", "social"),
    # Telefone em qualquer forma, ou o final.
    ("(54) 90000-1234", "jacira"), ("54900001234", "jacira"), ("+55 54 90000-1234", "jacira"),
    ("054 90000 1234", "jacira"), ("90000-1234", "jacira"), ("00001234", "jacira"),
    ("(54) 3333-4321", "padaria"), ("3333-4321", "padaria"), ("5433334321", "padaria"),
    # E-mail e login.
    ("jacira@exemplo.net", "jacira"), ("JACIRA@EXEMPLO.NET", "jacira"), ("jacira.alecrim@ipe", "jacira"),
    ("jacira.ale", "jacira"), ("padaria.sol@ipe", "padaria"), ("Padaria.Sol", "padaria"),
    # MAC nas quatro notações, IP, serial nas duas.
    ("00:00:5E:00:53:01", "jacira"), ("00-00-5e-00-53-01", "jacira"), ("0000.5e00.5301", "jacira"),
    ("00005E005301", "jacira"), ("203.0.113.77", "jacira"), ("2001:db8::77", "padaria"),
    ("2001:0DB8:0:0:0:0:0:77", "padaria"), ("HWTC1A2B3C4D", "jacira"), ("hwtc1a2b3c4d", "jacira"),
    ("485754431A2B3C4D", "jacira"), ("ZTEGC0FFEE01", "padaria"), ("5A544547C0FFEE01", "padaria"),
    # Endereço.
    ("rua das araucarias azuis", "jacira"), ("Araucárias Azuis, 1520", "jacira"),
    ("1520 araucarias", "jacira"), ("horizonte araucarias", "jacira"),
    # Nada.
    ("zzzzzz", "nenhum"), ("99999999999", "nenhum"), ("não existe ninguém", "nenhum"), ("00:00:00", "nenhum"),
    ("ninguem@exemplo.net", "nenhum"), ("203.0.113.78", "nenhum"), ("' OR 1=1 --", "nenhum"),
    ("{}", "nenhum"), ("%(empresas)s", "nenhum"), ("", "nenhum"),
]  # fmt: skip


def test_a_tabela_tem_ao_menos_sessenta_entradas():
    assert len({texto for texto, _ in TABELA}) >= 60


@pytest.mark.parametrize(("texto", "esperado"), TABELA)
def test_cada_texto_acha_primeiro_quem_deve(agente, cadastro, texto, esperado):
    achados = busca.procurar(texto, agente)
    primeiro = achados[0].cliente_id if achados else None
    assert primeiro == (cadastro[esperado].pk if esperado != "nenhum" else None)


def test_um_achado_exato_leva_ao_cliente_com_a_etiqueta(client, agente, cadastro):
    resposta = client.post(reverse("busca"), {"q": "jacira.alecrim@ipe"})
    etiqueta = cadastro["jacira"].contratos.get().etiquetas.get()
    assert resposta.status_code == 302
    assert resposta.url == f"{reverse('cliente', args=[cadastro['jacira'].pk])}?etiqueta={etiqueta.pk}"


def test_so_um_nome_vai_no_endereco(client, agente, cadastro):
    assert client.post(reverse("busca"), {"q": "jacira"}).url == f"{reverse('busca')}?q=jacira"
    for texto in ("529.982.247-25", "(54) 90000-1234", "jacira@exemplo.net"):
        assert client.get(reverse("busca"), {"q": texto}).status_code == 400
        resposta = client.post(reverse("busca"), {"q": texto})
        assert "?" not in resposta.get("Location", "").replace("?etiqueta=", "")


def test_ao_digitar_vem_so_as_linhas_com_documento_mascarado(client, agente, cadastro):
    resposta = client.post(reverse("busca"), {"q": "52998224725"}, headers=AO_DIGITAR)
    corpo = resposta.content.decode()
    assert resposta.status_code == 200
    assert "<html" not in corpo
    assert "***.982.247-**" in corpo
    assert "100777 · Normal" in corpo
    assert "52998224725" not in corpo


def test_texto_longo_demais_e_recusado_com_frase_e_o_texto_fica(client, agente):
    resposta = client.post(reverse("busca"), {"q": "a" * 201})
    assert resposta.status_code == 422
    assert "até 200 caracteres" in resposta.content.decode()
    assert f'value="{"a" * 200}"' in resposta.content.decode()


def test_ao_digitar_vem_oito_e_a_pagina_traz_vinte(client, agente, empresa):
    for nome, quantos in (("Jacira Homônima", 21), ("Otávio Manacá", 5)):
        for _ in range(quantos):
            criar_contrato(criar_cliente(nome=nome), empresa)
    client.force_login(agente)

    def achados(texto: str, **cabecalhos) -> tuple[int, str]:
        resposta = client.post(reverse("busca"), {"q": texto}, headers=cabecalhos, follow=True)
        corpo = resposta.content.decode()
        return corpo.count("data-resultado"), corpo

    quantos, corpo = achados("homonima", **{"HX-Request": "true"})
    assert quantos == 8
    assert "Mostrando os 8 primeiros. Digite mais, ou clique na lupa para ver mais." in corpo
    quantos, corpo = achados("homonima")
    assert quantos == 20
    assert "Mostrando os 20 primeiros. Digite mais para achar os outros." in corpo
    quantos, corpo = achados("manaca", **{"HX-Request": "true"})
    assert quantos == 5
    assert "Mostrando os" not in corpo


@pytest.mark.parametrize("texto", ["fe80::1%eth0", "fe80::1%x y"])
def test_um_ip_que_o_banco_nao_le_nao_derruba_a_busca(client, agente, texto):
    client.force_login(agente)
    resposta = client.post(reverse("busca"), {"q": texto}, headers={"HX-Request": "true"})
    assert resposta.status_code == 200


def test_as_particulas_do_nome_nao_contam_e_sozinhas_nao_se_procuram(agente, empresa):
    certa = criar_contrato(criar_cliente(nome="Ana de Souza Ipê"), empresa).cliente
    criar_contrato(criar_cliente(nome="Das Dores Primavera"), empresa)
    for texto in ("souza da ana", "Ana Souza", "ANA DOS SOUZA", "ipe e souza"):
        assert [a.cliente_id for a in busca.procurar(texto, agente)] == [certa.pk], texto
    assert [a.ordem for a in busca.procurar("das", agente)] == [1]
    assert busca.procurar("dos das", agente) == []


def test_cliente_sem_contrato_aparece_com_atender_inativo_e_a_razao(client, agente):
    criar_cliente(nome="Sem Contrato da Silva")
    corpo = client.post(reverse("busca"), {"q": "sem contrato"}, headers=AO_DIGITAR).content.decode()
    assert "Sem Contrato da Silva" in corpo
    assert 'aria-disabled="true"' in corpo
    assert "Cliente sem contrato" in corpo


@pytest.mark.parametrize("texto", sorted({t for t, quem in TABELA if quem != "nenhum"}))
def test_fora_do_escopo_nada_se_acha_nem_se_insinua(client, cadastro, texto):
    alheio = criar_usuario(capacidades=["atender"], widgets=["detalhes"], empresas=[criar_empresa()])
    client.force_login(alheio)
    resposta = client.post(reverse("busca"), {"q": texto}, headers=AO_DIGITAR)
    assert busca.procurar(texto, alheio) == []
    assert "Nenhum cliente encontrado" in resposta.content.decode()


def test_as_linhas_conferem_o_escopo_outra_vez(agente, cadastro):
    """O protocolo acha o cliente pela empresa da solicitação, que pode já não ser a dos contratos dele."""
    de_fora = criar_cliente(nome="De Outra Empresa")
    criar_contrato(de_fora, criar_empresa())
    achados = [busca.Achado(cliente.pk, 0, "protocolo", None) for cliente in (de_fora, cadastro["jacira"])]

    assert [linha["id"] for linha in busca.linhas(achados, agente)] == [cadastro["jacira"].pk]


def test_quem_nao_tem_empresa_nao_ve_ninguem(cadastro):
    criar_cliente(nome="Jacira sem contrato")
    sem = criar_usuario(capacidades=["atender"])
    assert busca.procurar("jacira", sem) == []


@pytest.mark.parametrize("texto", ["jacira", "52998224725", "rua das araucarias", "zzzz"])
def test_a_busca_usa_no_maximo_tres_comandos(agente, cadastro, django_assert_max_num_queries, texto):
    agente.permissoes  # noqa: B018 — lida antes: é da requisição, não da busca
    with django_assert_max_num_queries(3):
        achados = busca.procurar(texto, agente)
        busca.linhas(achados, agente)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texto=st.text(max_size=60))
def test_nenhum_texto_quebra_a_busca(client, agente, cadastro, texto):
    assert client.post(reverse("busca"), {"q": texto}, headers=AO_DIGITAR).status_code == 200


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(dados=st.data())
def test_lista_busca_detalhe_e_contagem_dao_os_mesmos_clientes(client, dados):
    # Um nome só deste exemplo: o banco guarda os anteriores até o fim do teste.
    nome = f"Escopo {uuid4().hex}"
    empresas = [criar_empresa() for _ in range(3)]
    clientes = []
    for _ in range(dados.draw(st.integers(1, 5))):
        cliente = criar_cliente(nome=nome)
        for empresa in dados.draw(st.lists(st.sampled_from(empresas), max_size=3, unique=True)):
            criar_contrato(cliente, empresa)
        clientes.append(cliente)
    concedidas = dados.draw(st.lists(st.sampled_from(empresas), max_size=3, unique=True))
    agente = criar_usuario(capacidades=["atender"], widgets=["detalhes"], empresas=concedidas)
    client.force_login(agente)

    todos = {cliente.pk for cliente in clientes}
    visiveis = Cliente.objects.visiveis_para(agente).filter(pk__in=todos)
    lista = set(visiveis.values_list("pk", flat=True))
    achados = {achado.cliente_id for achado in busca.procurar(nome, agente)} & todos
    detalhe = {pk for pk in todos if client.get(reverse("cliente", args=[pk])).status_code == 200}
    assert lista == achados == detalhe
    assert visiveis.count() == len(lista)


DEGRAUS = {
    # Palavras inteiras, em qualquer ordem, bastam: não se misturam com os que só começam por elas.
    "silva mari": ["Mari Aroeira da Silva"],
    # A última ainda se digita.
    "silva maria": ["Maria Clara Silva", "Mariana Maria Silva"],
    "clara sil": ["Maria Clara Silva"],
    "silva mar": ["Mari Aroeira da Silva", "Maria Clara Silva", "Mariana Maria Silva"],
    "silva j": ["Jonas Silva"],
    "aroeira m": ["Mari Aroeira da Silva"],
    # Nem inteiras nem começo da última: em qualquer lugar, e antes os que começam por todas.
    "jo silv": ["Jonas Silva"],
    "ariana": ["Mariana Maria Silva"],
    "ana sil": ["Mariana Maria Silva"],
}


@pytest.mark.parametrize("texto", DEGRAUS)
def test_as_palavras_do_nome_se_procuram_por_degraus(agente, empresa, texto):
    for nome in ("Mari Aroeira da Silva", "Maria Clara Silva", "Mariana Maria Silva", "Jonas Silva"):
        criar_contrato(criar_cliente(nome=nome), empresa)
    achados = busca.procurar(texto, agente)
    assert [linha["nome"] for linha in busca.linhas(achados, agente)] == DEGRAUS[texto]


@pytest.mark.parametrize(
    "texto",
    ["\u0301\u0301\u0301", "'''", "\\\\\\", "''' a", "a&b|c", "!!! abc", "abc:*", "½½½ ana", "%%% ___",
     "<-> abc", "abc '", "((( )))", "ab \u0301\u0301\u0301 x", "$1 $2 $3", "{0} {1} abc"],
)  # fmt: skip
def test_so_sinais_ou_a_lingua_do_indice_nao_acham_palavra_nem_quebram(agente, cadastro, texto):
    assert [achado for achado in busca.procurar(texto, agente) if achado.ordem > 1] == []


def test_o_zero_do_final_de_um_telefone_e_do_numero(agente, empresa):
    certo, outro = criar_cliente(nome="Final Certo"), criar_cliente(nome="Outro Final")
    for cliente, valor in ((certo, "+5554900000012"), (outro, "+5554900003012")):
        criar_contrato(cliente, empresa)
        criar_contato(cliente, tipo="telefone", valor=valor)
    assert [a.cliente_id for a in busca.procurar("0012", agente)] == [certo.pk]
    assert {a.cliente_id for a in busca.procurar("054900000012", agente)} == {certo.pk}


@pytest.fixture
def atendimento(agente, cadastro, empresa):
    """Uma solicitação de Jacira, aberta pela equipe do agente."""
    equipe = criar_equipe(agente)
    criar_prazo(padrao=True)
    etiqueta = Etiqueta.objects.get(codigo="ET-CASA-7")
    return criar_solicitacao(por=agente, etiqueta=etiqueta, equipe=equipe)


def test_o_protocolo_leva_ao_resumo_com_ou_sem_separadores(client, atendimento):
    protocolo = atendimento.protocolo
    for digitado in (protocolo, f"{protocolo[:8]} {protocolo[8:]}", f"{protocolo[:8]}-{protocolo[8:]}"):
        resposta = client.post(reverse("busca"), {"q": digitado})
        assert resposta.url == f"/solicitacoes/{protocolo}/"
    digitando = client.post(reverse("busca"), {"q": protocolo}, headers=AO_DIGITAR).content.decode()
    assert f'href="/solicitacoes/{protocolo}/"' in digitando
    assert "por protocolo" in digitando


def test_o_protocolo_de_outra_empresa_nao_se_acha(client, atendimento, empresa):
    client.force_login(criar_usuario(capacidades=["atender"], empresas=[criar_empresa()]))
    for cabecalhos in ({}, AO_DIGITAR):
        resposta = client.post(reverse("busca"), {"q": atendimento.protocolo}, headers=cabecalhos)
        assert resposta.status_code == 200
        assert "/solicitacoes/" not in resposta.content.decode()


def test_o_protocolo_de_um_contato_leva_a_ele_se_e_da_equipe(client, agente):
    criar_equipe(agente)
    contato = solicitacoes.registrar_contato(por=agente, canal="telefone", nome="Marina")
    endereco = f"/contatos/{contato.protocolo}/"
    assert client.post(reverse("busca"), {"q": contato.protocolo}).url == endereco
    assert (
        endereco
        in client.post(reverse("busca"), {"q": contato.protocolo}, headers=AO_DIGITAR).content.decode()
    )
    client.force_login(criar_usuario(capacidades=["atender"]))
    assert client.post(reverse("busca"), {"q": contato.protocolo}).status_code == 200


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("cabecalhos", "status"), [({}, 503), (AO_DIGITAR, 200)])
def test_a_busca_que_demora_da_uma_frase_e_o_registro_nao_diz_quem(
    client, agente, monkeypatch, caplog, cabecalhos, status
):
    criar_cliente(nome="Jacira Alecrim", documento="52998224725")
    monkeypatch.setattr(views_busca, "LIMITE_SEGUNDOS", 0.2)
    # Uma condição que dorme a cada linha: como um comando que percorre a tabela inteira.
    monkeypatch.setattr(busca, "VISIVEL", f"(pg_sleep(5) IS NOT NULL AND {busca.VISIVEL})")
    resposta = client.post(reverse("busca"), {"q": "529.982.247-25"}, headers=cabecalhos)
    assert resposta.status_code == status
    assert "A busca demorou demais" in resposta.content.decode()
    assert "foi cortada" in caplog.text
    assert not re.search(r"529|982|jacira|SELECT", caplog.text, re.IGNORECASE)
