"""Toda ação e toda transição: o que se tira no meio do caminho, e cada campo com cada valor ruim.

Genérico sobre o registro: uma ação nova entra com o seu exemplo. Em cada passo, um campo de cada vez recebe
o que não devia, com os outros certos; nada se grava, e o que se aceita com marcação sai escapado.
"""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django import forms
from django.db import IntegrityError
from django.urls import reverse

from atendimento.acoes.base import ACOES
from atendimento.models import Execucao, MembroDaEquipe
from atendimento.widgets.base import WIDGETS
from contratos.models import ConcessaoDeEmpresa
from perfis.capacidades import Capacidade
from perfis.models import ConcessaoDeAcao, Perfil
from tests import fabricas
from tests.banco import desfeito, retrato_do_banco
from tests.execucao.acoes.test_contrato_das_acoes import EXEMPLOS, alvo_de, concluir, reler, responder
from tests.execucao.cenario import Cenario, criar_cenario
from tests.execucao.conftest import comecar, enviar, texto_de

CLASSES = sorted(ACOES, key=lambda classe: classe.slug)
cada_acao = pytest.mark.parametrize("classe", CLASSES, ids=lambda classe: classe.slug)
INEXISTENTE = 10**15
HOSTIL = "\"><img src=x onerror=alert(1)><script>alert(1)</script>{{'xq'|add:'zw'}}"
CRU = ("<img src=x", "<script>alert")
# Quem pertence a outro cliente, por modelo: o que um campo de escolha nunca pode aceitar.
DE_OUTRO = {
    "Conexao": fabricas.criar_conexao,
    "Contato": fabricas.criar_contato,
    "Contrato": fabricas.criar_contrato,
    "Endereco": fabricas.criar_endereco,
    "Equipamento": fabricas.criar_equipamento,
    "Equipe": fabricas.criar_equipe,
    "Etiqueta": fabricas.criar_etiqueta,
    "Fatura": fabricas.criar_fatura,
    "ServicoContratado": fabricas.criar_servico,
    "Usuario": fabricas.criar_usuario,
}


@pytest.fixture
def mesa(acoes_de_teste, classe) -> Cenario:
    """O cenário no estado em que a ação cabe, com ela concedida a quem a pode ter."""
    exemplo = EXEMPLOS[classe.slug]
    supervisiona = classe.capacidade == Capacidade.SUPERVISIONAR
    cenario = criar_cenario(
        acoes={classe.slug: exemplo.limites},
        capacidades=("atender", "supervisionar") if supervisiona else ("atender",),
    )
    exemplo.preparar(cenario)
    return reler(cenario)


@pytest.fixture
def navegador(client, mesa):
    client.force_login(mesa.agente)
    return client


# --- direitos tirados no meio ---------------------------------------------------------------------------


def tirar_a_acao(mesa):
    ConcessaoDeAcao.objects.filter(group=mesa.perfil).delete()


def tirar_a_empresa(mesa):
    ConcessaoDeEmpresa.objects.filter(content_object=mesa.empresa).delete()


def tirar_da_equipe(mesa):
    MembroDaEquipe.objects.filter(usuario=mesa.agente).update(ativo=False)


def desligar_o_perfil(mesa):
    Perfil.objects.filter(pk=mesa.perfil.pk).update(ativo=False)


def desativar_o_agente(mesa):
    type(mesa.agente).objects.filter(pk=mesa.agente.pk).update(is_active=False)


@cada_acao
def test_o_que_se_tira_entre_o_comeco_e_o_fim_recusa_e_nada_se_grava(navegador, mesa, classe):
    execucao = responder(navegador, mesa, classe) if classe.confirmacao else None
    tiradas = [tirar_a_acao, tirar_a_empresa, desligar_o_perfil, desativar_o_agente]
    if classe.exige_equipe and classe.exige_protocolo:
        tiradas.append(tirar_da_equipe)
    for tirar in tiradas:
        with desfeito():
            tirar(mesa)
            antes = retrato_do_banco()
            resposta = terminar(navegador, mesa, classe, execucao)
            if tirar is desativar_o_agente:
                # A sessão deixa de valer: volta à entrada.
                assert resposta["Location"].startswith("/entrar/"), tirar.__name__
            else:
                assert resposta.status_code in (403, 404), (tirar.__name__, texto_de(resposta)[-400:])
                assert mesa.cliente.nome not in resposta.content.decode()
            assert retrato_do_banco() == antes, tirar.__name__
    # E com tudo de volta a ação ainda se faz: o que recusou foi o que se tirou.
    assert terminar(navegador, mesa, classe, execucao).status_code == 302


