"""clientes.csv, contatos.csv e enderecos.csv."""

from typing import Any

from atendimento.importacao import conversores
from atendimento.importacao.conversores import ValorRecusado
from atendimento.importacao.descricao import Coluna, LinhaRecusada, Tabela
from clientes import documentos
from clientes.enums import TipoDeContato, TipoDePessoa
from clientes.models import Cliente, Contato, Endereco

CODIGO_DO_CLIENTE = "codigo_externo"
DOCUMENTO = conversores.codigo(
    "[0-9A-Z]{2,20}", "documento inválido: use até 20 letras e algarismos, com ou sem pontuação.",
    ajustar=documentos.normalizar,
)  # fmt: skip
CEP = conversores.codigo("[0-9]{8}", "CEP inválido: são oito algarismos.", ajustar=conversores.sem_pontuacao)
SEM_ZERO = " Uma planilha pode ter tirado zeros do começo."


def conferir_documento(documento: str, tipo: str, coluna: str) -> None:
    """Confere tamanho e dígitos; de estrangeiro, nada. Levanta `LinhaRecusada`, com o documento mascarado."""
    if tipo == TipoDePessoa.ESTRANGEIRO:
        return
    nome, tamanho, valido = (
        ("CPF", 11, documentos.cpf_valido)
        if tipo == TipoDePessoa.FISICA
        else ("CNPJ", 14, documentos.cnpj_valido)
    )
    if len(documento) != tamanho:
        sumiu_zero = documento.isdigit() and tamanho - 4 < len(documento) < tamanho
        raise LinhaRecusada(
            coluna,
            f"{nome} inválido: tem {len(documento)} caracteres e são {tamanho}."
            + (SEM_ZERO if sumiu_zero else ""),
        )
    if not valido(documento):
        raise LinhaRecusada(
            coluna, f"{nome} inválido: confira os dígitos verificadores de {documentos.mascarar(documento)}."
        )


def _ajustar_cliente(valores: dict[str, Any]) -> None:
    if valores.get("documento") and not valores.get("demo"):
        conferir_documento(valores["documento"], valores["tipo"], "documento")


def _ajustar_contato(valores: dict[str, Any]) -> None:
    converter = conversores.telefone if valores["tipo"] == TipoDeContato.TELEFONE else conversores.email
    try:
        valores["valor"] = converter(valores["valor"])
    except ValorRecusado as erro:
        raise LinhaRecusada("valor", str(erro)) from erro


CLIENTES = Tabela(
    nome="clientes",
    modelo=Cliente,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("tipo", obrigatoria=True, ajuda="PF, PJ ou EX (estrangeiro)."),
        Coluna("nome"),
        Coluna("nome_social"),
        Coluna("nome_fantasia"),
        Coluna("documento", DOCUMENTO, "Com ou sem pontuação; CNPJ alfanumérico também."),
        Coluna("nascimento"),
        Coluna("segmento"),
        Coluna("observacao"),
        Coluna("demo", ajuda="Só para dados fictícios: dispensa os dígitos certos do documento."),
    ),
    ajustar=_ajustar_cliente,
)

CONTATOS = Tabela(
    nome="contatos",
    modelo=Contato,
    chave=("cliente", "tipo", "valor"),
    colunas=(
        Coluna("cliente", liga_por=CODIGO_DO_CLIENTE),
        Coluna("tipo"),
        Coluna("valor", str.strip, "Telefone com DDD, em qualquer forma, ou e-mail."),
        Coluna("descricao"),
        Coluna("principal"),
        Coluna("whatsapp"),
        Coluna("confirmado_em", ajuda="Quando o cliente provou que é seu."),
    ),
    ajustar=_ajustar_contato,
)

ENDERECOS = Tabela(
    nome="enderecos",
    modelo=Endereco,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("cliente", liga_por=CODIGO_DO_CLIENTE),
        Coluna("cep", CEP),
        Coluna("logradouro"),
        Coluna("numero"),
        Coluna("complemento"),
        Coluna("bairro"),
        Coluna("cidade"),
        Coluna("uf", conversores.codigo("[A-Z]{2}", "UF inválida: são duas letras.")),
        Coluna("referencia"),
        Coluna("principal", ajuda="Um por cliente."),
    ),
)
