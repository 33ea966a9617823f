"""A linha do tempo de uma solicitação: transições, relatos, anexos, execuções e eventos, do fim ao começo.

Cada fonte se lê com o seu próprio índice, uma página por vez, e as páginas se intercalam: o número de
comandos SQL é o das fontes, por maior que seja a história.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive

from atendimento.acoes.base import ACOES
from atendimento.acoes.transicao import Abertura, Transicao
from atendimento.models import Relato, Solicitacao
from contratos.models import Contrato, EventoDeContrato

TAMANHO = 30


@dataclass(frozen=True, slots=True)
class Fonte:
    """De onde vem uma espécie de fato. `pk` lê a chave que veio num cursor."""

    nome: str
    campo: str
    consulta: Callable[[Solicitacao, Any], QuerySet]
    pk: Callable[[str], Any] = int


@dataclass(frozen=True, slots=True)
class Fato:
    """Uma linha da história; `objeto` é um relato, um anexo, uma execução ou um evento."""

    fonte: str
    em: datetime
    objeto: Any

    @property
    def cursor(self) -> str:
        """De onde a página seguinte começa."""
        return f"{self.em.isoformat()}_{self.fonte}_{self.objeto.pk}"

    @property
    def nome_da_acao(self) -> str:
        """O nome da ação de uma execução, mesmo de uma que já saiu do código."""
        classe = ACOES.get(self.objeto.acao)
        return classe.nome if classe else self.objeto.acao


def ler(solicitacao: Solicitacao, usuario, cursor: str = "") -> tuple[list[Fato], str]:
    """Até `TAMANHO` fatos depois de `cursor`, do mais novo ao mais velho, e o cursor do que falta.

    Quatro comandos SQL. Levanta `BadRequest` para um cursor que não escrevemos.
    """
    depois = _ler_cursor(cursor) if cursor else None
    fatos = []
    for ordem, fonte in enumerate(FONTES):
        consulta = fonte.consulta(solicitacao, usuario).order_by(f"-{fonte.campo}", "-pk")
        if depois:
            consulta = consulta.filter(_depois_de(fonte, ordem, *depois))
        achados = consulta[: TAMANHO + 1]
        fatos += [(ordem, Fato(fonte.nome, getattr(o, fonte.campo), o)) for o in achados]
    # Ordenações estáveis: em cada fonte os achados já vêm do maior ao menor id.
    fatos.sort(key=lambda par: par[0])
    fatos.sort(key=lambda par: par[1].em, reverse=True)
    pagina = [fato for _, fato in fatos[:TAMANHO]]
    return pagina, pagina[-1].cursor if len(fatos) > TAMANHO else ""


def _depois_de(fonte: Fonte, ordem: int, em: datetime, outra: int, pk) -> Q:
    mais_velhos = Q(**{f"{fonte.campo}__lt": em})
    if ordem < outra:
        return mais_velhos
    mesma_hora = Q(**{fonte.campo: em})
    return mais_velhos | (mesma_hora & Q(pk__lt=pk) if ordem == outra else mesma_hora)


def _ler_cursor(cursor: str) -> tuple[datetime, int, Any]:
    try:
        texto, nome, chave = cursor.split("_")
        ordem = [fonte.nome for fonte in FONTES].index(nome)
        em, pk = parse_datetime(texto), FONTES[ordem].pk(chave)
    except ValueError as erro:
        raise BadRequest("Cursor desconhecido.") from erro
    if em is None or is_naive(em) or (isinstance(pk, int) and not 0 < pk < 2**63):
        raise BadRequest("Cursor desconhecido.")
    return em, ordem, pk


def _relatos(solicitacao: Solicitacao, usuario) -> QuerySet:
    """Os relatos; o que uma transição escreveu vem com ela."""
    correcoes = Relato.objects.filter(corrige=OuterRef("pk"), solicitacao=solicitacao)
    return solicitacao.relatos.select_related(
        "autor", "corrige__autor", "transicao__equipe", "transicao__responsavel", "transicao__motivo"
    ).annotate(corrigido=Exists(correcoes))


def _anexos(solicitacao: Solicitacao, usuario) -> QuerySet:
    return solicitacao.anexos.select_related("enviado_por")


def _execucoes(solicitacao: Solicitacao, usuario) -> QuerySet:
    """As ações; as que só levam de uma situação a outra já estão nas transições."""
    transicoes = [classe.slug for classe in ACOES if issubclass(classe, Transicao | Abertura)]
    return solicitacao.execucoes.exclude(acao__in=transicoes).select_related("usuario")


def _eventos(solicitacao: Solicitacao, usuario) -> QuerySet:
    """Os eventos que esta solicitação deixou nos contratos do cliente que o agente vê."""
    contratos = Contrato.objects.visiveis_para(usuario).filter(cliente=solicitacao.cliente_id).order_by()
    return EventoDeContrato.objects.filter(
        contrato__in=contratos, protocolo=solicitacao.protocolo
    ).select_related("tipo", "contrato", "usuario")


FONTES = (
    Fonte("relato", "em", _relatos),
    Fonte("anexo", "enviado_em", _anexos),
    Fonte("execucao", "criada_em", _execucoes, UUID),
    Fonte("evento", "ocorrido_em", _eventos),
)