def terminar(navegador, mesa, classe, execucao):
    if execucao:
        return concluir(navegador, execucao)
    [primeiro] = EXEMPLOS[classe.slug].respostas(mesa)
    return comecar(navegador, mesa, classe.slug, alvo_de(classe, mesa), **primeiro)


# --- cada campo de cada passo ---------------------------------------------------------------------------


class Percurso:
    """Uma ação andando pelos seus passos: a página do passo e o envio das respostas dele."""

    def __init__(self, navegador, mesa, classe):
        self.navegador, self.mesa, self.classe = navegador, mesa, classe
        self.objeto = alvo_de(classe, mesa)
        self.execucao: Execucao | None = None
        self.numero = 1

    def formulario(self) -> forms.Form:
        """O formulário do passo como a tela o mostra agora."""
        if self.execucao is None:
            url = reverse("acao", args=[self.classe.slug, self.classe.alvo, self.objeto.pk])
        else:
            url = reverse("execucao_passo", args=[self.execucao.pk, self.numero])
        resposta = self.navegador.get(url)
        assert resposta.status_code == 200, texto_de(resposta)[-400:]
        return resposta.context["form"]

    def enviar(self, campos: dict, chave=None):
        """As respostas do passo."""
        if self.execucao is None:
            slug, chave = self.classe.slug, chave or uuid4()
            return comecar(self.navegador, self.mesa, slug, self.objeto, chave=chave, **campos)
        return enviar(self.navegador, self.execucao, "execucao_passo", self.numero, **campos)

    def avancar(self, campos: dict) -> None:
        """Responde ao passo, que tem de ser aceito, e vai ao seguinte."""
        chave = uuid4()
        resposta = self.enviar(campos, chave)
        assert resposta.status_code == 302, texto_de(resposta)[-800:]
        self.execucao = self.execucao or Execucao.objects.get(pk=chave)
        self.numero += 1


@cada_acao
def test_cada_valor_ruim_de_cada_campo_e_422_e_nada_se_grava(navegador, mesa, classe):
    percurso = Percurso(navegador, mesa, classe)
    todas = EXEMPLOS[classe.slug].respostas(mesa)
    for campos in todas:
        form, parado = percurso.formulario(), retrato_do_banco()
        for nome, ruim in valores_ruins(form, campos):
            with desfeito():
                valor = ruim() if callable(ruim) else ruim
                antes = retrato_do_banco() if callable(ruim) else parado
                resposta = percurso.enviar({**campos, nome: valor})
                assert resposta.status_code == 422, (nome, valor, texto_de(resposta)[-600:])
                assert_sem_marcacao(resposta)
                assert retrato_do_banco() == antes, (nome, valor)
        for nome in inativaveis(form, campos):
            with desfeito():
                resposta = percurso.enviar(campos)
                assert resposta.status_code in (409, 422), (nome, texto_de(resposta)[-600:])
        if campos is not todas[-1]:
            percurso.avancar(campos)


def valores_ruins(form: forms.Form, campos: dict) -> Iterator[tuple[str, Any]]:
    """Cada campo com cada valor que ele não pode aceitar."""
    for nome, campo in form.fields.items():
        if campo.required and nome in campos:
            yield nome, ""
        if isinstance(campo, forms.ModelChoiceField):
            yield nome, INEXISTENTE
            criar = DE_OUTRO.get(campo.queryset.model.__name__)
            if criar:
                yield nome, lambda campo=campo, criar=criar: de_outro(campo, criar)
        elif isinstance(campo, forms.ChoiceField):
            yield nome, HOSTIL
        elif isinstance(campo, forms.CharField):
            yield nome, "x" * (campo.max_length + 1)
            yield nome, f"{HOSTIL[: campo.max_length - 1]}\x00"
        elif isinstance(campo, forms.DateField | forms.DateTimeField | forms.DecimalField):
            yield nome, HOSTIL


