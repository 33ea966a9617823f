"""Suspenso a pedido, volta antes do dia."""

from datetime import timedelta

from django.utils import timezone

from contratos.models import Contrato, Suspensao
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_conexao


def suspenso(cenario):
    hoje = timezone.localdate()
    criar_conexao(cenario.etiqueta, status=2)
    cenario.contrato.suspensoes.create(
        inicio=hoje - timedelta(5), volta_em=hoje + timedelta(40), iniciada=True, motivo="Viagem"
    )
    Contrato.objects.update(situacao=5)


def ler(cenario, rotulo):
    if rotulo == "Situação":
        return cenario.contrato.get_situacao_display()
    suspensao = Suspensao.objects.get()
    return f"{suspensao.fim or suspensao.volta_em:%d/%m/%Y}"


def impedir(cenario):
    Suspensao.objects.update(fim=timezone.localdate())
    Contrato.objects.update(situacao=7)


def conferir(cenario, navegador):
    assert [c.status for c in cenario.etiqueta.conexoes.all()] == [1]


exemplo(
    slug="reativar",
    preparar=suspenso,
    respostas=lambda cenario: [{"observacao": "Voltou de viagem.", "ciente": "on"}],
    ler=ler,
    impedir=impedir,
    conferir=conferir,
    retratar=lambda cenario: list(Suspensao.objects.values()),
    ruins=lambda cenario: [{}, {"ciente": ""}, {"ciente": "on", "observacao": "x" * 501}],
)
