"""O que o banco recusou, em português: as frases das invariantes que o formulário não confere."""

from django.db import IntegrityError

FRASES = {
    "bloqueio_no_prazo_legal": (
        "O Bloqueio Financeiro só é possível depois do aviso de débito entregue e do prazo legal."
    ),
    "contrato_ativo_tem_etiqueta_ativa": "Um contrato ativo precisa de ao menos uma etiqueta ativa.",
    "etiqueta_da_empresa_do_contrato": "A etiqueta e o contrato são de empresas diferentes.",
    "servico_na_etiqueta_do_contrato": "A etiqueta é de outro contrato.",
    "conexao_porta_cabe_no_splitter": "A porta passa da razão do splitter.",
    "conexao_com_servico_do_contrato": "O serviço da conexão é de outro contrato.",
}


def frase_da_recusa(erro: IntegrityError) -> str:
    """A frase da restrição violada. Nunca a mensagem do banco, que cita os valores da linha."""
    restricao = getattr(getattr(erro.__cause__, "diag", None), "constraint_name", None)
    return FRASES.get(restricao, "O banco recusou a gravação: os dados contradizem outro registro.")
