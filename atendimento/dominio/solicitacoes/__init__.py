"""A vida de uma solicitação: um verbo por transição, e tudo o que se escreve nela.

Cada verbo confere empresa, equipe e posse, tranca a linha, confere a situação e a versão, grava e
devolve a solicitação como ficou. Recusas são as de `atendimento.excecoes`, e nada fica pela metade.
"""

from atendimento.dominio.solicitacoes.abertura import (
    abertas_da_etiqueta,
    abrir,
    converter_contato,
    iniciar,
    registrar_contato,
)
from atendimento.dominio.solicitacoes.agenda import agendar, retornar
from atendimento.dominio.solicitacoes.classificacao import classificar, registrar_reclamacao
from atendimento.dominio.solicitacoes.etiquetas import alterar_etiqueta
from atendimento.dominio.solicitacoes.fechamento import (
    cancelar,
    encerrar,
    encerrar_em_bloco,
    impedimento_de_cancelar,
    impedimento_de_reabrir,
    proteger,
    reabrir,
)
from atendimento.dominio.solicitacoes.fila import (
    Resultado,
    devolver_a_fila,
    encaminhar,
    redistribuir,
    transferir,
)
from atendimento.dominio.solicitacoes.pendencias import pendencia, primeira_pendencia
from atendimento.dominio.solicitacoes.relatos import anexar, relatar
from atendimento.dominio.solicitacoes.trabalho import assumir, assumir_por, pausar, retomar
from atendimento.dominio.solicitacoes.vinculos import vincular

__all__ = [
    "Resultado",
    "abertas_da_etiqueta",
    "abrir",
    "agendar",
    "alterar_etiqueta",
    "anexar",
    "assumir",
    "assumir_por",
    "cancelar",
    "classificar",
    "converter_contato",
    "devolver_a_fila",
    "encaminhar",
    "encerrar",
    "encerrar_em_bloco",
    "impedimento_de_cancelar",
    "impedimento_de_reabrir",
    "iniciar",
    "pausar",
    "pendencia",
    "primeira_pendencia",
    "proteger",
    "reabrir",
    "redistribuir",
    "registrar_contato",
    "registrar_reclamacao",
    "relatar",
    "retomar",
    "retornar",
    "transferir",
    "vincular",
]
