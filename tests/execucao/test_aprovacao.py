"""Acima do limite do perfil, um supervisor decide."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from atendimento.dominio import solicitacoes
from atendimento.excecoes import Impedida
from atendimento.models import Aprovacao, Execucao, RegistroDeAuditoria
from contratos.models import Contrato, EventoDeContrato
from perfis.models import ConcessaoDeAcao
from tests.execucao.cenario import criar_colega
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.execucao.test_percurso import ate_a_previa
from tests.fabricas import (
    criar_empresa,
    criar_motivo,
    criar_perfil,
    criar_solucao,
    criar_tipo_de_solicitacao,
    criar_usuario,
)


@pytest.fixture
def supervisor(cenario):
    perfil = criar_perfil(
        capacidades=["atender", "supervisionar"], acoes=["vencimento_de_teste"], empresas=[cenario.empresa]
    )
    return criar_colega(cenario, perfil=perfil)


@pytest.fixture
def limitado(cenario):
    """O perfil do agente só deixa o vencimento andar três dias."""
    ConcessaoDeAcao.objects.filter(group=cenario.perfil, content_object__slug="vencimento_de_teste").update(
        limites={"distancia": 3}
    )


@pytest.fixture
def pedido(agente, cenario, limitado) -> Aprovacao:
    execucao = ate_a_previa(agente, cenario)
    enviar(agente, execucao, "execucao_concluir")
    return Aprovacao.objects.get()


def decidir(navegador, pedido, decisao, **campos):
    versao = Contrato.objects.get(pk=pedido.execucao.contrato_id).versao
    url = reverse("aprovacao_decidir", args=[pedido.pk])
    return navegador.post(url, {"decisao": decisao, "versao_do_alvo": versao} | campos)


def dia(cenario) -> int:
    return Contrato.objects.get(pk=cenario.contrato.pk).dia_vencimento


def test_dentro_do_limite_conclui_sem_aprovacao(agente, cenario):
    execucao = ate_a_previa(agente, cenario)
    assert "Precisa de aprovação" not in texto_de(agente.get(reverse("execucao_previa", args=[execucao.pk])))

    enviar(agente, execucao, "execucao_concluir")

    assert (dia(cenario), Aprovacao.objects.count()) == (20, 0)


def test_acima_do_limite_a_previa_avisa_e_concluir_so_pede(agente, cenario, limitado):
    execucao = ate_a_previa(agente, cenario)
    previa = texto_de(agente.get(reverse("execucao_previa", args=[execucao.pk])))
    assert "Precisa de aprovação" in previa
    assert "Diferença: 10 dias (o limite do perfil é 3)" in previa

    for _ in range(2):
        assert enviar(agente, execucao, "execucao_concluir").status_code == 302

    pedido = Aprovacao.objects.get()
    assert (pedido.pedida_por, pedido.decisao) == (cenario.agente, "pendente")
    assert dia(cenario) == 10
    assert not EventoDeContrato.objects.exists()
    assert "Aguardando aprovação" in texto_de(agente.get(reverse("execucao", args=[execucao.pk])))
    assert "aprovação pedida" in cenario.solicitacao.relatos.last().texto


def test_o_limite_mais_generoso_dos_perfis_vale(agente, cenario, limitado):
    generoso = criar_perfil(acoes={"vencimento_de_teste": {"distancia": 12.5}})
    cenario.agente.groups.add(generoso)

    execucao = ate_a_previa(agente, cenario)
    enviar(agente, execucao, "execucao_concluir")

    assert dia(cenario) == 20


def test_o_supervisor_le_a_fila_com_a_previa_e_aprova(client, cenario, pedido, supervisor):
    client.force_login(supervisor)
    fila = texto_de(client.get(reverse("aprovacoes")))
    assert "Vencimento de teste" in fila
    assert cenario.agente.nome_exibido in fila
    assert "Vencimento 10 20" in texto_de(client.get(reverse("aprovacao_decidir", args=[pedido.pk])))

    respostas = [decidir(client, pedido, "aprovar") for _ in range(2)]

    assert [r.status_code for r in respostas] == [302, 302]
    assert dia(cenario) == 20
    evento = EventoDeContrato.objects.get()
    assert (evento.usuario, evento.protocolo) == (cenario.agente, cenario.solicitacao.protocolo)
    pedido.refresh_from_db()
    assert (pedido.decisao, pedido.decidida_por) == ("aprovada", supervisor)
    assert pedido.execucao.situacao == "concluida"
    assert RegistroDeAuditoria.objects.filter(acao="acao.aprovar", usuario=supervisor).count() == 1


def test_recusar_exige_motivo_e_devolve_a_quem_pediu(client, agente, cenario, pedido, supervisor):
    client.force_login(supervisor)
    assert decidir(client, pedido, "recusar").status_code == 422
    assert decidir(client, pedido, "recusar", justificativa="Combine o dia 15.").status_code == 302

    assert dia(cenario) == 10
    assert "Combine o dia 15." in cenario.solicitacao.relatos.last().texto
    client.force_login(cenario.agente)
    execucao = pedido.execucao
    assert "Combine o dia 15." in texto_de(client.get(reverse("execucao", args=[execucao.pk])))
    enviar(client, execucao, "execucao_passo", 1, dia=5)
    enviar(client, execucao, "execucao_concluir")
    assert Aprovacao.objects.filter(decisao="pendente").count() == 1


def test_ninguem_aprova_o_proprio_pedido(client, cenario, supervisor):
    ConcessaoDeAcao.objects.filter(group__in=supervisor.groups.all()).update(limites={"distancia": 1})
    solicitacoes.transferir(
        cenario.solicitacao,
        por=cenario.agente,
        versao=None,
        agente=supervisor,
        motivo=criar_motivo("transferencia"),
    )
    solicitacoes.retomar(cenario.solicitacao, por=supervisor, versao=None)
    client.force_login(supervisor)
    execucao = ate_a_previa(client, cenario)
    enviar(client, execucao, "execucao_concluir")
    pedido = Aprovacao.objects.get()

    assert decidir(client, pedido, "aprovar").status_code == 403
    assert "Outro supervisor decide" in texto_de(client.get(reverse("aprovacoes")))
    assert dia(cenario) == 10


def test_quem_nao_supervisiona_ou_nao_ve_a_empresa_nao_decide(client, cenario, pedido):
    acoes = ["vencimento_de_teste"]
    comum = criar_usuario(capacidades=["atender"], acoes=acoes, empresas=[cenario.empresa])
    de_fora = criar_usuario(capacidades=["atender", "supervisionar"], acoes=acoes, empresas=[criar_empresa()])
    sem_a_acao = criar_usuario(capacidades=["atender", "supervisionar"], empresas=[cenario.empresa])

    for quem, status in ((comum, 403), (de_fora, 404), (sem_a_acao, 403)):
        client.force_login(quem)
        assert decidir(client, pedido, "aprovar").status_code == status
        assert client.get(reverse("aprovacao_decidir", args=[pedido.pk])).status_code == status
        if status != 403 or quem is sem_a_acao:
            assert "Nenhum pedido espera" in texto_de(client.get(reverse("aprovacoes")))
    assert dia(cenario) == 10


def test_o_que_mudou_desde_que_se_leu_a_previa_e_409(client, cenario, pedido, supervisor):
    Contrato.objects.filter(pk=cenario.contrato.pk).update(vendedor="Alba")
    client.force_login(supervisor)

    resposta = decidir(client, pedido, "aprovar", versao_do_alvo=1)

    assert resposta.status_code == 409
    assert "mudou" in texto_de(resposta)
    assert dia(cenario) == 10


def test_o_que_se_impediu_ou_se_tirou_de_quem_pediu_nao_se_efetiva(client, cenario, pedido, supervisor):
    client.force_login(supervisor)
    Contrato.objects.filter(pk=cenario.contrato.pk).update(situacao=7)
    assert decidir(client, pedido, "aprovar").status_code == 409
    Contrato.objects.filter(pk=cenario.contrato.pk).update(situacao=1)
    ConcessaoDeAcao.objects.filter(group=cenario.perfil).delete()
    assert decidir(client, pedido, "aprovar").status_code == 409

    pedido.refresh_from_db()
    assert pedido.decisao == "pendente"
    assert dia(cenario) == 10


def test_o_pedido_pendente_impede_encerrar_e_o_retirado_nao_se_decide(
    client, agente, cenario, pedido, supervisor
):
    encerrar = {
        "por": cenario.agente, "versao": None, "solucao": criar_solucao(), "relato": "Feito.",
        "tipo": criar_tipo_de_solicitacao(),
    }  # fmt: skip
    with pytest.raises(Impedida, match="aprovação"):
        solicitacoes.encerrar(cenario.solicitacao, **encerrar)

    agente.post(reverse("execucao_cancelar", args=[pedido.execucao_id]))

    solicitacoes.encerrar(cenario.solicitacao, **encerrar)
    client.force_login(supervisor)
    assert decidir(client, pedido, "aprovar").status_code == 409
    pedido.refresh_from_db()
    assert pedido.decisao == "retirada"


def test_aprovada_depois_de_encerrado_o_atendimento_nao_tem_efeito(client, cenario, pedido, supervisor):
    motivo = criar_motivo("cancelamento")
    solicitacoes.cancelar(
        cenario.solicitacao,
        por=cenario.agente,
        versao=None,
        motivo=motivo,
        justificativa="Foi por engano.",
    )
    client.force_login(supervisor)

    assert decidir(client, pedido, "aprovar").status_code == 409
    assert dia(cenario) == 10


@pytest.mark.parametrize(
    "campos",
    [{"decisao": ""}, {"decisao": "talvez"}, {"justificativa": "x" * 501}, {"justificativa": "\x00" * 20}],
)
def test_decisao_ruim_e_422(client, cenario, pedido, supervisor, campos):
    client.force_login(supervisor)
    assert decidir(client, pedido, **{"decisao": "recusar"} | campos).status_code == 422


def test_campo_a_mais_na_decisao_e_400(client, pedido, supervisor):
    client.force_login(supervisor)
    assert decidir(client, pedido, "aprovar", decidida_por=supervisor.pk).status_code == 400


def test_o_banco_guarda_as_regras_da_aprovacao(pedido, supervisor):
    invalidos = [
        {"decisao": "aprovada"},
        {"decisao": "aprovada", "decidida_por": pedido.pedida_por, "decidida_em": pedido.pedida_em},
        {"decisao": "recusada", "decidida_por": supervisor, "decidida_em": pedido.pedida_em},
        {"decisao": "talvez"},
    ]
    for campos in invalidos:
        with pytest.raises(IntegrityError), transaction.atomic():
            Aprovacao.objects.filter(pk=pedido.pk).update(**campos)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aprovacao.objects.create(execucao=pedido.execucao, motivo="outra", pedida_por=supervisor)
    Aprovacao.objects.filter(pk=pedido.pk).update(
        decisao="aprovada", decidida_por=supervisor, decidida_em=pedido.pedida_em
    )
    with pytest.raises(ProgrammingError), transaction.atomic():
        Aprovacao.objects.filter(pk=pedido.pk).update(justificativa="reescrita")


def test_o_banco_nao_deixa_mudar_uma_execucao_terminada(agente, cenario):
    execucao = ate_a_previa(agente, cenario)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Execucao.objects.filter(pk=execucao.pk).update(acao="segmento_de_teste")
    with pytest.raises(IntegrityError), transaction.atomic():
        Execucao.objects.filter(pk=execucao.pk).update(situacao="concluida")
    enviar(agente, execucao, "execucao_concluir")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Execucao.objects.filter(pk=execucao.pk).update(situacao="em_andamento")


def test_comecar_de_novo_depois_de_pedir_e_outra_execucao(agente, cenario, pedido):
    comecar(agente, cenario, dia=15)
    assert Execucao.objects.count() == 2
