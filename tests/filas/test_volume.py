"""Solicitações de volume e, só com `VOLUME_DA_FILA=1250000`, as medidas de uma fila de um milhão."""

import os
import signal
import statistics
import sys
import time
from collections import Counter
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.management.commands import popular as modulo_do_comando
from atendimento.models import Apontamento, Equipe, MembroDaEquipe, Relato, Solicitacao, Transicao
from atendimento.popular import solicitacoes as volume
from atendimento.popular.carga import popular
from contratos.models import Empresa
from perfis.models import Usuario
from tests import fabricas

pytestmark = pytest.mark.django_db(transaction=True)

DATA_BASE = date(2026, 3, 31)


def carregar(quantas, na_fila=30, semente=42):
    volume.popular_solicitacoes(quantas, semente=semente, data_base=DATA_BASE, na_fila=na_fila)


def linhas():
    return list(
        Solicitacao.objects.order_by("pk").values_list("protocolo", "situacao", "prazo_em", "etiqueta")
    )


@pytest.fixture
def clientes():
    popular(50, semente=42, data_base=DATA_BASE)


@pytest.mark.parametrize("em_bloco", [False, True])
def test_as_linhas_passam_pelos_gatilhos_e_pela_validacao(clientes, monkeypatch, em_bloco):
    if em_bloco:
        monkeypatch.setattr(volume, "MINIMO_EM_BLOCO", 1)
    # Aos poucos os gatilhos estão ligados: uma linha incoerente nem entraria.
    carregar(300)
    assert Counter(Solicitacao.objects.values_list("situacao", flat=True)).keys() == {"aberta", "encerrada"}
    assert Transicao.objects.count() == Relato.objects.count()
    encerradas = Solicitacao.objects.filter(situacao="encerrada").count()
    assert Apontamento.objects.count() == encerradas
    for solicitacao in Solicitacao.objects.all()[:40]:
        solicitacao.full_clean()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_trigger WHERE tgenabled = 'D'")
        assert cursor.fetchone() == (0,)


def test_a_mesma_semente_da_as_mesmas_e_outra_nao(clientes):
    carregar(60)
    primeira = [linha[1:3] for linha in linhas()]
    carregar(60)
    assert [linha[1:3] for linha in linhas()[60:]] != primeira  # o dia sai do id, que já é outro
    assert len({linha[0] for linha in linhas()}) == 120


def test_a_de_volume_se_atende_pelos_verbos(clientes):
    carregar(40, na_fila=100)
    equipe = Equipe.objects.get(slug="atendimento-n1")
    agente = fabricas.criar_agente(equipe, empresas=Empresa.objects.all())
    alvo = Solicitacao.objects.da_equipe(equipe).na_fila().por_prazo()[0]
    assert solicitacoes.assumir(alvo, por=agente, versao=1).responsavel == agente


def test_os_protocolos_de_hoje_ficam_livres_para_a_sequencia(clientes):
    hoje = timezone.localdate()
    volume.popular_solicitacoes(200, semente=42, data_base=hoje)
    assert not Solicitacao.objects.filter(protocolo__startswith=f"{hoje:%Y%m%d}").exists()


def test_uma_linha_que_quebra_a_historia_desfaz_tudo(clientes, monkeypatch):
    monkeypatch.setattr(volume, "MINIMO_EM_BLOCO", 1)
    escrever = volume._Gerador._escrever

    def trocar(self, lote, tabela, campos):
        escrever(self, lote, tabela, campos | ({"versao": 7} if tabela == "transicao" else {}))

    monkeypatch.setattr(volume._Gerador, "_escrever", trocar)
    with pytest.raises(AssertionError, match="não continua a anterior"):
        carregar(20, na_fila=100)
    assert not Solicitacao.objects.exists()


@pytest.mark.parametrize("opcoes", [{"solicitacoes": -1}, {"solicitacoes": 5, "na_fila": 101}, {}])
def test_o_comando_recusa_valores_fora_da_faixa(opcoes):
    with pytest.raises(CommandError):
        call_command("popular", **opcoes)


def test_sem_etiquetas_o_comando_diz_o_que_falta():
    with pytest.raises(CommandError, match="carregue clientes antes"):
        call_command("popular", solicitacoes=5)


def test_ctrl_c_no_meio_das_solicitacoes_nao_grava_nenhuma_e_o_diz(clientes, monkeypatch):
    class Impaciente(modulo_do_comando.Progresso):
        """Aperta Ctrl-C no primeiro avanço."""

        def fase(self, nome, feitos=0, total=0):
            os.kill(os.getpid(), signal.SIGINT)

    monkeypatch.setattr(modulo_do_comando, "Progresso", Impaciente)
    with pytest.raises(CommandError, match="nenhuma solicitação foi gravada") as recusa:
        call_command("popular", solicitacoes=60, data_base=DATA_BASE)
    assert recusa.value.returncode == 130
    assert not Solicitacao.objects.exists()


