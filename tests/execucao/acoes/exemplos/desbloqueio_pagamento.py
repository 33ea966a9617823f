"""Bloqueado por um débito cujo pagamento o cliente informou."""

from datetime import timedelta

from django.utils import timezone

from contratos.models import DesbloqueioTemporario, InformeDePagamento
from tests.execucao.acoes.exemplos import exemplo
from tests.execucao.acoes.exemplos.desbloqueio_confianca import ler
from tests.fabricas import bloquear, criar_conexao, criar_debito


def pago_e_informado(cenario):
    criar_conexao(cenario.etiqueta, status=2)
    fatura = criar_debito(cenario.contrato)
    bloquear(cenario.contrato)
    InformeDePagamento.objects.create(
        fatura=fatura, pago_em=timezone.localdate(), valor=fatura.valor, meio="pix",
        vale_ate=timezone.now() + timedelta(hours=48),
    )  # fmt: skip


def conferir(cenario, navegador):
    assert [c.status for c in cenario.etiqueta.conexoes.all()] == [1]
    assert DesbloqueioTemporario.objects.get().origem == "comprovante"


exemplo(
    slug="desbloqueio_pagamento",
    preparar=pago_e_informado,
    respostas=lambda cenario: [{}],
    ler=ler,
    impedir=lambda cenario: InformeDePagamento.objects.all().delete(),
    conferir=conferir,
)
