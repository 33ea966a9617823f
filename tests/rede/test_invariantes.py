"""O que o banco não deixa escrever em leituras, sessões e comandos, e o que ele mesmo manda à rede."""

import pytest
from django.db import DatabaseError
from django.utils import timezone

from contratos.cifra import cifrar
from contratos.models import ComandoDeRede, Conexao, Contrato, SessaoDeConexao
from tests import fabricas
from tests.invariantes import recusado, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def conexao():
    concentrador = fabricas.criar_concentrador(integracao="simulada")
    return fabricas.criar_conexao(concentrador=concentrador, login="jacira@ipe")


def comandos(conexao):
    return list(conexao.comandos.values_list("verbo", "motivo", "situacao", "versao"))


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("concentrador_integracao_conhecida", "integracao = 'pombo'"),
        ("concentrador_freeradius_diz_o_banco", "integracao = 'freeradius', banco_host = '127.0.0.1'"),
    ],
)
def test_o_concentrador_diz_como_se_fala_com_ele(conexao, nome, mudanca):
    recusado(nome, f"UPDATE contratos_concentrador SET {mudanca}")


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [("olt_integracao_conhecida", "integracao = 'pombo'"), ("olt_snmp_diz_o_ip", "integracao = 'snmp'")],
)
def test_a_olt_tambem(nome, mudanca):
    fabricas.criar_olt()
    recusado(nome, f"UPDATE contratos_olt SET {mudanca}")


@pytest.mark.parametrize(
    ("nome", "colunas", "valores"),
    [
        ("leitura_de_sessao_tem_hora", "online, mac", "true, ''"),
        ("leitura_de_sessao_mac_formato", "mac", "'00:00:5E'"),
    ],
)
def test_a_leitura_de_sessao_e_coerente(conexao, nome, colunas, valores):
    recusado(
        nome,
        f"INSERT INTO contratos_leituradesessao (conexao_id, falha, simulada, id_da_sessao, {colunas})"
        f" VALUES (%s, '', false, '', {valores})",
        conexao.pk,
    )


@pytest.mark.parametrize(
    ("nome", "estado", "rx"),
    [
        ("leitura_optica_estado_conhecido", "dormindo", "-20"),
        ("leitura_optica_potencia_possivel", "online", "-99"),
    ],
)
def test_a_leitura_optica_e_possivel(conexao, nome, estado, rx):
    recusado(
        nome,
        "INSERT INTO contratos_leituraoptica"
        " (conexao_id, falha, simulada, causa_da_queda, estado, rx_dbm) VALUES (%s, '', false, '', %s, %s)",
        conexao.pk,
        estado,
        rx,
    )


def test_a_sessao_e_uma_e_nao_acaba_antes_de_comecar(conexao):
    agora = timezone.now()
    SessaoDeConexao.objects.create(conexao=conexao, id_externo="A1", iniciada_em=agora)
    inserir = (
        "INSERT INTO contratos_sessaodeconexao (conexao_id, id_externo, iniciada_em, terminada_em, causa,"
        " mac, baixados, enviados) VALUES (%s, %s, now(), {}, '', '', 0, 0)"
    )
    recusado("sessao_unica", inserir.format("NULL"), conexao.pk, "A1")
    recusado("sessao_em_ordem", inserir.format("now() - interval '1 hour'"), conexao.pk, "A2")


def test_o_consumo_de_um_dia_e_um(conexao):
    inserir = (
        "INSERT INTO contratos_consumodiario (conexao_id, dia, baixados, enviados)"
        " VALUES (%s, '2026-01-05', 1, 1)"
    )
    sql(inserir, conexao.pk)
    recusado("consumo_do_dia_unico", inserir, conexao.pk)


