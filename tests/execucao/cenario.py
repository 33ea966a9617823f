"""Um provedor mínimo em que um agente atende um cliente."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from atendimento.models import Apontamento, Equipe, MembroDaEquipe, Solicitacao, Transicao
from atendimento.situacoes import Situacao, TipoDeTransicao
from clientes.models import Cliente
from contratos.models import Contrato, Empresa, Etiqueta
from perfis.models import Perfil, Usuario
from tests.fabricas import criar_cliente, criar_contrato, criar_empresa, criar_perfil, criar_usuario


@dataclass
class Cenario:
    """Quem atende, quem é atendido e o atendimento em mãos."""

    empresa: Empresa
    cliente: Cliente
    contrato: Contrato
    etiqueta: Etiqueta
    equipe: Equipe
    perfil: Perfil
    agente: Usuario
    solicitacao: Solicitacao


def criar_cenario(*, acoes=("vencimento_de_teste", "segmento_de_teste")) -> Cenario:
    """Um agente com as ações dadas e um atendimento em curso."""
    empresa = criar_empresa()
    cliente = criar_cliente()
    contrato = criar_contrato(cliente, empresa)
    etiqueta = contrato.etiquetas.get()
    equipe = Equipe.objects.create(nome="Suporte N1", slug="suporte-n1")
    perfil = criar_perfil(capacidades=["atender"], acoes=acoes, empresas=[empresa])
    agente = criar_usuario(perfil)
    MembroDaEquipe.objects.create(equipe=equipe, usuario=agente)
    solicitacao = criar_atendimento(agente, etiqueta, equipe)
    return Cenario(empresa, cliente, contrato, etiqueta, equipe, perfil, agente, solicitacao)


def criar_atendimento(agente, etiqueta, equipe, *, protocolo="20260102000001") -> Solicitacao:
    """Um atendimento que o agente iniciou agora."""
    agora = timezone.now()
    solicitacao = Solicitacao.objects.create(
        protocolo=protocolo, cliente=etiqueta.contrato.cliente, contrato=etiqueta.contrato, etiqueta=etiqueta,
        empresa=etiqueta.empresa, situacao=Situacao.EM_ATENDIMENTO, situacao_desde=agora, equipe=equipe,
        responsavel=agente, canal="telefone", solicitante_nome="Jacira Alecrim", aberta_em=agora,
        ciclo_desde=agora, prazo_em=agora + timedelta(days=1), prazo_regulatorio_em=agora + timedelta(days=7),
    )  # fmt: skip
    Transicao.objects.create(
        solicitacao=solicitacao, versao=1, transicao=TipoDeTransicao.INICIAR, de="",
        para=Situacao.EM_ATENDIMENTO, em=agora, usuario=agente, equipe=equipe, responsavel=agente,
    )  # fmt: skip
    Apontamento.objects.create(solicitacao=solicitacao, agente=agente, vaga=1, inicio=agora)
    return solicitacao


def criar_colega(cenario: Cenario, *, perfil: Perfil | None = None) -> Usuario:
    """Outro agente da mesma equipe."""
    colega = criar_usuario(perfil or cenario.perfil)
    MembroDaEquipe.objects.create(equipe=cenario.equipe, usuario=colega)
    return colega
