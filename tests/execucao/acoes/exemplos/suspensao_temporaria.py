"""Em dia, nunca suspenso: suspende-se a partir de hoje."""

from datetime import timedelta

from django.utils import timezone

from atendimento.models import Motivo
from contratos.dinheiro import em_reais
from contratos.models import Contrato, Fatura, Suspensao
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_conexao, criar_fatura, criar_motivo


def em_dia(cenario):
    hoje = timezone.localdate()
    criar_conexao(cenario.etiqueta)
    criar_fatura(cenario.contrato, competencia=hoje.replace(day=1), vencimento=hoje + timedelta(3))
    criar_motivo("suspensao", nome="Viagem")


def respostas(cenario):
    motivo = Motivo.objects.get(tipo="suspensao")
    return [{"inicio": timezone.localdate(), "dias": 45, "motivo": motivo.pk, "contato": ""}]


def ler(cenario, rotulo):
    suspensao = Suspensao.objects.first()
    if rotulo == "Situação":
        situacao = cenario.contrato.get_situacao_display()
        return f"{situacao} hoje, por 45 dias" if suspensao else situacao
    if rotulo == "Volta automática":
        return f"{suspensao.volta_em:%d/%m/%Y}" if suspensao else ""
    original = Fatura.objects.get(numero=rotulo.removeprefix("Fatura "))
    if original.situacao == "aberta":
        return em_reais(original.valor)
    trocada = Fatura.objects.filter(competencia=original.competencia, situacao="aberta").first()
    return em_reais(trocada.valor) if trocada else "Sem efeito"


exemplo(
    slug="suspensao_temporaria",
    preparar=em_dia,
    respostas=respostas,
    ler=ler,
    impedir=lambda cenario: Contrato.objects.update(situacao=7),
    retratar=lambda cenario: list(Suspensao.objects.values()),
    ruins=lambda cenario: (
        [respostas(cenario)[0] | {"dias": dias} for dias in (29, 121, 0, "", "x")]
        + [{}, respostas(cenario)[0] | {"inicio": timezone.localdate() - timedelta(1)}]
    ),
)
