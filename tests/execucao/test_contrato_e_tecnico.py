"""Bloqueio administrativo, titularidade, endereço, equipamento e senha: o que a lei e o banco exigem."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from atendimento.dominio import mensagens, solicitacoes, visitas
from atendimento.models import Mensagem, Visita
from clientes.models import Cliente, Endereco
from contratos.cifra import cifrar, decifrar
from contratos.dominio.bloqueio_administrativo import situacao_de_volta
from contratos.enums import SituacaoDoContrato
from contratos.models import (
    BloqueioAdministrativo,
    Contrato,
    Equipamento,
    EventoDeContrato,
    Eventual,
    Fatura,
    MudancaDeEndereco,
    Plano,
)
from tests.execucao.acoes.exemplos.mudar_endereco import LUGAR
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.execucao.contratual import ate_a_previa, concluir, fazer, retrato, ver_previa
from tests.execucao.test_concorrencia import ao_mesmo_tempo, entrar
from tests.fabricas import (
    cpf,
    criar_cliente,
    criar_conexao,
    criar_contato,
    criar_contrato,
    criar_debito,
    criar_empresa,
    criar_endereco,
    criar_equipamento,
    criar_equipe,
    criar_fatura,
    criar_plano,
    criar_servico,
    criar_turno_de_campo,
    verificar_identidade,
)
from tests.invariantes import recusado

ACOES = (
    "bloqueio_adm", "desbloqueio_adm", "transferir_titularidade", "mudar_endereco", "mudar_ponto",
    "equipamento", "alterar_senha", "retornar", "cancelar_visita",
)  # fmt: skip
SEGUNDA = timezone.make_aware(datetime(2026, 11, 23, 10))


@pytest.fixture(autouse=True)
def relogio(time_machine):
    time_machine.move_to(SEGUNDA, tick=True)


def montar():
    mesa = criar_cenario(acoes=ACOES)
    verificar_identidade(mesa.solicitacao)
    return mesa


@pytest.fixture
def mesa(acoes_de_teste):
    return montar()


@pytest.fixture
def agente(client, mesa):
    client.force_login(mesa.agente)
    return client


# Bloqueio administrativo: Marco Civil da Internet (Lei 12.965/2014), art. 7º, IV

ORDEM = {"fundamento": "ordem_judicial", "referencia": "0001234", "justificativa": "Ofício conferido hoje."}


def supervisionar(mesa):
    permissao = Permission.objects.get(content_type__app_label="perfis", codename="supervisionar")
    mesa.perfil.permissions.add(permissao)


def test_so_quem_supervisiona_bloqueia(agente, mesa):
    antes = retrato()
    resposta = comecar(agente, mesa, "bloqueio_adm", **ORDEM)
    assert resposta.status_code == 409
    assert "Só quem supervisiona" in texto_de(resposta)
    assert retrato() == antes
    supervisionar(mesa)
    fazer(agente, mesa, "bloqueio_adm", ORDEM)
    assert Contrato.objects.get().situacao == SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO


@pytest.mark.parametrize(
    ("fato", "volta"),
    [
        ("nada", SituacaoDoContrato.NORMAL),
        ("suspensão em curso", SituacaoDoContrato.SUSPENSO),
        ("débito avisado há 30 dias", SituacaoDoContrato.BLOQUEIO_FINANCEIRO),
        ("débito avisado há 6 dias", SituacaoDoContrato.NORMAL),
    ],
)
@pytest.mark.django_db
def test_desbloqueado_fica_como_os_fatos_dizem(fato, volta):
    contrato = criar_contrato(situacao=SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO)
    hoje = timezone.localdate()
    if "suspensão" in fato:
        contrato.suspensoes.create(
            inicio=hoje - timedelta(3), volta_em=hoje + timedelta(40), iniciada=True, motivo="Viagem"
        )
    if "débito" in fato:
        criar_debito(contrato, avisada_ha=30 if "30" in fato else 6)
    assert situacao_de_volta(contrato) == volta


def test_as_invariantes_do_bloqueio(mesa):
    bloqueio = BloqueioAdministrativo.objects.create(
        contrato=mesa.contrato,
        fundamento="fraude",
        justificativa="Revenda de acesso.",
        bloqueado_por=mesa.agente,
    )
    tabela = "contratos_bloqueioadministrativo"
    muda = f"UPDATE {tabela} SET {{}} WHERE id = %s"
    recusado("bloqueio_adm_nao_se_apaga", f"DELETE FROM {tabela} WHERE id = %s", bloqueio.pk)
    recusado("bloqueio_adm_e_prova", muda.format("justificativa = 'x'"), bloqueio.pk)
    insere = (
        f"INSERT INTO {tabela} (contrato_id, fundamento, referencia, justificativa, protocolo, bloqueado_em,"
        " bloqueado_por_id) VALUES (%s, %s, '', 'x', '', now(), %s)"
    )
    recusado("bloqueio_adm_em_curso_unico", insere, mesa.contrato.pk, "fraude", mesa.agente.pk)
    outro = criar_contrato()
    recusado("bloqueio_adm_com_fundamento", insere, outro.pk, "debito", mesa.agente.pk)
    recusado("bloqueio_adm_cita_o_processo", insere, outro.pk, "ordem_judicial", mesa.agente.pk)


# Titularidade: LGPD (Lei 13.709/2018), art. 6º


def pedido(documento) -> dict:
    aceites = {"aceite_de_quem_sai": "on", "aceite_de_quem_entra": "on"}
    return {"documento": documento, "contato": ""} | aceites


def test_a_historia_fica_com_quem_a_viveu_e_o_servico_segue_de_pe(agente, mesa):
    nova = criar_cliente(nome="Violeta Macieira", documento=cpf())
    servico = criar_servico(
        mesa.contrato, etiqueta=mesa.etiqueta, plano=criar_plano(), desconto=Decimal("10")
    )
    conexao = criar_conexao(mesa.etiqueta, servico=servico)
    paga = criar_fatura(
        mesa.contrato, competencia=date(2026, 10, 1), vencimento=date(2026, 10, 10), situacao="paga",
        pago_em=date(2026, 10, 9), valor_pago=Decimal("99.90"),
    )  # fmt: skip
    codigo = mesa.etiqueta.codigo

    execucao = ate_a_previa(agente, mesa, "transferir_titularidade", pedido(nova.documento))
    previa = ver_previa(agente, execucao)
    assert "V. M." in previa
    assert nova.nome not in previa
    assert nova.documento not in previa
    concluir(agente, execucao)

    antigo, novo = Contrato.objects.get(pk=mesa.contrato.pk), Contrato.objects.get(cliente=nova)
    assert (antigo.situacao, antigo.cliente) == (SituacaoDoContrato.ENCERRADO, mesa.cliente)
    assert (novo.situacao, novo.valor, novo.numero) == (1, antigo.valor, f"{antigo.numero}/T2")
    assert list(antigo.faturas.values_list("pk", flat=True))[-1] == paga.pk
    assert not novo.faturas.exists()
    conexao.refresh_from_db()
    assert (conexao.ativa, conexao.etiqueta.contrato, conexao.servico.contrato) == (True, novo, novo)
    assert conexao.servico.desconto == Decimal("10")
    assert conexao.etiqueta.codigo == codigo
    assert antigo.etiquetas.get().codigo == f"{codigo}/T1"
    assert novo.eventos.count() == antigo.eventos.count() == 1
    assert mesa.solicitacao.relatos.filter(transicao=None).count() == 1
    assert nova.nome not in mesa.solicitacao.relatos.last().texto


def test_o_que_quem_sai_usou_vai_a_fatura_final(agente, mesa):
    nova = criar_cliente(documento=cpf())
    fazer(agente, mesa, "transferir_titularidade", pedido(nova.documento))
    assert Fatura.objects.get().valor == Decimal("73.26")  # 22 de 30 dias de 99,90


@pytest.mark.parametrize("caso", ["inexistente", "de outra empresa"])
def test_quem_nao_se_ve_e_como_quem_nao_existe(agente, mesa, caso):
    documento = cpf()
    if caso == "de outra empresa":
        criar_contrato(criar_cliente(documento=documento), criar_empresa())
    resposta = comecar(agente, mesa, "transferir_titularidade", **pedido(documento))
    assert resposta.status_code == 422
    assert "Não achamos um cliente com este documento" in texto_de(resposta)


def test_devedor_nao_transfere(agente, mesa):
    criar_debito(mesa.contrato)
    resposta = comecar(agente, mesa, "transferir_titularidade", **pedido(cpf()))
    assert resposta.status_code == 409
    assert "Há fatura vencida" in texto_de(resposta)


@pytest.mark.django_db(transaction=True)
def test_transferir_ao_mesmo_tempo_abre_um_contrato(acoes_de_teste):
    mesa = montar()
    nova = criar_cliente(documento=cpf())
    navegador = entrar(mesa.agente)
    execucoes = [
        ate_a_previa(navegador, mesa, "transferir_titularidade", pedido(nova.documento)) for _ in range(3)
    ]
    navegadores = [entrar(mesa.agente) for _ in execucoes]

    respostas = ao_mesmo_tempo(lambda n: concluir(navegadores[n], execucoes[n]), 3)

    assert sorted(r.status_code for r in respostas) == [302, 409, 409]
    assert Contrato.objects.filter(cliente=nova).count() == 1


# Endereço


@pytest.fixture
def campo(mesa):
    mesa.etiqueta.endereco = criar_endereco(mesa.cliente)
    mesa.etiqueta.save()
    criar_conexao(mesa.etiqueta)
    criar_plano(codigo="TX-MUDA", nome="Mudança de endereço", tipo="taxa", valor="120.00")
    return criar_turno_de_campo(criar_equipe(nome="Campo"))


def pedir_mudanca(agente, mesa):
    taxa = Plano.objects.get(codigo="TX-MUDA").pk
    horario = visitas.horarios(timezone.now())[1].chave
    fazer(agente, mesa, "mudar_endereco", LUGAR,
          {"horario": horario, "contato_no_local": "Jacira", "taxa": taxa})  # fmt: skip
    mesa.solicitacao.refresh_from_db()
    mesa.etiqueta.refresh_from_db()
    return MudancaDeEndereco.objects.get()


def test_so_a_visita_executada_muda_a_etiqueta_e_cobra_a_taxa(agente, mesa, campo):
    mudanca = pedir_mudanca(agente, mesa)
    assert mesa.etiqueta.endereco == mudanca.de
    assert Visita.objects.get().endereco == mudanca.para
    assert not Eventual.objects.exists()

    solicitacoes.retornar(mesa.solicitacao, por=mesa.agente, versao=None, resultado="executada")

    mesa.etiqueta.refresh_from_db()
    mudanca.refresh_from_db()
    assert mesa.etiqueta.endereco == mesa.etiqueta.conexoes.get().endereco == mudanca.para
    assert mudanca.concluida_em
    assert [(e.motivo, e.valor) for e in Eventual.objects.all()] == [("taxa", Decimal("120.00"))]
    tipos = EventoDeContrato.objects.order_by("pk").values_list("tipo__codigo", flat=True)
    assert list(tipos) == [
        "mudanca-de-endereco-solicitada", "mudanca-de-endereco-concluida", "eventual-lancado",
    ]  # fmt: skip


def test_cliente_ausente_deixa_a_mudanca_pedida(agente, mesa, campo):
    mudanca = pedir_mudanca(agente, mesa)
    solicitacoes.retornar(mesa.solicitacao, por=mesa.agente, versao=None, resultado="ausente")
    mudanca.refresh_from_db()
    assert (mudanca.concluida_em, mudanca.desfeita_em) == (None, None)
    assert not Eventual.objects.exists()


def test_visita_cancelada_desfaz_o_pedido(agente, mesa, campo):
    mudanca = pedir_mudanca(agente, mesa)
    visitas.cancelar(Visita.objects.get(), por=mesa.agente, motivo="Desistiu de mudar.")
    mudanca.refresh_from_db()
    assert mudanca.desfeita_em
    assert Endereco.objects.filter(pk=mudanca.para_id).exists()


def test_as_invariantes_da_mudanca(mesa):
    de, para = criar_endereco(mesa.cliente), criar_endereco(mesa.cliente, numero="7")
    mudanca = MudancaDeEndereco.objects.create(
        etiqueta=mesa.etiqueta, de=de, para=para, registrada_por=mesa.agente
    )
    muda = "UPDATE contratos_mudancadeendereco SET {} WHERE id = %s"
    recusado("mudanca_nao_se_apaga", "DELETE FROM contratos_mudancadeendereco WHERE id = %s", mudanca.pk)
    recusado("mudanca_acaba_de_um_modo", muda.format("concluida_em = now(), desfeita_em = now()"), mudanca.pk)
    recusado("mudanca_para_outro_endereco", muda.format("para_id = de_id"), mudanca.pk)
    recusado(
        "mudanca_pendente_unica",
        "INSERT INTO contratos_mudancadeendereco (etiqueta_id, para_id, protocolo, pedida_em, "
        "registrada_por_id)"
        " VALUES (%s, %s, '', now(), %s)",
        mesa.etiqueta.pk, para.pk, mesa.agente.pk,
    )  # fmt: skip


# Equipamento


def onu(mesa) -> Equipamento:
    criar_conexao(mesa.etiqueta, serial="HWTC00000001", mac="00005E005301")
    return criar_equipamento(mesa.etiqueta, serial="HWTC00000001", mac="00005E005301", patrimonio="P1")


def test_recolher_deixa_a_conexao_sem_equipamento(agente, mesa):
    velho = onu(mesa)
    pedido = {"equipamento": velho.pk, "operacao": "retirada", "motivo": "Cancelou."}
    fazer(agente, mesa, "equipamento", pedido, {})
    velho.refresh_from_db()
    assert velho.devolvido_em == timezone.localdate()
    assert mesa.etiqueta.conexoes.get().serial == ""
    assert EventoDeContrato.objects.get().tipo.codigo == "retirada-de-equipamento"


@pytest.mark.parametrize(
    ("campo", "valor", "frase"),
    [
        ("serial", "ZTEG00000009", "já é de outra conexão ativa"),
        ("patrimonio", "P9", "já está com um cliente"),
        ("mac", "FF:FF:FF:FF:FF:FF", "MAC inválido"),
        ("mac", "zz", "MAC inválido"),
    ],
)
def test_o_que_ja_e_de_outro_e_recusado_no_campo(agente, mesa, campo, valor, frase):
    velho = onu(mesa)
    criar_conexao(serial="ZTEG00000009")
    criar_equipamento(patrimonio="P9")
    troca = {"equipamento": velho.pk, "operacao": "troca", "motivo": "Queimou."}
    novo = {"tipo": "onu", "modelo": "F670L", "patrimonio": "P2", "serial": "ZTEG00000001", "mac": ""}
    execucao = ate_a_previa(agente, mesa, "equipamento", troca, novo)
    resposta = enviar(agente, execucao, "execucao_passo", 2, **novo | {campo: valor})
    assert resposta.status_code == 422
    assert frase in texto_de(resposta)
    velho.refresh_from_db()
    assert velho.devolvido_em is None


# Senha da conexão


def test_a_senha_so_existe_em_claro_no_envio(agente, mesa, settings):
    conexao = criar_conexao(mesa.etiqueta, senha=cifrar("velha"))
    contato = criar_contato(mesa.cliente, confirmado_em=timezone.now())
    execucao = fazer(
        agente, mesa, "alterar_senha",
        {"conexao": conexao.pk, "contato": contato.pk, "motivo": "Perdeu a senha."},
    )  # fmt: skip
    conexao.refresh_from_db()
    senha = decifrar(conexao.senha)
    mensagem = Mensagem.objects.get(tipo="senha-da-conexao")
    assert mensagem.dados["senha"] == conexao.pk
    assert senha not in str([mensagem.dados, mensagem.texto, execucao.dados, execucao.resultado])
    for pagina in (f"/execucoes/{execucao.pk}/", f"/clientes/{mesa.cliente.pk}/"):
        assert senha not in agente.get(pagina).content.decode()
    assert mensagens.enviar(mensagem.pk).situacao in ("simulada", "enviada")


def test_as_senhas_sao_ao_acaso(agente, mesa):
    contato = criar_contato(mesa.cliente, confirmado_em=timezone.now())
    conexao = criar_conexao(mesa.etiqueta)
    senhas = set()
    for _ in range(3):
        fazer(agente, mesa, "alterar_senha",
              {"conexao": conexao.pk, "contato": contato.pk, "motivo": "Perdeu."})  # fmt: skip
        conexao.refresh_from_db()
        senhas.add(str(decifrar(conexao.senha)))
    assert len(senhas) == 3
    assert all(len(senha) == 12 for senha in senhas)


def test_sem_contato_confirmado_nao_ha_a_quem_mandar(agente, mesa):
    criar_conexao(mesa.etiqueta)
    criar_contato(mesa.cliente)
    resposta = comecar(agente, mesa, "alterar_senha")
    assert resposta.status_code == 409
    assert "não tem contato confirmado" in texto_de(resposta)


@pytest.mark.parametrize("slug", ["alterar_senha", "transferir_titularidade"])
def test_sem_conferir_quem_fala_nao_se_faz(client, acoes_de_teste, slug):
    mesa = criar_cenario(acoes=ACOES)
    criar_conexao(mesa.etiqueta)
    criar_contato(mesa.cliente, confirmado_em=timezone.now())
    client.force_login(mesa.agente)
    assert comecar(client, mesa, slug).status_code == 409
    assert Cliente.objects.count() == 1
