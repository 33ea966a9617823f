"""As páginas das filas: escopo, filtros, cursor, contagens, e o fragmento que se atualiza."""

import re
from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from atendimento.dominio import rotinas, solicitacoes
from atendimento.filas import filtros, paginas
from atendimento.models import MembroDaEquipe, Solicitacao
from atendimento.models.solicitacao import Prioridade
from tests import fabricas
from tests.filas.conftest import entra
from tests.solicitacoes.test_fila import encher

FRAGMENTO = {"HX-Request": "true", "HX-Target": "fila"}
# Todo filtro que a fila oferece, e nenhum.
OFERECIDOS = {
    "ordem": filtros.ORDENS,
    "situacao": filtros.SITUACOES,
    "prazo": filtros.PRAZOS,
    "prioridade": filtros.PRIORIDADES,
    "tipo": [filtros.SEM_TIPO],
    "responsavel": [filtros.EU, filtros.NINGUEM],
    "alerta": filtros.ALERTAS,
}


def abrir(c, **campos):
    return fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, **{"tipo": c.tipo} | campos)


def protocolos(resposta):
    return re.findall(r'href="/solicitacoes/(\d{14})/"', resposta.content.decode())


def mostrados(client, url):
    resposta = client.get(url)
    assert resposta.status_code == 200
    return set(protocolos(resposta))


def test_mostra_as_abertas_das_minhas_equipes_e_empresas_e_nada_mais(client, cenario, agente):
    c = cenario
    na_fila, em_maos = abrir(c), fabricas.criar_solicitacao(por=c.ana, etiqueta=c.etiqueta, em_maos=True)
    de_outra_equipe = fabricas.criar_solicitacao(por=c.caio, etiqueta=c.etiqueta, equipe=c.n2)
    contrato = fabricas.criar_contrato()
    de_fora = fabricas.criar_agente(c.n1, empresas=[contrato.empresa])
    fabricas.criar_solicitacao(por=de_fora, etiqueta=contrato.etiquetas.get(), equipe=c.n1)
    encerrada = fabricas.criar_solicitacao(por=c.beto, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True)
    solicitacoes.encerrar(encerrada, por=c.beto, versao=1, solucao=c.solucao, relato="Feito.")
    client.force_login(agente)
    assert mostrados(client, "/filas/") == {na_fila.protocolo, em_maos.protocolo}
    assert mostrados(client, "/filas/n1/") == {na_fila.protocolo, em_maos.protocolo}
    client.force_login(entra(c, c.n2))
    assert mostrados(client, "/filas/") == {de_outra_equipe.protocolo}


def test_a_fila_de_uma_equipe_que_nao_e_minha_nao_se_distingue_da_que_nao_existe(client, cenario, agente):
    client.force_login(agente)
    assert client.get("/filas/n2/").status_code == 404
    assert client.get("/filas/nao-ha/").status_code == 404
    MembroDaEquipe.objects.filter(usuario=agente).update(ativo=False)
    assert client.get("/filas/n1/").status_code == 404
    assert "não está em nenhuma equipe" in client.get("/filas/").content.decode()


def test_quem_nao_atende_empresa_nenhuma_ve_as_filas_vazias(client, cenario):
    abrir(cenario)
    client.force_login(entra(cenario, cenario.n1, empresas=[], capacidades=["atender", "supervisionar"]))
    for url in ("/", "/filas/", "/filas/n1/", "/supervisao/"):
        assert mostrados(client, url) == set()