# --- Medidas: só quando se pedem -----------------------------------------------------------------------

QUANTAS = int(os.environ.get("VOLUME_DA_FILA", "0"))
FUNDO = 50_000
VEZES = 15
FILTROS = [
    "",
    "situacao=aberta",
    "prazo=vencida",
    "prazo=hoje",
    "prazo=semana",
    "prioridade=urgente",
    "tipo=sem-tipo",
    "responsavel=ninguem",
    "responsavel=eu",
    "alerta=sim",
    "ordem=-prazo",
    "ordem=espera",
    "prioridade=urgente&tipo=sem-tipo&prazo=hoje",
]


@pytest.mark.volume
@pytest.mark.skipif(not QUANTAS, reason="Mede uma fila de um milhão: peça com VOLUME_DA_FILA=1250000.")
def test_a_fila_de_um_milhao_custa_o_mesmo_no_fundo(client, capsys):
    popular(100_000, semente=42, data_base=DATA_BASE)
    segundos = volume.popular_solicitacoes(QUANTAS, semente=42, data_base=DATA_BASE, na_fila=100)
    equipe = Equipe.objects.get(slug="atendimento-n1")
    usuario = fabricas.criar_usuario(
        fabricas.criar_perfil(
            capacidades=["atender", "supervisionar"], acoes=["assumir"], empresas=Empresa.objects.all()
        )
    )
    for uma in Equipe.objects.all():
        MembroDaEquipe.objects.create(equipe=uma, usuario=usuario)
    client.force_login(usuario)
    with capsys.disabled():
        na_fila = Solicitacao.objects.da_equipe(equipe).na_fila().count()
        dizer(f"\n{QUANTAS} solicitações em {segundos:.0f} s; na fila de {equipe}: {na_fila}")
        for fila in ("/filas/atendimento-n1/", "/filas/"):
            _medir_o_fundo(client, fila, equipe)
        _medir_os_filtros(client)
        for url in ("/", "/supervisao/"):
            dizer(f"{url}: {_mediana(client, url):.1f} ms no total, {_sql(client, url)}")
    assert Usuario.objects.filter(username__startswith="volume-").count() == volume.AGENTES


def dizer(texto):
    sys.stdout.write(f"{texto}\n")
    sys.stdout.flush()


def _medir_o_fundo(client, fila, equipe):
    consulta = Solicitacao.objects.na_fila() if fila == "/filas/" else Solicitacao.objects.da_equipe(equipe)
    linha = consulta.por_prazo().values_list("prazo_em", "pk")[FUNDO]
    cursor = f"{round(linha[0].timestamp() * 1_000_000)}-{linha[1]}"
    primeira, funda = fila, f"{fila}?depois={cursor}"
    tempos = {primeira: [], funda: []}
    for _ in range(VEZES):
        for url, medidos in tempos.items():
            medidos.append(_do_banco(client, url))
    a, b = (statistics.median(tempos[url]) for url in (primeira, funda))
    comandos = [_quantos(client, url) for url in (primeira, funda)]
    dizer(f"{fila}: banco {a:.2f} ms; depois de {FUNDO}: {b:.2f} ms; razão {b / a:.2f}; comandos {comandos}")
    assert comandos[0] == comandos[1]
    for texto in _planos(client, funda):
        assert "Seq Scan on atendimento_solicitacao" not in texto


def _medir_os_filtros(client):
    for filtro in FILTROS:
        url = f"/filas/atendimento-n1/?{filtro}"
        do_banco = statistics.median(_do_banco(client, url) for _ in range(5))
        dizer(f"{filtro or 'sem filtro':>45}: banco {do_banco:7.2f} ms, {_quantos(client, url)} comandos")


def _capturar(client, url):
    with CaptureQueriesContext(connection) as captura:
        assert client.get(url).status_code == 200
    return captura


def _do_banco(client, url) -> float:
    return sum(float(c["time"]) for c in _capturar(client, url).captured_queries) * 1000


def _quantos(client, url) -> int:
    return len(_capturar(client, url))


def _sql(client, url) -> str:
    return f"{_do_banco(client, url):.1f} ms no banco, {_quantos(client, url)} comandos"


def _mediana(client, url) -> float:
    medidos = []
    for _ in range(5):
        inicio = time.perf_counter()
        client.get(url)
        medidos.append((time.perf_counter() - inicio) * 1000)
    return statistics.median(medidos)


def _planos(client, url):
    for comando in _capturar(client, url).captured_queries:
        if "atendimento_solicitacao" in comando["sql"] and comando["sql"].startswith(("SELECT", "(SELECT")):
            with connection.cursor() as cursor:
                cursor.execute("EXPLAIN " + comando["sql"].replace("%", "%%"))
                yield "\n".join(linha for (linha,) in cursor.fetchall())
