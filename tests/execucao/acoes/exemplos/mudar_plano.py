"""De um plano a outro, mais caro, com a fatura do mês já emitida."""

from decimal import Decimal

from django.utils import timezone

from contratos.dinheiro import em_reais
from contratos.models import Contrato, Eventual, Plano
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_conexao, criar_fatura, criar_plano, criar_servico


def com_plano(cenario):
    hoje = timezone.localdate()
    atual = criar_plano(codigo="FIB-400")
    criar_plano(codigo="FIB-600", nome="Ipê Fibra 600 Mega", valor=Decimal("119.90"))
    servico = criar_servico(cenario.contrato, etiqueta=cenario.etiqueta, plano=atual)
    criar_conexao(cenario.etiqueta, servico=servico)
    criar_fatura(
        cenario.contrato, competencia=hoje.replace(day=1), vencimento=hoje, situacao="paga", pago_em=hoje,
        valor_pago=Decimal("99.90"),
    )  # fmt: skip


def respostas(cenario):
    servico = cenario.contrato.servicos.get(fim=None)
    novo = Plano.objects.get(codigo="FIB-600")
    return [{"servico": servico.pk, "plano": novo.pk}, {"aceite": "on", "contato": ""}]


def ler(cenario, rotulo):
    if rotulo == "Mensalidade":
        return em_reais(cenario.contrato.valor)
    servico = cenario.contrato.servicos.get(fim=None)
    return servico.descricao if rotulo == "Plano" else em_reais(servico.total)


def conferir(cenario, navegador):
    novo = cenario.contrato.servicos.get(fim=None)
    assert cenario.etiqueta.conexoes.get().servico == novo
    assert Eventual.objects.filter(tipo="acrescimo", motivo="proporcional").count() == 1


exemplo(
    slug="mudar_plano",
    preparar=com_plano,
    respostas=respostas,
    ler=ler,
    so_da_previa=frozenset({"Fidelidade"}),
    impedir=lambda cenario: Contrato.objects.update(situacao=7),
    conferir=conferir,
    ruins=lambda cenario: [
        {},
        respostas(cenario)[0] | {"plano": Plano.objects.get(codigo="FIB-400").pk},
        respostas(cenario)[0] | {"servico": 10**9},
        respostas(cenario)[0] | {"plano": "x"},
    ],
)