@pytest.fixture
def variadas(cenario, agente):
    """Uma de cada feitio, por nome."""
    c, agora = cenario, timezone.now()
    urgente = abrir(c, prioridade=Prioridade.URGENTE, prazo=fabricas.criar_prazo(horas=200))
    vencida = abrir(c, em=agora - timedelta(hours=9))
    sem_tipo = abrir(c, tipo=None, prazo=fabricas.criar_prazo(horas=201))
    minha = fabricas.criar_solicitacao(
        por=agente, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True, equipe=c.n1,
        prazo=fabricas.criar_prazo(horas=202),
    )  # fmt: skip
    congela = fabricas.criar_motivo(congela_prazo=True)
    parada = fabricas.criar_solicitacao(
        por=c.ana, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True, em=agora - timedelta(hours=7)
    )
    parada = solicitacoes.pausar(parada, por=c.ana, versao=1, motivo=congela, em=agora - timedelta(hours=6))
    curta = fabricas.criar_motivo(minutos_maximos=5)
    esquecida = fabricas.criar_solicitacao(
        por=c.beto, etiqueta=c.etiqueta, tipo=c.tipo, em_maos=True, em=agora - timedelta(hours=2),
        prazo=fabricas.criar_prazo(horas=203),
    )  # fmt: skip
    esquecida = solicitacoes.pausar(
        esquecida, por=c.beto, versao=1, motivo=curta, em=agora - timedelta(hours=1)
    )
    rotinas.alertar_pausas()
    return {
        nome: solicitacao.protocolo
        for nome, solicitacao in {
            "urgente": urgente, "vencida": vencida, "sem_tipo": sem_tipo, "minha": minha, "parada": parada,
            "esquecida": esquecida,
        }.items()
    }  # fmt: skip


FILTROS = [
    ("situacao=aberta", {"urgente", "vencida", "sem_tipo"}),
    ("situacao=pausada", {"parada", "esquecida"}),
    ("prioridade=urgente", {"urgente"}),
    ("tipo=sem-tipo", {"sem_tipo"}),
    ("responsavel=eu", {"minha"}),
    ("responsavel=ninguem", {"urgente", "vencida", "sem_tipo"}),
    ("responsavel=ninguem&situacao=pausada", set()),
    ("prazo=vencida", {"vencida"}),
    ("prazo=parado", {"parada"}),
    ("prazo=uma-hora", set()),
    ("alerta=sim", {"esquecida"}),
    ("situacao=aberta&prioridade=urgente&ordem=espera", {"urgente"}),
    ("situacao=&prazo=&ordem=-prazo", {"urgente", "vencida", "sem_tipo", "minha", "parada", "esquecida"}),
]


@pytest.mark.parametrize(("consulta", "esperadas"), FILTROS)
def test_cada_filtro_mostra_so_as_suas(client, agente, variadas, consulta, esperadas):
    client.force_login(agente)
    assert mostrados(client, f"/filas/n1/?{consulta}") == {variadas[nome] for nome in esperadas}
    assert mostrados(client, f"/filas/?{consulta}") == {variadas[nome] for nome in esperadas}


def test_cada_prazo_mostra_a_que_vence_nele_e_nenhuma_outra(client, cenario, agente):
    # Às 20 h de Brasília, que em Londres já é o dia seguinte.
    agora = timezone.make_aware(datetime(2026, 3, 10, 20))
    horas = {"em-meia-hora": 1, "de-noite": 3, "de-manha": 13, "depois-de-amanha": 30, "em-dez-dias": 240}
    with time_machine.travel(agora, tick=False):
        client.force_login(agente)
        protocolos = {
            nome: abrir(
                cenario, prazo=fabricas.criar_prazo(horas=quantas),
                em=agora - timedelta(minutes=30 if nome == "em-meia-hora" else 0),
            ).protocolo
            for nome, quantas in horas.items()
        }  # fmt: skip
        for filtro, esperadas in {
            "uma-hora": ["em-meia-hora"],
            "hoje": ["em-meia-hora", "de-noite"],
            "amanha": ["de-manha"],
            "semana": ["em-meia-hora", "de-noite", "de-manha", "depois-de-amanha"],
            "vencida": [],
        }.items():
            vistos = mostrados(client, f"/filas/n1/?prazo={filtro}")
            assert vistos == {protocolos[nome] for nome in esperadas}, filtro
            assert mostrados(client, f"/filas/?prazo={filtro}") == vistos


