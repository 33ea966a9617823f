"""O caminho físico de uma conexão: do ponto de acesso à caixa, e o lugar onde ela está.

O splitter, quando há, manda: a OLT, o slot e a porta são os dele, e não os que ficaram na conexão.
"""

from django.db.models import Case, F, QuerySet, When
from django.db.models.functions import Coalesce, Lower

from contratos.models import Conexao


def com_caminho(conexoes: QuerySet[Conexao]) -> QuerySet[Conexao]:
    """As conexões com `na_olt`, `no_slot`, `na_porta`, `no_ponto`, `na_cidade`, `na_uf` e `no_bairro`."""
    return conexoes.annotate(
        na_olt=_do_splitter("splitter__olt", "olt"),
        no_slot=_do_splitter("splitter__slot", "slot_olt"),
        na_porta=_do_splitter("splitter__porta", "porta_olt"),
        no_ponto=Coalesce("ponto_de_acesso", "splitter__olt__ponto_de_acesso", "olt__ponto_de_acesso"),
        na_cidade=Lower(Coalesce("endereco__cidade", "etiqueta__endereco__cidade")),
        na_uf=Coalesce("endereco__uf", "etiqueta__endereco__uf"),
        no_bairro=Lower(Coalesce("endereco__bairro", "etiqueta__endereco__bairro")),
    )


def _do_splitter(do_splitter: str, da_conexao: str) -> Case:
    return Case(When(splitter__isnull=False, then=F(do_splitter)), default=F(da_conexao))
