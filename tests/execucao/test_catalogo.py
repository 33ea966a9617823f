"""Toda ação do catálogo obedece às regras, e uma nova não muda nenhum arquivo."""

import re
import sys

import pytest
from django import forms
from django.template import Context, Engine
from django.urls import reverse

from atendimento.acoes.base import ACOES, Acao, Contexto, Passo, Resultado, SemPerguntas
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_contrato import AcaoDeContrato
from atendimento.acoes.transicao import Transicao
from atendimento.catalogo import espelhar_catalogo
from atendimento.efeito import EventoFaltando
from atendimento.eixo import ALVOS, localizar
from atendimento.models import Execucao
from perfis.models import Acao as ItemDoCatalogo
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar, texto_de
from tests.fabricas import criar_empresa, criar_perfil, criar_usuario

DO_CONSOLE = sorted((classe for classe in ACOES), key=lambda classe: classe.slug)
IDS = [classe.slug for classe in DO_CONSOLE]


def test_o_catalogo_tem_uma_acao_por_transicao():
    assert {classe.slug for classe in DO_CONSOLE} >= {
        "iniciar", "abrir", "assumir", "assumir_por", "pausar", "retomar", "encaminhar", "transferir",
        "devolver", "alterar_etiqueta", "agendar", "retornar", "encerrar", "cancelar", "reabrir",
    }  # fmt: skip


@pytest.mark.parametrize("classe", DO_CONSOLE, ids=IDS)
def test_a_declaracao_esta_completa(classe):
    assert re.fullmatch(r"[a-z][a-z_]{2,59}", classe.slug)
    assert classe.alvo in ALVOS
    assert 1 <= len(classe.passos) <= 4
    assert len(classe.ajuda) >= 40, "a ajuda diz quando usar, em uma frase inteira"
    assert len(classe.nome) <= 80
    assert len(classe.grupo) <= 30
    assert classe.__doc__
    _conferir_icone(classe.icone)
    for passo in classe.passos:
        assert issubclass(passo, Passo)
        assert passo.titulo
        for nome, campo in passo.base_fields.items():
            assert campo.label, f"{nome} sem rótulo"


def _conferir_icone(nome: str) -> None:
    modelo = Engine(libraries={"icones": "atendimento.templatetags.icones"}).from_string(
        "{% load icones %}{% lucide nome size=16 %}"
    )
    assert "<svg" in modelo.render(Context({"nome": nome}))


@pytest.mark.parametrize("classe", DO_CONSOLE, ids=IDS)
def test_cada_acao_esta_no_banco_com_o_que_declara(classe):
    espelhar_catalogo()
    item = ItemDoCatalogo.objects.get(slug=classe.slug)
    assert (item.alvo, item.no_codigo) == (classe.alvo, True)
    assert [limite["nome"] for limite in item.limites_declarados] == list(classe.limites)


@pytest.fixture
def mesa(acoes_de_teste):
    # Algumas ações são só de quem supervisiona.
    return criar_cenario(acoes=IDS, capacidades=["atender", "supervisionar"])


def endereco(classe, cenario) -> str:
    return reverse("acao", args=[classe.slug, classe.alvo, getattr(cenario, classe.alvo).pk])


@pytest.mark.parametrize("classe", DO_CONSOLE, ids=IDS)
def test_cada_acao_tem_pagina_no_manual_so_para_quem_a_tem(client, mesa, classe):
    url = reverse("ajuda_acao", args=[classe.slug])
    client.force_login(mesa.agente)
    assert classe.ajuda.split(".")[0] in texto_de(client.get(url))
    client.force_login(criar_usuario(capacidades=["atender"]))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("classe", DO_CONSOLE, ids=IDS)
def test_cada_acao_se_abre_ou_diz_por_que_nao_e_nada_grava(client, mesa, classe):
    client.force_login(mesa.agente)

    resposta = client.get(endereco(classe, mesa))

    assert resposta.status_code in (200, 409)
    if resposta.status_code == 409:
        assert "Não é possível agora" in texto_de(resposta)
    assert not Execucao.objects.exists()


@pytest.mark.parametrize("classe", DO_CONSOLE, ids=IDS)
def test_cada_acao_recusa_quem_nao_a_tem_e_nao_existe_para_quem_e_de_fora(client, mesa, classe):
    objeto = getattr(mesa, classe.alvo)
    outras = [slug for slug in IDS if slug != classe.slug]
    sem_ela = criar_perfil(capacidades=["atender", "supervisionar"], acoes=outras, empresas=[mesa.empresa])
    mesa.agente.groups.set([sem_ela])
    client.force_login(mesa.agente)
    assert client.get(endereco(classe, mesa)).status_code == 403
    assert comecar(client, mesa, classe.slug, objeto).status_code == 403

    de_fora = criar_perfil(capacidades=["atender", "supervisionar"], acoes=IDS, empresas=[criar_empresa()])
    mesa.agente.groups.set([de_fora])
    assert client.get(endereco(classe, mesa)).status_code == 404
    assert comecar(client, mesa, classe.slug, objeto).status_code == 404
    assert not Execucao.objects.exists()


@pytest.mark.parametrize("classe", DO_CONSOLE, ids=IDS)
def test_cada_acao_recusa_campo_a_mais(client, mesa, classe):
    client.force_login(mesa.agente)
    assert comecar(client, mesa, classe.slug, responsavel=1).status_code == 400


class Curto(Passo):
    texto = forms.CharField(label="Texto", max_length=10)


