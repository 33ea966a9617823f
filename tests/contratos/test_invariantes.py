"""O que o banco não deixa escrever nas tabelas de contratos nem por SQL direto."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from contratos.models import (
    Acordo,
    Contestacao,
    DesbloqueioTemporario,
    Eventual,
    InformeDePagamento,
    NotificacaoDeDebito,
    PropostaDeRescisao,
)
from tests import fabricas
from tests.invariantes import recusado, sql

pytestmark = pytest.mark.django_db


@pytest.fixture
def ids():
    """Os ids que as tentativas usam entre chaves: um contrato completo, outro e o que os cerca."""
    contrato = fabricas.criar_contrato(codigo_externo="UM")
    outro = fabricas.criar_contrato(codigo_externo="OUTRO")
    etiqueta, da_outra = contrato.etiquetas.get(), outro.etiquetas.get()
    splitter = fabricas.criar_splitter(razao=8)
    conexao = fabricas.criar_conexao(etiqueta)
    fabricas.criar_conexao(
        etiqueta, splitter=splitter, porta_splitter=1, tipo_ip="fixo", ip="203.0.113.5",
        serial="HWTC1A2B3C4D", login="ocupado@ipe",
    )  # fmt: skip
    servico = fabricas.criar_servico(contrato, etiqueta=etiqueta)
    fatura = fabricas.criar_fatura(contrato)
    tipo = fabricas.criar_tipo_de_evento()
    fabricas.criar_equipamento(etiqueta, patrimonio="P-OCUPADO")
    fabricas.criar_evento(contrato, tipo=tipo, codigo_externo="EV-OCUPADO")
    return {
        "empresa": contrato.empresa_id,
        "outra_empresa": outro.empresa_id,
        "contrato": contrato.pk,
        "outro_contrato": outro.pk,
        "etiqueta": etiqueta.pk,
        "etiqueta_de_outro": da_outra.pk,
        "codigo_de_outro": da_outra.codigo,
        "servico": servico.pk,
        "servico_de_outro": fabricas.criar_servico(outro).pk,
        "splitter": splitter.pk,
        "concentrador": splitter.olt.ponto_de_acesso.concentrador_id,
        "conexao": conexao.pk,
        "plano": fabricas.criar_plano().pk,
        "equipamento": fabricas.criar_equipamento(etiqueta).pk,
        "fatura": fatura.pk,
        "notificacao": NotificacaoDeDebito.objects.create(
            fatura=fatura, canal="sms", enviada_em=timezone.now(), conteudo="Débito em aberto."
        ).pk,
        "acordo": Acordo.objects.create(
            contrato=contrato, divida=100, desconto=10, entrada=30, parcelas=3
        ).pk,
        "eventual": Eventual.objects.create(
            contrato=contrato, tipo="desconto", motivo="cortesia", valor=10, competencia="2026-03-01"
        ).pk,
        "contestacao": Contestacao.objects.create(
            fatura=fatura, valor=10, motivo="valor", responder_ate="2026-03-01"
        ).pk,
        "informe": InformeDePagamento.objects.create(
            fatura=fatura, pago_em="2026-02-10", valor=10, meio="pix", vale_ate=timezone.now()
        ).pk,
        "desbloqueio": DesbloqueioTemporario.objects.create(
            contrato=contrato, origem="confianca", dias=3, vale_ate=timezone.now() + timedelta(days=3)
        ).pk,
        "proposta": PropostaDeRescisao.objects.create(contrato=contrato, suspenso_desde=timezone.now()).pk,
        "tipo": tipo.pk,
        "evento": fabricas.criar_evento(contrato, tipo=tipo).pk,
        "usuario": fabricas.criar_usuario().pk,
    }


TABELA = {
    "notificacao": "contratos_notificacaodedebito",
    "evento": "contratos_eventodecontrato",
    "servico": "contratos_servicocontratado",
    "desbloqueio": "contratos_desbloqueiotemporario",
    "informe": "contratos_informedepagamento",
    "proposta": "contratos_propostaderescisao",
}

MUDANCAS = [
    ("empresa", "empresa_cnpj_normalizado", "cnpj = '12.IPE.345-001'"),
    ("empresa", "empresa_cnpj_normalizado", "cnpj = '12ipe345000144'"),
    ("plano", "plano_valor_nao_negativo", "valor = -0.01"),
    ("concentrador", "concentrador_porta_coa", "porta_coa = 0"),
    ("concentrador", "concentrador_porta_coa", "porta_coa = 65536"),
    ("splitter", "splitter_razao_conhecida", "razao = 9"),
    ("splitter", "splitter_slot_e_porta", "slot = 21"),
    ("splitter", "splitter_slot_e_porta", "porta = 128"),
    ("contrato", "contrato_situacao_conhecida", "situacao = 8"),
    ("contrato", "contrato_estagio_conhecido", "estagio = 6"),
    ("contrato", "contrato_valores_nao_negativos", "valor = -1"),
    ("contrato", "contrato_valores_nao_negativos", "fidelidade_beneficio = -1"),
    ("contrato", "contrato_dias_do_mes", "dia_vencimento = 32"),
    ("contrato", "contrato_dias_do_mes", "dia_vencimento = 0"),
    ("contrato", "contrato_dias_do_mes", "dia_corte = 0"),
    ("contrato", "contrato_vigencia_em_ordem", "vigencia_fim = vigencia_inicio - 1"),
    ("contrato", "contrato_cancelado_tem_data", "situacao = 4"),
    ("contrato", "contrato_fidelidade_tem_inicio", "fidelidade_meses = 12"),
    ("etiqueta", "contrato_ativo_tem_etiqueta_ativa", "ativa = false"),
    ("etiqueta", "etiqueta_codigo_unico_por_empresa", "codigo = '{codigo_da_irma}'"),
    ("etiqueta", "etiqueta_codigo_formato", "codigo = 'com espaço'"),
    ("etiqueta", "etiqueta_codigo_formato", "codigo = ''"),
    ("etiqueta", "etiqueta_da_empresa_do_contrato", "empresa_id = {outra_empresa}"),
    ("etiqueta", "servico_na_etiqueta_do_contrato",
     "contrato_id = {outro_contrato}, empresa_id = {outra_empresa}"),
    ("servico", "servico_na_etiqueta_do_contrato", "etiqueta_id = {etiqueta_de_outro}"),
    ("servico", "servico_na_etiqueta_do_contrato", "contrato_id = {outro_contrato}"),
    ("servico", "servico_valores_coerentes", "valor = -1"),
    ("servico", "servico_valores_coerentes", "desconto = -1"),
    ("servico", "servico_valores_coerentes", "desconto = valor * quantidade + 0.01"),
    ("servico", "servico_quantidade_positiva", "quantidade = 0"),
    ("servico", "servico_vigencia_em_ordem", "fim = inicio - 1"),
    ("conexao", "conexao_porta_de_splitter_unica", "splitter_id = {splitter}, porta_splitter = 1"),
    # Do gatilho conexao_coerente, como conexao_com_servico_do_contrato.
    ("conexao", "conexao_porta_cabe_no_splitter", "splitter_id = {splitter}, porta_splitter = 9"),
    ("conexao", "conexao_porta_pede_splitter", "porta_splitter = 1"),
    ("conexao", "conexao_porta_pede_splitter", "splitter_id = {splitter}, porta_splitter = 0"),
    ("conexao", "conexao_ip_fixo_unico", "tipo_ip = 'fixo', ip = '203.0.113.5'"),
    ("conexao", "conexao_ip_se_e_so_se_fixo", "tipo_ip = 'fixo'"),
    ("conexao", "conexao_ip_se_e_so_se_fixo", "ip = '203.0.113.6'"),
    ("conexao", "conexao_tipo_ip_conhecido", "tipo_ip = 'outro'"),
    ("conexao", "conexao_serial_unico", "serial = 'HWTC1A2B3C4D'"),
    ("conexao", "conexao_serial_normalizado", "serial = 'hwtc1a2b3c4d'"),
    ("conexao", "conexao_serial_normalizado", "serial = 'HWTC 1A2B3C4D'"),
    ("conexao", "conexao_login_formato", "login = 'Maiusculas@ipe'"),
    ("conexao", "conexao_login_formato", "login = 'ab'"),
    ("conexao", "contratos_conexao_login_key", "login = 'ocupado@ipe'"),
    ("conexao", "conexao_mac_formato", "mac = '00:00:5E:00'"),
    ("conexao", "conexao_mac_formato", "mac = '00005e005301'"),
    ("conexao", "conexao_slot_e_porta", "slot_olt = 21"),
    ("conexao", "conexao_slot_e_porta", "porta_olt = 128"),
    ("conexao", "conexao_com_servico_do_contrato", "servico_id = {servico_de_outro}"),
    ("equipamento", "equipamento_emprestado_uma_vez", "patrimonio = 'P-OCUPADO'"),
    ("equipamento", "equipamento_datas_em_ordem", "devolvido_em = entregue_em - 1"),
    ("equipamento", "equipamento_mac_formato", "mac = '00005e005301'"),
    ("fatura", "fatura_valores_positivos", "valor = 0"),
    ("fatura", "fatura_valores_positivos", "situacao = 'paga', pago_em = vencimento, valor_pago = -1"),
    ("fatura", "fatura_paga_se_e_so_se_tem_pagamento", "situacao = 'paga'"),
    ("fatura", "fatura_paga_se_e_so_se_tem_pagamento", "pago_em = vencimento, valor_pago = valor"),
    ("fatura", "fatura_competencia_no_dia_1", "competencia = competencia + 1"),
    ("fatura", "fatura_situacao_conhecida", "situacao = 'vencida'"),
    ("fatura", "fatura_linha_so_algarismos", "linha_digitavel = '0019.00'"),
    ("fatura", "fatura_de_acordo_e_renegociada", "acordo_id = {acordo}"),
    ("acordo", "Cannot update or delete", "divida = 1"),
    ("eventual", "eventual_valor_positivo", "valor = 0"),
    ("eventual", "eventual_competencia_no_dia_1", "competencia = competencia + 1"),
    ("eventual", "eventual_tipo_conhecido", "tipo = 'outro'"),
    ("contestacao", "contestacao_valor_positivo", "valor = 0"),
    ("contestacao", "contestacao_respondida_diz_se_procede", "respondida_em = now()"),
    ("informe", "informe_valor_positivo", "valor = -1"),
    ("informe", "informe_encerrado_tem_desfecho", "encerrado_em = now()"),
    ("desbloqueio", "desbloqueio_dias_positivos", "dias = 0"),
    ("desbloqueio", "desbloqueio_em_ordem", "vale_ate = criado_em"),
    ("desbloqueio", "desbloqueio_encerrado_tem_desfecho", "encerrado_em = now()"),
    ("proposta", "Cannot update or delete", "suspenso_desde = now()"),
    ("contrato", "bloqueio_no_prazo_legal", "situacao = 6"),
    ("notificacao", "notificacao_entregue_depois_de_enviada", "entregue_em = enviada_em - interval '1 s'"),
    ("notificacao", "Cannot update", "canal = 'carta'"),
    ("notificacao", "Cannot update", "enviada_em = enviada_em - interval '20 days'"),
    ("notificacao", "Cannot update", "conteudo = 'outro'"),
    ("evento", "Cannot update or delete", "descricao = 'outra'"),
    ("evento", "Cannot update or delete", "ocorrido_em = now()"),
]  # fmt: skip


@pytest.mark.parametrize(("alvo", "nome", "mudanca"), MUDANCAS)
def test_nenhuma_linha_se_contradiz(ids, alvo, nome, mudanca):
    ids["codigo_da_irma"] = "IRMA-1"
    sql(
        "INSERT INTO contratos_etiqueta (contrato_id, empresa_id, codigo, descricao, ativa)"
        " VALUES (%s, %s, 'IRMA-1', 'Irmã', false)",
        ids["contrato"], ids["empresa"],
    )  # fmt: skip
    tabela = TABELA.get(alvo, f"contratos_{alvo}")
    recusado(nome, f"UPDATE {tabela} SET {mudanca.format(**ids)} WHERE id = %s", ids[alvo])


@pytest.mark.parametrize(
    ("nome", "comando"),
    [
        # evento_so_acrescenta e notificacao_nao_se_apaga
        ("Cannot update or delete", "DELETE FROM contratos_eventodecontrato WHERE id = {evento}"),
        ("Cannot delete", "DELETE FROM contratos_notificacaodedebito WHERE id = {notificacao}"),
        (
            "evento_codigo_externo_unico",
            "INSERT INTO contratos_eventodecontrato"
            " (contrato_id, tipo_id, descricao, ocorrido_em, protocolo, codigo_externo)"
            " VALUES ({contrato}, {tipo}, 'x', now(), '', 'EV-OCUPADO')",
        ),
        # etiqueta_deixa_outra_ativa, que recusa com o nome da invariante
        (
            "contrato_ativo_tem_etiqueta_ativa",
            "DELETE FROM contratos_etiqueta WHERE id = {etiqueta_de_outro}",
        ),
        (
            "contrato_ativo_tem_etiqueta_ativa",
            "UPDATE contratos_etiqueta SET contrato_id = {contrato}, empresa_id = {empresa}"
            " WHERE id = {etiqueta_de_outro}",
        ),
        # Só existem para que a chave composta os aponte: quem os derruba derruba a chave.
        ("contrato_com_empresa", "DROP INDEX contrato_com_empresa"),
        ("etiqueta_com_contrato", "DROP INDEX etiqueta_com_contrato"),
        (
            "empresa_so_por_perfil",
            "INSERT INTO contratos_empresaporusuario (content_object_id, user_id, permission_id)"
            " SELECT {empresa}, {usuario}, id FROM auth_permission WHERE codename = 'atender_empresa'",
        ),
    ],
)
def test_nenhum_outro_comando_quebra_uma_invariante(ids, nome, comando):
    recusado(nome, comando.format(**ids))


REPETIDAS = [
    ("contestacao_aberta_unica", "contratos_contestacao", "contestacao"),
    ("informe_aberto_unico", "contratos_informedepagamento", "informe"),
    ("desbloqueio_aberto_unico", "contratos_desbloqueiotemporario", "desbloqueio"),
    ("proposta_unica_por_suspensao", "contratos_propostaderescisao", "proposta"),
]


@pytest.mark.parametrize(("nome", "tabela", "alvo"), REPETIDAS)
def test_nao_ha_duas_em_aberto_ao_mesmo_tempo(ids, nome, tabela, alvo):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(column_name, ', ') FROM information_schema.columns"
            " WHERE table_name = %s AND column_name <> 'id'",
            [tabela],
        )
        [colunas] = cursor.fetchone()
    copia = f"INSERT INTO {tabela} ({colunas}) SELECT {colunas} FROM {tabela} WHERE id = %s"
    recusado(nome, copia, ids[alvo])


def test_um_contrato_em_vigor_nao_nasce_sem_etiqueta(ids):
    copia = (
        "INSERT INTO contratos_contrato ({colunas}) SELECT {valores} FROM contratos_contrato WHERE id = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'contratos_contrato'"
        )
        colunas = [nome for (nome,) in cursor if nome != "id"]
    valores = ["'N-NOVO'" if c == "numero" else "NULL" if c == "codigo_externo" else c for c in colunas]
    recusado(
        "contrato_ativo_tem_etiqueta_ativa",
        copia.format(colunas=", ".join(colunas), valores=", ".join(valores)),
        ids["contrato"],
    )
    cancelado = ["4" if c == "situacao" else "'2026-01-01'" if c == "cancelado_em" else v
                 for c, v in zip(colunas, valores, strict=True)]  # fmt: skip
    sql(copia.format(colunas=", ".join(colunas), valores=", ".join(cancelado)), ids["contrato"])


@pytest.mark.parametrize(
    "mudanca",
    [
        "ativa = false, splitter_id = {splitter}, porta_splitter = 1",
        "ativa = false, tipo_ip = 'fixo', ip = '203.0.113.5'",
        "ativa = false, serial = 'HWTC1A2B3C4D'",
        "servico_id = {servico}",
    ],
)
def test_o_que_uma_conexao_inativa_usa_esta_livre(ids, mudanca):
    sql(f"UPDATE contratos_conexao SET {mudanca.format(**ids)} WHERE id = %s", ids["conexao"])


def test_a_entrega_de_uma_notificacao_se_anota_depois(ids):
    sql(
        "UPDATE contratos_notificacaodedebito SET entregue_em = now() + interval '1 hour'"
    )  # notificacao_e_prova


def test_a_empresa_do_contrato_leva_consigo_a_das_etiquetas(ids):
    sql("UPDATE contratos_contrato SET empresa_id = %s WHERE id = %s", ids["outra_empresa"], ids["contrato"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT empresa_id FROM contratos_etiqueta WHERE id = %s", [ids["etiqueta"]])
        assert cursor.fetchone() == (ids["outra_empresa"],)
