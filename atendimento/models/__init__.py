"""O que o console guarda: acessos a dados, solicitações, cadastros do atendimento e auditoria."""

from atendimento.models.acesso import AcessoADado
from atendimento.models.anexo import Anexo
from atendimento.models.artigo import Artigo
from atendimento.models.auditoria import RegistroDeAuditoria, SeloDeAuditoria
from atendimento.models.calendario import Calendario, ExcecaoDoCalendario, Prazo, Turno
from atendimento.models.configuracao import ConfiguracaoDeAcao
from atendimento.models.contato import ContatoReceptivo
from atendimento.models.equipe import Equipe, MembroDaEquipe
from atendimento.models.execucao import Aprovacao, Execucao
from atendimento.models.identidade import VerificacaoDeIdentidade
from atendimento.models.macro import Macro
from atendimento.models.massiva import Massiva
from atendimento.models.mensagem import Mensagem, ModeloDeMensagem
from atendimento.models.motivo import Motivo, TipoDeMotivo
from atendimento.models.rascunho import Presenca, Rascunho
from atendimento.models.reclamacao import Reclamacao
from atendimento.models.solicitacao import Canal, Solicitacao
from atendimento.models.tipo import Especie, ItemDeCatalogo, Solucao, TipoDeSolicitacao
from atendimento.models.transicao import Apontamento, Relato, Transicao
from atendimento.models.visita import SituacaoDaVisita, TurnoDeCampo, Visita

__all__ = [
    "AcessoADado",
    "Anexo",
    "Apontamento",
    "Aprovacao",
    "Artigo",
    "Calendario",
    "Canal",
    "ConfiguracaoDeAcao",
    "ContatoReceptivo",
    "Equipe",
    "Especie",
    "ExcecaoDoCalendario",
    "Execucao",
    "ItemDeCatalogo",
    "Macro",
    "Massiva",
    "MembroDaEquipe",
    "Mensagem",
    "ModeloDeMensagem",
    "Motivo",
    "Prazo",
    "Presenca",
    "Rascunho",
    "Reclamacao",
    "RegistroDeAuditoria",
    "Relato",
    "SeloDeAuditoria",
    "SituacaoDaVisita",
    "Solicitacao",
    "Solucao",
    "TipoDeMotivo",
    "TipoDeSolicitacao",
    "Transicao",
    "Turno",
    "TurnoDeCampo",
    "VerificacaoDeIdentidade",
    "Visita",
]
