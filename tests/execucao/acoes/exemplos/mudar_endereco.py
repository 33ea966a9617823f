"""Uma equipe de campo com vaga: pede-se a mudança, de endereço ou só de cômodo."""

from contratos.models import Contrato, Etiqueta, MudancaDeEndereco
from tests.execucao.acoes.exemplos import exemplo, visitas
from tests.fabricas import criar_endereco, criar_plano


def com_campo(cenario):
    visitas.com_turno(cenario)
    cenario.etiqueta.endereco = criar_endereco(cenario.cliente)
    cenario.etiqueta.save()
    criar_plano(codigo="TX-MUDA", nome="Mudança de endereço", tipo="taxa", valor="120.00")


LUGAR = {
    "cep": "00000-034", "logradouro": "Rua das Paineiras Lilases", "numero": "77", "bairro": "Horizonte",
    "cidade": "Vale do Ipê", "uf": "RS", "cobertura": "on",
}  # fmt: skip


def da_visita(cenario):
    return {"horario": visitas.livres()[1].chave, "contato_no_local": "Jacira"}


def conferir(cenario, navegador):
    mudanca = MudancaDeEndereco.objects.get()
    assert mudanca.para.logradouro == LUGAR["logradouro"]
    assert cenario.etiqueta.endereco == mudanca.de
    visitas.agendada(cenario, navegador)


exemplo(
    slug="mudar_endereco",
    preparar=com_campo,
    respostas=lambda cenario: [LUGAR, da_visita(cenario)],
    ler=visitas.ler,
    so_da_previa=frozenset({"Endereço, depois da visita"}),
    impedir=lambda cenario: Contrato.objects.update(situacao=7),
    conferir=conferir,
    retratar=lambda cenario: [list(MudancaDeEndereco.objects.values()), visitas.retratar(cenario)],
    ruins=lambda cenario: [{}, LUGAR | {"cep": "123"}, LUGAR | {"uf": "XX"}, LUGAR | {"cobertura": ""}],
)


def sem_etiqueta(cenario):
    Contrato.objects.update(situacao=9)
    Etiqueta.objects.update(ativa=False)


exemplo(
    slug="mudar_ponto",
    preparar=com_campo,
    respostas=lambda cenario: [{"local": "Do quarto para a sala"} | da_visita(cenario)],
    ler=visitas.ler,
    so_da_previa=frozenset({"Ponto, depois da visita"}),
    deixa_evento=False,
    impedir=sem_etiqueta,
    conferir=visitas.agendada,
    retratar=visitas.retratar,
    ruins=lambda cenario: [{}, da_visita(cenario), {"local": "x"} | da_visita(cenario)],
)
