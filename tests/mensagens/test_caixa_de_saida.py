"""A caixa de saída: o que entra nela, quando sai, e o que fica de cada tentativa."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from atendimento.dominio import mensagens
from atendimento.excecoes import Impedida
from atendimento.models import Mensagem, ModeloDeMensagem
from atendimento.models.mensagem import SEGREDO_OCULTO, SituacaoDaMensagem
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM, TipoDeMensagem
from contratos.cifra import cifrar, decifrar
from contratos.models import Conexao
from tests.fabricas import (
    criar_agente,
    criar_cliente,
    criar_conexao,
    criar_contato,
    criar_contrato,
    criar_empresa,
    criar_equipe,
    criar_prazo,
    criar_solicitacao,
)

S = SituacaoDaMensagem
pytestmark = pytest.mark.django_db
AVISO = TipoDeMensagem(
    codigo="aviso-de-teste",
    nome="Aviso de teste",
    assunto="Aviso sobre {assunto}",
    texto="Olá, {cliente}: {assunto}.",
    curto="{provedor}: {assunto}.",
    variaveis={"assunto": "do que se avisa"},
    obrigatorias=frozenset({"assunto"}),
)


def senha_da_conexao(pk: int) -> str:
    return decifrar(Conexao.objects.get(pk=pk).senha)


COM_SENHA = TipoDeMensagem(
    codigo="senha-de-teste",
    nome="Senha de teste",
    assunto="Sua nova senha",
    texto="A senha é {senha}.",
    curto="Senha: {senha}",
    variaveis={"senha": "a senha nova"},
    obrigatorias=frozenset({"senha"}),
    segredos={"senha": senha_da_conexao},
)


@pytest.fixture(autouse=True)
def tipos_de_teste():
    for tipo in (AVISO, COM_SENHA):
        TIPOS_DE_MENSAGEM.registrar(tipo)
    yield
    for tipo in (AVISO, COM_SENHA):
        TIPOS_DE_MENSAGEM.retirar(tipo.codigo)


@pytest.fixture
def mesa():
    criar_prazo(padrao=True)
    empresa, equipe = criar_empresa(), criar_equipe()
    agente = criar_agente(equipe, empresas=[empresa])
    contrato = criar_contrato(criar_cliente(nome="Jacira Alecrim"), empresa)
    return agente, contrato


def confirmado(cliente, **campos):
    return criar_contato(cliente, confirmado_em=timezone.now(), **campos)


def de_email(cliente, **campos):
    return confirmado(cliente, tipo="email", valor="jacira@exemplo.net", **campos)


def abrir(mesa, **campos):
    agente, contrato = mesa
    return criar_solicitacao(por=agente, etiqueta=contrato.etiquetas.get(), **campos)


def test_o_contato_por_confirmar_nao_recebe_nada():
    with pytest.raises(Impedida, match="não foi confirmado"):
        mensagens.enfileirar(contato=criar_contato(), modelo=AVISO, dados={"assunto": "a rede"})
    assert not Mensagem.objects.exists()


def test_a_mensagem_guarda_as_palavras_de_quando_entrou_na_fila():
    contato = de_email(criar_cliente(nome="Jacira Alecrim"))
    ModeloDeMensagem.objects.create(
        codigo=AVISO.codigo, canal="email", assunto="Sobre {assunto}", texto="{assunto}!"
    )

    mensagem = mensagens.enfileirar(contato=contato, modelo="aviso-de-teste", dados={"assunto": "a rede"})
    ModeloDeMensagem.objects.update(texto="Outras palavras: {assunto}")

    mensagem.refresh_from_db()
    assert (mensagem.assunto, mensagem.texto_exibido) == ("Sobre a rede", "a rede!")
    assert (mensagem.canal, mensagem.situacao, mensagem.destino) == ("email", S.NA_FILA, contato.valor)


@pytest.mark.parametrize(("whatsapp", "canal"), [(False, "sms"), (True, "whatsapp")])
def test_o_canal_e_o_do_contato(whatsapp, canal):
    contato = confirmado(criar_cliente(), whatsapp=whatsapp)
    assert mensagens.enfileirar(contato=contato, modelo=AVISO, dados={"assunto": "x"}).canal == canal


def test_a_transacao_desfeita_leva_a_mensagem_e_a_tarefa():
    contato = confirmado(criar_cliente())
    with transaction.atomic():
        mensagens.enfileirar(contato=contato, modelo=AVISO, dados={"assunto": "x"})
        transaction.set_rollback(True)
    assert not Mensagem.objects.exists()
    assert not ProcrastinateJob.objects.exists()

    mensagem = mensagens.enfileirar(contato=contato, modelo=AVISO, dados={"assunto": "x"})
    tarefa = ProcrastinateJob.objects.get()
    assert (tarefa.task_name, tarefa.args) == (
        "atendimento.tarefas.enviar_mensagem", {"mensagem": mensagem.pk},
    )  # fmt: skip


@pytest.mark.parametrize("dados", [{}, {"assunto": "x", "outro": "y"}])
def test_dados_que_nao_sao_os_do_tipo_sao_erro_de_programa(dados):
    with pytest.raises(ValueError):
        mensagens.enfileirar(contato=confirmado(criar_cliente()), modelo=AVISO, dados=dados)


def test_um_valor_com_chaves_nao_vira_variavel():
    contato = confirmado(criar_cliente())
    mensagem = mensagens.enfileirar(contato=contato, modelo=AVISO, dados={"assunto": "{cliente} {0}"})
    assert "{cliente} {0}" in mensagem.texto_exibido


def test_o_simulador_diz_que_simulou_e_a_segunda_vez_nada_faz():
    contato = confirmado(criar_cliente())
    mensagem = mensagens.enfileirar(contato=contato, modelo=AVISO, dados={"assunto": "x"})

    assert mensagens.enviar(mensagem.pk).situacao == S.SIMULADA
    assert mensagens.enviar(mensagem.pk) is None

    mensagem.refresh_from_db()
    assert (mensagem.situacao, mensagem.tentativas) == (S.SIMULADA, 1)
    assert mensagem.entregue_em is not None


def test_o_segredo_so_existe_na_hora_de_enviar():
    conexao = criar_conexao(senha=cifrar("ipe-secreta-77"))
    contato = de_email(conexao.etiqueta.contrato.cliente)

    mensagem = mensagens.enfileirar(contato=contato, modelo=COM_SENHA, dados={"senha": conexao.pk})

    gravado = str(list(Mensagem.objects.values()))
    assert "ipe-secreta-77" not in gravado
    assert mensagem.texto_exibido == f"A senha é {SEGREDO_OCULTO}."
    mensagens.enviar(mensagem.pk)
    assert "ipe-secreta-77" not in str(list(Mensagem.objects.values()))


def test_o_contato_que_deixou_de_ser_confirmado_nao_recebe_o_que_estava_na_fila():
    contato = confirmado(criar_cliente())
    mensagem = mensagens.enfileirar(contato=contato, modelo=AVISO, dados={"assunto": "x"})
    contato.confirmado_em = None
    contato.save()

    falhou = mensagens.enviar(mensagem.pk)

    assert falhou.situacao == S.FALHOU
    assert "deixou de ser confirmado" in falhou.falha


def test_o_que_foi_dito_nao_muda_nem_se_apaga():
    mensagem = mensagens.enfileirar(contato=confirmado(criar_cliente()), modelo=AVISO, dados={"assunto": "x"})
    for mudar in (
        lambda m: m.update(destino="+5554900000009"),
        lambda m: m.update(dados={}),
        lambda m: m.delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            mudar(Mensagem.objects.filter(pk=mensagem.pk))
    mensagens.enviar(mensagem.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        Mensagem.objects.filter(pk=mensagem.pk).update(situacao=S.NA_FILA, proxima_em=timezone.now())


# --- o protocolo ---


def test_ao_abrir_o_protocolo_vai_ao_contato_confirmado(mesa):
    criar_contato(mesa[1].cliente, principal=True)
    contato = confirmado(mesa[1].cliente)

    solicitacao = abrir(mesa)

    mensagem = solicitacao.mensagens.get()
    assert (mensagem.destino, mensagem.canal, mensagem.situacao) == (contato.valor, "sms", S.NA_FILA)
    assert solicitacao.protocolo in mensagem.texto_exibido
    assert mensagens.leitura_devida(solicitacao) is None


def test_quem_pediu_por_email_recebe_o_protocolo_por_email(mesa):
    confirmado(mesa[1].cliente, principal=True)
    de_email(mesa[1].cliente)
    assert abrir(mesa, canal="email").mensagens.get().canal == "email"


@pytest.mark.parametrize(("contato", "canal"), [("telefone", "sms"), ("whatsapp", "whatsapp"), ("", "voz")])
def test_o_protocolo_leva_as_palavras_do_administrador_para_o_canal(mesa, contato, canal):
    if contato:
        confirmado(mesa[1].cliente, whatsapp=contato == "whatsapp")
    escrito = "sms" if canal == "voz" else canal
    ModeloDeMensagem.objects.filter(codigo="protocolo", canal=escrito).update(texto="Anote {protocolo}.")

    solicitacao = abrir(mesa)

    mensagem = solicitacao.mensagens.get()
    assert (mensagem.canal, mensagem.texto_exibido) == (canal, f"Anote {solicitacao.protocolo}.")


def test_o_protocolo_prefere_o_contato_principal_e_o_telefone(mesa):
    de_email(mesa[1].cliente, principal=True)
    confirmado(mesa[1].cliente, valor="+5511900000001")
    confirmado(mesa[1].cliente, valor="+5511900000002", principal=True)
    assert abrir(mesa).mensagens.get().destino == "+5511900000002"


def test_sem_contato_confirmado_fica_devida_a_leitura_que_se_registra_uma_vez(mesa):
    criar_contato(mesa[1].cliente)
    solicitacao = abrir(mesa)
    devida = mensagens.leitura_devida(solicitacao)
    assert (devida.canal, devida.destino, devida.situacao) == ("voz", "", S.A_LER)

    mensagens.registrar_leitura(solicitacao, por=mesa[0])

    assert mensagens.leitura_devida(solicitacao) is None
    assert solicitacao.mensagens.get().situacao == S.LIDA


def test_o_protocolo_que_nao_chegou_em_20_horas_alerta_uma_vez(mesa):
    solicitacao = abrir(mesa)
    antes = solicitacao.relatos.count()
    agora = timezone.now()

    assert mensagens.alertar_protocolos(agora + timedelta(hours=19)) == 0
    assert mensagens.alertar_protocolos(agora + timedelta(hours=21)) == 1
    assert mensagens.alertar_protocolos(agora + timedelta(hours=22)) == 0

    assert solicitacao.relatos.count() == antes + 1
    assert "24 horas" in solicitacao.relatos.order_by("pk").last().texto


def test_o_protocolo_entregue_nao_alerta(mesa):
    confirmado(mesa[1].cliente)
    solicitacao = abrir(mesa)
    mensagens.enviar(solicitacao.mensagens.get().pk)
    assert mensagens.alertar_protocolos(timezone.now() + timedelta(hours=30)) == 0
