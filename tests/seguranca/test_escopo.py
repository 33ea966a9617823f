"""Lista, busca, detalhe e contagem dão os mesmos objetos, seja qual for o perfil.

Três empresas, clientes de uma, de duas e de nenhuma; para cada conjunto de empresas que um perfil concede,
cada porta por que se chega a um objeto é comparada com o que a regra manda, calculado à parte.
"""

import re
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.urls import reverse

from atendimento.models import MembroDaEquipe, Mensagem
from clientes.models import Cliente
from contratos.models import Contrato
from perfis.dominio.perfis import salvar_matriz
from tests import fabricas
from tests.banco import desfeito
from tests.mensagens.test_cartao import avisar
from tests.seguranca.mundo import Mundo, anexar, tudo

pytestmark = pytest.mark.django_db
SOBRENOME = "Quintanilha"
PROTOCOLO = re.compile(r"/solicitacoes/(\d{14})/")


@dataclass
class Provedor:
    """Três empresas e, de cada uma, tudo o que se vê por ela."""

    empresas: list[Any]
    equipe: Any
    clientes: list[Any] = field(default_factory=list)
    # De que empresa é cada coisa, pelo que se lê dela numa página ou num endereço.
    empresas_do_cliente: dict[int, set[int]] = field(default_factory=dict)
    contratos: dict[int, int] = field(default_factory=dict)
    faturas: dict[int, int] = field(default_factory=dict)
    protocolos: dict[str, int] = field(default_factory=dict)
    anexos: dict[int, int] = field(default_factory=dict)
    mensagens: dict[int, int] = field(default_factory=dict)


@pytest.fixture
def provedor(mundo) -> Provedor:
    with desfeito():
        yield montar()


def montar() -> Provedor:
    empresas = [fabricas.criar_empresa() for _ in range(3)]
    equipe = fabricas.criar_equipe()
    provedor = Provedor(empresas, equipe)
    agente = fabricas.criar_agente(equipe, empresas=empresas, max_em_atendimento=9)
    for quais in ((0,), (1,), (0, 1), (2,), ()):
        cliente = fabricas.criar_cliente(nome=f"Jacira {SOBRENOME} {quais}")
        contato = fabricas.criar_contato(cliente, confirmado_em=cliente.criado_em)
        provedor.clientes.append(cliente)
        provedor.empresas_do_cliente[cliente.pk] = {empresas[i].pk for i in quais}
        for empresa in (empresas[i] for i in quais):
            contrato = fabricas.criar_contrato(cliente, empresa)
            feita = fabricas.criar_solicitacao(por=agente, etiqueta=contrato.etiquetas.get())
            provedor.contratos[contrato.pk] = empresa.pk
            provedor.faturas[fabricas.criar_fatura(contrato).pk] = empresa.pk
            provedor.protocolos[feita.protocolo] = empresa.pk
            provedor.anexos[anexar(feita, agente).pk] = empresa.pk
            avulsa = avisar(contato, contrato)
            for mensagem in (avulsa, *feita.mensagens.all()):
                provedor.mensagens[mensagem.pk] = empresa.pk
    return provedor


def conjuntos(empresas: list) -> list[tuple]:
    """Nenhuma, cada uma das que têm cliente em comum, as duas, e todas."""
    a, b, _ = empresas
    return [(), (a,), (b,), (a, b), tuple(empresas)]


def entrar_com(mundo: Mundo, provedor: Provedor, escolhidas: tuple):
    """Um navegador de quem pode tudo nas empresas escolhidas, cada uma por um perfil seu."""
    usuario = fabricas.criar_usuario(is_staff=True)
    for empresa in escolhidas or (None,):
        perfil = fabricas.criar_perfil()
        matriz = tudo(empresa or provedor.empresas[0])
        if empresa is None:
            matriz.objetos["contratos.atender_empresa"].clear()
        salvar_matriz(perfil, matriz, por=None)
        usuario.groups.add(perfil)
    MembroDaEquipe.objects.create(equipe=provedor.equipe, usuario=usuario)
    return usuario, mundo.navegador(usuario)


def abrem(navegador, endereco, chaves) -> set:
    """As chaves cujo endereço abre; as outras têm de ser 404."""
    respostas = {chave: navegador.get(endereco(chave)) for chave in chaves}
    for resposta in respostas.values():
        # Ler até o fim fecha o arquivo de um anexo.
        b"".join(resposta)
    status = {chave: resposta.status_code for chave, resposta in respostas.items()}
    assert set(status.values()) <= {200, 409, 404}, status
    return {chave for chave, codigo in status.items() if codigo != 404}


