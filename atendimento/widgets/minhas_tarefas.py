"""Cartão *Minhas tarefas*: o que o agente tem em mãos e o que pausou, sem sair do cliente."""

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from atendimento.filas.tempos import distancia
from atendimento.models import Solicitacao
from atendimento.situacoes import Situacao
from atendimento.widgets.base import WIDGETS, Widget

QUANTAS = 5


@WIDGETS.registrar
class MinhasTarefas(Widget):
    """As primeiras da lista do agente, na ordem em que pedem atenção."""

    slug = "minhas_tarefas"
    nome = "Minhas tarefas"
    alvo = "cliente"
    icone = "list-todo"
    ordem = 80
    ajuda = (
        "As suas solicitações em atendimento, pausadas e agendadas, a que pede atenção antes primeiro, de "
        "qualquer cliente. A página Minhas tarefas tem todas."
    )

    def contexto(self) -> dict:
        """As de quem olha."""
        usuario, agora = self.request.user, timezone.now()
        quando = Coalesce("retorna_em", "pausa_ate", "prazo_em")
        em_maos = Case(
            When(situacao=Situacao.EM_ATENDIMENTO, then=Value(0)),
            default=Value(1),
            output_field=IntegerField(),
        )
        linhas = list(
            Solicitacao.objects.visiveis_para(usuario)
            .minhas(usuario)
            .annotate(quando=quando)
            .order_by(em_maos, "quando", "id")
            .values(
                "protocolo", "situacao", "quando", "alerta_em", "cliente__nome", "cliente__nome_social",
                "cliente_id", "etiqueta_id",
            )[:QUANTAS]
        )  # fmt: skip
        for linha in linhas:
            linha["situacao_texto"] = Situacao(linha["situacao"]).label
            linha["distancia"] = distancia(linha["quando"], agora)
            linha["nome"] = linha["cliente__nome_social"] or linha["cliente__nome"]
            linha["aqui"] = linha["cliente_id"] == self.objeto.pk
        return {"linhas": linhas}
