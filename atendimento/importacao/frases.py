"""O que dizer quando quem recusa uma linha é uma restrição do banco: coluna e frase, por restrição."""

from django.db.utils import Error

from atendimento.importacao.descricao import Tabela

SEM_ETIQUETA = "o contrato está em vigor e ficaria sem etiqueta ativa."
JA_EXISTE = "já é de outra linha, do banco ou deste arquivo."
DATAS = "vem antes da data de início."

FRASES: dict[str, tuple[str, str]] = {
    "cliente_nome_preenchido": ("nome", "é obrigatória e está vazia."),
    "cliente_documento_normalizado": ("documento", "documento inválido."),
    "cliente_documento_do_tipo": ("documento", "não tem a forma do documento deste tipo de pessoa."),
    "cliente_documento_com_digitos_certos": ("documento", "confira os dígitos verificadores."),
    "cliente_tipo_conhecido": ("tipo", "tipo de pessoa desconhecido."),
    "contato_unico_por_cliente": ("valor", "o cliente já tem este contato."),
    "contato_normalizado": ("valor", "telefone ou e-mail inválido."),
    "endereco_cep_oito_algarismos": ("cep", "são oito algarismos."),
    "endereco_uf_duas_letras": ("uf", "são duas letras."),
    "endereco_principal_unico": ("principal", "o cliente já tem outro endereço principal."),
    "empresa_cnpj_normalizado": ("cnpj", "CNPJ inválido: são 14 letras e algarismos."),
    "plano_valor_nao_negativo": ("valor", "não pode ser negativo."),
    "concentrador_porta_coa": ("porta_coa", "vai de 1 a 65535."),
    "splitter_razao_conhecida": ("razao", "é uma de 2, 4, 8, 16, 32 e 64."),
    "splitter_slot_e_porta": ("slot", "o slot vai até 20 e a porta até 127."),
    "contrato_com_empresa": ("codigo_externo", JA_EXISTE),
    "contrato_situacao_conhecida": ("situacao", "situação desconhecida."),
    "contrato_estagio_conhecido": ("estagio", "estágio desconhecido."),
    "contrato_valores_nao_negativos": ("valor", "não pode ser negativo."),
    "contrato_dias_do_mes": ("dia_vencimento", "os dias de vencimento e de corte vão de 1 a 31."),
    "contrato_vigencia_em_ordem": ("vigencia_fim", DATAS),
    "contrato_cancelado_tem_data": ("cancelado_em", "um contrato cancelado precisa da data."),
    "contrato_fidelidade_tem_inicio": (
        "fidelidade_inicio",
        "quem tem meses de fidelidade precisa do início.",
    ),
    "contrato_ativo_tem_etiqueta_ativa": ("", SEM_ETIQUETA),
    "etiqueta_com_contrato": ("codigo_externo", JA_EXISTE),
    "etiqueta_codigo_unico_por_empresa": ("codigo", "a empresa já tem outra etiqueta com este código."),
    "etiqueta_codigo_formato": ("codigo", "use até 20 letras sem acento, algarismos e . / -"),
    "etiqueta_da_empresa_do_contrato": ("contrato", "a etiqueta é de outra empresa que o contrato."),
    "servico_valores_coerentes": (
        "desconto",
        "o desconto passa do valor do serviço, ou um deles é negativo.",
    ),
    "servico_quantidade_positiva": ("quantidade", "é ao menos 1."),
    "servico_vigencia_em_ordem": ("fim", DATAS),
    "servico_na_etiqueta_do_contrato": ("etiqueta", "a etiqueta e o serviço são de contratos diferentes."),
    "conexao_porta_de_splitter_unica": ("porta_splitter", "a porta do splitter já tem outra conexão ativa."),
    "conexao_ip_fixo_unico": ("ip", "o IP fixo já é de outra conexão ativa."),
    "conexao_serial_unico": ("serial", "o serial já é de outra conexão ativa."),
    "conexao_ip_se_e_so_se_fixo": ("ip", "é preenchida se, e só se, o tipo de IP é Fixo."),
    "conexao_tipo_ip_conhecido": ("tipo_ip", "tipo de IP desconhecido."),
    "conexao_login_formato": ("login", "use de 3 a 64 caracteres: a–z, 0–9 e . _ @ -"),
    "conexao_mac_formato": ("mac", "são doze algarismos hexadecimais."),
    "conexao_serial_normalizado": ("serial", "tem espaços ou letras minúsculas."),
    "conexao_slot_e_porta": ("slot_olt", "o slot vai até 20 e a porta até 127."),
    "conexao_porta_pede_splitter": ("porta_splitter", "a porta pede um splitter e começa em 1."),
    "conexao_porta_cabe_no_splitter": ("porta_splitter", "passa da razão do splitter."),
    "conexao_com_servico_do_contrato": ("servico", "o serviço é de outro contrato."),
    "equipamento_emprestado_uma_vez": ("patrimonio", "o patrimônio ainda está emprestado em outra linha."),
    "equipamento_datas_em_ordem": ("devolvido_em", "vem antes da entrega."),
    "equipamento_mac_formato": ("mac", "são doze algarismos hexadecimais."),
    "fatura_de_acordo_e_renegociada": (
        "situacao",
        "a fatura foi renegociada neste sistema: só pode chegar como renegociada.",
    ),
    "fatura_valores_positivos": ("valor", "é maior que zero, e o valor pago não é negativo."),
    "fatura_paga_se_e_so_se_tem_pagamento": (
        "pago_em",
        "data e valor do pagamento são preenchidos se, e só se, a fatura está paga.",
    ),
    "fatura_competencia_no_dia_1": ("competencia", "é o dia 1 do mês."),
    "fatura_situacao_conhecida": ("situacao", "situação desconhecida."),
    "fatura_linha_so_algarismos": ("linha_digitavel", "use até 48 algarismos."),
    "evento_codigo_externo_unico": ("codigo_externo", JA_EXISTE),
}


def explicar(tabela: Tabela, erro: Error) -> tuple[str, str]:
    """Coluna e frase para a recusa `erro`; o texto do PostgreSQL não serve, porque traz a linha."""
    diagnostico = getattr(erro.__cause__, "diag", None)
    restricao = getattr(diagnostico, "constraint_name", None) or ""
    if restricao in FRASES:
        coluna, frase = FRASES[restricao]
        return coluna if coluna in tabela.por_nome else "", frase
    for campo in tabela.modelo._meta.local_concrete_fields:
        if campo.unique and restricao == f"{tabela.modelo._meta.db_table}_{campo.column}_key":
            return campo.name, JA_EXISTE
    codigo = getattr(diagnostico, "sqlstate", None) or "desconhecido"
    return "", f"o banco recusou a linha (restrição {restricao or 'sem nome'}, erro {codigo})."
