"""Em dia, com conexão e equipamento: passa a uma pessoa que ainda não tem contrato."""

from clientes.models import Cliente
from contratos.models import Contrato, EventoDeContrato
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import (
    cpf,
    criar_cliente,
    criar_conexao,
    criar_endereco,
    criar_equipamento,
    criar_plano,
    criar_servico,
    verificar_identidade,
)

NOVA = "Violeta Macieira Avenca"


def com_herdeira(cenario):
    verificar_identidade(cenario.solicitacao)
    cenario.etiqueta.endereco = criar_endereco(cenario.cliente, referencia="Chave com a vizinha")
    cenario.etiqueta.save()
    servico = criar_servico(cenario.contrato, etiqueta=cenario.etiqueta, plano=criar_plano())
    criar_conexao(cenario.etiqueta, servico=servico, endereco=cenario.etiqueta.endereco)
    criar_equipamento(cenario.etiqueta)
    criar_cliente(nome=NOVA, documento=cpf())


def respostas(cenario):
    documento = Cliente.objects.get(nome=NOVA).documento
    aceites = {"aceite_de_quem_sai": "on", "aceite_de_quem_entra": "on"}
    return [{"documento": documento, "contato": ""} | aceites]


def conferir(cenario, navegador):
    nova = Cliente.objects.get(nome=NOVA)
    novo = Contrato.objects.get(cliente=nova)
    [etiqueta] = novo.etiquetas.all()
    assert etiqueta.conexoes.count() == etiqueta.equipamentos.count() == etiqueta.servicos.count() == 1
    assert etiqueta.endereco.cliente == nova
    assert etiqueta.endereco.referencia == ""
    assert etiqueta.codigo != cenario.contrato.etiquetas.get().codigo
    textos = EventoDeContrato.objects.values_list("descricao", flat=True)
    textos = [*textos, *cenario.solicitacao.relatos.values_list("texto", flat=True)]
    for pessoa in (nova, cenario.cliente):
        assert not any(pessoa.nome in t or pessoa.documento in t for t in textos)


exemplo(
    slug="transferir_titularidade",
    preparar=com_herdeira,
    respostas=respostas,
    ler=lambda cenario, rotulo: cenario.contrato.get_situacao_display(),
    so_da_previa=frozenset({"Titular"}),
    impedir=lambda cenario: Contrato.objects.update(situacao=7),
    conferir=conferir,
    ruins=lambda cenario: [
        {},
        respostas(cenario)[0] | {"documento": "000"},
        respostas(cenario)[0] | {"documento": cenario.cliente.documento},
        respostas(cenario)[0] | {"aceite_de_quem_entra": ""},
    ],
)
