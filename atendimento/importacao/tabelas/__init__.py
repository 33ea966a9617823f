"""Os arquivos que se importam, na ordem em que um depende do outro."""

from atendimento.importacao.tabelas.contratos import CONTRATOS, ETIQUETAS, EVENTOS, SERVICOS, TIPOS_DE_EVENTO
from atendimento.importacao.tabelas.oferta import EMPRESAS, FATURAS, PLANOS
from atendimento.importacao.tabelas.pessoas import CLIENTES, CONTATOS, ENDERECOS
from atendimento.importacao.tabelas.rede import (
    CONCENTRADORES,
    CONDOMINIOS,
    CONEXOES,
    EQUIPAMENTOS,
    OLTS,
    PONTOS_DE_ACESSO,
    SPLITTERS,
)

TABELAS = (
    EMPRESAS,
    PLANOS,
    CONCENTRADORES,
    PONTOS_DE_ACESSO,
    OLTS,
    SPLITTERS,
    CONDOMINIOS,
    CLIENTES,
    CONTATOS,
    ENDERECOS,
    CONTRATOS,
    ETIQUETAS,
    SERVICOS,
    CONEXOES,
    EQUIPAMENTOS,
    FATURAS,
    TIPOS_DE_EVENTO,
    EVENTOS,
)
