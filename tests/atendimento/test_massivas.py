"""Massivas: quem são as atingidas, quem decide, e o encerramento em bloco com um relato para cada uma."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import massivas, solicitacoes
from atendimento.excecoes import DadoInvalido, SemPermissao, TransicaoInvalida
from atendimento.massivas import atingidas, da_etiqueta, do_cliente
from atendimento.models import Massiva, RegistroDeAuditoria, Relato
from tests.execucao.cenario import criar_cenario
from tests.fabricas import (
    criar_agente,
    criar_artigo,
    criar_conexao,
    criar_contrato,
    criar_endereco,
    criar_massiva,
    criar_motivo,
    criar_olt,
    criar_ponto_de_acesso,
    criar_solicitacao,
    criar_solucao,
    criar_splitter,
    criar_tipo_de_solicitacao,
)
from tests.invariantes import recusado

pytestmark = pytest.mark.django_db


@pytest.fixture
def cenario():
    return criar_cenario(acoes=("vincular_massiva",))


@pytest.fixture
def supervisora(cenario):
    return criar_agente(cenario.equipe, empresas=[cenario.empresa], supervisor=True)


@pytest.fixture
def caixa(cenario):
    ponto = criar_ponto_de_acesso()
    return criar_splitter(criar_olt(ponto), slot=3, porta=7)


@pytest.fixture
def conexao(cenario, caixa):
    endereco = criar_endereco(cenario.cliente, cidade="Vale do Ipê", uf="RS", bairro="Horizonte")
    # O slot e a porta que ficaram na conexão não valem: valem os da caixa.
    return criar_conexao(cenario.etiqueta, splitter=caixa, slot_olt=1, porta_olt=1, endereco=endereco)


ALVOS = {
    "splitter": lambda c: {"splitter": c},
    "olt": lambda c: {"olt": c.olt},
    "slot": lambda c: {"olt": c.olt, "slot": 3},
    "porta": lambda c: {"olt": c.olt, "slot": 3, "porta": 7},
    "ponto": lambda c: {"ponto_de_acesso": c.olt.ponto_de_acesso},
    "cidade": lambda c: {"cidade": "VALE DO IPÊ", "uf": "RS"},
    "bairro": lambda c: {"cidade": "Vale do Ipê", "uf": "RS", "bairro": "horizonte"},
}
ERRADOS = {
    "splitter": lambda c: {"splitter": criar_splitter(c.olt, slot=3, porta=7)},
    "olt": lambda c: {"olt": criar_olt(c.olt.ponto_de_acesso)},
    "slot": lambda c: {"olt": c.olt, "slot": 1},
    "porta": lambda c: {"olt": c.olt, "slot": 3, "porta": 1},
    "ponto": lambda c: {"ponto_de_acesso": criar_ponto_de_acesso()},
    "cidade": lambda c: {"cidade": "Vale do Ipê", "uf": "SC"},
    "bairro": lambda c: {"cidade": "Vale do Ipê", "uf": "RS", "bairro": "Centro"},
}


@pytest.mark.parametrize("escopo", ALVOS)
def test_cada_escopo_atinge_quem_esta_nele_e_so_quem_esta(cenario, conexao, caixa, escopo):
    outra = criar_conexao(criar_contrato(empresa=cenario.empresa).etiquetas.get())
    certa = criar_massiva(escopo=escopo, **ALVOS[escopo](caixa))
    criar_massiva(escopo=escopo, **ERRADOS[escopo](caixa))
    assert list(da_etiqueta(cenario.etiqueta.pk)) == [certa]
    assert list(do_cliente(cenario.cliente.pk)) == [certa]
    assert list(atingidas(certa)) == [conexao]
    assert not da_etiqueta(outra.etiqueta_id).exists()


def test_uma_conexao_inativa_ou_uma_massiva_que_nao_esta_aberta_nao_contam(cenario, conexao, caixa):
    criar_massiva(splitter=caixa, situacao="sugerida")
    assert not do_cliente(cenario.cliente.pk).exists()
    Massiva.objects.update(situacao="aberta")
    assert do_cliente(cenario.cliente.pk).exists()
    conexao.ativa = False
    conexao.save()
    assert not do_cliente(cenario.cliente.pk).exists()


def abrir(por, caixa, **campos):
    padrao = {
        "titulo": "Rompimento na CTO",
        "escopo": "splitter",
        "alvo": {"splitter": caixa},
        "inicio": timezone.now() - timedelta(hours=1),
    }
    return massivas.abrir(por=por, **padrao | campos)


def test_so_quem_supervisiona_abre_e_a_abertura_fica_na_auditoria(cenario, supervisora, caixa):
    with pytest.raises(SemPermissao):
        abrir(cenario.agente, caixa)
    aberta = abrir(supervisora, caixa)
    registro = RegistroDeAuditoria.objects.get(acao="massiva.abrir")
    assert (registro.usuario, registro.alvo_id) == (supervisora, aberta.pk)


@pytest.mark.parametrize(
    ("campo", "campos"),
    [
        ("titulo", {"titulo": " "}),
        ("escopo", {"escopo": "galaxia"}),
        ("splitter", {"alvo": {}}),
        ("inicio", {"inicio": timezone.now() + timedelta(days=1)}),
        ("previsao", {"previsao": timezone.now() - timedelta(days=2)}),
    ],
)
def test_uma_massiva_mal_dita_se_recusa_no_campo(supervisora, caixa, campo, campos):
    with pytest.raises(DadoInvalido) as recusa:
        abrir(supervisora, caixa, **campos)
    assert recusa.value.campo == campo
    assert not Massiva.objects.exists()


def test_ha_uma_viva_por_lugar_e_o_detector_nao_sugere_a_que_ja_ha(supervisora, caixa):
    abrir(supervisora, caixa)
    with pytest.raises(DadoInvalido, match="Já há uma massiva"):
        abrir(supervisora, caixa)
    sugestao = massivas.sugerir(
        escopo="splitter", alvo={"splitter": caixa}, inicio=timezone.now(), evidencia={}, titulo="Queda"
    )
    assert sugestao is None
    assert Massiva.objects.count() == 1


def test_a_sugestao_se_confirma_ou_se_descarta_uma_vez(supervisora, caixa):
    def sugerir():
        return massivas.sugerir(
            escopo="splitter", alvo={"splitter": caixa}, inicio=timezone.now() - timedelta(minutes=5),
            evidencia={"afetadas": 5}, titulo="Queda",
        )  # fmt: skip

    descartada = massivas.descartar(sugerir(), por=supervisora)
    with pytest.raises(TransicaoInvalida):
        massivas.confirmar(descartada, por=supervisora, titulo="Queda")
    confirmada = massivas.confirmar(sugerir(), por=supervisora, titulo="Rompimento", texto="Já vamos.")
    assert (confirmada.situacao, confirmada.titulo) == ("aberta", "Rompimento")
    with pytest.raises(TransicaoInvalida):
        massivas.descartar(confirmada, por=supervisora)


def test_vincular_pede_que_a_massiva_atinja_e_esteja_aberta(cenario, supervisora, conexao, caixa):
    outra = criar_massiva()
    with pytest.raises(DadoInvalido):
        massivas.vincular(cenario.solicitacao, por=cenario.agente, massiva=outra)
    aberta = abrir(supervisora, caixa)
    vinculada = massivas.vincular(cenario.solicitacao, por=cenario.agente, massiva=aberta)
    assert vinculada.massiva == aberta
    assert Relato.objects.filter(texto__startswith="Vinculada à massiva").count() == 1
    massivas.encerrar(
        aberta, por=supervisora, fim=timezone.now(), solucao=criar_solucao(), relato="Fibra emendada."
    )
    with pytest.raises(TransicaoInvalida):
        massivas.vincular(cenario.solicitacao, por=cenario.agente, massiva=aberta)


def test_encerrar_fecha_em_bloco_com_um_relato_cada_e_deixa_a_que_alguem_tem_em_maos(
    cenario, supervisora, conexao, caixa
):
    tipo, solucao = criar_tipo_de_solicitacao(), criar_solucao()
    na_fila = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta, tipo=tipo)
    pausada = criar_solicitacao(por=supervisora, etiqueta=cenario.etiqueta, tipo=tipo, em_maos=True)
    pausada = solicitacoes.pausar(pausada, por=supervisora, versao=1, motivo=criar_motivo())
    sem_tipo = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    solta = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta, tipo=tipo)
    aberta = abrir(supervisora, caixa)
    for uma in (cenario.solicitacao, na_fila, pausada, sem_tipo):
        massivas.vincular(uma, por=supervisora, massiva=aberta)
    fechamentos = massivas.encerrar(
        aberta, por=supervisora, fim=timezone.now(), solucao=solucao, relato="Fibra emendada na CTO."
    )
    feitas = {f.solicitacao.pk: f.feito for f in fechamentos}
    assert feitas == {cenario.solicitacao.pk: False, na_fila.pk: True, pausada.pk: True, sem_tipo.pk: False}
    for uma in (na_fila, pausada):
        uma.refresh_from_db()
        assert (uma.situacao, uma.solucao) == ("encerrada", solucao)
        assert uma.responsavel == supervisora
        relatos = Relato.objects.filter(solicitacao=uma, texto__contains="Fibra emendada na CTO.")
        assert relatos.count() == 1
        assert uma.transicoes.order_by("-versao").first().transicao == "encerrar_em_bloco"
    solta.refresh_from_db()
    cenario.solicitacao.refresh_from_db()
    assert solta.situacao == "aberta"
    assert cenario.solicitacao.situacao == "em_atendimento"
    # Repetir, com o tipo que faltava, fecha só a que faltou.
    outra_vez = massivas.encerrar(
        aberta, por=supervisora, fim=timezone.now(), solucao=solucao, relato="Fibra emendada.", tipo=tipo
    )
    assert {f.solicitacao.pk: f.feito for f in outra_vez} == {
        cenario.solicitacao.pk: False,
        sem_tipo.pk: True,
    }


def test_sem_massiva_ninguem_encerra_em_bloco(cenario, supervisora):
    na_fila = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    with pytest.raises(Exception, match="não está vinculada"):
        solicitacoes.encerrar_em_bloco(na_fila, por=supervisora, solucao=criar_solucao(), relato="Nada.")
    with pytest.raises(SemPermissao):
        solicitacoes.encerrar_em_bloco(na_fila, por=cenario.agente, solucao=criar_solucao(), relato="Nada.")


def test_o_painel_do_atingido_mostra_a_massiva_antes_da_barra(client, cenario, conexao, caixa):
    criar_massiva(splitter=caixa, titulo="Rompimento <b>grave</b>", texto="Equipe no local.\nVolta às 18 h.")
    client.force_login(cenario.agente)
    pagina = client.get(reverse("cliente", args=[cenario.cliente.pk])).content.decode()
    assert "Rompimento &lt;b&gt;grave" in pagina
    assert pagina.index("Rompimento") < pagina.index("barra-atendimento")
    assert "Volta às 18 h." in pagina
    outro = criar_contrato(empresa=cenario.empresa)
    assert "Rompimento" not in client.get(reverse("cliente", args=[outro.cliente_id])).content.decode()


def test_a_pagina_da_supervisao_abre_vincula_e_encerra(client, cenario, supervisora, conexao, caixa):
    client.force_login(supervisora)
    na_fila = criar_solicitacao(
        por=cenario.agente, etiqueta=cenario.etiqueta, tipo=criar_tipo_de_solicitacao()
    )
    agora = timezone.localtime()
    nova = {
        "titulo": "Rompimento",
        "escopo": "splitter",
        "splitter": caixa.nome.lower(),
        "inicio": f"{agora - timedelta(hours=2):%Y-%m-%dT%H:%M}",
    }
    assert client.post(reverse("massivas"), nova | {"splitter": "CTO-INVENTADA"}).status_code == 422
    resposta = client.post(reverse("massivas"), nova)
    aberta = Massiva.objects.get()
    url = reverse("massiva", args=[aberta.pk])
    assert resposta["Location"] == url
    assert na_fila.protocolo in client.get(url).content.decode()
    client.post(url, {"gesto": "vincular", "solicitacao": [na_fila.pk, cenario.solicitacao.pk, "x"]})
    assert aberta.solicitacoes.count() == 2
    assert client.post(url, {"gesto": "encerrar", "relato": "curto"}).status_code == 422
    fim = {"gesto": "encerrar", "fim": f"{agora:%Y-%m-%dT%H:%M}", "solucao": criar_solucao().pk}
    pagina = client.post(url, fim | {"relato": "Fibra emendada na CTO."}).content.decode()
    assert "Ficou aberta" in pagina
    na_fila.refresh_from_db()
    assert na_fila.situacao == "encerrada"


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("massiva_tem_um_alvo", "splitter_id = NULL"),
        ("massiva_tem_um_alvo", "cidade = 'Vale do Ipê'"),
        ("massiva_tem_um_alvo", "escopo = 'olt'"),
        ("massiva_tem_um_alvo", "escopo = 'galaxia'"),
        ("massiva_fim_depois_do_inicio", "situacao = 'encerrada', fim = inicio"),
        ("massiva_previsao_depois_do_inicio", "previsao = inicio - interval '1 hour'"),
        ("massiva_encerrada_tem_fim", "situacao = 'encerrada'"),
        ("massiva_encerrada_tem_fim", "fim = now()"),
        ("massiva_valores_conhecidos", "situacao = 'esquecida'"),
        ("massiva_valores_conhecidos", "titulo = ''"),
    ],
)
def test_o_banco_nao_guarda_uma_massiva_incoerente(nome, mudanca):
    massiva = criar_massiva()
    recusado(nome, f"UPDATE atendimento_massiva SET {mudanca} WHERE id = %s", massiva.pk)


def test_o_banco_guarda_uma_viva_por_alvo_mesmo_com_colunas_vazias_e_outra_caixa(caixa):
    """`massiva_viva_unica_por_alvo`, `massiva_fechada_nao_muda`, `massiva_nao_se_apaga`."""
    criar_massiva(escopo="cidade", cidade="Vale do Ipê", uf="RS")
    copiar = (
        "INSERT INTO atendimento_massiva (titulo, escopo, cidade, uf, bairro, texto, inicio, situacao,"
        " evidencia, criada_em, demo)"
        " VALUES ('Outra', 'cidade', 'VALE DO IPÊ', 'RS', '', '', now(), %s, '{}', now(), false)"
    )
    recusado("massiva_viva_unica_por_alvo", copiar, "aberta")
    recusado("massiva_viva_unica_por_alvo", copiar, "sugerida")
    fechada = criar_massiva(splitter=caixa, situacao="encerrada", fim=timezone.now())
    recusado(
        "massiva_fechada_nao_muda", "UPDATE atendimento_massiva SET texto = 'x' WHERE id = %s", fechada.pk
    )
    recusado("massiva_nao_se_apaga", "DELETE FROM atendimento_massiva WHERE id = %s", fechada.pk)


@pytest.mark.parametrize(
    ("nome", "mudanca"), [("artigo_uso_conhecido", "uso = 'poema'"), ("artigo_titulo_unico", "titulo = 'Um'")]
)
def test_o_banco_guarda_artigos_coerentes(nome, mudanca):
    criar_artigo(titulo="Um")
    outro = criar_artigo(titulo="Outro")
    recusado(nome, f"UPDATE atendimento_artigo SET {mudanca} WHERE id = %s", outro.pk)
