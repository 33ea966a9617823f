"""Os cadastros no admin: escopo, máscaras, segredos, busca sem dado pessoal e recusas claras."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from atendimento.models import AcessoADado
from clientes.models import Cliente, Contato
from contratos.cifra import decifrar
from contratos.models import Concentrador, Conexao, Contrato, Etiqueta
from perfis.capacidades import Capacidade
from perfis.dominio.matriz import Matriz, permissoes_concediveis
from perfis.dominio.perfis import salvar_matriz
from tests import fabricas
from tests.fabricas import criar_perfil, criar_usuario

pytestmark = pytest.mark.django_db

INTEIROS = {f"perfis.{c}" for c in (Capacidade.VER_DOCUMENTO, Capacidade.VER_TELEFONE, Capacidade.VER_EMAIL)}


@pytest.fixture
def empresa():
    return fabricas.criar_empresa(nome="Filial Aurora")


def operador(empresa, *, inteiros: bool = False):
    """Quem cuida de todos os cadastros de uma empresa, sem administrar perfis."""
    permissoes = {p for p in permissoes_concediveis() if not p.startswith("perfis.")}
    perfil = criar_perfil()
    matriz = Matriz(
        frozenset(permissoes | (INTEIROS if inteiros else set())),
        {"contratos.atender_empresa": {empresa.pk: {}}},
    )
    salvar_matriz(perfil, matriz, por=None)
    return criar_usuario(perfil, is_staff=True)


@pytest.fixture
def pagina(client, empresa):
    client.force_login(operador(empresa))
    return client


@pytest.fixture
def contrato(empresa):
    return fabricas.criar_contrato(empresa=empresa, cliente=fabricas.criar_cliente(nome="Íris de Azambuja"))


@pytest.fixture
def alheio():
    return fabricas.criar_contrato(
        empresa=fabricas.criar_empresa(), cliente=fabricas.criar_cliente(nome="Íris Alheia")
    )


def url(modelo: str, pagina: str, *args) -> str:
    return reverse(f"admin:{modelo}_{pagina}", args=args)


def formulario(client, endereco: str) -> dict:
    """O que o navegador enviaria sem mexer em nada."""
    contexto = client.get(endereco).context
    partes = [contexto["adminform"].form]
    for parte in contexto["inline_admin_formsets"]:
        partes += [parte.formset.management_form, *parte.formset.forms]
    dados = {}
    for form in partes:
        for campo in form:
            valor = campo.value()
            if valor is not None and valor is not False:
                dados[campo.html_name] = "on" if valor is True else str(valor)
    return dados


# Escopo


CAMINHOS = {
    "clientes_cliente": lambda c: c.cliente,
    "clientes_contato": lambda c: fabricas.criar_contato(c.cliente),
    "clientes_endereco": lambda c: fabricas.criar_endereco(c.cliente),
    "contratos_contrato": lambda c: c,
    "contratos_etiqueta": lambda c: c.etiquetas.get(),
    "contratos_servicocontratado": lambda c: fabricas.criar_servico(c),
    "contratos_conexao": lambda c: fabricas.criar_conexao(c.etiquetas.get()),
    "contratos_equipamento": lambda c: fabricas.criar_equipamento(c.etiquetas.get()),
    "contratos_fatura": lambda c: fabricas.criar_fatura(c),
    "contratos_eventodecontrato": lambda c: fabricas.criar_evento(c),
}


@pytest.mark.parametrize("modelo", CAMINHOS)
def test_o_que_e_de_outra_empresa_e_como_se_nao_existisse(modelo, pagina, contrato, alheio):
    visivel, oculto = CAMINHOS[modelo](contrato), CAMINHOS[modelo](alheio)

    assert list(pagina.get(url(modelo, "changelist")).context["cl"].result_list) == [visivel]
    fora = pagina.get(url(modelo, "change", oculto.pk))
    ausente = pagina.get(url(modelo, "change", 999_999))
    assert fora.status_code == ausente.status_code == 404
    assert _sem_o_que_e_do_pedido(fora.text) == _sem_o_que_e_do_pedido(ausente.text)
    for outra in ("history", "delete"):
        assert pagina.get(url(modelo, outra, oculto.pk)).status_code in (403, 404)


def _sem_o_que_e_do_pedido(texto: str) -> str:
    """Sem o token de formulário e sem o número que a própria pessoa pôs no endereço."""
    return re.sub(r'"X-CSRFToken": "\w+"|value="\w{64}"|/\d+/change/', "", texto)


def autocompletar(client, termo: str, modelo="contrato", campo="cliente"):
    dados = {"app_label": "contratos", "model_name": modelo, "field_name": campo, "term": termo}
    return [r["text"] for r in client.get("/admin/autocomplete/", dados).json()["results"]]


def test_o_campo_de_escolha_so_sugere_o_que_o_usuario_ve(pagina, contrato, alheio):
    assert autocompletar(pagina, "íris") == ["Íris de Azambuja"]
    assert autocompletar(pagina, contrato.numero, modelo="etiqueta", campo="contrato") == [contrato.numero]
    assert autocompletar(pagina, alheio.numero, modelo="etiqueta", campo="contrato") == []


def test_uma_chave_estrangeira_de_fora_do_escopo_e_recusada_e_nada_se_grava(pagina, contrato, alheio):
    endereco = url("contratos_etiqueta", "add")
    dados = formulario(pagina, endereco) | {"codigo": "NOVA", "descricao": "Nova", "ativa": "on"}

    fora = pagina.post(endereco, dados | {"contrato": alheio.pk})
    ausente = pagina.post(endereco, dados | {"contrato": 999_999})

    assert list(fora.context["errors"]) == list(ausente.context["errors"])
    assert "Sua escolha não é uma das disponíveis" in fora.text
    assert alheio.numero not in fora.text
    assert not Etiqueta.objects.filter(codigo="NOVA").exists()


# Busca e filtros


@pytest.mark.parametrize(
    "termo", ["529.982.247-25", "52998224725", "(54) 99999-0001", "+5554999990001", "iris@exemplo.net"]
)
@pytest.mark.parametrize("modelo", ["clientes_cliente", "clientes_contato", "contratos_contrato"])
def test_dado_pessoal_na_busca_sai_do_endereco_e_nao_procura(modelo, termo, pagina, contrato):
    resposta = pagina.get(url(modelo, "changelist"), {"q": termo, "tipo__exact": "PF"})

    assert resposta.status_code == 302
    assert "q=" not in resposta.url
    assert termo not in pagina.get(resposta.url.replace("tipo__exact=PF", "")).text
    assert autocompletar(pagina, termo) == []


def test_a_busca_acha_por_nome_sem_acento_em_qualquer_ordem_e_curinga_e_letra(pagina, contrato):
    def achados(termo):
        return [
            c.nome
            for c in pagina.get(url("clientes_cliente", "changelist"), {"q": termo}).context["cl"].result_list
        ]

    assert achados("AZAMBUJA iris") == ["Íris de Azambuja"]
    assert achados("ír") == ["Íris de Azambuja"]
    for termo in ("%%%", "___", "%", "íris%zam", "\\", "nada"):
        assert achados(termo) == [], termo


@pytest.mark.parametrize(
    ("modelo", "consulta"),
    [
        ("clientes_cliente", "documento=52998224725"),
        ("clientes_cliente", "documento__startswith=5"),
        ("clientes_cliente", "contatos__valor__startswith=5"),
        ("clientes_cliente", "nome_busca__contains=i"),
        ("clientes_contato", "valor__contains=9"),
        ("contratos_conexao", "senha__isnull=1"),
        ("contratos_conexao", "concentrador__segredo__isnull=1"),
        ("contratos_contrato", "cliente__documento__startswith=5"),
        ("contratos_etiqueta", "empresa__cnpj__startswith=1"),
        ("clientes_cliente", "o=1"),
        ("clientes_cliente", "o=-documento"),
        ("clientes_cliente", "inventado=1"),
    ],
)
def test_filtro_ou_ordem_que_a_lista_nao_oferece_e_400(modelo, consulta, pagina, contrato):
    assert pagina.get(f"{url(modelo, 'changelist')}?{consulta}").status_code == 400


def test_filtros_oferecidos_valem(pagina, contrato):
    for consulta, quantos in (
        ("situacao__exact=1", 1),
        ("situacao__exact=4", 0),
        (f"empresa__id__exact={contrato.empresa_id}", 1),
    ):
        assert (
            pagina.get(f"{url('contratos_contrato', 'changelist')}?{consulta}").context["cl"].result_count
            == quantos
        )


def test_a_contagem_para_em_mil(pagina, django_assert_max_num_queries):
    Cliente.objects.bulk_create(Cliente(nome=f"Sem Contrato {n}") for n in range(1010))

    with django_assert_max_num_queries(12) as consultas:
        resposta = pagina.get(url("clientes_cliente", "changelist"))

    assert "mais de 1.000\n" in resposta.text
    contagens = [c["sql"] for c in consultas if "COUNT(" in c["sql"] and "clientes_cliente" in c["sql"]]
    assert contagens
    assert all("LIMIT 1001" in sql for sql in contagens)


# Máscaras e segredos


def test_documento_e_contatos_so_aparecem_inteiros_a_quem_tem_a_capacidade(client, empresa, contrato):
    cliente = contrato.cliente
    telefone = fabricas.criar_contato(cliente, valor="+5554987654321")
    email = fabricas.criar_contato(cliente, tipo="email", valor="iris.azambuja@exemplo.net")
    paginas = {
        url("clientes_cliente", "change", cliente.pk): cliente.documento,
        url("clientes_contato", "change", telefone.pk): "987654321",
        url("clientes_contato", "change", email.pk): "iris.azambuja@exemplo.net",
    }
    todas = [*paginas, url("clientes_cliente", "changelist"), url("clientes_contato", "changelist")]

    client.force_login(operador(empresa))
    for endereco in todas:
        texto = client.get(endereco).text
        for segredo in paginas.values():
            assert segredo not in texto, endereco
    client.force_login(operador(empresa, inteiros=True))
    for endereco, valor in paginas.items():
        assert valor in client.get(endereco).text
    for endereco in todas[3:]:
        assert not any(segredo in client.get(endereco).text for segredo in paginas.values())


def test_quem_ve_mascarado_altera_o_resto_sem_tocar_no_valor(pagina, contrato):
    cliente, contato = contrato.cliente, fabricas.criar_contato(contrato.cliente)
    documento, valor = cliente.documento, contato.valor
    endereco = url("clientes_cliente", "change", cliente.pk)
    dados = formulario(pagina, endereco) | {"segmento": "Residencial"}

    assert pagina.post(endereco, dados).status_code == 302
    forjado = pagina.post(endereco, dados | {"documento": "52998224725"})
    endereco = url("clientes_contato", "change", contato.pk)
    assert pagina.post(endereco, formulario(pagina, endereco) | {"descricao": "Recado"}).status_code == 302

    cliente.refresh_from_db()
    contato.refresh_from_db()
    assert (cliente.segmento, cliente.documento) == ("Residencial", documento)
    assert (contato.descricao, contato.valor) == ("Recado", valor)
    assert forjado.status_code == 400


def test_abrir_a_pagina_de_um_cliente_fica_anotado_e_listar_nao(pagina, contrato):
    pagina.get(url("clientes_cliente", "changelist"))
    assert not AcessoADado.objects.exists()

    pagina.get(url("clientes_cliente", "change", contrato.cliente_id))

    assert AcessoADado.objects.get().cliente_id == contrato.cliente_id


def test_a_senha_se_grava_cifrada_e_nunca_volta_a_pagina(pagina, contrato):
    conexao = fabricas.criar_conexao(contrato.etiquetas.get())
    endereco = url("contratos_conexao", "change", conexao.pk)
    dados = formulario(pagina, endereco)

    segredos = {"nova_senha": "pppoe-secreta", "nova_senha_do_equipamento": "wifi-secreta"}
    assert pagina.post(endereco, dados | segredos).status_code == 302
    assert pagina.post(endereco, dados).status_code == 302

    conexao = Conexao.objects.get()
    assert decifrar(conexao.senha) == "pppoe-secreta"
    assert decifrar(conexao.senha_equipamento) == "wifi-secreta"
    historia = url("contratos_conexao", "history", conexao.pk)
    recusada = pagina.post(endereco, dados | segredos | {"login": "x"})
    assert recusada.status_code == 200
    for texto in (pagina.get(endereco).text, pagina.get(historia).text, recusada.text):
        assert "secreta" not in texto
        assert bytes(conexao.senha).decode() not in texto
    assert not LogEntry.objects.filter(change_message__contains="secreta").exists()


def test_o_segredo_do_concentrador_tambem(pagina):
    concentrador = fabricas.criar_concentrador()
    endereco = url("contratos_concentrador", "change", concentrador.pk)
    dados = formulario(pagina, endereco)

    assert pagina.post(endereco, dados | {"novo_segredo": "curto"}).status_code == 200
    assert pagina.post(endereco, dados | {"novo_segredo": "radius-secreto"}).status_code == 302

    assert decifrar(Concentrador.objects.get().segredo) == "radius-secreto"
    assert "radius-secreto" not in pagina.get(endereco).text


# Recusas


def test_o_que_so_o_banco_recusa_volta_como_frase_com_o_texto_digitado(pagina, contrato):
    etiqueta = contrato.etiquetas.get()
    endereco = url("contratos_etiqueta", "change", etiqueta.pk)
    dados = formulario(pagina, endereco) | {"descricao": "Texto digitado"}
    del dados["ativa"]

    resposta = pagina.post(endereco, dados)

    assert resposta.status_code == 200
    assert "Um contrato ativo precisa de ao menos uma etiqueta ativa." in resposta.text
    assert "Texto digitado" in resposta.text
    etiqueta.refresh_from_db()
    assert etiqueta.ativa
    assert etiqueta.descricao != "Texto digitado"


def test_o_contrato_nasce_com_sua_etiqueta_e_depois_so_muda_o_que_pode(pagina, empresa):
    cliente = fabricas.criar_cliente()
    endereco = url("contratos_contrato", "add")
    dados = formulario(pagina, endereco) | {
        "numero": "9001", "empresa": empresa.pk, "cliente": cliente.pk, "vigencia_inicio": "2026-01-05",
        "valor": "99,90", "dia_vencimento": "10",
        "etiquetas-0-codigo": "E-1", "etiquetas-0-descricao": "Casa",
    }  # fmt: skip

    sem_etiqueta = dados | {"etiquetas-0-codigo": "", "etiquetas-0-descricao": ""}
    recusado = pagina.post(endereco, sem_etiqueta)
    assert recusado.status_code == 200
    assert not Contrato.objects.exists()
    assert pagina.post(endereco, dados).status_code == 302

    contrato = Contrato.objects.get()
    assert contrato.etiquetas.get().empresa_id == empresa.pk
    endereco = url("contratos_contrato", "change", contrato.pk)
    dados = formulario(pagina, endereco) | {"vendedor": "Bento"}
    assert pagina.post(endereco, dados).status_code == 302
    assert pagina.post(endereco, dados | {"situacao": "4"}).status_code == 400
    contrato.refresh_from_db()
    assert (contrato.vendedor, contrato.situacao) == ("Bento", 1)


@pytest.mark.parametrize("campo", ["demo", "versao", "nome_busca", "criado_em_0", "is_superuser"])
def test_campo_que_o_formulario_nao_tem_e_400(campo, pagina, contrato):
    endereco = url("clientes_cliente", "change", contrato.cliente_id)

    assert pagina.post(endereco, formulario(pagina, endereco) | {campo: "1"}).status_code == 400


def test_contato_invalido_ou_repetido_volta_com_a_frase(pagina, contrato):
    existente = fabricas.criar_contato(contrato.cliente)
    endereco = url("clientes_contato", "add")
    base = {"cliente": contrato.cliente_id, "tipo": "telefone"}

    for valor in ("abc", "123", existente.valor, "9" * 300):
        resposta = pagina.post(endereco, base | {"valor": valor})
        assert resposta.status_code == 200, valor
        assert resposta.context["errors"]
    assert Contato.objects.count() == 1


def test_um_contato_se_exclui_e_um_cliente_nao(pagina, contrato):
    contato = fabricas.criar_contato(contrato.cliente)

    assert pagina.post(url("clientes_contato", "delete", contato.pk), {"post": "yes"}).status_code == 302
    assert (
        pagina.post(url("clientes_cliente", "delete", contrato.cliente_id), {"post": "yes"}).status_code
        == 403
    )
    assert not Contato.objects.exists()


def test_nenhum_registro_do_admin_guarda_documento(pagina, empresa):
    endereco = url("clientes_cliente", "add")
    dados = formulario(pagina, endereco) | {"nome": "Nova", "documento": "529.982.247-25"}

    assert pagina.post(endereco, dados).status_code == 302

    assert Cliente.objects.get().documento == "52998224725"
    registro = LogEntry.objects.get()
    assert "529" not in registro.change_message + registro.object_repr


def test_a_conexao_se_acha_pelo_login_e_a_fatura_pelo_numero_dela_ou_do_contrato(pagina, contrato):
    conexao = fabricas.criar_conexao(contrato.etiquetas.get(), login="iris.azambuja@ipe")
    fatura = fabricas.criar_fatura(contrato)

    def achados(modelo, termo):
        return list(pagina.get(url(modelo, "changelist"), {"q": termo}).context["cl"].result_list)

    assert achados("contratos_conexao", "iris.azambuja@ipe") == [conexao]
    assert (
        achados("contratos_fatura", fatura.numero) == achados("contratos_fatura", contrato.numero) == [fatura]
    )
    assert achados("contratos_fatura", "nenhuma") == []
