"""Um provedor mínimo em que um agente atende um cliente."""

from dataclasses import dataclass

from django.db import transaction

from atendimento.models import Equipe, MembroDaEquipe, Solicitacao
from clientes.models import Cliente
from contratos.models import Contrato, Empresa, Etiqueta
from perfis.models import Perfil, Usuario
from tests.fabricas import (
    criar_cliente,
    criar_contrato,
    criar_empresa,
    criar_equipe,
    criar_perfil,
    criar_prazo,
    criar_solicitacao,
    criar_usuario,
)


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


@transaction.atomic
def criar_cenario(
    *,
    acoes=("vencimento_de_teste", "segmento_de_teste"),
    em_maos: bool = True,
    capacidades=("atender",),
) -> Cenario:
    """Um agente com as ações dadas e, se `em_maos`, um atendimento em curso; senão, um na fila."""
    criar_prazo(padrao=True)
    empresa, cliente = criar_empresa(), criar_cliente()
    contrato = criar_contrato(cliente, empresa)
    etiqueta = contrato.etiquetas.get()
    perfil = criar_perfil(capacidades=capacidades, acoes=acoes, empresas=[empresa])
    agente = criar_usuario(perfil)
    equipe = criar_equipe(agente)
    solicitacao = criar_solicitacao(por=agente, etiqueta=etiqueta, em_maos=em_maos)
    return Cenario(empresa, cliente, contrato, etiqueta, equipe, perfil, agente, solicitacao)


def criar_colega(cenario: Cenario, *, perfil: Perfil | None = None) -> Usuario:
    """Outro agente da mesma equipe."""
    colega = criar_usuario(perfil or cenario.perfil)
    MembroDaEquipe.objects.create(equipe=cenario.equipe, usuario=colega)
    return colega
