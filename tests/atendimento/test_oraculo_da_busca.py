"""A busca diante de uma busca feita à força: o mesmo, depois de qualquer edição e com outros escrevendo."""

from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event

import pytest
from django.db import connection

from atendimento import busca
from atendimento.views.busca import AO_DIGITAR
from clientes import documentos, telefones
from contratos import identificadores
from tests.atendimento import edicoes
from tests.atendimento.edicoes import NOMES, RUAS, SOBRENOMES, TERMOS, Editor
from tests.atendimento.oraculo import Retrato, conferir
from tests.fabricas import criar_agente, criar_empresa, criar_equipe, criar_prazo, criar_solicitacao

CLIENTES = 300
PASSOS = 2_000
ESCRITORES = 4
EDICOES = 60


class Mesa:
    """O cadastro inicial e agentes que atendem empresas diferentes."""

    def __init__(self):
        self.empresas = [criar_empresa() for _ in range(3)]
        self.editor = Editor(7, self.empresas, [])
        for _ in range(CLIENTES):
            self.editor.inserir()
        equipe = criar_equipe()
        criar_prazo(padrao=True)
        primeira, segunda, _ = self.empresas
        self.agentes = [
            criar_agente(equipe, empresas=empresas)
            for empresas in ([primeira], [primeira, segunda], self.empresas, [])
        ]
        etiquetas = list(edicoes.Etiqueta.objects.select_related("contrato").order_by("id")[:15])
        for etiqueta in etiquetas:
            criar_solicitacao(por=self.agentes[2], etiqueta=etiqueta, equipe=equipe)

    def procurar(self, retrato: Retrato, texto: str, agente) -> None:
        """Uma busca, comparada com a do oráculo."""
        empresas = set(agente.objetos_permitidos("contratos.atender_empresa"))
        if not empresas:
            assert busca.procurar(texto, agente) == []
            return
        for ate in (busca.LINHAS, AO_DIGITAR):
            conferir(retrato, texto, busca.procurar(texto, agente, ate), empresas, ate)


def chaves(rng: Random, retrato: Retrato, cliente: int | None = None) -> list[str]:
    """Uma chave de cada espécie, como se digita; de um cliente, todas as dele."""

    def uma(linhas, dono):
        linhas = [linha for linha in linhas if cliente is None or dono(linha) == cliente]
        return [rng.choice(linhas)] if linhas and cliente is None else linhas

    da_etiqueta = lambda linha: retrato.etiquetas[linha[0]][0]  # noqa: E731
    textos = []
    for _, nome, documento in uma([(pk, *c[1:]) for pk, c in retrato.clientes.items()], lambda c: c[0]):
        textos += [documentos.formatar(documento), documento] if documento else []
        textos.append(nome)
    for _, tipo, valor in uma(retrato.contatos, lambda c: c[0]):
        textos += (
            [valor, telefones.formatar(valor), valor[-4:], valor[-8:]] if tipo == "telefone" else [valor]
        )
    for *_, numero in uma(list(retrato.contratos.values()), lambda c: c[0]):
        textos += [numero, numero.lower()]
    for *_, codigo in uma(list(retrato.etiquetas.values()), lambda e: e[0]):
        textos.append(codigo.lower())
    for _, login, mac, serial, ip, _ in uma(retrato.conexoes, da_etiqueta):
        gpon = serial[:4].encode().hex() + serial[4:]
        textos += [login, login.upper(), login[:4], identificadores.formatar_mac(mac), mac, serial, gpon]
        textos += [ip] if ip else []
    for _, serial in uma(retrato.equipamentos, da_etiqueta):
        textos.append(serial.lower())
    for *_, protocolo in uma(retrato.solicitacoes, lambda s: s[0]):
        textos += [protocolo, f"{protocolo[:8]} {protocolo[8:]}"]
    return [texto for texto in textos if texto]


def nome_digitado(rng: Random, retrato: Retrato) -> str:
    """Um nome ou endereço como se digita: inteiro, invertido, começo, pedaço, com e sem acento."""
    palavras = rng.choice(list(retrato.clientes.values()))[1].split()
    nome, sobrenome, rua = rng.choice(NOMES), rng.choice(SOBRENOMES), rng.choice(RUAS)
    return rng.choice([
        " ".join(palavras), " ".join(reversed(palavras)), f"{palavras[0]} {palavras[-1]}",
        f"{palavras[-1]} {palavras[0]}", f"{palavras[0]} {palavras[-1][:3]}", palavras[0][:3],
        palavras[-1][1:], palavras[0][:2], f"{nome} {sobrenome}", f"{sobrenome}, {nome}".upper(), sobrenome,
        nome, f"  {nome}   {sobrenome[:4]} ", rua, f"{rua}, {rng.randrange(1, 400)}", f"{sobrenome} ipe",
        "ninguém zzz", rng.choice(TERMOS), "%", "cem%por", "por_", "j_cira",
    ])  # fmt: skip


def pergunta(rng: Random, retrato: Retrato, ultimo: int | None = None) -> str:
    """Metade das vezes uma chave, de preferência do último que se mudou; senão um nome."""
    if rng.random() < 0.5:
        return nome_digitado(rng, retrato)
    return rng.choice(chaves(rng, retrato, ultimo) or chaves(rng, retrato))


@pytest.mark.django_db
def test_duas_mil_edicoes_e_buscas_dao_o_mesmo_que_olhar_um_por_um():
    mesa, rng, retrato = Mesa(), Random(42), None
    for _ in range(PASSOS):
        if rng.random() < 0.4:
            mesa.editor.editar()
            retrato = None
        else:
            retrato = retrato or Retrato()
            mesa.procurar(retrato, pergunta(rng, retrato, mesa.editor.ultimo), rng.choice(mesa.agentes))


@pytest.mark.django_db(transaction=True)
def test_com_outros_escrevendo_a_busca_nao_falha_e_por_fim_acha_cada_um():
    mesa = Mesa()
    escritores = [
        Editor(semente, mesa.empresas, mesa.editor.clientes, so_os_seus=True) for semente in range(ESCRITORES)
    ]
    acabou = Event()
    perguntas = [pergunta(Random(semente), Retrato()) for semente in range(60)]

    def escrever(editor: Editor) -> None:
        try:
            for _ in range(EDICOES):
                editor.editar()
        finally:
            connection.close()

    def procurar() -> int:
        """Cada pergunta ao menos uma vez; devolve quantas se fizeram com alguém escrevendo."""
        feitas = simultaneas = 0
        try:
            while feitas < len(perguntas) or not acabou.is_set():
                simultaneas += not acabou.is_set()
                achados = busca.procurar(perguntas[feitas % len(perguntas)], mesa.agentes[2])
                busca.linhas(achados, mesa.agentes[2])
                feitas += 1
        finally:
            connection.close()
        return simultaneas

    mesa.agentes[2].permissoes  # noqa: B018 — lida antes: é da requisição, não da busca
    with ThreadPoolExecutor(ESCRITORES + 1) as corredores:
        buscas = corredores.submit(procurar)
        try:
            for escrita in [corredores.submit(escrever, editor) for editor in escritores]:
                escrita.result()
        finally:
            acabou.set()
    assert buscas.result() > 0

    retrato, rng = Retrato(), Random(3)
    tocados = sorted(set.union(*(editor.tocados for editor in escritores)) & retrato.clientes.keys())
    assert len(tocados) > CLIENTES // 2
    for cliente in tocados:
        textos = chaves(rng, retrato, cliente)
        for texto in sorted(set(textos)):
            mesa.procurar(retrato, texto, mesa.agentes[2])
