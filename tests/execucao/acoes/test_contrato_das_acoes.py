"""O contrato de toda ação do catálogo, feita de verdade pela tela: uma nova sem exemplo não passa.

As transições da solicitação são provadas uma a uma em `test_transicoes`.
"""

import importlib
import pkgutil
import re
from uuid import uuid4

import pytest
from django.urls import reverse

from atendimento.acoes.base import ACOES, Acao
from atendimento.acoes.transicao import Abertura, Transicao
from atendimento.decisao import preparar
from atendimento.eixo import localizar
from atendimento.execucao import respostas as respostas_de
from atendimento.models import Execucao, Mensagem, RegistroDeAuditoria, Relato
from clientes.models import Alerta, Cliente, Contato, Endereco
from contratos.models import (
    Acordo,
    Conexao,
    Contestacao,
    Contrato,
    DesbloqueioTemporario,
    Equipamento,
    Etiqueta,
    EventoDeContrato,
    Eventual,
    Fatura,
    InformeDePagamento,
    ServicoContratado,
)
from tests.execucao.acoes import exemplos
from tests.execucao.cenario import Cenario, criar_cenario
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.fabricas import criar_perfil

for modulo in pkgutil.iter_modules(exemplos.__path__):
    importlib.import_module(f"{exemplos.__name__}.{modulo.name}")
EXEMPLOS = exemplos.EXEMPLOS

# Fora as transições: o que tem página própria, e cada uma com um exemplo.
ACOES_DO_CATALOGO = sorted(
    (classe for classe in ACOES if not issubclass(classe, Transicao | Abertura)), key=lambda c: c.slug
)
IDS = [classe.slug for classe in ACOES_DO_CATALOGO]
cada_acao = pytest.mark.parametrize("classe", ACOES_DO_CATALOGO, ids=IDS)
MODELOS = (
    Acordo, Alerta, Cliente, Conexao, Contato, Contestacao, Contrato, DesbloqueioTemporario, Endereco,
    Equipamento, Etiqueta, Eventual, EventoDeContrato, Fatura, InformeDePagamento, Mensagem,
    RegistroDeAuditoria, Relato, ServicoContratado,
)  # fmt: skip


def retrato(cenario: Cenario, classe: type[Acao]) -> tuple:
    """Tudo o que uma ação pode mudar, menos a própria execução."""
    return (
        *(list(modelo.objects.order_by("pk").values()) for modelo in MODELOS),
        EXEMPLOS[classe.slug].retratar(cenario),
    )


@pytest.fixture
def mesa(acoes_de_teste, classe) -> Cenario:
    """O cenário no estado em que a ação cabe, com ela concedida."""
    exemplo = EXEMPLOS[classe.slug]
    cenario = criar_cenario(acoes={classe.slug: exemplo.limites})
    exemplo.preparar(cenario)
    return reler(cenario)


def reler(cenario: Cenario) -> Cenario:
    for nome in ("cliente", "contrato", "etiqueta", "solicitacao"):
        setattr(cenario, nome, type(getattr(cenario, nome)).objects.get(pk=getattr(cenario, nome).pk))
    return cenario


@pytest.fixture
def navegador(client, mesa):
    client.force_login(mesa.agente)
    return client


def alvo_de(classe, cenario):
    return getattr(cenario, classe.alvo)


def responder(navegador, mesa, classe) -> Execucao:
    """Responde a todos os passos; a ação sem prévia já fica concluída."""
    chave = uuid4()
    primeiro, *outros = EXEMPLOS[classe.slug].respostas(mesa)
    resposta = comecar(navegador, mesa, classe.slug, alvo_de(classe, mesa), chave=chave, **primeiro)
    assert resposta.status_code == 302, texto_de(resposta)[-1500:]
    execucao = Execucao.objects.get(pk=chave)
    for numero, campos in enumerate(outros, 2):
        resposta = enviar(navegador, execucao, "execucao_passo", numero, **campos)
        assert resposta.status_code == 302, texto_de(resposta)[-1500:]
    execucao.refresh_from_db()
    return execucao


def concluir(navegador, execucao, **campos):
    return enviar(navegador, execucao, "execucao_concluir", **campos)


def previa_de(classe, mesa, execucao):
    """A prévia como o executor a calcula agora."""
    eixo = localizar(classe.alvo, alvo_de(classe, mesa).pk, mesa.agente)
    eixo = eixo.com_solicitacao(execucao.solicitacao_id)
    acao = preparar(classe, eixo, mesa.agente)
    return acao.previa(respostas_de(acao, execucao.dados))


@cada_acao
def test_toda_acao_tem_exemplo_e_ajuda_de_quem_atende(classe):
    assert classe.slug in EXEMPLOS, f"falta o exemplo de {classe.slug} em tests/execucao/acoes/exemplos/"
    # Quando usar, o que pergunta, o que faz, o que dizer ao cliente.
    partes = classe.ajuda.split("\n\n")
    assert len(partes) >= 3, "a ajuda diz quando usar, o que pergunta, o que faz e o que dizer"
    assert re.search(r"\b[Dd]iga\b|\bDizer\b", classe.ajuda), "a ajuda diz o que dizer ao cliente"


