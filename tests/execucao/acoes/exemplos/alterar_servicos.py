"""Inclui um ponto mesh."""

from decimal import Decimal

from contratos.dinheiro import em_reais
from contratos.models import Contrato, Plano
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_plano


def com_oferta(cenario):
    criar_plano(codigo="SVA-MESH", nome="Ponto mesh", tipo="sva", valor=Decimal("19.90"))


def respostas(cenario):
    plano = Plano.objects.get(codigo="SVA-MESH")
    dados = {"plano": plano.pk, "quantidade": 2, "etiqueta": cenario.etiqueta.pk, "aceite": "on"}
    return [{"operacao": "incluir"}, dados | {"contato": ""}]


def ler(cenario, rotulo):
    if rotulo == "Mensalidade":
        return em_reais(cenario.contrato.valor)
    servico = cenario.contrato.servicos.filter(fim=None).first()
    return f"{servico.quantidade} × {servico.descricao}" if servico else ""


exemplo(
    slug="alterar_servicos",
    preparar=com_oferta,
    respostas=respostas,
    ler=ler,
    impedir=lambda cenario: Contrato.objects.update(situacao=7),
    ruins=lambda cenario: [{}, {"operacao": "roubar"}, {"operacao": "excluir"}],
)
