"""O roteiro da ação e os textos prontos, com as variáveis trocadas; quem os mostra os escapa."""

from django.conf import settings
from django.utils import timezone

from atendimento.eixo import Eixo
from atendimento.models import ConfiguracaoDeAcao, Macro
from atendimento.variaveis import preencher


def roteiro_de(configuracao: ConfiguracaoDeAcao | None, eixo: Eixo, usuario) -> str:
    """O que o administrador escreveu para a ação, pronto para ler ao cliente; vazio se nada."""
    if configuracao is None or not configuracao.roteiro:
        return ""
    return preencher(configuracao.roteiro, _valores(eixo, usuario))


def macros_de(eixo: Eixo, usuario) -> list[tuple[str, str]]:
    """Nome e texto de cada texto pronto das equipes do usuário."""
    valores = _valores(eixo, usuario)
    return [(macro.nome, preencher(macro.texto, valores)) for macro in Macro.objects.para(usuario)]


def _valores(eixo: Eixo, usuario) -> dict[str, str]:
    contrato = eixo.contrato or (eixo.solicitacao.contrato if eixo.solicitacao else None)
    return valores_de(usuario, eixo.cliente, contrato, eixo.solicitacao)


def valores_de(usuario, cliente, contrato=None, solicitacao=None) -> dict[str, str]:
    """O valor de cada variável, agora; o que falta é um travessão."""
    agora = timezone.localtime()
    return {
        "saudacao": _saudacao(agora.hour),
        "atendente": usuario.nome_exibido,
        "cliente": cliente.nome_exibido,
        "contrato": contrato.numero if contrato else "—",
        "protocolo": solicitacao.protocolo if solicitacao else "—",
        "provedor": settings.NOME_DO_PROVEDOR,
        "data": f"{agora:%d/%m/%Y}",
    }


def _saudacao(hora: int) -> str:
    if hora < 12:
        return "Bom dia"
    return "Boa tarde" if hora < 18 else "Boa noite"