def test_filtra_por_um_colega_e_pelo_tipo(client, cenario, agente, variadas):
    client.force_login(agente)
    assert mostrados(client, f"/filas/?responsavel={cenario.beto.pk}") == {variadas["esquecida"]}
    assert len(mostrados(client, f"/filas/?tipo={cenario.tipo.codigo}")) == 5


@pytest.mark.parametrize(
    "consulta",
    [
        "cor=azul",
        "situacao=encerrada",
        "situacao=aberta&situacao=pausada",
        "prioridade=9",
        "ordem=cliente",
        "responsavel=0",
        "tipo=nao-ha",
        "prazo=ontem",
        "depois=1",
        "depois=1-2-3",
        "depois=1-1&antes=1-1",
        "alerta=talvez",
    ],
)
def test_o_que_o_endereco_traz_de_desconhecido_e_400(client, cenario, agente, consulta):
    client.force_login(agente)
    for fila in ("/filas/", "/filas/n1/"):
        resposta = client.get(f"{fila}?{consulta}")
        assert resposta.status_code == 400
    fragmento = client.get(f"/filas/?{consulta}", headers=FRAGMENTO)
    assert fragmento.status_code == 400
    assert fragmento["Fragmento-De-Erro"] == "1"


def test_o_filtro_estranho_volta_escapado(client, agente):
    client.force_login(agente)
    corpo = client.get("/filas/?<script>alert(1)</script>=1").content.decode()
    assert "<script>alert" not in corpo
    assert "&lt;script&gt;" in corpo


@pytest.mark.parametrize("fila", ["/filas/", "/filas/n1/"])
@pytest.mark.parametrize("ordem", ["prazo", "-prazo", "espera", "-espera"])
def test_as_paginas_percorrem_tudo_uma_vez_e_voltam(client, cenario, agente, fila, ordem):
    encher(cenario, 130, equipes=[cenario.n2])
    MembroDaEquipe.objects.create(equipe=cenario.n2, usuario=agente)
    client.force_login(agente)
    vistas, url, indo = [], f"{fila}?ordem={ordem}", []
    while url:
        resposta = client.get(url)
        indo.append(protocolos(resposta))
        vistas += indo[-1]
        url = resposta.context["depois_url"]
    esperadas = Solicitacao.objects.all() if fila == "/filas/" else cenario.n1.solicitacoes.all()
    assert len(vistas) == len(set(vistas)) == esperadas.count()
    assert [len(pagina) for pagina in indo[:-1]] == [paginas.TAMANHO] * (len(indo) - 1)
    voltando = []
    while url := resposta.context["antes_url"]:
        resposta = client.get(url)
        voltando.append(protocolos(resposta))
    assert voltando[::-1] == indo[:-1]


def test_a_conta_para_em_mil(client, cenario, agente):
    encher(cenario, 1500)
    client.force_login(agente)
    corpo = client.get("/filas/n1/").content.decode()
    assert "mais de 1.000 solicitações" in corpo
    assert client.get("/filas/n1/?prioridade=alta").context["total"] == "0"


@pytest.mark.parametrize("url", ["/filas/", "/filas/n1/", "/filas/?situacao=aberta&ordem=espera", "/"])
def test_o_numero_de_comandos_nao_depende_das_linhas(
    client, cenario, agente, url, django_assert_max_num_queries
):
    client.force_login(agente)
    abrir(cenario)
    with django_assert_max_num_queries(13) as uma:
        client.get(url)
    encher(cenario, 200)
    for _ in range(3):
        fabricas.criar_solicitacao(
            por=fabricas.criar_agente(cenario.n1, empresas=[cenario.empresa]),
            etiqueta=cenario.etiqueta,
            em_maos=True,
        )
    with django_assert_max_num_queries(13) as muitas:
        client.get(url)
    assert len(muitas) == len(uma)


