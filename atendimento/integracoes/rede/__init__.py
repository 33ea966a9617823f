"""Com que rede fala cada concentrador e cada OLT, pelo que o administrador configurou."""

from atendimento.integracoes.rede.interface import (
    Acesso,
    FalhaDeRede,
    NaoSuportado,
    Onu,
    Recusado,
    RedeDeAcesso,
    RedeOptica,
    RespostaInvalida,
    SemResposta,
    Sessao,
    Sinal,
)
from atendimento.integracoes.rede.radius_sql import BancoDoRadius
from atendimento.integracoes.rede.simulada import AcessoSimulado, OpticaSimulada
from contratos.cifra import Segredo, SegredoIlegivel, decifrar
from contratos.enums_de_rede import IntegracaoDeAcesso, IntegracaoOptica, SituacaoDoComando, VerboDeRede
from contratos.models import ComandoDeRede, Concentrador, Conexao, Olt

__all__ = [
    "Acesso",
    "FalhaDeRede",
    "NaoSuportado",
    "Onu",
    "Recusado",
    "RedeDeAcesso",
    "RedeOptica",
    "RespostaInvalida",
    "SemResposta",
    "Sessao",
    "Sinal",
    "acesso_de",
    "optica_de",
]


def acesso_de(concentrador: Concentrador) -> RedeDeAcesso:
    """A rede do concentrador. Levanta `NaoSuportado` quando ele não tem nenhuma."""
    if concentrador.integracao == IntegracaoDeAcesso.SIMULADA:
        return _simulada(concentrador)
    if concentrador.integracao == IntegracaoDeAcesso.FREERADIUS:
        # As páginas também importam este pacote: só quem fala com um concentrador carrega o pyrad.
        from atendimento.integracoes.rede.desligamento import Desligamento
        from atendimento.integracoes.rede.freeradius import FreeRadius

        banco = BancoDoRadius(
            concentrador.banco_host, concentrador.banco_porta, concentrador.banco_nome,
            concentrador.banco_usuario, _claro(concentrador.banco_senha),
        )  # fmt: skip
        nas = Desligamento(concentrador.ip, concentrador.porta_coa, _claro(concentrador.segredo))
        return FreeRadius(banco, nas)
    raise NaoSuportado("O concentrador desta conexão não tem integração: não há o que ler.")


def optica_de(olt: Olt) -> RedeOptica:
    """A rede óptica da OLT. Levanta `NaoSuportado` quando ela não tem nenhuma."""
    if olt.integracao == IntegracaoOptica.SIMULADA:
        return OpticaSimulada(olt.roteiro)
    if olt.integracao == IntegracaoOptica.SNMP:
        # O pysnmp é grande: só quem lê uma OLT o carrega.
        from atendimento.integracoes.rede.snmp import Snmp

        return Snmp(olt.ip, olt.porta_snmp, olt.fabricante, _claro(olt.comunidade))
    raise NaoSuportado("A OLT desta conexão não tem integração: não há o que ler.")


def _simulada(concentrador: Concentrador) -> AcessoSimulado:
    macs = dict(Conexao.objects.filter(concentrador=concentrador, ativa=True).values_list("login", "mac"))
    cortes: dict[str, list] = {}
    feitos = ComandoDeRede.objects.filter(
        conexao__concentrador=concentrador, verbo=VerboDeRede.DESCONECTAR, situacao=SituacaoDoComando.FEITO
    )
    for login, em in feitos.values_list("conexao__login", "concluido_em"):
        cortes.setdefault(login, []).append(em)
    return AcessoSimulado(macs, concentrador.roteiro, cortes)


def _claro(cifrado: bytes | None) -> Segredo | None:
    try:
        return decifrar(cifrado) if cifrado else None
    except SegredoIlegivel as erro:
        raise NaoSuportado(
            "O segredo guardado não se decifra: o administrador precisa gravá-lo de novo."
        ) from erro
