"""A barra do atendimento: a solicitação em curso com este cliente, seus ícones e a lista de ações."""

from dataclasses import dataclass, field, replace
from itertools import groupby

from django.db.models import Case, Value, When
from django.utils import timezone

from atendimento import mostradores
from atendimento.acoes.transicao import painel_da
from atendimento.disponiveis import ADIANTE, AcaoDisponivel, acoes_disponiveis
from atendimento.dominio import calendarios
from atendimento.eixo import Eixo, localizar
from atendimento.models import Solicitacao
from atendimento.mostradores import Mostrador
from atendimento.painel import Painel
from atendimento.prazos import Passo
from atendimento.situacoes import Situacao

# Os ícones da barra, na ordem do texto de referência; antes deles, o que leva adiante cada situação.
ICONES = ("alterar_etiqueta", "encaminhar", "pausar", "cancelar", "encerrar")
SEM_ATENDIMENTO = ("iniciar", "abrir")
FAVORITAS = "Favoritas"
ABERTAS_A_VISTA = 20


@dataclass(frozen=True, slots=True)
class Grupo:
    """Ações do menu sob um mesmo nome."""

    nome: str
    acoes: list[AcaoDisponivel]


@dataclass
class Barra:
    """O que a barra mostra. `solicitacao` é a que o agente tem com este cliente, ou nenhuma."""

    solicitacao: Solicitacao | None = None
    adiante: AcaoDisponivel | None = None
    icones: list[AcaoDisponivel] = field(default_factory=list)
    menu: list[Grupo] = field(default_factory=list)
    relogios: list[Mostrador] = field(default_factory=list)
    passos: list[Passo] = field(default_factory=list)
    painel_url: str = ""


def eixo_do(painel: Painel, usuario) -> Eixo:
    """O que o painel tem escolhido, como objetos: etiqueta, contrato ou só o cliente. Um comando SQL."""
    if painel.etiqueta:
        return localizar("etiqueta", painel.etiqueta["id"], usuario)
    if painel.contrato:
        return localizar("contrato", painel.contrato["id"], usuario)
    return localizar("cliente", painel.cliente["id"], usuario)


def abertas_do_cliente(usuario, cliente_id: int) -> list[Solicitacao]:
    """As solicitações abertas que `usuario` vê deste cliente, as dele antes. Um comando SQL."""
    do_agente = Case(When(responsavel=usuario, then=Value(0)), default=Value(1))
    return list(
        Solicitacao.objects.visiveis_para(usuario)
        .filter(cliente=cliente_id)
        .abertas()
        .select_related("equipe", "responsavel", "tipo", "etiqueta", "contrato", "motivo_da_pausa")
        .order_by(do_agente, "prazo_em", "id")[:ABERTAS_A_VISTA]
    )


def em_curso(abertas: list[Solicitacao], usuario, contrato_id: int | None) -> Solicitacao | None:
    """A do agente: em atendimento antes das outras e, de preferência, a do contrato escolhido."""
    minhas = [s for s in abertas if s.responsavel_id == usuario.pk]
    return max(
        minhas,
        key=lambda s: (s.situacao == Situacao.EM_ATENDIMENTO, s.contrato_id == contrato_id, s.situacao_desde),
        default=None,
    )


def montar(usuario, eixo: Eixo, solicitacao: Solicitacao | None) -> Barra:
    """A barra deste eixo. Quatro comandos SQL com solicitação, um sem, por mais ações que haja."""
    disponiveis = acoes_disponiveis(usuario, replace(eixo, solicitacao=solicitacao))
    por_slug = {acao.slug: acao for acao in disponiveis}
    if solicitacao is None:
        return Barra(icones=_achadas(por_slug, SEM_ATENDIMENTO), menu=agrupar(disponiveis))
    passos = calendarios.passos(solicitacao)
    return Barra(
        solicitacao=solicitacao,
        passos=passos,
        painel_url=painel_da(solicitacao),
        adiante=por_slug.get(ADIANTE.get(Situacao(solicitacao.situacao), "")),
        icones=_achadas(por_slug, ICONES),
        menu=agrupar(disponiveis),
        relogios=mostradores.da_barra(solicitacao, passos, timezone.now()),
    )


def agrupar(acoes: list[AcaoDisponivel]) -> list[Grupo]:
    """As favoritas primeiro; as outras por grupo, na ordem em que cada grupo aparece."""
    favoritas = [acao for acao in acoes if acao.favorita]
    outras = [acao for acao in acoes if not acao.favorita]
    ordem = list(dict.fromkeys(acao.grupo for acao in outras))
    outras.sort(key=lambda acao: ordem.index(acao.grupo))
    grupos = [Grupo(nome, list(lista)) for nome, lista in groupby(outras, key=lambda acao: acao.grupo)]
    return ([Grupo(FAVORITAS, favoritas)] if favoritas else []) + grupos


def _achadas(por_slug: dict[str, AcaoDisponivel], slugs: tuple[str, ...]) -> list[AcaoDisponivel]:
    return [por_slug[slug] for slug in slugs if slug in por_slug]