@cada_acao
def test_a_acao_se_faz_do_comeco_ao_fim_e_deixa_relato_e_evento_uma_vez(navegador, mesa, classe):
    execucao = responder(navegador, mesa, classe)
    if classe.confirmacao:
        assert concluir(navegador, execucao).status_code == 302
        # Enviar outra vez, e com a versão antiga, não repete nada.
        assert concluir(navegador, execucao, versao=1).status_code == 302

    execucao.refresh_from_db()
    assert execucao.situacao == "concluida"
    eventos = EventoDeContrato.objects.filter(contrato=mesa.contrato, protocolo=mesa.solicitacao.protocolo)
    assert eventos.count() == (1 if EXEMPLOS[classe.slug].deixa_evento else 0)
    relatos = mesa.solicitacao.relatos.filter(texto=execucao.resultado["relato"])
    assert relatos.count() == (1 if execucao.resultado["relato"] else 0)
    concluidas = RegistroDeAuditoria.objects.filter(acao="acao.concluir", dados__acao=classe.slug)
    assert concluidas.count() == 1
    pagina = navegador.get(reverse("execucao", args=[execucao.pk]))
    assert execucao.resultado["mensagem"] in texto_de(pagina)
    if conferir := EXEMPLOS[classe.slug].conferir:
        conferir(reler(mesa), navegador)


@cada_acao
def test_a_previa_diz_exatamente_o_que_o_efeito_faz(navegador, mesa, classe):
    if not classe.confirmacao:
        pytest.skip("conclui no próprio passo, sem prévia")
    exemplo = EXEMPLOS[classe.slug]
    execucao = responder(navegador, mesa, classe)
    antes = retrato(mesa, classe)
    previa = previa_de(classe, mesa, execucao)
    pagina = navegador.get(reverse("execucao_previa", args=[execucao.pk]))
    assert pagina.status_code == 200
    assert retrato(mesa, classe) == antes, "a prévia não escreve"
    gravadas = [m for m in previa.mudancas if m.rotulo not in exemplo.so_da_previa]
    for mudanca in gravadas:
        assert exemplo.ler(reler(mesa), mudanca.rotulo) == mudanca.de, mudanca.rotulo

    assert concluir(navegador, execucao).status_code == 302

    for mudanca in gravadas:
        assert exemplo.ler(reler(mesa), mudanca.rotulo) == mudanca.para, mudanca.rotulo
    execucao.refresh_from_db()
    assert execucao.resultado["dizer"] == previa.dizer
    assert all(m.para in " ".join(texto_de(pagina).split()) for m in previa.mudancas if m.para)


@cada_acao
def test_impedida_diz_por_que_no_menu_e_na_tela_e_nada_grava(navegador, mesa, classe):
    exemplo = EXEMPLOS[classe.slug]
    if exemplo.impedir is None:
        pytest.skip("cabe sempre")
    execucao = responder(navegador, mesa, classe) if classe.confirmacao else None
    exemplo.impedir(mesa)
    reler(mesa)
    antes = retrato(mesa, classe)

    abrir = navegador.get(reverse("acao", args=[classe.slug, classe.alvo, alvo_de(classe, mesa).pk]))
    assert abrir.status_code == 409
    frase = re.search(r"Não é possível agora (.+)", texto_de(abrir))
    assert frase
    assert len(frase[1]) > 20
    [primeiro, *_] = exemplo.respostas(mesa)
    assert comecar(navegador, mesa, classe.slug, alvo_de(classe, mesa), **primeiro).status_code == 409
    if execucao:
        assert concluir(navegador, execucao).status_code == 409
    assert retrato(mesa, classe) == antes


@cada_acao
def test_sem_a_acao_no_perfil_e_403_e_nada_grava(client, mesa, classe):
    outro = criar_perfil(capacidades=["atender", "supervisionar"], empresas=[mesa.empresa])
    mesa.agente.groups.set([outro])
    client.force_login(mesa.agente)
    antes = retrato(mesa, classe)
    [primeiro, *_] = EXEMPLOS[classe.slug].respostas(mesa)

    assert comecar(client, mesa, classe.slug, alvo_de(classe, mesa), **primeiro).status_code == 403
    assert retrato(mesa, classe) == antes
    assert not Execucao.objects.exists()


@cada_acao
def test_resposta_ruim_e_422_no_campo_e_nada_grava(navegador, mesa, classe):
    ruins = EXEMPLOS[classe.slug].ruins(mesa)
    antes = retrato(mesa, classe)
    for campos in ruins:
        resposta = comecar(navegador, mesa, classe.slug, alvo_de(classe, mesa), **campos)
        assert resposta.status_code == 422, (campos, texto_de(resposta)[-800:])
        assert 'aria-invalid="true"' in resposta.content.decode() or "erro" in resposta.content.decode()
    assert retrato(mesa, classe) == antes
    assert not Execucao.objects.exists()


@cada_acao
def test_desistir_da_acao_nada_muda(navegador, mesa, classe):
    if not classe.confirmacao:
        pytest.skip("conclui no próprio passo")
    execucao = responder(navegador, mesa, classe)
    antes = [linhas for modelo, linhas in zip(MODELOS, retrato(mesa, classe), strict=False)
             if modelo is not RegistroDeAuditoria]  # fmt: skip
    navegador.post(reverse("execucao_cancelar", args=[execucao.pk]))
    assert concluir(navegador, execucao).status_code == 409
    depois = [linhas for modelo, linhas in zip(MODELOS, retrato(mesa, classe), strict=False)
              if modelo is not RegistroDeAuditoria]  # fmt: skip
    assert depois == antes
