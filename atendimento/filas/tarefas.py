"""O que espera por quem entrou: o que tem em mãos, o que pausou, o que começou e o que pode aprovar."""

from datetime import datetime

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Coalesce

from atendimento.aprovacao import pendentes_para
from atendimento.filas import linhas as das_linhas
from atendimento.filas.contagens import CONTA_ATE
from atendimento.models import Execucao, Solicitacao
from atendimento.situacoes import Situacao
from perfis.capacidades import Capacidade
from perfis.models import Acao

MINHAS = 100
EXECUCOES = 10
APROVACOES = 5


def minhas(usuario, agora: datetime) -> list[dict]:
    """As de que o usuário é o responsável: em mãos, depois pausadas e agendadas pelo retorno. Um comando."""
    primeiro = Case(
        When(situacao=Situacao.EM_ATENDIMENTO, then=Value(0)), default=Value(1), output_field=IntegerField()
    )
    consulta = Solicitacao.objects.visiveis_para(usuario).minhas(usuario)
    ordenadas = consulta.order_by(primeiro, Coalesce("retorna_em", "pausa_ate", "prazo_em"), "id")[:MINHAS]
    return das_linhas.desenhar(das_linhas.com_campos(ordenadas), usuario=usuario, agora=agora)


def execucoes(usuario) -> list[dict]:
    """As ações que o usuário começou e não terminou, ou que esperam aprovação. Dois comandos."""
    achadas = list(
        Execucao.objects.visiveis_para(usuario)
        .pendentes()
        .filter(usuario=usuario)
        .select_related("cliente")
        .order_by("-atualizada_em")[:EXECUCOES]
    )
    nomes = dict(Acao.objects.filter(slug__in={e.acao for e in achadas}).values_list("slug", "nome"))
    return [
        {"execucao": e, "nome": nomes.get(e.acao, e.acao), "situacao": e.get_situacao_display()}
        for e in achadas
        if not e.expirou
    ]


def aprovacoes(usuario) -> dict | None:
    """Os pedidos que esperam um supervisor; `None` para quem não supervisiona. Até três comandos."""
    if not usuario.permissoes.tem(Capacidade.SUPERVISIONAR):
        return None
    pendentes = pendentes_para(usuario)
    total = pendentes[: CONTA_ATE + 1].count()
    primeiras = list(pendentes.select_related("execucao__cliente", "pedida_por")[:APROVACOES])
    nomes = dict(
        Acao.objects.filter(slug__in={p.execucao.acao for p in primeiras}).values_list("slug", "nome")
    )
    return {
        "total": total,
        "linhas": [
            {
                "pedido": p,
                "nome": nomes.get(p.execucao.acao, p.execucao.acao),
                "propria": p.pedida_por_id == usuario.pk,
            }
            for p in primeiras
        ],
    }