@pytest.mark.parametrize("cabecalhos", [{}, FRAGMENTO], ids=["pagina", "fragmento"])
def test_a_fila_de_uma_equipe_custa_cinco_comandos_com_qualquer_filtro(
    client, cenario, agente, cabecalhos, django_assert_max_num_queries
):
    encher(cenario, 60)
    client.force_login(agente)
    do_banco = {"responsavel": [agente.pk], "tipo": [cenario.tipo.codigo]}
    for nome, valores in OFERECIDOS.items():
        for valor in [*valores, *do_banco.get(nome, [])]:
            with django_assert_max_num_queries(5):
                assert client.get(f"/filas/n1/?{nome}={valor}", headers=cabecalhos).status_code == 200


def test_o_fragmento_igual_ao_que_se_mostra_e_204_e_o_que_mudou_vem(client, cenario, agente):
    client.force_login(agente)
    abrir(cenario)
    marca = client.get("/filas/n1/").context["marca"]
    igual = client.get(f"/filas/n1/?marca={marca}", headers=FRAGMENTO)
    assert (igual.status_code, igual.content) == (204, b"")
    abrir(cenario)
    mudou = client.get(f"/filas/n1/?marca={marca}", headers=FRAGMENTO)
    corpo = mudou.content.decode()
    assert corpo.lstrip().startswith("<section")
    assert "2 solicitações" in corpo
    assert 'hx-swap-oob="true"' in corpo
    assert "<html" not in corpo


def test_filtrar_pelo_formulario_poe_o_endereco_limpo(client, cenario, agente):
    client.force_login(agente)
    resposta = client.get(
        "/filas/n1/?situacao=aberta&prazo=&tipo=&ordem=prazo", headers=FRAGMENTO | {"HX-Trigger": "filtros"}
    )
    assert resposta["HX-Push-Url"] == "/filas/n1/?situacao=aberta"


def test_assume_da_linha_e_o_segundo_le_quem_ficou(client, cenario, agente):
    c = cenario
    s = abrir(c)
    client.force_login(agente)
    corpo = client.get("/filas/n1/").content.decode()
    chave = re.search(r'name="chave" value="([^"]+)"', corpo)[1]
    envio = {"chave": chave, "versao_do_alvo": "1"}
    url = f"/acoes/assumir/solicitacao/{s.pk}/"
    outro = entra(c, c.n1)
    assert client.post(url, envio).status_code == 302
    assert client.post(url, envio).status_code == 302
    client.force_login(outro)
    recusada = client.post(url, {"chave": "6f6d0c4e-0000-4000-8000-000000000001", "versao_do_alvo": "1"})
    assert recusada.status_code == 409
    assert agente.nome_exibido in recusada.content.decode()
    s.refresh_from_db()
    assert (s.responsavel, s.versao) == (agente, 2)


def test_sem_a_acao_no_perfil_nao_ha_botao_de_assumir(client, cenario):
    abrir(cenario)
    client.force_login(entra(cenario, cenario.n1, acoes=[]))
    assert "Assumir" not in client.get("/filas/n1/").content.decode()


def test_texto_hostil_se_escapa(client, cenario, agente):
    abrir(cenario, descricao="<script>alert(1)</script>", solicitante_nome="<b>x</b>")
    client.force_login(agente)
    for url in ("/filas/", "/"):
        assert "<script>alert" not in client.get(url).content.decode()


def test_cada_prazo_tem_a_sua_palavra(client, agente, variadas):
    client.force_login(agente)
    corpo = client.get("/filas/n1/").content.decode()
    for palavra in ("Vencida", "No prazo", "Prazo parado", "Além do limite", "Urgente"):
        assert palavra in corpo


def test_sem_sessao_o_fragmento_leva_a_entrada_e_volta_a_fila(client, cenario):
    resposta = client.get(
        "/filas/n1/?situacao=aberta",
        headers=FRAGMENTO | {"HX-Current-URL": "http://testserver/filas/n1/?situacao=aberta"},
    )
    assert resposta.status_code == 401
    assert resposta["HX-Redirect"] == "/entrar/?next=%2Ffilas%2Fn1%2F%3Fsituacao%3Daberta"
