"""O que não se pode: cada recusa tem o seu status e a sua frase, e nada fica gravado."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.execucao import expirar_vencidas
from atendimento.models import Execucao, MembroDaEquipe, RegistroDeAuditoria, Relato
from contratos.models import ConcessaoDeEmpresa, Contrato, EventoDeContrato
from perfis.models import ConcessaoDeAcao
from tests.execucao.cenario import criar_colega
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.execucao.test_percurso import ate_a_previa
from tests.fabricas import (
    criar_cliente,
    criar_contrato,
    criar_empresa,
    criar_equipe,
    criar_motivo,
    criar_solicitacao,
    criar_usuario,
)

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


def retrato() -> tuple:
    """Tudo o que uma ação poderia mudar."""
    return (
        list(Contrato.objects.order_by("pk").values()),
        list(Execucao.objects.order_by("pk").values()),
        EventoDeContrato.objects.count(),
        Relato.objects.count(),
        RegistroDeAuditoria.objects.count(),
    )


@pytest.fixture
def nada_muda():
    """Confere, no fim do teste, que nada se gravou desde que se pediu o retrato."""
    guardado = {}
    yield lambda: guardado.setdefault("antes", retrato())
    if guardado:
        assert retrato() == guardado["antes"]


def url(cenario):
    return reverse("acao", args=["vencimento_de_teste", "contrato", cenario.contrato.pk])


def test_sem_a_acao_no_perfil_e_403(client, cenario, nada_muda):
    sem_acao = criar_usuario(capacidades=["atender"], empresas=[cenario.empresa])
    client.force_login(sem_acao)
    nada_muda()

    assert client.get(url(cenario)).status_code == 403
    resposta = comecar(client, cenario, dia=20)
    assert resposta.status_code == 403
    assert cenario.cliente.nome not in resposta.content.decode()


def test_fora_da_empresa_e_404_como_o_que_nao_existe(client, cenario, nada_muda):
    de_fora = criar_usuario(
        capacidades=["atender"], acoes=["vencimento_de_teste"], empresas=[criar_empresa()]
    )
    client.force_login(de_fora)
    nada_muda()

    alheio = comecar(client, cenario, dia=20)
    inexistente = client.get(reverse("acao", args=["vencimento_de_teste", "contrato", 10**12]))
    assert alheio.status_code == inexistente.status_code == client.get(url(cenario)).status_code == 404


@pytest.mark.parametrize(
    ("slug", "alvo"),
    [("nao_existe", "contrato"), ("vencimento_de_teste", "cliente"), ("vencimento_de_teste", "planeta")],
)
def test_acao_ou_alvo_desconhecido_e_404(agente, cenario, slug, alvo):
    assert agente.get(reverse("acao", args=[slug, alvo, cenario.contrato.pk])).status_code == 404


def test_impedida_e_409_com_a_frase(agente, cenario, nada_muda):
    Contrato.objects.filter(pk=cenario.contrato.pk).update(situacao=7)
    cenario.contrato.refresh_from_db()
    nada_muda()

    resposta = agente.get(url(cenario))
    assert resposta.status_code == 409
    assert "O contrato não está normal." in texto_de(resposta)
    assert comecar(agente, cenario, dia=20).status_code == 409


def test_sem_atendimento_em_maos_oferece_iniciar_ou_continuar(client, cenario, nada_muda):
    colega = criar_colega(cenario)
    client.force_login(colega)
    nada_muda()

    resposta = client.get(url(cenario))

    assert resposta.status_code == 409
    assert "nenhuma ação corre sem protocolo" in texto_de(resposta)
    assert cenario.solicitacao.protocolo in texto_de(resposta)
    assert comecar(client, cenario, dia=20).status_code == 409


@pytest.mark.parametrize(
    "enviados",
    [
        {},
        {"dia": ""},
        {"dia": "7"},
        {"dia": "99999999999999999999"},
        {"dia": SCRIPT},
        {"dia": "\x00"},
    ],
)
def test_resposta_ruim_e_422_no_campo_e_nada_se_grava(agente, cenario, enviados, nada_muda):
    nada_muda()

    resposta = comecar(agente, cenario, **enviados)

    assert resposta.status_code == 422
    assert 'aria-invalid="true"' in resposta.content.decode()
    assert "<script>alert" not in resposta.content.decode()


@pytest.mark.parametrize(
    ("texto", "status"), [("", 422), ("x" * 501, 422), ("a\x00b" * 3, 422), (SCRIPT, 302), ("á" * 500, 302)]
)
def test_texto_longo_demais_se_recusa_e_script_se_escapa(agente, cenario, texto, status):
    comecar(agente, cenario, dia=20)
    execucao = Execucao.objects.get()

    resposta = enviar(agente, execucao, "execucao_passo", 2, justificativa=texto)
    assert resposta.status_code == status

    if status == 302:
        enviar(agente, execucao, "execucao_concluir")
        assert EventoDeContrato.objects.count() == 1
    for pagina in (resposta, agente.get(reverse("execucao", args=[execucao.pk]))):
        assert "<script>alert" not in pagina.content.decode()
        assert "<img src=x" not in pagina.content.decode()


def test_a_quebra_de_linha_do_navegador_nao_estoura_o_tamanho(agente, cenario):
    comecar(agente, cenario, dia=20)
    texto = "a\r\n" * 249 + "ab"

    resposta = enviar(agente, Execucao.objects.get(), "execucao_passo", 2, justificativa=texto)

    assert resposta.status_code == 302


@pytest.mark.parametrize(
    "enviados",
    [
        {"dia": 20, "usuario": 1},
        {"dia": 20, "situacao": "concluida"},
        {"dia": 20, "chave": "não é"},
        {"dia": 20, "chave": " "},
        {"dia": 20, "versao_do_alvo": ""},
        {"dia": 20, "versao_do_alvo": "-1"},
        {"dia": 20, "depois": "https://exemplo.net/"},
        {"dia": 20, "depois": "/sair/"},
    ],
)
def test_campo_a_mais_ou_controle_ruim_e_400(agente, cenario, enviados):
    assert comecar(agente, cenario, **enviados).status_code == 400
    assert not Execucao.objects.exists()


def test_formulario_antigo_e_409_e_o_digitado_fica(agente, cenario, nada_muda):
    Contrato.objects.filter(pk=cenario.contrato.pk).update(vendedor="Alba")
    nada_muda()

    resposta = comecar(agente, cenario, dia=20, versao_do_alvo=1)

    assert resposta.status_code == 409
    pagina = resposta.content.decode()
    assert "mudou enquanto você preenchia" in pagina
    assert '<option value="20" selected>' in pagina
    assert 'name="versao_do_alvo" value="2"' in pagina


def test_o_contrato_que_mudou_depois_da_previa_pede_nova_conferencia(agente, cenario, nada_muda):
    execucao = ate_a_previa(agente, cenario)
    Contrato.objects.filter(pk=cenario.contrato.pk).update(dia_vencimento=15)
    nada_muda()

    resposta = enviar(agente, execucao, "execucao_concluir", versao_do_alvo=1)

    assert resposta.status_code == 409
    assert "Vencimento 15 20" in texto_de(resposta)


def test_a_execucao_que_seguiu_em_outra_janela_e_409_com_o_digitado(agente, cenario):
    execucao = ate_a_previa(agente, cenario)

    resposta = enviar(agente, execucao, "execucao_passo", 2, versao=1, justificativa="Outro texto.")

    assert resposta.status_code == 409
    assert "outra janela" in texto_de(resposta)
    assert "Outro texto." in texto_de(resposta)


def tirar_a_acao(cenario):
    ConcessaoDeAcao.objects.filter(group=cenario.perfil).delete()


def tirar_a_empresa(cenario):
    ConcessaoDeEmpresa.objects.filter(group=cenario.perfil).delete()


def tirar_da_equipe(cenario):
    MembroDaEquipe.objects.filter(usuario=cenario.agente).update(ativo=False)


def desligar_o_perfil(cenario):
    cenario.perfil.ativo = False
    cenario.perfil.save()


TIRAR = [tirar_a_acao, tirar_a_empresa, tirar_da_equipe, desligar_o_perfil]


@pytest.mark.parametrize("tirar", TIRAR)
def test_o_que_se_tira_do_agente_no_meio_do_caminho_e_403_e_nada_se_grava(agente, cenario, tirar, nada_muda):
    execucao = ate_a_previa(agente, cenario)
    tirar(cenario)
    nada_muda()

    assert enviar(agente, execucao, "execucao_concluir").status_code == 403
    assert enviar(agente, execucao, "execucao_passo", 1, dia=15).status_code == 403
    assert agente.get(reverse("execucao_previa", args=[execucao.pk])).status_code == 403


@pytest.mark.parametrize("tirar", TIRAR)
def test_o_que_se_tira_antes_de_uma_acao_sem_previa_e_403_ou_404(agente, cenario, tirar, nada_muda):
    tirar(cenario)
    nada_muda()

    esperado = 404 if tirar is tirar_a_empresa else 403
    assert comecar(agente, cenario, "segmento_de_teste", segmento="VIP").status_code == esperado


def test_outro_agente_sem_a_acao_nem_a_empresa_nao_ve_a_execucao(client, agente, cenario):
    execucao = ate_a_previa(agente, cenario)
    rotas = [reverse(nome, args=[execucao.pk]) for nome in ("execucao", "execucao_previa")] + [
        reverse("execucao_passo", args=[execucao.pk, 1])
    ]

    client.force_login(criar_usuario(capacidades=["atender"], empresas=[cenario.empresa]))
    assert {client.get(rota).status_code for rota in rotas} == {403}
    client.force_login(
        criar_usuario(capacidades=["atender"], acoes=["vencimento_de_teste"], empresas=[criar_empresa()])
    )
    assert {client.get(rota).status_code for rota in rotas} == {404}
    for nome in ("execucao_concluir", "execucao_cancelar", "execucao_retomar"):
        assert client.post(reverse(nome, args=[execucao.pk]), {"versao": 1}).status_code == 404
    assert client.get(reverse("execucao", args=[uuid4()])).status_code == 404


def test_outro_agente_nao_responde_sem_retomar(client, agente, cenario, nada_muda):
    execucao = ate_a_previa(agente, cenario)
    client.force_login(criar_colega(cenario))
    nada_muda()

    assert enviar(client, execucao, "execucao_concluir").status_code == 409
    assert enviar(client, execucao, "execucao_passo", 1, dia=5).status_code == 409


def test_outro_agente_permitido_retoma_com_o_atendimento_em_maos(client, agente, cenario):
    execucao = ate_a_previa(agente, cenario)
    colega = criar_colega(cenario)
    passar_o_atendimento(cenario, colega)
    client.force_login(colega)

    pagina = client.get(reverse("execucao", args=[execucao.pk]))
    assert f"Com {cenario.agente.nome_exibido}" in texto_de(pagina)
    resposta = client.post(reverse("execucao_retomar", args=[execucao.pk]))

    assert resposta["Location"] == reverse("execucao_previa", args=[execucao.pk])
    assert enviar(client, execucao, "execucao_concluir").status_code == 302
    assert EventoDeContrato.objects.get().usuario == colega
    client.force_login(cenario.agente)
    assert client.post(reverse("execucao_retomar", args=[execucao.pk])).status_code == 409


def passar_o_atendimento(cenario, colega):
    motivo = criar_motivo("transferencia")
    solicitacao = solicitacoes.transferir(
        cenario.solicitacao, por=cenario.agente, versao=None, agente=colega, motivo=motivo
    )
    solicitacoes.retomar(solicitacao, por=colega, versao=None)


def test_o_atendimento_pausado_no_meio_impede_concluir(agente, cenario, nada_muda):
    execucao = ate_a_previa(agente, cenario)
    solicitacoes.pausar(cenario.solicitacao, por=cenario.agente, versao=None, motivo=criar_motivo())
    nada_muda()

    resposta = enviar(agente, execucao, "execucao_concluir")

    assert resposta.status_code == 409
    assert "retome-o para continuar" in texto_de(resposta)


def test_expirada_nao_se_conclui_nem_se_retoma(agente, cenario, nada_muda):
    execucao = ate_a_previa(agente, cenario)
    Execucao.objects.update(expira_em=timezone.now() - timedelta(seconds=1))
    nada_muda()

    assert enviar(agente, execucao, "execucao_concluir").status_code == 409
    assert enviar(agente, execucao, "execucao_passo", 1, dia=5).status_code == 409
    assert enviar(agente, execucao, "execucao_retomar").status_code in (400, 409)
    assert "expirou" in texto_de(agente.get(reverse("execucao", args=[execucao.pk])))


def test_a_rotina_marca_as_expiradas_uma_vez(agente, cenario):
    execucao = ate_a_previa(agente, cenario)
    Execucao.objects.update(expira_em=timezone.now() - timedelta(days=3))

    assert (expirar_vencidas(), expirar_vencidas()) == (1, 0)
    execucao.refresh_from_db()
    assert execucao.situacao == "expirada"


def test_o_prazo_se_renova_a_cada_resposta(agente, cenario, settings):
    settings.EXECUCAO_EXPIRA_HORAS = 5
    comecar(agente, cenario, dia=20)
    execucao = Execucao.objects.get()
    assert timedelta(hours=4) < execucao.expira_em - timezone.now() <= timedelta(hours=5)


def test_o_alvo_de_outro_cliente_nao_adota_o_atendimento_em_maos(agente, cenario):
    outro = criar_contrato(criar_cliente(), cenario.empresa)

    resposta = comecar(agente, cenario, objeto=outro, dia=20)

    assert resposta.status_code == 409
    assert "protocolo" in texto_de(resposta)


def test_a_chave_de_outra_acao_nao_serve(agente, cenario):
    chave = uuid4()
    comecar(agente, cenario, chave=chave, dia=20)

    resposta = comecar(agente, cenario, "segmento_de_teste", chave=chave, segmento="VIP")

    assert resposta.status_code == 409
    cenario.cliente.refresh_from_db()
    assert cenario.cliente.segmento == ""


def test_a_chave_de_outro_agente_nao_serve(client, agente, cenario):
    chave = uuid4()
    comecar(agente, cenario, chave=chave, dia=20)
    colega = criar_colega(cenario)
    criar_equipe(colega)
    criar_solicitacao(por=colega, etiqueta=cenario.etiqueta, em_maos=True, equipe=cenario.equipe)
    client.force_login(colega)

    resposta = comecar(client, cenario, chave=chave, dia=5)

    assert resposta.status_code == 409
    assert Execucao.objects.get().dados == {"1": {"dia": ["20"]}}