@pytest.mark.parametrize(
    ("nome", "mudanca"),
    [
        ("comando_valores_conhecidos", "situacao = 'perdido', proxima_em = NULL, concluido_em = now()"),
        ("comando_valores_conhecidos", "verbo = 'explodir'"),
        ("comando_na_fila_tem_vez", "proxima_em = NULL"),
        ("comando_na_fila_tem_vez", "situacao = 'feito'"),
        ("comando_recusado_diz_por_que", "situacao = 'falhou', proxima_em = NULL, concluido_em = now()"),
    ],
)
def test_o_comando_e_coerente(conexao, nome, mudanca):
    comando = ComandoDeRede.objects.create(conexao=conexao, verbo="desconectar")
    recusado(nome, f"UPDATE contratos_comandoderede SET {mudanca} WHERE id = %s", comando.pk)


def test_ha_um_comando_de_cada_verbo_na_fila_e_o_concluido_nao_muda(conexao):
    """`comando_concluido_nao_muda` e `comando_nao_se_apaga`."""
    inserir = "INSERT INTO contratos_comandoderede (conexao_id, verbo, motivo) VALUES (%s, 'desconectar', '')"
    sql(inserir, conexao.pk)
    recusado("comando_um_na_fila_por_verbo", inserir, conexao.pk)
    concluir = "SET situacao = 'feito', proxima_em = NULL, concluido_em = now()"
    sql(f"UPDATE contratos_comandoderede {concluir}")
    for comando in ("UPDATE contratos_comandoderede SET motivo = 'x'", "DELETE FROM contratos_comandoderede"):
        with pytest.raises(DatabaseError, match="pgtrigger: Cannot"):
            sql(comando)


def test_a_mudanca_da_conexao_se_enfileira_uma_vez_e_sobe_a_versao(conexao):
    """`conexao_provisiona`."""
    Conexao.objects.update(senha=cifrar("outra-senha"))
    assert comandos(conexao) == [("provisionar", "senha", "na_fila", 1)]

    Conexao.objects.update(mac="00005E005301")
    Conexao.objects.update(login="jacira2@ipe")
    Conexao.objects.update(login="jacira3@ipe")

    assert comandos(conexao) == [("provisionar", "cadastro", "na_fila", 4)]
    assert conexao.comandos.get().login_anterior == "jacira@ipe"


def test_o_que_nao_muda_a_rede_nao_se_enfileira(conexao):
    Conexao.objects.update(unidade="Bloco B", mac="")
    assert comandos(conexao) == []


def test_a_situacao_do_contrato_alcanca_as_conexoes_ativas_por_qualquer_caminho(conexao):
    """`contrato_provisiona_a_situacao`."""
    etiqueta = conexao.etiqueta
    inativa = fabricas.criar_conexao(etiqueta, concentrador=conexao.concentrador, ativa=False)
    sem_rede = fabricas.criar_conexao(etiqueta, concentrador=fabricas.criar_concentrador())
    sql("UPDATE contratos_contrato SET situacao = 7 WHERE id = %s", etiqueta.contrato_id)

    assert comandos(conexao) == [("provisionar", "situação do contrato", "na_fila", 1)]
    assert comandos(inativa) == comandos(sem_rede) == []
    Contrato.objects.update(situacao=7)
    assert conexao.comandos.get().versao == 1


def test_o_que_se_importa_a_rede_ja_sabe(conexao):
    sql("SELECT set_config('atendimento.origem', 'importacao', true)")
    Conexao.objects.update(mac="00005E005302")
    Contrato.objects.update(situacao=7)
    assert comandos(conexao) == []


def test_quedas_sao_as_que_ninguem_quis(conexao):
    agora = timezone.now()
    for n, causa in enumerate(("Lost-Carrier", "Admin-Reset", "")):
        SessaoDeConexao.objects.create(
            conexao=conexao, id_externo=f"S{n}", iniciada_em=agora, terminada_em=agora, causa=causa
        )
    SessaoDeConexao.objects.create(conexao=conexao, id_externo="ar", iniciada_em=agora)
    assert {s.causa for s in conexao.sessoes.quedas()} == {"Lost-Carrier", ""}
    assert [s.id_externo for s in conexao.sessoes.no_ar()] == ["ar"]
