"""O exemplo de vincular o atendimento a uma massiva."""

from django.utils import timezone

from atendimento.models import Massiva
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_conexao, criar_massiva, criar_splitter


def na_massiva(cenario):
    caixa = criar_splitter()
    criar_conexao(cenario.etiqueta, splitter=caixa)
    criar_massiva(splitter=caixa)


exemplo(
    slug="vincular_massiva",
    preparar=na_massiva,
    respostas=lambda cenario: [{"massiva": Massiva.objects.get().pk}],
    impedir=lambda cenario: Massiva.objects.update(situacao="encerrada", fim=timezone.now()),
    ruins=lambda cenario: [{}, {"massiva": 10**9}],
    deixa_evento=False,
)
