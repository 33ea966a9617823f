"""As ações de cobrança, fora os desbloqueios."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from contratos.dinheiro import em_reais
from contratos.models import Contestacao, Contrato, Eventual, Fatura, InformeDePagamento
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import bloquear, criar_debito, criar_fatura


def hoje():
    return timezone.localdate()


def dia(data) -> str:
    return f"{data:%d/%m/%Y}"


def pagar_tudo(cenario):
    Fatura.objects.update(situacao="paga", pago_em=hoje(), valor_pago=1)


def cancelar(cenario):
    Contrato.objects.update(situacao=4, cancelado_em=hoje())


def com_fatura(cenario):
    criar_fatura(cenario.contrato, numero="F-1", vencimento=hoje() - timedelta(days=5))


def a_fatura(cenario):
    return Fatura.objects.get(numero="F-1")


# Informar pagamento


def ler_informe(cenario, rotulo):
    informe = InformeDePagamento.objects.select_related("fatura").first()
    if informe is None:
        return ""
    if rotulo == "Não bloqueia até":
        return dia(timezone.localdate(informe.vale_ate))
    assert rotulo == f"Pagamento da {informe.fatura.numero}"
    return f"{em_reais(informe.valor)} em {dia(informe.pago_em)}, por {informe.get_meio_display()}"


PAGAMENTO = {"valor": "99,90", "meio": "pix", "referencia": "E123"}
exemplo(
    slug="informar_pagamento",
    preparar=com_fatura,
    respostas=lambda c: [PAGAMENTO | {"fatura": a_fatura(c).pk, "pago_em": hoje()}],
    ler=ler_informe,
    impedir=pagar_tudo,
    ruins=lambda c: [
        PAGAMENTO | {"fatura": a_fatura(c).pk, "pago_em": hoje() + timedelta(days=1)},
        PAGAMENTO | {"fatura": a_fatura(c).pk, "pago_em": hoje() - timedelta(days=61)},
        PAGAMENTO | {"fatura": a_fatura(c).pk, "pago_em": hoje(), "valor": "0"},
        PAGAMENTO | {"fatura": a_fatura(c).pk, "pago_em": hoje(), "meio": "fiado"},
        PAGAMENTO | {"fatura": 10**9, "pago_em": hoje()},
    ],
)


# Alterar vencimento


def ler_vencimento(cenario, rotulo):
    if rotulo == "Dia de vencimento":
        return str(cenario.contrato.dia_vencimento)
    lancado = Eventual.objects.first()
    if lancado is None:
        return ""
    assert rotulo == f"Proporcional em {lancado.competencia:%m/%Y}"
    return f"{lancado.get_tipo_display().lower()} de {em_reais(lancado.valor)}"


exemplo(
    slug="alterar_vencimento",
    respostas=lambda c: [{"dia": 20, "justificativa": "Recebe no dia 18."}],
    ler=ler_vencimento,
    so_da_previa=frozenset({"Próximo vencimento"}),
    impedir=cancelar,
    ruins=lambda c: [{"dia": 10}, {"dia": 31}, {"dia": ""}],
)


# Alterar cobrança

exemplo(
    slug="alterar_cobranca",
    respostas=lambda c: [{"tipo_de_cobranca": "pix", "justificativa": ""}],
    ler=lambda c, rotulo: c.contrato.get_tipo_de_cobranca_display(),
    impedir=cancelar,
    ruins=lambda c: [{"tipo_de_cobranca": "boleto_email"}, {"tipo_de_cobranca": "fiado"}, {}],
)


# Renegociar


def com_debitos(cenario):
    criar_debito(cenario.contrato, vencida_ha=40, avisada_ha=30, numero="V-1", valor=Decimal("100.00"))
    criar_debito(cenario.contrato, vencida_ha=10, avisada_ha=None, numero="V-2", valor=Decimal("50.01"))
    bloquear(cenario.contrato)


def acordo(cenario):
    faturas = list(Fatura.objects.filter(numero__startswith="V-").values_list("pk", flat=True))
    condicoes = {
        "desconto": "10",
        "entrada": "30,00",
        "parcelas": 3,
        "primeiro_vencimento": hoje() + timedelta(days=20),
    }
    return [{"faturas": faturas}, condicoes]


def ler_acordo(cenario, rotulo):
    if rotulo == "Situação":
        return cenario.contrato.get_situacao_display()
    if rotulo.startswith("Fatura "):
        return Fatura.objects.get(numero=rotulo.removeprefix("Fatura ")).get_situacao_display()
    ordem = 0 if rotulo == "Entrada" else int(rotulo.removeprefix("Parcela "))
    nova = Fatura.objects.filter(parcela_de__isnull=False, numero__endswith=f"-{ordem:02d}").first()
    return f"{em_reais(nova.valor)}, vence em {dia(nova.vencimento)}" if nova else ""


exemplo(
    slug="renegociar",
    preparar=com_debitos,
    respostas=acordo,
    ler=ler_acordo,
    impedir=pagar_tudo,
    ruins=lambda c: [{}, {"faturas": [10**9]}, {"faturas": ["x"]}],
    limites={"desconto": 10, "parcelas": 3},
)


# Eventual


def ler_eventual(cenario, rotulo):
    lancado = Eventual.objects.first()
    if lancado is None:
        return ""
    assert rotulo == f"Desconto em {lancado.competencia:%m/%Y}"
    return em_reais(lancado.valor)


def desconto(cenario):
    mes = hoje().replace(day=1)
    return [
        {"motivo": "cortesia", "competencia": f"{mes:%Y-%m-%d}"},
        {"valor": "12,34", "justificativa": "Quedas na semana passada."},
    ]


exemplo(
    slug="eventual",
    respostas=desconto,
    ler=ler_eventual,
    impedir=cancelar,
    ruins=lambda c: [
        {"motivo": "multa", "competencia": f"{hoje():%Y-%m}-01"},
        {"motivo": "cortesia", "competencia": "2020-01-01"},
        {"motivo": "cortesia", "competencia": "ontem"},
    ],
)


# Contestar e responder


def bloqueado_pela_contestada(cenario):
    criar_debito(cenario.contrato, numero="F-1", valor=Decimal("99.90"))
    bloquear(cenario.contrato)


def ler_contestacao(cenario, rotulo):
    aberta = Contestacao.objects.first()
    if rotulo == "Situação":
        return cenario.contrato.get_situacao_display()
    if rotulo == "Fatura F-1":
        return "Contestada" if a_fatura(cenario).contestada else "Em cobrança"
    if aberta is None:
        return ""
    return em_reais(aberta.valor) if rotulo == "Valor contestado" else dia(aberta.responder_ate)


CONTESTA = {"motivo": "valor", "descricao": "O plano é o de 79,90 e veio 99,90."}
exemplo(
    slug="contestar_debito",
    preparar=bloqueado_pela_contestada,
    respostas=lambda c: [CONTESTA | {"fatura": a_fatura(c).pk, "valor": "20,00"}],
    ler=ler_contestacao,
    impedir=pagar_tudo,
    ruins=lambda c: [
        CONTESTA | {"fatura": a_fatura(c).pk, "valor": "99,91"},
        CONTESTA | {"fatura": a_fatura(c).pk, "valor": "-1"},
        CONTESTA | {"fatura": 10**9, "valor": "1"},
        CONTESTA | {"fatura": a_fatura(c).pk, "descricao": "curto"},
    ],
)


def com_contestacao(cenario):
    com_fatura(cenario)
    fatura = a_fatura(cenario)
    fatura.contestada = True
    fatura.save()
    Contestacao.objects.create(
        fatura=fatura, valor=Decimal("20.00"), motivo="valor", descricao="x", responder_ate=hoje()
    )


def ler_resposta(cenario, rotulo):
    fatura = a_fatura(cenario)
    if rotulo == "Valor da fatura":
        return em_reais(fatura.valor)
    return "Contestada" if fatura.contestada else "Em cobrança"


def ja_respondida(cenario):
    Contestacao.objects.update(respondida_em=timezone.now(), procedente=False)


RESPOSTA = {"resposta": "Apuramos que o plano contratado é o de 79,90: a diferença saiu da fatura."}
exemplo(
    slug="responder_contestacao",
    preparar=com_contestacao,
    respostas=lambda c: [RESPOSTA | {"contestacao": Contestacao.objects.get().pk, "procede": "sim"}],
    ler=ler_resposta,
    impedir=ja_respondida,
    ruins=lambda c: [
        RESPOSTA | {"contestacao": 10**9, "procede": "sim"},
        RESPOSTA | {"contestacao": Contestacao.objects.get().pk, "procede": "talvez"},
        {"contestacao": Contestacao.objects.get().pk, "procede": "sim", "resposta": "Sim."},
    ],
)
