"""As transições da solicitação pela tela: o que pedem, o que recusam, o que deixam."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.models import Execucao, MembroDaEquipe, Solicitacao
from contratos.models import Contrato, EventoDeContrato, TipoDeEvento
from tests.execucao.cenario import criar_cenario, criar_colega
from tests.execucao.conftest import comecar, texto_de
from tests.fabricas import (
    criar_cliente,
    criar_contrato,
    criar_empresa,
    criar_equipe,
    criar_etiqueta,
    criar_motivo,
    criar_perfil,
    criar_solucao,
    criar_tipo_de_solicitacao,
    criar_usuario,
)

TODAS = (
    "iniciar",
    "abrir",
    "assumir",
    "assumir_por",
    "pausar",
    "retomar",
    "encaminhar",
    "transferir",
    "devolver",
    "alterar_etiqueta",
    "agendar",
    "retornar",
    "encerrar",
    "cancelar",
    "reabrir",
)
SCRIPT = "<script>alert(1)</script> só texto"


@pytest.fixture
def cenario(acoes_de_teste):
    return criar_cenario(acoes=TODAS)


@pytest.fixture
def na_fila(acoes_de_teste):
    return criar_cenario(acoes=TODAS, em_maos=False)


@pytest.fixture
def supervisor(cenario):
    perfil = criar_perfil(capacidades=["atender", "supervisionar"], acoes=TODAS, empresas=[cenario.empresa])
    return criar_colega(cenario, perfil=perfil)


def fazer(navegador, cenario, slug, objeto=None, **campos):
    """Envia a ação com o alvo como está agora."""
    if objeto is None and slug not in ("iniciar", "abrir"):
        objeto = cenario.solicitacao
        objeto.refresh_from_db()
    return comecar(navegador, cenario, slug, objeto, **campos)


def painel(cenario) -> str:
    return f"/clientes/{cenario.cliente.pk}/?etiqueta={cenario.etiqueta.pk}"


def situacao(cenario) -> str:
    return Solicitacao.objects.get(pk=cenario.solicitacao.pk).situacao


def recado(resposta) -> str:
    return str(list(get_messages(resposta.wsgi_request))[-1])


def test_um_atendimento_inteiro(client, na_fila):
    cenario = na_fila
    client.force_login(cenario.agente)
    destino = criar_equipe()
    cenario.equipe.encaminha_para.add(destino)
    colega = criar_colega(cenario)
    MembroDaEquipe.objects.create(equipe=destino, usuario=colega)
    tipo = criar_tipo_de_solicitacao()

    assert fazer(client, cenario, "assumir")["Location"] == painel(cenario)
    assert situacao(cenario) == "em_atendimento"
    retorno = (timezone.localtime() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
    motivo = criar_motivo(exige_retorno=True)
    assert fazer(client, cenario, "pausar", motivo=motivo.pk).status_code == 422
    assert fazer(client, cenario, "pausar", motivo=motivo.pk, retorna_em=retorno).status_code == 302
    assert situacao(cenario) == "pausada"
    assert fazer(client, cenario, "retomar").status_code == 302
    amanha = (timezone.localdate() + timedelta(days=1)).isoformat()
    agenda = {"tipo_de_visita": "manutencao", "data": amanha, "periodo": "manha", "contato": "Jacira"}
    assert fazer(client, cenario, "agendar", **agenda).status_code == 302
    assert situacao(cenario) == "agendada"
    assert fazer(client, cenario, "retornar", resultado="executada").status_code == 302
    resposta = fazer(
        client,
        cenario,
        "encaminhar",
        equipe=destino.pk,
        motivo=criar_motivo("encaminhamento").pk,
        tipo=tipo.pk,
        prioridade=3,
        resumo="Sinal baixo na CTO; falta medir.",
    )
    assert resposta["Location"] == reverse("inicio")
    assert recado(resposta) == f"Solicitação {cenario.solicitacao.protocolo} encaminhada para {destino}."
    client.force_login(colega)
    assert fazer(client, cenario, "assumir").status_code == 302
    resposta = fazer(
        client, cenario, "encerrar", tipo=tipo.pk, solucao=criar_solucao().pk, relato="Conector trocado."
    )
    assert resposta["Location"] == reverse("inicio")
    assert situacao(cenario) == "encerrada"
    assert fazer(client, cenario, "reabrir", motivo=criar_motivo("reabertura").pk).status_code == 302

    final = Solicitacao.objects.get(pk=cenario.solicitacao.pk)
    assert (final.situacao, final.protocolo) == ("aberta", cenario.solicitacao.protocolo)
    transicoes = list(final.transicoes.order_by("versao").values_list("transicao", flat=True))
    assert transicoes == [
        "abrir",
        "assumir",
        "pausar",
        "retomar",
        "agendar",
        "retornar",
        "encaminhar",
        "assumir",
        "encerrar",
        "reabrir",
    ]
    assert Execucao.objects.filter(situacao="concluida", solicitacao=final).count() == 9
    assert Execucao.objects.count() == 9


def test_iniciar_da_protocolo_e_diz_as_que_ja_estao_abertas(client, na_fila):
    client.force_login(na_fila.agente)
    pagina = texto_de(client.get(reverse("acao", args=["iniciar", "etiqueta", na_fila.etiqueta.pk])))
    assert "continuar nela?" in pagina
    assert na_fila.solicitacao.protocolo in pagina

    resposta = fazer(
        client,
        na_fila,
        "iniciar",
        canal="telefone",
        solicitante_nome="Jacira",
        solicitante_relacao="titular",
        equipe=na_fila.equipe.pk,
    )

    nova = Solicitacao.objects.exclude(pk=na_fila.solicitacao.pk).get()
    assert (nova.situacao, nova.responsavel) == ("em_atendimento", na_fila.agente)
    assert nova.protocolo in recado(resposta)
    assert Execucao.objects.get().solicitacao == nova


def test_iniciar_para_uma_acao_volta_a_ela(client, na_fila):
    na_fila.agente.groups.add(criar_perfil(acoes=["segmento_de_teste"]))
    client.force_login(na_fila.agente)
    acao = reverse("acao", args=["segmento_de_teste", "cliente", na_fila.cliente.pk])
    convite = client.get(acao).content.decode()
    iniciar = reverse("acao", args=["iniciar", "etiqueta", na_fila.etiqueta.pk])
    assert f"{iniciar}?depois=" in convite
    assert f'name="depois" value="{acao}"' in client.get(iniciar, {"depois": acao}).content.decode()

    resposta = fazer(
        client,
        na_fila,
        "iniciar",
        canal="telefone",
        solicitante_nome="Jacira",
        solicitante_relacao="titular",
        equipe=na_fila.equipe.pk,
        depois=acao,
    )

    assert resposta["Location"] == acao
    assert client.get(acao).status_code == 200


def test_com_uma_em_maos_iniciar_outra_oferece_pausar(client, cenario):
    client.force_login(cenario.agente)

    resposta = fazer(
        client,
        cenario,
        "iniciar",
        canal="telefone",
        solicitante_nome="Jacira",
        solicitante_relacao="titular",
        equipe=cenario.equipe.pk,
    )

    assert resposta.status_code == 409
    assert (
        reverse("acao", args=["pausar", "solicitacao", cenario.solicitacao.pk]) in resposta.content.decode()
    )
    assert Solicitacao.objects.count() == 1
    assert not Execucao.objects.exists()


def test_abrir_poe_na_fila_de_uma_equipe_alcancavel(client, cenario):
    client.force_login(cenario.agente)
    alcancavel, distante = criar_equipe(), criar_equipe()
    cenario.equipe.encaminha_para.add(alcancavel)
    demanda = {
        "canal": "email",
        "solicitante_nome": "Jacira",
        "solicitante_relacao": "familiar",
        "prioridade": 2,
        "descricao": SCRIPT,
    }

    assert fazer(client, cenario, "abrir", **demanda, equipe=distante.pk).status_code == 422
    assert fazer(client, cenario, "abrir", **demanda, equipe=alcancavel.pk).status_code == 302

    nova = Solicitacao.objects.get(equipe=alcancavel)
    assert (nova.situacao, nova.responsavel, nova.descricao) == ("aberta", None, SCRIPT)


@pytest.mark.parametrize("bloqueado", [False, True])
def test_um_contrato_bloqueado_so_lista_os_tipos_que_ali_valem(client, na_fila, bloqueado):
    client.force_login(na_fila.agente)
    comum = criar_tipo_de_solicitacao(nome="Lentidão")
    valido = criar_tipo_de_solicitacao(nome="Negociação", permite_contrato_bloqueado=True)
    inativo = criar_tipo_de_solicitacao(nome="Extinto", permite_contrato_bloqueado=True, ativo=False)
    if bloqueado:
        Contrato.objects.filter(pk=na_fila.contrato.pk).update(situacao=7)
    na_fila.etiqueta.contrato.refresh_from_db()

    pagina = client.get(reverse("acao", args=["iniciar", "etiqueta", na_fila.etiqueta.pk])).content.decode()

    assert ("Lentidão" in pagina) is not bloqueado
    assert "Negociação" in pagina
    assert "Extinto" not in pagina
    quem = {"canal": "telefone", "solicitante_nome": "Jacira", "solicitante_relacao": "titular"}
    for tipo, status in ((inativo, 422), (comum, 422 if bloqueado else 302)):
        resposta = fazer(client, na_fila, "iniciar", **quem, equipe=na_fila.equipe.pk, tipo=tipo.pk)
        assert resposta.status_code == status
    assert valido


@pytest.mark.parametrize("especie", ["cancelamento", "reclamacao", "lgpd"])
def test_cancelamento_reclamacao_e_lgpd_nao_se_cancelam(client, cenario, especie):
    client.force_login(cenario.agente)
    Solicitacao.objects.filter(pk=cenario.solicitacao.pk).update(incancelavel=True)

    pagina = client.get(reverse("acao", args=["cancelar", "solicitacao", cenario.solicitacao.pk]))
    resposta = fazer(
        client, cenario, "cancelar", motivo=criar_motivo("cancelamento").pk, justificativa="Cliente desistiu."
    )

    assert pagina.status_code == resposta.status_code == 409
    assert "não se cancelam" in texto_de(pagina)
    assert situacao(cenario) == "em_atendimento"


def test_cancelar_como_duplicada_pede_o_protocolo_da_original(client, cenario):
    client.force_login(cenario.agente)
    motivo = criar_motivo("cancelamento", exige_protocolo=True)
    campos = {"motivo": motivo.pk, "justificativa": "É a mesma demanda."}
    alheia = solicitacoes.abrir(
        por=cenario.agente,
        etiqueta=criar_contrato(empresa=cenario.empresa).etiquetas.get(),
        canal="telefone",
        solicitante_nome="Outro",
        descricao="Outra",
    )
    original = solicitacoes.abrir(
        por=cenario.agente,
        etiqueta=cenario.etiqueta,
        canal="telefone",
        solicitante_nome="Jacira",
        descricao="X",
    )

    for protocolo in ("", "20200101000001", alheia.protocolo, cenario.solicitacao.protocolo):
        resposta = fazer(client, cenario, "cancelar", protocolo_original=protocolo, **campos)
        assert resposta.status_code == 422
        assert "Informe o protocolo da original" in texto_de(resposta)
    resposta = fazer(client, cenario, "cancelar", protocolo_original=original.protocolo, **campos)

    assert resposta.status_code == 302
    assert situacao(cenario) == "cancelada"


def test_encaminhar_so_para_equipe_permitida_e_com_resumo(client, cenario):
    client.force_login(cenario.agente)
    permitida, outra, inativa = criar_equipe(), criar_equipe(), criar_equipe(ativa=False)
    cenario.equipe.encaminha_para.set([permitida, inativa])
    campos = {
        "motivo": criar_motivo("encaminhamento").pk,
        "tipo": criar_tipo_de_solicitacao().pk,
        "prioridade": 2,
        "resumo": "Falta medir o sinal.",
    }

    for ruim in (
        {"equipe": outra.pk},
        {"equipe": inativa.pk},
        {"equipe": cenario.equipe.pk},
        {"equipe": permitida.pk, "resumo": ""},
        {"equipe": permitida.pk, "resumo": "curto"},
        {"equipe": permitida.pk, "motivo": criar_motivo("pausa").pk},
        {"equipe": permitida.pk, "motivo": criar_motivo("encaminhamento", ativo=False).pk},
    ):
        assert fazer(client, cenario, "encaminhar", **campos | ruim).status_code == 422, ruim
    assert situacao(cenario) == "em_atendimento"
    assert fazer(client, cenario, "encaminhar", **campos, equipe=permitida.pk).status_code == 302


def test_alterar_etiqueta_so_no_mesmo_cliente_com_evento_nos_dois_contratos(client, cenario):
    client.force_login(cenario.agente)
    outro = criar_contrato(cenario.cliente, cenario.empresa)
    nova = outro.etiquetas.get()
    inativa = criar_etiqueta(cenario.contrato, ativa=False)
    alheia = criar_contrato(criar_cliente(), cenario.empresa).etiquetas.get()
    invisivel = criar_contrato(cenario.cliente, criar_empresa()).etiquetas.get()
    pagina = client.get(reverse("acao", args=["alterar_etiqueta", "solicitacao", cenario.solicitacao.pk]))
    for etiqueta in (inativa, alheia, invisivel):
        assert etiqueta.codigo not in pagina.content.decode()
        resposta = fazer(
            client, cenario, "alterar_etiqueta", etiqueta=etiqueta.pk, justificativa="Contrato errado."
        )
        assert resposta.status_code == 422

    resposta = fazer(client, cenario, "alterar_etiqueta", etiqueta=nova.pk, justificativa="Contrato errado.")

    assert resposta["Location"] == f"/clientes/{cenario.cliente.pk}/?etiqueta={nova.pk}"
    tipo = TipoDeEvento.objects.get(codigo="alteracao-de-etiqueta")
    eventos = EventoDeContrato.objects.filter(tipo=tipo).values_list("contrato", "protocolo")
    protocolo = cenario.solicitacao.protocolo
    assert set(eventos) == {(cenario.contrato.pk, protocolo), (outro.pk, protocolo)}


def test_transferir_chega_pausada_e_so_a_um_colega_da_equipe(client, cenario):
    client.force_login(cenario.agente)
    colega = criar_colega(cenario)
    de_fora = criar_usuario(cenario.perfil)
    campos = {"motivo": criar_motivo("transferencia").pk}

    for agente in (de_fora, cenario.agente):
        assert fazer(client, cenario, "transferir", agente=agente.pk, **campos).status_code == 422
    resposta = fazer(client, cenario, "transferir", agente=colega.pk, **campos)

    assert colega.nome_exibido in recado(resposta)
    assert situacao(cenario) == "pausada"


def test_o_supervisor_devolve_e_entrega_e_o_agente_nao(client, cenario, supervisor):
    colega = criar_colega(cenario)
    client.force_login(cenario.agente)
    devolucao = {"motivo": criar_motivo("devolucao").pk}
    recusa = fazer(client, cenario, "devolver", **devolucao)
    assert recusa.status_code == 403
    assert "Seu perfil não permite: supervisionar equipes" in texto_de(recusa)

    client.force_login(supervisor)
    assert fazer(client, cenario, "devolver", **devolucao).status_code == 302
    assert situacao(cenario) == "aberta"
    resposta = fazer(client, cenario, "assumir_por", agente=colega.pk)
    assert (
        recado(resposta) == f"A solicitação {cenario.solicitacao.protocolo} está com {colega.nome_exibido}."
    )


def test_a_de_outro_agente_diz_com_quem_esta(client, cenario):
    colega = criar_colega(cenario)
    client.force_login(colega)

    for slug in ("pausar", "encaminhar", "encerrar", "cancelar", "transferir", "alterar_etiqueta", "agendar"):
        resposta = client.get(reverse("acao", args=[slug, "solicitacao", cenario.solicitacao.pk]))
        assert resposta.status_code == 409
        assert f"Esta solicitação está com {cenario.agente.nome_exibido}." in texto_de(resposta)


def test_o_supervisor_que_retoma_a_de_outro_justifica(client, cenario, supervisor):
    solicitacoes.pausar(cenario.solicitacao, por=cenario.agente, versao=None, motivo=criar_motivo())
    client.force_login(supervisor)

    assert fazer(client, cenario, "retomar").status_code == 422
    assert fazer(client, cenario, "retomar", justificativa="Agente saiu mais cedo.").status_code == 302

    assert Solicitacao.objects.get().responsavel == supervisor


def test_um_formulario_antigo_diz_quem_mudou_o_que_e_guarda_o_texto(client, cenario, supervisor):
    client.force_login(cenario.agente)
    versao = cenario.solicitacao.versao
    solicitacoes.pausar(cenario.solicitacao, por=supervisor, versao=None, motivo=criar_motivo())
    solicitacoes.retomar(cenario.solicitacao, por=cenario.agente, versao=None)

    resposta = comecar(
        client,
        cenario,
        "pausar",
        cenario.solicitacao,
        chave=uuid4(),
        versao_do_alvo=versao,
        motivo=criar_motivo().pk,
        observacao="O cliente foi buscar o roteador.",
    )

    texto = texto_de(resposta)
    assert resposta.status_code == 409
    assert f"{supervisor.nome_exibido}: pausar" in texto
    assert "O cliente foi buscar o roteador." in texto
    assert situacao(cenario) == "em_atendimento"


def test_a_descricao_que_falta_se_pede_antes_de_pausar(client, na_fila):
    client.force_login(na_fila.agente)
    fazer(
        client,
        na_fila,
        "iniciar",
        canal="telefone",
        solicitante_nome="Jacira",
        solicitante_relacao="titular",
        equipe=na_fila.equipe.pk,
    )
    sem_descricao = Solicitacao.objects.get(descricao="")
    motivo = criar_motivo()

    assert fazer(client, na_fila, "pausar", sem_descricao, motivo=motivo.pk).status_code == 422
    assert (
        fazer(client, na_fila, "pausar", sem_descricao, motivo=motivo.pk, descricao=SCRIPT).status_code == 302
    )

    sem_descricao.refresh_from_db()
    assert sem_descricao.descricao == SCRIPT
    # Quem já tem descrição não a perde por um campo forjado.
    solicitacoes.retomar(sem_descricao, por=na_fila.agente, versao=None)
    sem_descricao.refresh_from_db()
    fazer(client, na_fila, "pausar", sem_descricao, motivo=motivo.pk, descricao="Outra")
    sem_descricao.refresh_from_db()
    assert sem_descricao.descricao == SCRIPT
