"""As situações de uma solicitação e a tabela de transições. Não importa nada do projeto."""

from django.db.models import TextChoices


class Situacao(TextChoices):
    """Em que pé a solicitação está."""

    ABERTA = "aberta", "Aberta"
    EM_ATENDIMENTO = "em_atendimento", "Em atendimento"
    PAUSADA = "pausada", "Pausada"
    AGENDADA = "agendada", "Agendada"
    ENCERRADA = "encerrada", "Encerrada"
    CANCELADA = "cancelada", "Cancelada"


class TipoDeTransicao(TextChoices):
    """O que leva uma solicitação de uma situação a outra."""

    ABRIR = "abrir", "Abrir"
    INICIAR = "iniciar", "Iniciar atendimento"
    ASSUMIR = "assumir", "Assumir"
    PAUSAR = "pausar", "Pausar"
    RETOMAR = "retomar", "Retomar"
    ENCAMINHAR = "encaminhar", "Encaminhar"
    ALTERAR_ETIQUETA = "alterar_etiqueta", "Alterar etiqueta de serviço"
    TRANSFERIR = "transferir", "Transferir"
    DEVOLVER = "devolver", "Devolver à fila"
    AGENDAR = "agendar", "Agendar"
    RETORNAR = "retornar", "Registrar retorno"
    ENCERRAR = "encerrar", "Encerrar"
    ENCERRAR_EM_BLOCO = "encerrar_em_bloco", "Encerrar com a massiva"
    CANCELAR = "cancelar", "Cancelar"
    REABRIR = "reabrir", "Reabrir"


# A situação de uma solicitação que ainda não existe.
NENHUMA = ""

# Sem dono, na fila da equipe.
SEM_DONO = frozenset({Situacao.ABERTA})
COM_DONO = frozenset({Situacao.EM_ATENDIMENTO, Situacao.PAUSADA, Situacao.AGENDADA})
ABERTAS = SEM_DONO | COM_DONO
FECHADAS = frozenset({Situacao.ENCERRADA, Situacao.CANCELADA})

_T, _S = TipoDeTransicao, Situacao

# Transição → de onde → para onde. O que não está aqui não acontece, e o banco repete a tabela.
TRANSICOES: dict[TipoDeTransicao, dict[str, Situacao]] = {
    _T.ABRIR: {NENHUMA: _S.ABERTA},
    _T.INICIAR: {NENHUMA: _S.EM_ATENDIMENTO},
    _T.ASSUMIR: {_S.ABERTA: _S.EM_ATENDIMENTO},
    _T.PAUSAR: {_S.EM_ATENDIMENTO: _S.PAUSADA},
    _T.RETOMAR: {_S.PAUSADA: _S.EM_ATENDIMENTO},
    _T.ENCAMINHAR: {_S.EM_ATENDIMENTO: _S.ABERTA, _S.PAUSADA: _S.ABERTA},
    _T.ALTERAR_ETIQUETA: {situacao: situacao for situacao in _S if situacao in ABERTAS},
    # Chega pausada: o outro agente não recebe uma segunda solicitação em mãos.
    _T.TRANSFERIR: {
        _S.EM_ATENDIMENTO: _S.PAUSADA,
        _S.PAUSADA: _S.PAUSADA,
        _S.AGENDADA: _S.AGENDADA,
    },
    _T.DEVOLVER: {situacao: _S.ABERTA for situacao in _S if situacao in COM_DONO},
    _T.AGENDAR: {_S.EM_ATENDIMENTO: _S.AGENDADA},
    _T.RETORNAR: {_S.AGENDADA: _S.EM_ATENDIMENTO},
    _T.ENCERRAR: {_S.EM_ATENDIMENTO: _S.ENCERRADA, _S.AGENDADA: _S.ENCERRADA},
    # Com a massiva acabam as que ninguém tem em mãos; nas outras, quem as tem é que encerra.
    _T.ENCERRAR_EM_BLOCO: {_S.ABERTA: _S.ENCERRADA, _S.PAUSADA: _S.ENCERRADA},
    _T.CANCELAR: {situacao: _S.CANCELADA for situacao in _S if situacao in ABERTAS},
    _T.REABRIR: {_S.ENCERRADA: _S.ABERTA},
}


def destino(transicao: str, de: str) -> Situacao | None:
    """A situação a que `transicao` leva a partir de `de`, ou `None` se a tabela não a prevê."""
    return TRANSICOES[TipoDeTransicao(transicao)].get(de)
