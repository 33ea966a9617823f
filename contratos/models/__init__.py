"""Empresas, contratos, etiquetas, serviços, conexões, rede e cobrança."""

from contratos.models.bloqueio import BloqueioAdministrativo
from contratos.models.cancelamento import Cancelamento
from contratos.models.cobranca import (
    Acordo,
    Contestacao,
    DesbloqueioTemporario,
    Eventual,
    InformeDePagamento,
    PropostaDeRescisao,
)
from contratos.models.comando import ComandoDeRede
from contratos.models.conexao import Conexao
from contratos.models.contrato import Contrato
from contratos.models.empresa import ConcessaoDeEmpresa, Empresa, EmpresaPorUsuario
from contratos.models.equipamento import Equipamento
from contratos.models.etiqueta import Etiqueta
from contratos.models.evento import EventoDeContrato, TipoDeEvento
from contratos.models.fatura import Fatura, NotificacaoDeDebito
from contratos.models.leitura import ConsumoDiario, LeituraDeSessao, LeituraOptica, SessaoDeConexao
from contratos.models.mudanca import MudancaDeEndereco
from contratos.models.parametros import Parametros
from contratos.models.plano import Plano
from contratos.models.rede import Concentrador, Condominio, Olt, PontoDeAcesso, Splitter
from contratos.models.servico import ServicoContratado
from contratos.models.suspensao import Suspensao

__all__ = [
    "Acordo",
    "BloqueioAdministrativo",
    "Cancelamento",
    "ComandoDeRede",
    "Concentrador",
    "ConcessaoDeEmpresa",
    "Condominio",
    "Conexao",
    "ConsumoDiario",
    "Contestacao",
    "Contrato",
    "DesbloqueioTemporario",
    "Empresa",
    "EmpresaPorUsuario",
    "Equipamento",
    "Etiqueta",
    "EventoDeContrato",
    "Eventual",
    "Fatura",
    "InformeDePagamento",
    "LeituraDeSessao",
    "LeituraOptica",
    "MudancaDeEndereco",
    "NotificacaoDeDebito",
    "Olt",
    "Parametros",
    "Plano",
    "PontoDeAcesso",
    "PropostaDeRescisao",
    "ServicoContratado",
    "SessaoDeConexao",
    "Splitter",
    "Suspensao",
    "TipoDeEvento",
]
