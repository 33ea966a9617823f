"""Contagens com teto: de uma fila enorme basta saber que passa de mil."""

from django.db.models import IntegerField, QuerySet, Subquery

CONTA_ATE = 1000


class ContagemLimitada(Subquery):
    """Quantas linhas a consulta tem, sem contar além de `CONTA_ATE` + 1; anota-se em outra consulta."""

    template = "(SELECT count(*) FROM (%(subquery)s) contadas)"
    output_field = IntegerField()
    # De quem não atende empresa nenhuma a consulta nem chega ao banco.
    empty_result_set_value = 0

    def __init__(self, consulta: QuerySet):
        super().__init__(consulta.order_by().values("pk")[: CONTA_ATE + 1])


def por_extenso(quantas: int) -> str:
    """`37`, `1.000` ou `mais de 1.000`."""
    if quantas > CONTA_ATE:
        return "mais de 1.000"
    return f"{quantas:,}".replace(",", ".")
