"""A segunda via e o Pix de uma fatura vencida, a um contato confirmado."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from atendimento.acoes.segunda_via import destino
from atendimento.models import Mensagem
from atendimento.popular.ficticios import linha_digitavel
from clientes.models import Contato
from contratos import pix
from contratos.models import Fatura
from tests.execucao.acoes.exemplos import exemplo
from tests.execucao.acoes.exemplos.cobranca import pagar_tudo
from tests.fabricas import criar_contato, criar_fatura


def com_boleto(cenario):
    vencimento = timezone.localdate() - timedelta(days=10)
    linha = linha_digitavel(7, vencimento, Decimal("99.90"))
    criar_fatura(cenario.contrato, numero="F-1", vencimento=vencimento, linha_digitavel=linha)
    criar_contato(
        cenario.cliente,
        tipo="email",
        valor="jacira@exemplo.net",
        confirmado_em=timezone.now(),
        principal=False,
    )
    empresa = cenario.contrato.empresa
    empresa.pix_chave, empresa.pix_nome, empresa.pix_cidade = "pix@exemplo.net", "Conecta Ipe", "Vale do Ipe"
    empresa.save()


def respostas(cenario):
    return [{"fatura": Fatura.objects.get().pk, "contato": Contato.objects.get().pk}]


def ler(cenario, rotulo):
    assert rotulo == "Envio"
    return destino(Contato.objects.get()) if Mensagem.objects.filter(tipo__in=TIPOS).exists() else ""


TIPOS = ("segunda_via", "pix")


def ruins_da_segunda_via(cenario):
    contato, fatura = Contato.objects.get().pk, Fatura.objects.get().pk
    por_confirmar = criar_contato(cenario.cliente).pk
    return [
        {"fatura": 10**9, "contato": contato},
        {"fatura": fatura, "contato": por_confirmar},
        {"fatura": "", "contato": contato},
    ]


def so_a_linha_com_boleto(cenario, navegador):
    [linha] = Mensagem.objects.filter(tipo="segunda_via").values_list("dados__linha", flat=True)
    assert linha.replace(".", "").replace(" ", "") == Fatura.objects.get().linha_digitavel


def o_pix_vale_com_os_encargos(cenario, navegador):
    [codigo] = Mensagem.objects.filter(tipo="pix").values_list("dados__pix", flat=True)
    # 99,90 + 2 % (2,00) + 10 dias de 1 % ao mês (0,33).
    assert pix.ler(codigo).valor == Decimal("102.23")


exemplo(
    slug="segunda_via",
    preparar=com_boleto,
    respostas=respostas,
    ler=ler,
    impedir=pagar_tudo,
    deixa_evento=False,
    ruins=ruins_da_segunda_via,
    conferir=so_a_linha_com_boleto,
)
exemplo(
    slug="pix",
    preparar=com_boleto,
    respostas=respostas,
    ler=ler,
    so_da_previa=frozenset({"Valor do Pix"}),
    impedir=pagar_tudo,
    deixa_evento=False,
    ruins=lambda c: [{"fatura": "", "contato": ""}, {"fatura": 10**9, "contato": ""}],
    conferir=o_pix_vale_com_os_encargos,
)
