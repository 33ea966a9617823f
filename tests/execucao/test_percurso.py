"""Uma ação do primeiro passo ao resultado, com e sem htmx."""

from uuid import uuid4

from django.urls import reverse

from atendimento.models import Execucao
from contratos.models import EventoDeContrato
from tests.execucao.conftest import comecar, enviar, texto_de

JUSTIFICATIVA = "Recebe no dia 20."


def ate_a_previa(agente, cenario, **campos) -> Execucao:
    comecar(agente, cenario, **{"dia": 20} | campos)
    execucao = Execucao.objects.get()
    enviar(agente, execucao, "execucao_passo", 2, justificativa=JUSTIFICATIVA)
    return execucao


def test_o_primeiro_passo_se_abre_com_a_ajuda_e_o_protocolo(agente, cenario):
    resposta = agente.get(reverse("acao", args=["vencimento_de_teste", "contrato", cenario.contrato.pk]))

    assert resposta.status_code == 200
    texto = texto_de(resposta)
    assert "Vencimento de teste" in texto
    assert cenario.solicitacao.protocolo in texto
    assert reverse("ajuda_acao", args=["vencimento_de_teste"]) in resposta.content.decode()
    assert not Execucao.objects.exists()


def test_cada_passo_se_guarda_e_leva_ao_seguinte(agente, cenario):
    resposta = comecar(agente, cenario, dia=20)

    execucao = Execucao.objects.get()
    assert resposta.status_code == 302
    assert resposta["Location"] == reverse("execucao_passo", args=[execucao.pk, 2])
    assert execucao.dados == {"1": {"dia": ["20"]}}
    assert (execucao.passo, execucao.solicitacao) == (2, cenario.solicitacao)

    resposta = enviar(agente, execucao, "execucao_passo", 2, justificativa=JUSTIFICATIVA)
    assert resposta["Location"] == reverse("execucao_previa", args=[execucao.pk])


def test_a_previa_diz_o_que_muda_e_nao_muda_nada(agente, cenario):
    execucao = ate_a_previa(agente, cenario)

    resposta = agente.get(reverse("execucao_previa", args=[execucao.pk]))

    texto = texto_de(resposta)
    assert resposta.status_code == 200
    assert "Vencimento 10 20" in texto
    assert "O vencimento passa ao dia 20." in texto
    cenario.contrato.refresh_from_db()
    assert cenario.contrato.dia_vencimento == 10


def test_concluir_muda_o_contrato_e_deixa_evento_e_relato_com_o_protocolo(agente, cenario):
    execucao = ate_a_previa(agente, cenario)

    resposta = enviar(agente, execucao, "execucao_concluir")

    assert resposta["Location"] == reverse("execucao", args=[execucao.pk])
    cenario.contrato.refresh_from_db()
    assert cenario.contrato.dia_vencimento == 20
    evento = EventoDeContrato.objects.get()
    assert evento.tipo.codigo == "alteracao-de-vencimento"
    assert evento.protocolo == cenario.solicitacao.protocolo
    assert evento.usuario == cenario.agente
    assert JUSTIFICATIVA in evento.descricao
    relato = cenario.solicitacao.relatos.get(transicao=None)
    assert JUSTIFICATIVA in relato.texto
    assert "Vencimento alterado." in texto_de(agente.get(resposta["Location"]))


def test_concluir_outra_vez_nao_repete_o_efeito_e_mostra_o_mesmo_resultado(agente, cenario):
    execucao = ate_a_previa(agente, cenario)
    primeira = enviar(agente, execucao, "execucao_concluir")

    segunda = enviar(agente, execucao, "execucao_concluir")
    terceira = enviar(agente, execucao, "execucao_concluir", versao=1)

    assert {r["Location"] for r in (primeira, segunda, terceira)} == {reverse("execucao", args=[execucao.pk])}
    assert EventoDeContrato.objects.count() == 1
    assert cenario.solicitacao.relatos.filter(transicao=None).count() == 1


