"""*Minhas tarefas*: o que está comigo, as filas das minhas equipes e o que espera aprovação."""

from datetime import timedelta

from django.utils import timezone

from atendimento.dominio import solicitacoes
from tests import fabricas
from tests.filas.conftest import entra


def em_maos(c, por, **campos):
    return fabricas.criar_solicitacao(
        por=por, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True, equipe=c.n1, **campos
    )


def test_as_minhas_vem_em_maos_primeiro_e_depois_pelo_retorno(client, cenario, agente):
    c, agora = cenario, timezone.now()
    pausadas = []
    for horas in (5, 2):
        nova = em_maos(c, agente)
        pausadas.append(
            solicitacoes.pausar(
                nova,
                por=agente,
                versao=1,
                motivo=c.motivo["pausa"],
                retorna_em=agora + timedelta(hours=horas),
            )
        )
    atual = em_maos(c, agente)
    em_maos(c, c.ana)
    client.force_login(agente)
    resposta = client.get("/")
    assert [linha["protocolo"] for linha in resposta.context["minhas"]] == [
        atual.protocolo, pausadas[1].protocolo, pausadas[0].protocolo,
    ]  # fmt: skip
    corpo = resposta.content.decode()
    assert f"/acoes/retomar/solicitacao/{pausadas[0].pk}/" in corpo
    assert f"/acoes/retomar/solicitacao/{atual.pk}/" not in corpo
    assert "retorno" in corpo


def test_cada_fila_diz_quantas_a_mais_antiga_e_o_proximo_prazo(client, cenario, agente):
    c, agora = cenario, timezone.now()
    fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, em=agora - timedelta(hours=3, minutes=5))
    fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, em=agora - timedelta(hours=9))
    client.force_login(agente)
    [fila] = client.get("/").context["filas"]
    assert (fila["na_fila"], fila["vencidas"], fila["mais_antiga"]) == (2, 1, "9 h")
    assert fila["prazo"].palavra == "Vencida"


def test_sem_nada_a_pagina_diz_o_que_fazer(client, cenario):
    client.force_login(entra(cenario, cenario.n1))
    corpo = client.get("/").content.decode()
    assert "Nada com você agora" in corpo
    assert "Ninguém espera" in corpo
    assert "Aprovações" not in corpo
    client.force_login(entra(cenario))
    assert "não está em nenhuma equipe" in client.get("/").content.decode()


def test_o_fragmento_igual_e_204(client, cenario, supervisora):
    client.force_login(supervisora)
    for url, alvo in (("/", "tarefas"), ("/supervisao/", "supervisao")):
        marca = client.get(url).context["marca"]
        cabecalhos = {"HX-Request": "true", "HX-Target": alvo}
        assert client.get(f"{url}?marca={marca}", headers=cabecalhos).status_code == 204
        mudou = client.get(f"{url}?marca=outra", headers=cabecalhos).content.decode()
        assert mudou.lstrip().startswith("<div")
        assert f'id="{alvo}"' in mudou
