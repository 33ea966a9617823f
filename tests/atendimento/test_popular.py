"""`popular`: dados de volume, iguais para a mesma semente, em banco vazio ou não."""

import os
import signal
from collections import Counter
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Count, F, Min, Q

from atendimento.demonstracao import preparar
from atendimento.popular import carga, mistura
from atendimento.popular.carga import Ouvinte, popular
from atendimento.popular.somas import somas
from clientes import documentos
from clientes.models import Alerta, Cliente, Contato, Endereco
from contratos.cifra import decifrar
from contratos.enums import SituacaoDoContrato
from contratos.models import (
    Conexao,
    Contrato,
    Empresa,
    Etiqueta,
    EventoDeContrato,
    Fatura,
    NotificacaoDeDebito,
    ServicoContratado,
)
from tests.fabricas import criar_conexao

pytestmark = pytest.mark.django_db(transaction=True)

DATA_BASE = date(2026, 3, 31)
DOIS_BLOCOS = 2 * mistura.CLIENTES + mistura.EXTREMOS


def carregar(clientes=300, semente=42, data_base=DATA_BASE, **opcoes):
    return popular(clientes, semente=semente, data_base=data_base, **opcoes)


def esvaziar():
    call_command("flush", interactive=False, verbosity=0)


def senhas():
    return [
        (decifrar(senha), decifrar(do_equipamento))
        for senha, do_equipamento in Conexao.objects.order_by("pk").values_list("senha", "senha_equipamento")
    ]