def test_duplo_clique_no_primeiro_passo_e_uma_execucao_so(agente, cenario):
    chave = uuid4()
    primeira = comecar(agente, cenario, chave=chave, dia=20)
    segunda = comecar(agente, cenario, chave=chave, dia=20)

    assert primeira["Location"] == segunda["Location"]
    assert Execucao.objects.count() == 1


def test_duplo_clique_num_passo_nao_e_conflito(agente, cenario):
    comecar(agente, cenario, dia=20)
    execucao = Execucao.objects.get()
    versao = execucao.versao

    for _ in range(2):
        resposta = enviar(agente, execucao, "execucao_passo", 2, versao=versao, justificativa=JUSTIFICATIVA)
        assert resposta.status_code == 302


def test_voltar_a_um_passo_conserva_as_respostas_dos_outros(agente, cenario):
    execucao = ate_a_previa(agente, cenario)

    pagina = agente.get(reverse("execucao_passo", args=[execucao.pk, 1]))
    assert '<option value="20" selected>' in pagina.content.decode()
    resposta = enviar(agente, execucao, "execucao_passo", 1, dia=15)

    assert resposta["Location"] == reverse("execucao_previa", args=[execucao.pk])
    previa = texto_de(agente.get(resposta["Location"]))
    assert "Vencimento 10 15" in previa
    execucao.refresh_from_db()
    assert execucao.dados["2"] == {"justificativa": [JUSTIFICATIVA]}


def test_a_execucao_mostra_o_passo_que_espera_resposta(agente, cenario):
    comecar(agente, cenario, dia=20)
    execucao = Execucao.objects.get()

    assert "Justificativa" in texto_de(agente.get(reverse("execucao", args=[execucao.pk])))
    adiante = agente.get(reverse("execucao_previa", args=[execucao.pk]))
    assert adiante.status_code == 200
    assert "Justificativa" in texto_de(adiante)
    assert "obrigatório" not in texto_de(adiante)


def test_a_acao_sem_previa_conclui_no_proprio_passo(agente, cenario):
    chave = uuid4()
    respostas = [comecar(agente, cenario, "segmento_de_teste", chave=chave, segmento="VIP") for _ in range(2)]

    cenario.cliente.refresh_from_db()
    assert cenario.cliente.segmento == "VIP"
    assert cenario.solicitacao.relatos.filter(transicao=None).count() == 1
    assert {r["Location"] for r in respostas} == {reverse("execucao", args=[chave])}


def test_no_painel_o_htmx_recebe_so_o_miolo_e_segue_por_hx_location(agente, cenario):
    cabecalhos = {"HX-Request": "true", "HX-Target": "acao"}
    url = reverse("acao", args=["vencimento_de_teste", "contrato", cenario.contrato.pk])

    fragmento = agente.get(url, headers=cabecalhos).content.decode()
    assert "<html" not in fragmento
    assert 'hx-target="#acao"' in fragmento

    campos = {"chave": uuid4(), "versao_do_alvo": 1, "dia": 20}
    resposta = agente.post(url, campos, headers=cabecalhos)
    execucao = Execucao.objects.get()
    assert resposta.status_code == 200
    assert reverse("execucao_passo", args=[execucao.pk, 2]) in resposta["HX-Location"]
    assert '"target": "#acao"' in resposta["HX-Location"]


def test_desistir_nao_muda_nada_e_a_execucao_nao_se_conclui_mais(agente, cenario):
    execucao = ate_a_previa(agente, cenario)

    resposta = enviar_so(agente, execucao, "execucao_cancelar")
    assert resposta["Location"] == reverse("cliente", args=[cenario.cliente.pk])

    assert enviar(agente, execucao, "execucao_concluir").status_code == 409
    assert not EventoDeContrato.objects.exists()


def enviar_so(navegador, execucao, rota):
    return navegador.post(reverse(rota, args=[execucao.pk]))
