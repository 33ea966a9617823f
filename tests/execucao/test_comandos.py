"""Quantos comandos SQL custa a transação final de cada ação do catálogo.

Contam-se os comandos entre o BEGIN e o COMMIT do executor, sem eles dois: a execução, as travas e o que se
lê debaixo delas, o verbo do domínio com os seus pontos de salvamento, a auditoria. Nada do que se confere ou
se grava fica fora. As de um passo fazem tudo nessa transação; as de mais, o que se faz ao concluir.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from atendimento.acoes.base import ACOES
from atendimento.models import Execucao
from tests.execucao.acoes.test_contrato_das_acoes import EXEMPLOS, alvo_de, concluir, reler, responder
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import DE_TESTE, comecar

SLUGS = sorted(classe.slug for classe in ACOES if classe not in DE_TESTE)
TETO = 16
# As que gravam muitas linhas do domínio, cada uma com o seu.
TETOS: dict[str, int] = {
    "assumir_por": 17, "atendimento_padrao": 18, "documentos": 18, "eventual": 18, "transferir": 18,
    "cancelar_visita": 19, "diagnostico": 19, "limpar_mac": 19, "vincular_massiva": 19, "reclamacao":
    20, "responder_contestacao": 20, "alterar_vencimento": 21, "abrir": 23, "desbloqueio_adm": 23,
    "reativar": 23, "cpe": 24, "desconectar": 24, "iniciar": 24, "segunda_via": 24, "alterar_senha": 25,
    "desbloqueio_pagamento": 25, "equipamento": 25, "informar_pagamento": 25, "pix": 25,
    "alterar_servicos": 26, "lgpd": 27, "mudar_plano": 27, "desbloqueio_confianca": 28, "renegociar":
    28, "reagendar_visita": 29, "agendar_visita": 31, "contestar_debito": 32, "mudar_ponto": 33,
    "atualizar_cadastro": 34, "mudar_endereco": 40, "suspensao_temporaria": 40, "cancelar_contrato": 43,
    "transferir_titularidade": 50,
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


@pytest.mark.parametrize("slug", SLUGS)
def test_a_transacao_final_cabe_no_seu_teto(client, acoes_de_teste, slug):
    classe, exemplo = ACOES[slug], EXEMPLOS[slug]
    capacidades = ("atender", classe.capacidade) if classe.capacidade else ("atender",)
    cenario = criar_cenario(acoes={slug: exemplo.limites}, capacidades=capacidades)
    exemplo.preparar(cenario)
    client.force_login(reler(cenario).agente)

    quantos = na_transacao(efetivar(client, cenario, classe))

    assert quantos <= TETOS.get(slug, TETO)
