"""Quantos comandos SQL custa a transação final de cada ação do catálogo.

Contam-se os comandos entre o BEGIN e o COMMIT do executor, sem eles dois: a execução, as travas e o que se
lê debaixo delas, o verbo do domínio com os seus pontos de salvamento, a auditoria. Nada do que se confere ou
se grava fica fora. As de um passo fazem tudo nessa transação; as de mais, o que se faz ao concluir.
"""

from datetime import time, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from atendimento.acoes.base import ACOES
from atendimento.models import Execucao, Mensagem, Prazo, Turno
from atendimento.variaveis import preencher
from contratos.models import ComandoDeRede, Contrato
from tests.execucao.acoes.test_contrato_das_acoes import EXEMPLOS, alvo_de, concluir, reler, responder
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import DE_TESTE, comecar
from tests.fabricas import criar_calendario, criar_contato

SLUGS = sorted(classe.slug for classe in ACOES if classe not in DE_TESTE)
TETO = 16
# As que gravam muitas linhas do domínio, cada uma com o seu.
TETOS: dict[str, int] = {
    "abrir": 17, "cancelar_visita": 17, "diagnostico": 17, "documentos": 17, "eventual": 17,
    "limpar_mac": 17, "vincular_massiva": 18, "reclamacao": 19, "responder_contestacao": 19,
    "alterar_vencimento": 20, "cpe": 22, "desbloqueio_adm": 22, "desconectar": 22, "reativar": 22,
    "alterar_senha": 23, "equipamento": 23, "segunda_via": 23, "desbloqueio_pagamento": 24,
    "informar_pagamento": 24, "lgpd": 24, "pix": 24, "alterar_servicos": 25, "mudar_plano": 26,
    "desbloqueio_confianca": 27, "reagendar_visita": 27, "renegociar": 27, "agendar_visita": 28,
    "mudar_ponto": 30, "contestar_debito": 31, "atualizar_cadastro": 33, "mudar_endereco": 36,
    "suspensao_temporaria": 39, "cancelar_contrato": 42, "transferir_titularidade": 49,
}  # fmt: skip


def na_transacao(capturados: list[dict]) -> int:
    """Quantos comandos há entre o BEGIN e o COMMIT do executor, pontos de salvamento incluídos."""
    # No teste, o BEGIN do executor é o primeiro ponto de salvamento.
    sql = [comando["sql"] for comando in capturados]
    inicio = next(i for i, texto in enumerate(sql) if texto.startswith("SAVEPOINT"))
    return sql.index(sql[inicio].replace("SAVEPOINT", "RELEASE SAVEPOINT")) - inicio - 1


def efetivar(navegador, cenario, classe) -> list[dict]:
    """Os comandos do pedido que efetiva a ação do exemplo."""
    if classe.confirmacao:
        execucao = responder(navegador, cenario, classe)
        with CaptureQueriesContext(connection) as captura:
            assert concluir(navegador, execucao).status_code == 302
    else:
        [campos] = EXEMPLOS[classe.slug].respostas(cenario)
        with CaptureQueriesContext(connection) as captura:
            resposta = comecar(navegador, cenario, classe.slug, alvo_de(classe, cenario), **campos)
        assert resposta.status_code == 302
    assert Execucao.objects.latest("criada_em").situacao == "concluida"
    return captura.captured_queries


@pytest.fixture
def cenario_de(client, acoes_de_teste):
    """Prepara o exemplo de uma ação, com o agente que pode fazê-la já dentro."""

    def preparar(slug: str):
        classe, exemplo = ACOES[slug], EXEMPLOS[slug]
        capacidades = ("atender", classe.capacidade) if classe.capacidade else ("atender",)
        cenario = criar_cenario(acoes={slug: exemplo.limites}, capacidades=capacidades)
        exemplo.preparar(cenario)
        client.force_login(reler(cenario).agente)
        return cenario

    return preparar


@pytest.mark.parametrize("slug", SLUGS)
def test_a_transacao_final_cabe_no_seu_teto(client, cenario_de, slug):
    cenario = cenario_de(slug)

    quantos = na_transacao(efetivar(client, cenario, ACOES[slug]))

    assert quantos <= TETOS.get(slug, TETO)


@pytest.mark.parametrize("slug", [slug for slug in SLUGS if ACOES[slug].so_tranca_o_contrato])
def test_a_que_diz_so_trancar_o_contrato_nao_o_muda_nem_manda_na_rede(client, cenario_de, slug):
    """Delas o executor não confere se o contrato mudou sem evento, nem acorda comandos da rede."""
    cenario = cenario_de(slug)
    antes = list(Contrato.objects.order_by("pk").values())
    comandos = ComandoDeRede.objects.count()

    efetivar(client, cenario, ACOES[slug])

    assert list(Contrato.objects.order_by("pk").values()) == antes
    assert ComandoDeRede.objects.count() == comandos


def test_iniciar_com_expediente_e_com_o_protocolo_a_enviar_cabe_no_teto(client, acoes_de_teste):
    """O dia a dia: o prazo conta em horas úteis, e o cliente tem para onde se mandar o protocolo."""
    cenario = criar_cenario(acoes=["iniciar"], em_maos=False)
    expediente = criar_calendario(sempre=False, feriados_nacionais=True)
    Turno.objects.bulk_create(
        Turno(calendario=expediente, dia=dia, inicio=time(8), fim=time(18)) for dia in range(5)
    )
    expediente.excecoes.create(data=timezone.localdate() + timedelta(days=1))
    Prazo.objects.update(calendario=expediente)
    for campos in ({}, {"principal": True, "whatsapp": True}, {"tipo": "email", "valor": "a@exemplo.net"}):
        criar_contato(cenario.cliente, confirmado_em=timezone.now(), **campos)
    client.force_login(cenario.agente)
    campos = {"canal": "telefone", "solicitante_nome": "Maria", "solicitante_relacao": "titular"}
    campos["equipe"] = cenario.equipe.pk

    with CaptureQueriesContext(connection) as captura:
        assert comecar(client, cenario, "iniciar", cenario.etiqueta, **campos).status_code == 302

    assert na_transacao(captura.captured_queries) <= TETO
    [mensagem] = Mensagem.objects.filter(situacao="na_fila")
    assert mensagem.canal == "whatsapp"
    assert mensagem.solicitacao.protocolo in preencher(mensagem.texto, mensagem.dados)
