"""Com fidelidade, fatura por vencer e conexão: cancela-se na hora."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from atendimento.models import Motivo
from contratos.dinheiro import em_reais
from contratos.models import Contrato, Fatura
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_conexao, criar_fatura, criar_motivo, criar_servico, verificar_identidade


def com_fidelidade(cenario):
    hoje = timezone.localdate()
    Contrato.objects.update(
        fidelidade_inicio=hoje - timedelta(100), fidelidade_meses=12, fidelidade_beneficio=Decimal("300.00")
    )
    criar_servico(cenario.contrato, etiqueta=cenario.etiqueta)
    criar_conexao(cenario.etiqueta)
    criar_fatura(cenario.contrato, competencia=hoje.replace(day=1), vencimento=hoje + timedelta(3))
    criar_motivo("cancelamento_de_contrato", nome="Preço")
    verificar_identidade(cenario.solicitacao)


def respostas(cenario):
    motivo = Motivo.objects.get(tipo="cancelamento_de_contrato")
    return [
        {"motivo": motivo.pk, "pedido_em": timezone.localdate()},
        {"oferta": "recusada"},
        {"retirada": "nenhuma", "contato": ""},
    ]


def ler(cenario, rotulo):
    if rotulo == "Situação":
        return cenario.contrato.get_situacao_display()
    if rotulo == "Fatura final":
        final = Fatura.objects.filter(numero__startswith="RES-").first()
        return em_reais(final.valor) if final else ""
    fatura = Fatura.objects.get(numero=rotulo.removeprefix("Fatura "))
    return em_reais(fatura.valor) if fatura.situacao == "aberta" else "Sem efeito"


def conferir(cenario, navegador):
    assert not cenario.contrato.etiquetas.filter(ativa=True).exists()
    assert [c.ativa for c in cenario.etiqueta.conexoes.all()] == [False]
    assert cenario.contrato.servicos.get().fim == timezone.localdate()


exemplo(
    slug="cancelar_contrato",
    preparar=com_fidelidade,
    respostas=respostas,
    ler=ler,
    so_da_previa=frozenset({"Cobrança"}),
    impedir=lambda cenario: Contrato.objects.update(situacao=9),
    conferir=conferir,
    ruins=lambda cenario: [
        respostas(cenario)[0] | {"pedido_em": timezone.localdate() + timedelta(1)},
        respostas(cenario)[0] | {"pedido_em": timezone.localdate() - timedelta(31)},
        respostas(cenario)[0] | {"motivo": ""},
        respostas(cenario)[0] | {"dispensar_multa": "on"},
        {},
    ],
)
