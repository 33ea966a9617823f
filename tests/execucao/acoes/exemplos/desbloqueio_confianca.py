"""Bloqueado por débito, nunca desbloqueado em confiança."""

from datetime import timedelta

from django.utils import timezone

from contratos.models import Contrato, DesbloqueioTemporario, Fatura
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import bloquear, criar_conexao, criar_debito


def em_bloqueio(cenario):
    criar_conexao(cenario.etiqueta, status=2)
    criar_debito(cenario.contrato)
    bloquear(cenario.contrato)


def respostas(cenario):
    return [{"dias": 3, "promessa": timezone.localdate() + timedelta(days=2)}]


def ler(cenario, rotulo):
    if rotulo == "Situação":
        return cenario.contrato.get_situacao_display()
    aberto = DesbloqueioTemporario.objects.filter(encerrado_em__isnull=True).first()
    return f"{timezone.localdate(aberto.vale_ate):%d/%m/%Y}" if aberto else ""


def impedir(cenario):
    Fatura.objects.update(situacao="paga", pago_em=timezone.localdate(), valor_pago=1)
    Contrato.objects.update(situacao=1)


def conferir(cenario, navegador):
    assert [c.status for c in cenario.etiqueta.conexoes.all()] == [1]


exemplo(
    slug="desbloqueio_confianca",
    preparar=em_bloqueio,
    respostas=respostas,
    ler=ler,
    impedir=impedir,
    conferir=conferir,
    ruins=lambda cenario: [
        {"dias": 0, "promessa": timezone.localdate()},
        {"dias": 3, "promessa": timezone.localdate() + timedelta(days=4)},
        {"dias": 3, "promessa": timezone.localdate() - timedelta(days=1)},
        {"dias": 31, "promessa": timezone.localdate()},
        {},
    ],
)