def estrutura():
    """Índices, restrições e gatilhos das tabelas que a carga desmonta."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
            " UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint"
            "   WHERE conrelid = ANY(%s::regclass[])"
            " UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger"
            "   WHERE NOT tgisinternal AND tgrelid = ANY(%s::regclass[]) ORDER BY 1",
            [list(carga.TABELAS.values())] * 3,
        )
        return cursor.fetchall()


def criar_conexao_inteira():
    with transaction.atomic():
        return criar_conexao()


@pytest.fixture
def em_bloco(monkeypatch):
    monkeypatch.setattr(carga, "MINIMO_EM_BLOCO", 1)


def test_a_mesma_semente_da_as_mesmas_linhas_e_as_mesmas_senhas():
    esvaziar()
    carregar()
    primeira, senhas_da_primeira = somas(), senhas()
    esvaziar()
    carregar()
    assert somas() == primeira
    assert senhas() == senhas_da_primeira
    assert len(set(senhas_da_primeira)) > 100


def test_outra_semente_ou_outra_data_da_outras_linhas():
    carregar()
    primeira = somas()
    esvaziar()
    carregar(semente=43)
    assert all(
        somas()[tabela] != primeira[tabela]
        for tabela in ("cliente", "contrato", "conexao", "evento", "fatura")
    )
    esvaziar()
    carregar(data_base=DATA_BASE + timedelta(1))
    assert all(somas()[tabela] != primeira[tabela] for tabela in ("cliente", "contrato", "evento", "fatura"))


def test_o_modo_o_tamanho_do_lote_e_o_processo_gerador_nao_mudam_as_linhas(monkeypatch):
    esvaziar()
    carregar(1500)
    aos_poucos = somas()
    esvaziar()
    monkeypatch.setattr(carga, "MINIMO_EM_BLOCO", 1)
    assert carregar(1500, por_lote=1000).em_bloco
    assert somas() == aos_poucos


def test_as_proporcoes_sao_as_combinadas():
    carregar(DOIS_BLOCOS)
    comuns = Contrato.objects.filter(cliente__codigo_externo=None)
    assert Counter(comuns.values_list("situacao", flat=True)) == {
        SituacaoDoContrato.NORMAL: 2 * 943,
        SituacaoDoContrato.BLOQUEIO_FINANCEIRO: 2 * 81,
        SituacaoDoContrato.CANCELADO: 2 * 57,
        SituacaoDoContrato.SUSPENSO: 2 * 23,
        SituacaoDoContrato.ENCERRADO: 2 * 17,
        SituacaoDoContrato.CORTESIA: 2 * 12,
        SituacaoDoContrato.DEMONSTRACAO: 2 * 11,
        SituacaoDoContrato.BLOQUEIO_ADMINISTRATIVO: 2 * 6,
    }
    clientes = Cliente.objects.filter(codigo_externo=None).annotate(quantos=Count("contratos"))
    assert clientes.filter(quantos__gte=2).count() == 240
    assert clientes.filter(quantos=0).count() == 20
    etiquetas = Etiqueta.objects.filter(contrato__in=comuns)
    assert comuns.annotate(n=Count("etiquetas")).filter(n__gte=2).count() == 2 * 58
    assert Counter(etiquetas.annotate(n=Count("conexoes")).values_list("n", flat=True)) == {
        1: 2 * 1160,
        0: 2 * 36,
        2: 2 * 20,
    }
    assert ServicoContratado.objects.filter(contrato__in=comuns).count() == 4000
    assert EventoDeContrato.objects.filter(contrato__in=comuns).count() == 20_000
    assert Fatura.objects.filter(contrato__in=comuns).count() == 6000
    assert Contato.objects.count() == 2 * DOIS_BLOCOS
    assert Endereco.objects.count() == DOIS_BLOCOS
    assert Counter(Cliente.objects.values_list("tipo", flat=True)) == {"PF": 1784, "PJ": 200, "EX": 20}
    assert Empresa.objects.filter(contratos__isnull=False).distinct().count() == 3


def test_os_clientes_de_medida_tem_60_contratos_e_6600_eventos():
    carregar(mistura.MINIMO_PARA_EXTREMOS)
    extremos = Cliente.objects.filter(codigo_externo__startswith="popular-extremo-").order_by("pk")
    assert [cliente.contratos.count() for cliente in extremos] == [60, 60, 60, 1]
    assert EventoDeContrato.objects.filter(contrato__cliente=extremos[3]).count() == 6600
    assert Cliente.objects.count() == mistura.MINIMO_PARA_EXTREMOS


def test_nada_parece_de_gente_de_verdade():
    carregar()
    assert not Cliente.objects.filter(demo=False).exists()
    assert not Contrato.objects.filter(demo=False).exists()
    for tipo, documento in Cliente.objects.values_list("tipo", "documento"):
        assert tipo == "EX" or documento.startswith("V") or len(documento) in (11, 14)
        assert not documentos.cpf_valido(documento)
        assert not (documento.isdigit() and documentos.cnpj_valido(documento))
    for tipo, valor in Contato.objects.values_list("tipo", "valor"):
        assert valor[5:10] == "90000" if tipo == "telefone" else valor.endswith("@exemplo.net")
    assert not Endereco.objects.exclude(cep__startswith="000000").exists()
    assert not Conexao.objects.exclude(mac__startswith="025E").exists()
    for ip in Conexao.objects.filter(ip__isnull=False).values_list("ip", flat=True):
        assert ip.startswith("2001:db8:")


def test_o_que_entra_por_copy_passa_pela_validacao_dos_modelos():
    carregar(100)
    for modelo in (Cliente, Contato, Endereco, Contrato, Etiqueta, ServicoContratado, Conexao, Fatura):
        for objeto in modelo.objects.all()[:80]:
            objeto.full_clean()


def test_datas_e_prazos_sao_coerentes():
    carregar(1000)
    eventos = EventoDeContrato.objects.select_related("contrato")
    assert not eventos.filter(ocorrido_em__date__gte=DATA_BASE).exists()
    assert not eventos.filter(ocorrido_em__date__lt=F("contrato__vigencia_inicio")).exists()
    assert not Fatura.objects.filter(vencimento__lt=F("contrato__vigencia_inicio")).exists()
    assert not Fatura.objects.filter(pago_em__gte=DATA_BASE).exists()
    assert not Contrato.objects.filter(cancelado_em__gte=DATA_BASE).exists()
    bloqueados = Contrato.objects.filter(situacao=SituacaoDoContrato.BLOQUEIO_FINANCEIRO)
    vencidas = Q(faturas__situacao="aberta", faturas__vencimento__lt=DATA_BASE)
    entregas = bloqueados.annotate(
        vencidas=Count("faturas", vencidas, distinct=True), entrega=Min("faturas__notificacoes__entregue_em")
    ).values_list("vencidas", "entrega", "pk")
    assert entregas
    for vencidas_, entrega, pk in entregas:
        assert vencidas_ == 2
        bloqueio = eventos.filter(contrato=pk, tipo__codigo="bloqueio-financeiro").latest("ocorrido_em")
        assert bloqueio.ocorrido_em - entrega >= timedelta(15)


def test_sobre_um_banco_com_dados_nada_colide_nem_muda(em_bloco):
    conexao = criar_conexao_inteira()
    carregar()
    das_primeiras = set(Cliente.objects.values_list("pk", flat=True))
    assert len(das_primeiras) == 301
    carregar()
    assert Cliente.objects.count() == 601
    assert das_primeiras < set(Cliente.objects.values_list("pk", flat=True))
    assert Conexao.objects.get(pk=conexao.pk).login == conexao.login
    # As sequências passaram do que entrou por COPY.
    criar_conexao_inteira()


@pytest.mark.parametrize("primeiro", ["demonstração", "volume"])
def test_convive_com_a_demonstracao_seja_qual_for_a_ordem(em_bloco, primeiro):
    if primeiro == "demonstração":
        preparar()
        carregar()
    else:
        carregar()
        preparar()
    assert Cliente.objects.filter(codigo_externo__startswith="cenario-").count() == 20
    assert Cliente.objects.count() > 600
    assert Empresa.objects.count() == 3


@pytest.mark.parametrize("com_dados", [False, True], ids=["vazio", "com dados"])
def test_em_bloco_indices_e_chaves_voltam_todos(em_bloco, com_dados):
    if com_dados:
        criar_conexao_inteira()
    antes = estrutura()
    carregar()
    assert estrutura() == antes


def test_uma_falha_no_meio_deixa_o_banco_como_estava(em_bloco, monkeypatch):
    carregar(100)
    linhas, antes = somas(), estrutura()
    copiar = carga._copiar

    def falhar(lote, congelar=False):
        copiar(lote, congelar)
        raise RuntimeError("disco cheio")

    monkeypatch.setattr(carga, "_copiar", falhar)
    with pytest.raises(RuntimeError):
        carregar(300)
    assert somas() == linhas
    assert estrutura() == antes


class Impaciente(Ouvinte):
    """Aperta Ctrl-C quando o primeiro lote entra."""

    def lote(self, feitos, total):
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize("minimo_em_bloco", [1, 10**9], ids=["em bloco", "aos poucos"])
def test_ctrl_c_para_entre_lotes_e_diz_quantos_ficaram(monkeypatch, minimo_em_bloco):
    monkeypatch.setattr(carga, "MINIMO_EM_BLOCO", minimo_em_bloco)
    antes = estrutura()
    resultado = carregar(3000, por_lote=1000, ouvinte=Impaciente())
    assert resultado.interrompido
    assert resultado.linhas["cliente"] == Cliente.objects.count() == 1000 + mistura.EXTREMOS
    assert resultado.linhas["fatura"] == Fatura.objects.count()
    assert estrutura() == antes
    assert Alerta.objects.exists()
    assert NotificacaoDeDebito.objects.exists()


@pytest.mark.parametrize("opcoes", [{"clientes": 0}, {"clientes": 10_000_001}, {"clientes": 5, "lote": 0}])
def test_o_comando_recusa_valores_fora_da_faixa(opcoes):
    with pytest.raises(CommandError):
        call_command("popular", **opcoes)
    assert not Cliente.objects.exists()


def test_o_comando_mostra_o_que_entrou_e_as_somas(capsys):
    call_command("popular", clientes=50, data_base=DATA_BASE, somas=True)
    saida = capsys.readouterr().out
    assert "50 de 50 clientes" in saida
    assert somas()["evento"][1] in saida
