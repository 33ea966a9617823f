"""empresas.csv, planos.csv e faturas.csv."""

from typing import Any

from atendimento.importacao import conversores
from atendimento.importacao.descricao import Coluna, LinhaRecusada, Tabela
from atendimento.importacao.tabelas.pessoas import DOCUMENTO, conferir_documento
from clientes.enums import TipoDePessoa
from contratos.enums import SituacaoDaFatura
from contratos.models import Empresa, Fatura, Plano

LINHA_DIGITAVEL = conversores.codigo(
    "[0-9]{1,48}", "use até 48 algarismos.", ajustar=conversores.sem_pontuacao
)


def _ajustar_empresa(valores: dict[str, Any]) -> None:
    if not valores.get("demo"):
        conferir_documento(valores["cnpj"], TipoDePessoa.JURIDICA, "cnpj")


def _ajustar_fatura(valores: dict[str, Any]) -> None:
    paga = valores.get("situacao") == SituacaoDaFatura.PAGA
    for coluna in ("pago_em", "valor_pago"):
        if paga != (valores.get(coluna) is not None):
            raise LinhaRecusada(coluna, "é preenchida se, e só se, a fatura está paga.")


EMPRESAS = Tabela(
    nome="empresas",
    modelo=Empresa,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("nome"),
        Coluna("razao_social"),
        Coluna("cnpj", DOCUMENTO, "Com ou sem pontuação; alfanumérico também."),
        Coluna("ativa"),
        Coluna("demo", ajuda="Só para dados fictícios: dispensa os dígitos certos do CNPJ."),
    ),
    ajustar=_ajustar_empresa,
)

PLANOS = Tabela(
    nome="planos",
    modelo=Plano,
    chave=("codigo",),
    colunas=(
        Coluna("codigo"),
        Coluna("nome"),
        Coluna("tipo"),
        Coluna("download_mbps"),
        Coluna("upload_mbps"),
        Coluna("valor"),
        Coluna("fidelidade_meses"),
        Coluna("ativo"),
    ),
)

FATURAS = Tabela(
    nome="faturas",
    modelo=Fatura,
    chave=("codigo_externo",),
    colunas=(
        Coluna("codigo_externo", obrigatoria=True),
        Coluna("contrato", liga_por="codigo_externo"),
        Coluna("numero"),
        Coluna("competencia", conversores.competencia, "O mês cobrado: MM/AAAA, ou a data de seu dia 1."),
        Coluna("vencimento"),
        Coluna("valor"),
        Coluna("situacao"),
        Coluna("pago_em"),
        Coluna("valor_pago"),
        Coluna("linha_digitavel", LINHA_DIGITAVEL),
        Coluna("contestada"),
    ),
    ajustar=_ajustar_fatura,
)