def test_uma_acao_nova_se_registra_de_um_pacote_qualquer(tmp_path, monkeypatch, client, acoes_de_teste):
    pacote = tmp_path / "acoes_de_fora"
    pacote.mkdir()
    (pacote / "__init__.py").touch()
    (pacote / "saudar.py").write_text(
        "from atendimento.acoes.base import ACOES, Acao, Resultado, SemPerguntas\n"
        "@ACOES.registrar\n"
        "class Saudar(Acao):\n"
        "    slug, nome, grupo, alvo = 'saudar', 'Saudar', 'Geral', 'cliente'\n"
        "    ajuda = 'Cumprimenta o cliente.'\n"
        "    passos, confirmacao = (SemPerguntas,), False\n"
        "    def efetivar(self, dados):\n"
        "        return Resultado('Cliente saudado.', relato='Bom dia.')\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    try:
        ACOES.descobrir("acoes_de_fora")
        espelhar_catalogo()
        cenario = criar_cenario(acoes=("saudar",))
        client.force_login(cenario.agente)

        resposta = client.get(comecar(client, cenario, "saudar")["Location"])

        assert "Cliente saudado." in texto_de(resposta)
        assert cenario.solicitacao.relatos.last().texto == "Bom dia."
    finally:
        ACOES.retirar("saudar")
        for modulo in [nome for nome in sys.modules if nome.startswith("acoes_de_fora")]:
            del sys.modules[modulo]


BASE = {
    "slug": "de_teste", "nome": "De teste", "grupo": "Geral", "alvo": "cliente", "ajuda": "Serve aos testes.",
    "passos": (SemPerguntas,), "efetivar": lambda self, dados: Resultado("Feito."),
}  # fmt: skip


class SemTamanho(Passo):
    texto = forms.CharField(label="Texto")


class ComSenha(Passo):
    senha = forms.CharField(label="Senha", max_length=20, widget=forms.PasswordInput)


class ComArquivo(Passo):
    arquivo = forms.FileField(label="Arquivo", max_length=20)


@pytest.mark.parametrize(
    "erro",
    [
        {"alvo": "planeta"},
        {"passos": ()},
        {"passos": (SemPerguntas,) * 5},
        {"passos": (SemPerguntas,) * 2, "confirmacao": False},
        {"passos": (Curto, Curto)},
        {"passos": (SemTamanho,)},
        {"passos": (ComSenha,)},
        {"passos": (ComArquivo,)},
        {"ajuda": ""},
        {"nome": ""},
        {"slug": ""},
    ],
    ids=str,
)
def test_uma_acao_fora_das_regras_nem_se_registra(erro):
    classe = type("DeTeste", (Acao,), BASE | erro)
    with pytest.raises(TypeError):
        ACOES.registrar(classe)
    assert ACOES.get("de_teste") is None


def test_a_mesma_acao_dentro_das_regras_se_registra():
    try:
        assert ACOES.registrar(type("DeTeste", (Acao,), BASE)) is ACOES["de_teste"]
    finally:
        ACOES.retirar("de_teste")


@pytest.mark.parametrize(
    ("base", "falta"), [(Acao, "efetivar"), (Transicao, "mudar"), (AcaoDeContrato, "fazer")]
)
def test_uma_acao_pela_metade_nem_se_registra_e_se_diz_o_que_falta(base, falta):
    inteira = {nome: valor for nome, valor in BASE.items() if nome != "efetivar"}
    with pytest.raises(TypeError, match=f"DeTeste: falta escrever {falta}"):
        ACOES.registrar(type("DeTeste", (base,), inteira))
    assert ACOES.get("de_teste") is None


def test_mudar_o_contrato_sem_evento_e_erro_de_programa_e_nada_grava(client, acoes_de_teste):
    class Calada(Acao):
        slug, nome, grupo, alvo = "calada", "Calada", "Geral", "contrato"
        ajuda, passos, confirmacao = "Muda sem dizer.", (SemPerguntas,), False

        def efetivar(self, dados):
            contrato = self.contexto.objeto
            contrato.vendedor = "Alba"
            contrato.save()
            return Resultado("Feito.", relato="Feito.")

    ACOES.registrar(Calada)
    try:
        espelhar_catalogo()
        cenario = criar_cenario(acoes=("calada",))
        client.force_login(cenario.agente)
        with pytest.raises(EventoFaltando):
            comecar(client, cenario, "calada")
    finally:
        ACOES.retirar("calada")
    cenario.contrato.refresh_from_db()
    assert cenario.contrato.vendedor == ""
    assert not Execucao.objects.exists()


def test_quem_nao_e_da_equipe_nao_age_na_solicitacao(client, mesa):
    estranho = criar_usuario(mesa.perfil)
    client.force_login(estranho)
    for classe in DO_CONSOLE:
        if classe.alvo == "solicitacao" and classe.exige_equipe:
            assert client.get(endereco(classe, mesa)).status_code == 403, classe.slug


def test_o_passo_de_cada_acao_so_recebe_o_que_pergunta(mesa):
    for classe in DO_CONSOLE:
        eixo = localizar(classe.alvo, getattr(mesa, classe.alvo).pk, mesa.agente)
        form = classe.passos[0](contexto=Contexto(mesa.agente, eixo))
        assert set(form.fields) <= classe.passos[0].nomes()


def test_texto_conta_a_quebra_como_um_caractere():
    campo = Texto(label="Texto", max_length=3)
    assert campo.clean("a\r\nb") == "a\nb"


@pytest.mark.parametrize("classe", DO_CONSOLE, ids=IDS)
def test_a_opcao_vazia_de_cada_campo_esta_em_portugues(mesa, classe):
    eixo = localizar(classe.alvo, getattr(mesa, classe.alvo).pk, mesa.agente)
    eixo = eixo.com_solicitacao(mesa.solicitacao.pk)
    form = classe.passos[0](contexto=Contexto(mesa.agente, eixo))
    assert "Select" not in form.as_p()
    assert "---" not in form.as_p()