def de_outro(campo, criar) -> int:
    """A chave de um objeto de outro cliente, que o campo não oferece."""
    objeto = criar()
    assert not campo.queryset.filter(pk=objeto.pk).exists(), f"o campo oferece {objeto!r}, de outro"
    return objeto.pk


def inativaveis(form: forms.Form, campos: dict) -> Iterator[str]:
    """Desativa, uma de cada vez, cada opção escolhida que se pode desativar; desfaz quem chamou."""
    for nome, campo in form.fields.items():
        if not isinstance(campo, forms.ModelChoiceField) or not campos.get(nome):
            continue
        modelo = campo.queryset.model
        for marca in ("ativo", "ativa"):
            if hasattr(modelo, marca):
                with desfeito():
                    try:
                        modelo.objects.filter(pk=campos[nome]).update(**{marca: False})
                    except IntegrityError:
                        continue
                    yield nome


def assert_sem_marcacao(resposta) -> None:
    pagina = resposta.content.decode()
    assert [cru for cru in CRU if cru in pagina] == []


# --- o texto hostil que se aceita ------------------------------------------------------------------------


@cada_acao
def test_texto_hostil_que_se_aceita_sai_escapado_em_toda_tela(navegador, mesa, classe):
    mostrar_tudo(mesa)
    percurso = Percurso(navegador, mesa, classe)
    for campos in EXEMPLOS[classe.slug].respostas(mesa):
        percurso.avancar(com_hostil(percurso, campos))
    if classe.confirmacao:
        previa = navegador.get(reverse("execucao_previa", args=[percurso.execucao.pk]))
        assert_sem_marcacao(previa)
        assert concluir(navegador, percurso.execucao).status_code == 302
    for url in telas(mesa, percurso.execucao):
        resposta = navegador.get(url)
        assert resposta.status_code == 200, url
        assert_sem_marcacao(resposta)
        assert "xqzw" not in resposta.content.decode(), "o texto de quem digita nunca é um template"


def mostrar_tudo(mesa) -> None:
    """Dá ao agente todos os cartões e o admin, onde o que se digitou também aparece."""
    todos = fabricas.criar_perfil(
        capacidades=[c.value for c in Capacidade],
        widgets=[w.slug for w in WIDGETS],
        empresas=[mesa.empresa],
    )
    mesa.agente.groups.add(todos)


def com_hostil(percurso: Percurso, campos: dict) -> dict:
    """As respostas com texto hostil em todo campo de texto livre; o que tem forma própria fica como está."""
    livres = {
        nome: HOSTIL[: campo.max_length]
        for nome, campo in percurso.formulario().fields.items()
        if type(campo) is forms.CharField or isinstance(campo.widget, forms.Textarea)
    }
    with desfeito():
        resposta = percurso.enviar(campos | livres)
        if resposta.status_code == 302:
            return campos | livres
    recusados = resposta.context["form"].errors
    aceitos = {nome: valor for nome, valor in livres.items() if nome in campos and nome not in recusados}
    return campos | aceitos


def telas(mesa, execucao) -> list[str]:
    """Onde o que se digitou aparece depois."""
    execucao.refresh_from_db()
    solicitacao = execucao.solicitacao or mesa.solicitacao
    return [
        reverse("execucao", args=[execucao.pk]),
        reverse("resumo", args=[solicitacao.protocolo]),
        reverse("cliente", args=[mesa.cliente.pk]),
        reverse("contrato", args=[mesa.contrato.pk, "eventos"]),
        reverse("solicitacoes_do_cliente", args=[mesa.cliente.pk]),
        reverse("inicio"),
    ]