def do_admin(navegador, modelo: str) -> tuple[set[int], int]:
    """O que a lista do admin mostra e quantos ela diz que são."""
    lista = navegador.get(reverse(f"admin:{modelo}_changelist")).context["cl"]
    return {objeto.pk for objeto in lista.queryset}, lista.result_count


def test_lista_busca_detalhe_e_contagem_concordam_para_cada_conjunto_de_empresas(mundo, provedor):
    """Chatwoot#10221, frappe#3686, FreeScout GHSA-wqq7-4q7m-273v."""
    for escolhidas in conjuntos(provedor.empresas):
        usuario, navegador = entrar_com(mundo, provedor, escolhidas)
        ids = {empresa.pk for empresa in escolhidas}
        conferir_clientes(navegador, usuario, provedor, ids)
        conferir_contratos(navegador, usuario, provedor, ids)
        conferir_solicitacoes(navegador, provedor, ids)
        conferir_o_resto(navegador, usuario, provedor, ids)


def conferir_clientes(navegador, usuario, provedor, ids):
    todos = {cliente.pk for cliente in provedor.clientes}
    certos = {pk for pk, suas in provedor.empresas_do_cliente.items() if suas & ids or (ids and not suas)}
    assert (
        set(Cliente.objects.visiveis_para(usuario).filter(pk__in=todos).values_list("pk", flat=True))
        == certos
    )
    assert abrem(navegador, lambda pk: reverse("cliente", args=[pk]), todos) == certos
    achados = navegador.get(reverse("busca"), {"q": SOBRENOME}).content.decode()
    assert set(map(int, re.findall(r'href="/clientes/(\d+)/', achados))) == certos
    listados, _ = do_admin(navegador, "clientes_cliente")
    assert listados & todos == certos
    sugeridos = navegador.get(
        reverse("admin:autocomplete"),
        {"app_label": "contratos", "model_name": "contrato", "field_name": "cliente", "term": SOBRENOME},
    ).json()["results"]
    assert {int(um["id"]) for um in sugeridos} == certos


def conferir_contratos(navegador, usuario, provedor, ids):
    certos = {pk for pk, empresa in provedor.contratos.items() if empresa in ids}
    visiveis = Contrato.objects.visiveis_para(usuario)
    assert set(visiveis.filter(pk__in=provedor.contratos).values_list("pk", flat=True)) == certos
    assert (
        abrem(navegador, lambda pk: reverse("contrato", args=[pk, "detalhes"]), provedor.contratos) == certos
    )
    listados, quantos = do_admin(navegador, "contratos_contrato")
    assert (listados, quantos) == (certos, len(certos))


def conferir_solicitacoes(navegador, provedor, ids):
    certos = {protocolo for protocolo, empresa in provedor.protocolos.items() if empresa in ids}
    assert abrem(navegador, lambda p: reverse("resumo", args=[p]), provedor.protocolos) == certos
    fila = navegador.get(reverse("fila", args=[provedor.equipe.slug]))
    assert set(PROTOCOLO.findall(fila.content.decode())) == certos
    assert int(fila.context["total"]) == len(certos)
    # Saltar pelo número acha só o que o detalhe mostraria.
    saltos = {
        protocolo
        for protocolo in provedor.protocolos
        if navegador.post(reverse("busca"), {"q": protocolo}).status_code == 302
    }
    assert saltos == certos
    historicos, exportados = set(), set()
    for cliente in provedor.clientes:
        historico = navegador.get(reverse("solicitacoes_do_cliente", args=[cliente.pk]))
        arquivo = navegador.get(reverse("historico_exportado", args=[cliente.pk, "csv"]))
        if historico.status_code == 200:
            historicos |= set(PROTOCOLO.findall(historico.content.decode()))
            exportados |= set(re.findall(r'"(\d{14})"', arquivo.getvalue().decode()))
    assert historicos == exportados == certos


def conferir_o_resto(navegador, usuario, provedor, ids):
    """Faturas, mensagens e anexos."""
    certas = {pk for pk, empresa in provedor.faturas.items() if empresa in ids}
    assert abrem(navegador, lambda pk: reverse("fatura_boleto", args=[pk]), provedor.faturas) == certas
    listadas, quantas = do_admin(navegador, "contratos_fatura")
    assert (listadas, quantas) == (certas, len(certas))
    certas = {pk for pk, empresa in provedor.mensagens.items() if empresa in ids}
    assert set(Mensagem.objects.visiveis_para(usuario).values_list("pk", flat=True)) == certas
    listadas, quantas = do_admin(navegador, "atendimento_mensagem")
    assert (listadas, quantas) == (certas, len(certas))
    certos = {pk for pk, empresa in provedor.anexos.items() if empresa in ids}
    assert abrem(navegador, lambda pk: reverse("anexo", args=[pk]), provedor.anexos) == certos
