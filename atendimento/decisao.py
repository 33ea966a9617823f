"""Pode ou não pode: a única decisão sobre uma ação, usada para mostrar, para recusar e para explicar."""

from collections.abc import Mapping
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery

from atendimento import transacao
from atendimento.acoes.base import Acao, Contexto
from atendimento.acoes.excecoes import SemIdentidade, SemProtocolo
from atendimento.dominio.identidade import verificada
from atendimento.eixo import Eixo
from atendimento.excecoes import Impedida, Recusa, SemPermissao
from atendimento.models.configuracao import ConfiguracaoDeAcao
from atendimento.models.equipe import Equipe
from atendimento.models.solicitacao import Solicitacao
from atendimento.situacoes import Situacao
from perfis.capacidades import Capacidade


def preparar(
    classe: type[Acao], eixo: Eixo, usuario, versao: int | None = None, *, aprovada: bool = False
) -> Acao:
    """A ação sobre o alvo, conferida. Levanta `SemPermissao`, `SemProtocolo`, `SemIdentidade`, `Impedida`."""
    acao = instanciar(classe, eixo, usuario, versao)
    recusa = recusa_de(acao) or recusa_do_protocolo(acao, aprovada=aprovada) or recusa_da_identidade(acao)
    if recusa:
        raise recusa
    return acao


def instanciar(classe: type[Acao], eixo: Eixo, usuario, versao: int | None = None) -> Acao:
    """A ação sobre o alvo, sem conferir nada."""
    configuracao, equipes = _configuracao_e_equipes(classe, eixo, usuario)
    limites = limites_de(classe, usuario, configuracao)
    return classe(Contexto(usuario, eixo, limites, equipes, versao, configuracao))


def _configuracao_e_equipes(
    classe: type[Acao], eixo: Eixo, usuario
) -> tuple[ConfiguracaoDeAcao, frozenset[int]]:
    """`configuracao_de` e `equipes_de`, num só comando SQL quando a ação já tem a sua linha."""
    dele = ArraySubquery(_equipes_de(usuario).values("pk"))
    gravada = ConfiguracaoDeAcao.objects.filter(acao__slug=classe.slug).annotate(do_agente=dele).first()
    if gravada is None:
        return configuracao_de(classe), equipes_de(usuario, eixo)
    equipes = frozenset(gravada.do_agente)
    transacao.anotar_equipes(usuario, equipes)
    return gravada, equipes


def configuracao_de(classe: type[Acao]) -> ConfiguracaoDeAcao:
    """Como o provedor ajustou a ação; sem linha ainda, como a classe se declara."""
    gravada = ConfiguracaoDeAcao.objects.filter(acao__slug=classe.slug).first()
    return gravada or ConfiguracaoDeAcao(verificacao_de_identidade=classe.verificacao_de_identidade)


def recusa_de(acao: Acao) -> Recusa | None:
    """A primeira regra que recusa a ação agora, ou `None`. O escopo do alvo é de quem o leu."""
    contexto = acao.contexto
    permissoes = contexto.usuario.permissoes
    if not permissoes.tem(Capacidade.ATENDER):
        return SemPermissao("Seu perfil não permite usar o console de atendimento.")
    if not permissoes.acao(acao.slug):
        return SemPermissao(f"Seu perfil não permite a ação {acao.nome}.")
    if acao.capacidade and not permissoes.tem(acao.capacidade):
        return SemPermissao(f"Seu perfil não permite: {acao.capacidade.label.lower()}.")
    if acao.exige_equipe and contexto.solicitacao and contexto.solicitacao.equipe_id not in contexto.equipes:
        return SemPermissao("Você não está na equipe desta solicitação.")
    configuracao = contexto.configuracao
    frase = (configuracao and configuracao.recusa_da_situacao(contexto.eixo.contrato)) or acao.impedimento()
    return Impedida(frase) if frase else None


def recusa_da_identidade(acao: Acao) -> Recusa | None:
    """Se a ação exige que se confira quem fala e neste atendimento não se conferiu."""
    contexto = acao.contexto
    if not (contexto.configuracao and contexto.configuracao.verificacao_de_identidade):
        return None
    if contexto.solicitacao and verificada(contexto.solicitacao):
        return None
    return SemIdentidade()


def recusa_do_protocolo(acao: Acao, *, aprovada: bool = False) -> Recusa | None:
    """Por que a solicitação em que a ação correria não serve, ou `None`.

    Aprovada, basta que continue aberta: quem pediu pode já estar em outro atendimento.
    """
    if not acao.exige_protocolo or acao.alvo == "solicitacao":
        return None
    solicitacao, usuario = acao.contexto.solicitacao, acao.contexto.usuario
    if solicitacao is None:
        return SemProtocolo()
    if aprovada:
        aberta = solicitacao.esta_aberta
        return None if aberta else Impedida(f"O atendimento {solicitacao} já foi encerrado.")
    if solicitacao.responsavel_id != usuario.pk:
        return Impedida(f"O atendimento {solicitacao} não está com você: assuma-o para continuar.")
    if solicitacao.situacao != Situacao.EM_ATENDIMENTO:
        situacao = solicitacao.get_situacao_display().lower()
        return Impedida(f"O atendimento {solicitacao} está com situação {situacao}: retome-o para continuar.")
    return None


def protocolo_em_maos(usuario, eixo: Eixo) -> int | None:
    """A solicitação deste cliente que o agente atende agora, de preferência a do contrato do alvo."""
    em_maos = Solicitacao.objects.visiveis_para(usuario).filter(
        responsavel=usuario, situacao=Situacao.EM_ATENDIMENTO, cliente=eixo.cliente
    )
    achadas = em_maos.order_by("-situacao_desde").values_list("pk", "contrato_id")
    contrato = eixo.contrato.pk if eixo.contrato else None
    do_contrato = [pk for pk, contrato_id in achadas if contrato_id == contrato]
    return next(iter(do_contrato or [pk for pk, _ in achadas]), None)


def equipes_de(usuario, eixo: Eixo) -> frozenset[int]:
    """As equipes do usuário, lidas só quando há uma solicitação a conferir."""
    if eixo.solicitacao is None:
        return frozenset()
    return frozenset(_equipes_de(usuario).values_list("pk", flat=True))


def _equipes_de(usuario):
    return Equipe.objects.de(usuario).order_by()


def limites_de(
    classe: type[Acao], usuario, configuracao: ConfiguracaoDeAcao | None = None
) -> Mapping[str, int | Decimal]:
    """Os limites declarados pela ação: o que o perfil fixa, senão o que a casa fixa, senão o do código."""
    concedida = usuario.permissoes.acao(classe.slug)
    da_casa = configuracao.limites if configuracao else {}
    fixados = da_casa | (concedida.limites if concedida else {})
    return {nome: _exato(fixados.get(nome, limite.padrao)) for nome, limite in classe.limites.items()}


def _exato(valor: int | float | Decimal) -> int | Decimal:
    # O JSON da concessão traz frações em ponto flutuante.
    return Decimal(str(valor)) if isinstance(valor, float) else valor


def acima_do_limite(acao: Acao, dados: Mapping) -> str | None:
    """O que precisa de aprovação nesta execução, em uma frase, ou `None`.

    Levanta `Impedida` quando o que passa do limite não se aprova.
    """
    passaram = []
    for nome, medida in acao.medidas(dados).items():
        limite, maximo = acao.limites[nome], acao.contexto.limites[nome]
        if medida <= maximo:
            continue
        frase = f"{limite.nome}: {medida} {limite.unidade}".rstrip() + f" (o limite do perfil é {maximo})"
        if not limite.aprovavel:
            raise Impedida(f"Acima do limite. {frase}.")
        passaram.append(frase)
    propria = acao.aprovacao_necessaria(dados)
    return "; ".join(passaram + ([propria] if propria else [])) or None
