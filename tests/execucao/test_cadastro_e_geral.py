"""O que as ações de Cadastro e as gerais têm de próprio, além do contrato que toda ação cumpre."""

import csv
import re
import zlib
from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from atendimento import exportacao
from atendimento.dominio import mensagens, solicitacoes
from atendimento.dominio.identidade import verificar
from atendimento.excecoes import DadoInvalido, Impedida
from atendimento.models import AcessoADado, Execucao, Mensagem, Reclamacao, Solicitacao
from clientes.models import Contato, Endereco
from contratos.models import EventoDeContrato
from perfis.models import ConcessaoDeAcao
from tests.execucao.cenario import criar_cenario, criar_colega
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.execucao.contratual import ate_a_previa, concluir, fazer, ver_previa
from tests.fabricas import (
    criar_cliente,
    criar_contato,
    criar_contrato,
    criar_endereco,
    criar_equipe,
    criar_fatura,
    criar_motivo,
    criar_solicitacao,
    criar_solucao,
    criar_tipo_de_solicitacao,
    criar_usuario,
)

ACOES = (
    "atualizar_cadastro", "documentos", "alerta_observacao", "atendimento_padrao", "abrir", "historico",
    "reclamacao", "retorno", "lgpd", "informar_protocolo", "verificar_identidade", "encerrar", "cancelar",
)  # fmt: skip
NOVO_ENDERECO = {
    "cep": "00000-015", "logradouro": "Alameda das Orquídeas", "numero": "77", "bairro": "Centro",
    "cidade": "Santa Aurora", "uf": "RS",
}  # fmt: skip


@pytest.fixture
def cenario(acoes_de_teste):
    return criar_cenario(acoes=ACOES)


def conferir(cenario):
    verificar(cenario.solicitacao, por=cenario.agente, fatores=["documento", "nascimento"])


def ultimo_relato(solicitacao):
    return solicitacao.relatos.order_by("pk").last().texto


def na_solicitacao(navegador, cenario, slug, **campos):
    return comecar(navegador, cenario, slug, cenario.solicitacao, **campos)


# --- atualizar cadastro ---


def test_sem_conferir_quem_fala_o_cadastro_nao_se_abre(agente, cenario):
    resposta = agente.get(reverse("acao", args=["atualizar_cadastro", "contrato", cenario.contrato.pk]))
    assert resposta.status_code == 409
    assert "Confirme a identidade" in texto_de(resposta)


def test_o_relato_do_cadastro_nao_traz_nenhum_dado_inteiro(agente, cenario):
    conferir(cenario)
    velho = criar_contato(cenario.cliente, valor="+5554900001234")
    fazer(
        agente, cenario, "atualizar_cadastro",
        {"email": "maria.nova@exemplo.net", "telefone": "54 90000-7788", "remover": [velho.pk]},
        NOVO_ENDERECO,
    )  # fmt: skip

    relato = ultimo_relato(cenario.solicitacao)
    assert "ma***@exemplo.net" in relato
    assert "(54) 9****-7788" in relato
    for inteiro in ("maria.nova", "90000-7788", "900007788", "90000-1234", "900001234", ", 77"):
        assert inteiro not in relato
    assert not Contato.objects.filter(pk=velho.pk).exists()


def test_contato_que_o_cliente_nao_provou_fica_por_confirmar_e_nada_recebe(agente, cenario):
    conferir(cenario)
    execucao = ate_a_previa(agente, cenario, "atualizar_cadastro", {"email": "nova@exemplo.net"}, {})
    assert "por confirmar" in ver_previa(agente, execucao)
    concluir(agente, execucao)

    contato = Contato.objects.get()
    assert (contato.confirmado_em, contato.principal) == (None, True)
    with pytest.raises(Impedida):
        mensagens.enfileirar(contato=contato, modelo="protocolo", solicitacao=cenario.solicitacao)


def test_o_endereco_de_cobranca_muda_no_contrato_com_evento_e_o_de_antes_fica(agente, cenario):
    conferir(cenario)
    antigo = criar_endereco(cenario.cliente)
    cenario.contrato.endereco = antigo
    cenario.contrato.save()
    cenario.contrato.refresh_from_db()

    fazer(agente, cenario, "atualizar_cadastro", {}, NOVO_ENDERECO)

    cenario.contrato.refresh_from_db()
    assert cenario.contrato.endereco.logradouro == "Alameda das Orquídeas"
    assert cenario.contrato.endereco.cep == "00000015"
    assert Endereco.objects.filter(pk=antigo.pk).exists()
    evento = EventoDeContrato.objects.get()
    assert evento.tipo.codigo == "alteracao-de-cobranca"
    assert cenario.solicitacao.protocolo in evento.descricao


@pytest.mark.parametrize(
    "campos", [{}, {"cep": "00000-015"}, NOVO_ENDERECO | {"cep": "123"}, NOVO_ENDERECO | {"uf": "XX"}]
)
def test_endereco_pela_metade_ou_nada_a_mudar_nao_passa(agente, cenario, campos):
    conferir(cenario)
    comecar(agente, cenario, "atualizar_cadastro")
    execucao = Execucao.objects.get()
    assert enviar(agente, execucao, "execucao_passo", 2, **campos).status_code == 422


def test_o_contato_que_ja_e_do_cliente_nao_se_repete(agente, cenario):
    conferir(cenario)
    criar_contato(cenario.cliente, tipo="email", valor="nova@exemplo.net")
    resposta = comecar(agente, cenario, "atualizar_cadastro", email="NOVA@exemplo.net")
    assert resposta.status_code == 422
    assert "já está no cadastro" in texto_de(resposta)


def test_contato_de_outro_cliente_nao_se_remove(agente, cenario):
    conferir(cenario)
    alheio = criar_contato()
    assert comecar(agente, cenario, "atualizar_cadastro", remover=[alheio.pk]).status_code == 422
    assert Contato.objects.filter(pk=alheio.pk).exists()


def test_o_contrato_que_mudou_enquanto_se_preenchia_e_409(agente, cenario):
    conferir(cenario)
    execucao = ate_a_previa(agente, cenario, "atualizar_cadastro", {"nome_social": "Jaci"}, {})
    versao = cenario.contrato.versao
    cenario.contrato.vendedor = "Alba"
    cenario.contrato.save()
    resposta = enviar(agente, execucao, "execucao_concluir", versao_do_alvo=versao)
    assert resposta.status_code == 409
    cenario.cliente.refresh_from_db()
    assert cenario.cliente.nome_social == ""


# --- protocolo ---


def test_o_protocolo_vai_ao_contato_escolhido_e_o_por_confirmar_nem_se_oferece(agente, cenario):
    por_confirmar = criar_contato(cenario.cliente)
    contato = criar_contato(cenario.cliente, confirmado_em=timezone.now())

    pagina = agente.get(reverse("acao", args=["informar_protocolo", "solicitacao", cenario.solicitacao.pk]))
    assert f'name="como" value="{por_confirmar.pk}"' not in pagina.content.decode()
    assert f'<option value="{por_confirmar.pk}"' not in pagina.content.decode()
    assert contato.valor not in pagina.content.decode()
    assert na_solicitacao(agente, cenario, "informar_protocolo", como=contato.pk).status_code == 302

    mensagem = Mensagem.objects.get(destino=contato.valor)
    assert (mensagem.tipo, mensagem.solicitacao, mensagem.criada_por) == (
        "protocolo", cenario.solicitacao, cenario.agente,
    )  # fmt: skip


def test_ler_em_voz_alta_cumpre_a_leitura_devida_uma_vez(agente, cenario):
    assert mensagens.leitura_devida(cenario.solicitacao)
    chave = uuid4()
    for _ in range(2):
        na_solicitacao(agente, cenario, "informar_protocolo", como="voz", chave=chave)
    assert mensagens.leitura_devida(cenario.solicitacao) is None
    assert cenario.solicitacao.relatos.filter(texto="Protocolo lido ao cliente.").count() == 1


# --- atendimento padrão ---


def test_em_andamento_a_solicitacao_fica_com_o_agente_ja_classificada(agente, cenario):
    tipo = criar_tipo_de_solicitacao()
    passos = {"tipo": tipo.pk}, {"desfecho": "andamento", "relato": "Vai medir amanhã."}
    fazer(agente, cenario, "atendimento_padrao", *passos)

    solicitacao = Solicitacao.objects.get()
    assert (solicitacao.situacao, solicitacao.tipo, solicitacao.responsavel) == (
        "em_atendimento", tipo, cenario.agente,
    )  # fmt: skip
    assert ultimo_relato(solicitacao) == "Vai medir amanhã."


def test_em_contrato_bloqueado_so_aparecem_os_tipos_que_valem_nele(agente, cenario):
    cenario.contrato.situacao = 7
    cenario.contrato.save()
    comum = criar_tipo_de_solicitacao()
    permitido = criar_tipo_de_solicitacao(permite_contrato_bloqueado=True)

    url = reverse("acao", args=["atendimento_padrao", "solicitacao", cenario.solicitacao.pk])
    html = agente.get(url).content.decode()
    assert f'value="{permitido.pk}"' in html
    assert f'value="{comum.pk}"' not in html
    assert na_solicitacao(agente, cenario, "atendimento_padrao", tipo=comum.pk).status_code == 422


def test_resolvida_sem_solucao_volta_ao_campo(agente, cenario):
    tipo = criar_tipo_de_solicitacao()
    na_solicitacao(agente, cenario, "atendimento_padrao", tipo=tipo.pk)
    execucao = Execucao.objects.get()
    resposta = enviar(agente, execucao, "execucao_passo", 2, desfecho="resolvida", relato="Feito.")
    assert resposta.status_code == 422
    assert "Escolha a solução" in texto_de(resposta)


def test_com_filha_aberta_avisa_na_previa_e_nao_encerra(agente, cenario):
    filha = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta, pai=cenario.solicitacao)
    tipo, solucao = criar_tipo_de_solicitacao(), criar_solucao()
    execucao = ate_a_previa(
        agente, cenario, "atendimento_padrao", {"tipo": tipo.pk},
        {"desfecho": "resolvida", "solucao": solucao.pk, "relato": "Feito."},
    )  # fmt: skip
    assert filha.protocolo in ver_previa(agente, execucao)
    assert concluir(agente, execucao).status_code == 409
    cenario.solicitacao.refresh_from_db()
    assert (cenario.solicitacao.situacao, cenario.solicitacao.tipo) == ("em_atendimento", None)


def test_o_colega_de_equipe_nao_encerra_a_que_nao_e_sua(client, cenario):
    client.force_login(criar_colega(cenario))
    resposta = client.get(reverse("acao", args=["atendimento_padrao", "solicitacao", cenario.solicitacao.pk]))
    assert resposta.status_code == 409
    assert "está com" in texto_de(resposta)


# --- solicitação filha ---


def abrir_filha(agente, cenario, pai, **campos):
    return comecar(
        agente, cenario, "abrir", canal="telefone", solicitante_nome="Jacira",
        solicitante_relacao="titular", equipe=cenario.equipe.pk, prioridade=2, descricao="Trocar a ONU.",
        pai=pai.pk, **campos,
    )  # fmt: skip


def test_a_solicitacao_aberta_se_vincula_como_filha(agente, cenario):
    assert abrir_filha(agente, cenario, cenario.solicitacao).status_code == 302
    filha = Solicitacao.objects.latest("pk")
    assert filha.pai == cenario.solicitacao


def test_a_pai_de_outro_cliente_nao_vale_nem_pelo_dominio(agente, cenario):
    outro = criar_contrato(criar_cliente(), cenario.empresa)
    alheia = criar_solicitacao(por=cenario.agente, etiqueta=outro.etiquetas.get())
    assert abrir_filha(agente, cenario, alheia).status_code == 422
    with pytest.raises(DadoInvalido, match="outro cliente"):
        criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta, pai=alheia)


# --- reclamação ---


def reclamar(agente, cenario, **campos):
    tipo = criar_tipo_de_solicitacao(especie="reclamacao")
    queixa = {"orgao": "procon", "numero_externo": "FA-1", "tipo": tipo.pk, "relato": "Cobrança repetida."}
    return fazer(agente, cenario, "reclamacao", queixa | campos)


def test_a_reclamacao_fica_urgente_e_nunca_se_cancela(agente, cenario):
    reclamar(agente, cenario)

    solicitacao = Solicitacao.objects.get()
    assert (solicitacao.prioridade, solicitacao.incancelavel) == (4, True)
    assert str(solicitacao.reclamacao) == "Procon FA-1"
    resposta = agente.get(reverse("acao", args=["cancelar", "solicitacao", solicitacao.pk]))
    assert resposta.status_code == 409
    with pytest.raises(Impedida):
        solicitacoes.cancelar(
            solicitacao, por=cenario.agente, versao=None, motivo=criar_motivo("cancelamento"),
            justificativa="Não era reclamação, afinal.",
        )  # fmt: skip


@pytest.mark.parametrize(("dias", "encurta"), [(2, True), (30, False)])
def test_o_prazo_do_orgao_so_encurta(agente, cenario, dias, encurta):
    antes = cenario.solicitacao.prazo_regulatorio_em
    dia = timezone.localdate() + timedelta(days=dias)
    reclamar(agente, cenario, prazo_em=dia.isoformat())
    depois = Solicitacao.objects.get().prazo_regulatorio_em
    assert (depois < antes) is encurta
    if encurta:
        assert timezone.localtime(depois).date() == dia


def test_o_numero_do_orgao_e_de_uma_solicitacao_so(agente, cenario):
    outra = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    Reclamacao.objects.create(solicitacao=outra, orgao="anatel", numero_externo="2026-9")
    tipo = criar_tipo_de_solicitacao(especie="reclamacao")
    resposta = na_solicitacao(
        agente, cenario, "reclamacao", orgao="anatel", numero_externo="2026-9", tipo=tipo.pk,
        relato="Cobrança repetida.",
    )  # fmt: skip
    assert resposta.status_code == 422
    assert "já está em outra" in texto_de(resposta)


def test_um_tipo_comum_nao_faz_reclamacao(cenario):
    with pytest.raises(DadoInvalido, match="tipo de reclamação"):
        solicitacoes.registrar_reclamacao(
            cenario.solicitacao, por=cenario.agente, versao=None, tipo=criar_tipo_de_solicitacao(),
            orgao="ouvidoria",
        )  # fmt: skip


# --- retorno ---


def test_as_tentativas_se_contam_por_solicitacao_e_o_duplo_clique_e_uma(agente, cenario):
    chave = uuid4()
    for _ in range(2):
        na_solicitacao(agente, cenario, "retorno", canal="telefone", resultado="nao_atendeu", chave=chave)
    assert ultimo_relato(cenario.solicitacao) == "Contato ativo 1, por Telefone: não atendeu."
    na_solicitacao(agente, cenario, "retorno", canal="whatsapp", resultado="falou", relato="Marcou sexta.")
    assert ultimo_relato(cenario.solicitacao) == (
        "Contato ativo 2, por WhatsApp: falou com o cliente. Marcou sexta."
    )


# --- LGPD ---


def test_o_pedido_do_titular_vai_ao_encarregado_com_quinze_dias(agente, cenario):
    conferir(cenario)
    dpo = criar_equipe(nome="DPO de teste")
    criar_tipo_de_solicitacao(especie="lgpd", equipe_padrao=dpo, dias_do_prazo_regulatorio=15)

    fazer(agente, cenario, "lgpd", {"direito": "eliminacao", "detalhe": "Quer apagar o e-mail antigo."})

    nova = Solicitacao.objects.exclude(pk=cenario.solicitacao.pk).get()
    assert (nova.equipe, nova.situacao, nova.incancelavel) == (dpo, "aberta", True)
    prazo = timezone.localtime(nova.prazo_regulatorio_em).date() - timezone.localdate()
    assert prazo == timedelta(days=15)
    assert cenario.solicitacao.protocolo in nova.descricao
    assert nova.protocolo in ultimo_relato(cenario.solicitacao)
    assert nova.pai is None, "o atendimento em mãos não espera pelo encarregado"


# --- documentos ---


@pytest.fixture
def com_email(cenario):
    return criar_contato(
        cenario.cliente, tipo="email", valor="jacira@exemplo.net", confirmado_em=timezone.now()
    )


def quitacao(agente, cenario, contato):
    ano = timezone.localdate().year - 1
    return comecar(agente, cenario, "documentos", documento="quitacao", ano=ano, contato=contato.pk)


def test_a_quitacao_so_sai_sem_nada_em_aberto_no_ano(agente, cenario, com_email):
    assert "não tem fatura paga" in texto_de(quitacao(agente, cenario, com_email))
    ano = timezone.localdate().year - 1
    paga = {"situacao": "paga", "pago_em": f"{ano}-03-10", "valor_pago": "99.90"}
    criar_fatura(cenario.contrato, vencimento=f"{ano}-03-10", **paga)
    aberta = criar_fatura(cenario.contrato, vencimento=f"{ano}-04-10")
    assert "em aberto" in texto_de(quitacao(agente, cenario, com_email))

    aberta.delete()
    assert quitacao(agente, cenario, com_email).status_code == 302
    execucao = Execucao.objects.get()
    assert "(1 faturas)" in ver_previa(agente, execucao) or "1 fatura" in ver_previa(agente, execucao)
    concluir(agente, execucao)
    mensagem = Mensagem.objects.get(tipo="documento")
    assert f"Declaração de quitação de {ano}" in mensagem.assunto
    assert "Lei 12.007/2009" in mensagem.texto_exibido


# --- histórico ---


def exportar(navegador, cenario, formato="csv", **periodo):
    return navegador.get(reverse("historico_exportado", args=[cenario.cliente.pk, formato]), periodo)


@pytest.fixture
def exportador(client, cenario):
    usuario = criar_usuario(
        capacidades=["atender", "exportar"], acoes=["historico"], empresas=[cenario.empresa]
    )
    client.force_login(usuario)
    client.usuario = usuario
    return client


def test_o_csv_traz_tudo_como_texto_e_nenhuma_formula(exportador, cenario):
    Solicitacao.objects.update(descricao='=HYPERLINK("http://exemplo.net")')
    solicitacoes.relatar(cenario.solicitacao, por=cenario.agente, texto="interno: cliente irritado")
    solicitacoes.relatar(
        cenario.solicitacao, por=cenario.agente, texto="-2 pontos de sinal", visivel_ao_cliente=True
    )

    resposta = exportar(exportador, cenario)

    corpo = resposta.getvalue().decode()
    assert resposta["Content-Type"] == "text/csv; charset=utf-8"
    assert resposta["Content-Disposition"].startswith("attachment")
    assert cenario.solicitacao.protocolo in corpo
    assert "\"'=HYPERLINK(" in corpo
    assert "interno" not in corpo
    assert "-2 pontos de sinal" in corpo
    for celula in corpo.replace("\ufeff", "").replace('";"', '"\n"').splitlines():
        assert not celula.startswith(('"=', '"+', '"-', '"@'))


def test_o_pdf_se_le_e_tem_o_protocolo(exportador, cenario):
    Solicitacao.objects.update(descricao="“Sem conexão” – às 3 h → 你好")
    resposta = exportar(exportador, cenario, "pdf")
    assert resposta["Content-Type"] == "application/pdf"
    assert resposta.content.startswith(b"%PDF-")


def test_o_csv_sai_aos_blocos_traz_todas_e_para_quando_se_interrompe(
    exportador, cenario, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(exportacao, "BLOCO", 3)
    # Muitas abertas no mesmo instante: o corte entre blocos é também pelo id.
    with time_machine.travel(timezone.now(), tick=False):
        for _ in range(6):
            criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    assert Solicitacao.objects.values("aberta_em").distinct().count() == 2
    em_ordem = Solicitacao.objects.order_by("-aberta_em", "-id").values_list("protocolo", flat=True)
    esperados = list(em_ordem)
    assert len(esperados) == 7

    linhas = list(csv.reader(StringIO(exportar(exportador, cenario).getvalue().decode()), delimiter=";"))
    assert [linha[0] for linha in linhas[1:]] == esperados

    interrompida = exportar(exportador, cenario)
    with django_assert_num_queries(2):
        lidas = [next(iter(interrompida)).decode() for _ in range(3)]
        interrompida.close()
    assert [linha[1:15] for linha in lidas[1:]] == esperados[:2]


def _escrito_no_pdf(pdf: bytes) -> str:
    """O que as páginas escrevem, com os comandos do PDF no meio."""
    trechos = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    return b"".join(zlib.decompress(t) for t in trechos if t[:1] == b"x").decode("latin-1")


def test_o_pdf_que_nao_traz_tudo_diz_que_ha_mais(exportador, cenario, monkeypatch):
    monkeypatch.setattr(exportacao, "MAXIMO_DO_PDF", 1)
    inteiro = _escrito_no_pdf(exportar(exportador, cenario, "pdf").content)
    assert cenario.solicitacao.protocolo in inteiro
    assert "Há mais" not in inteiro
    criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    assert "Há mais" in _escrito_no_pdf(exportar(exportador, cenario, "pdf").content)


def test_a_exportacao_fica_registrada_e_respeita_o_periodo(exportador, cenario):
    amanha = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert cenario.solicitacao.protocolo not in exportar(exportador, cenario, de=amanha).getvalue().decode()
    acesso = AcessoADado.objects.get()
    assert (acesso.tipo, acesso.usuario, acesso.cliente, acesso.campo) == (
        "exportacao", exportador.usuario, cenario.cliente, "historico.csv",
    )  # fmt: skip


@pytest.mark.parametrize("periodo", [{"de": "ontem"}, {"de": "2026-02-31"}, {"ordem": "senha"}])
def test_periodo_ou_filtro_ruim_e_400_e_nada_se_registra(exportador, cenario, periodo):
    assert exportar(exportador, cenario, **periodo).status_code == 400
    assert not AcessoADado.objects.exists()


def test_exportar_pede_a_capacidade_a_acao_e_o_escopo(exportador, cenario, client):
    alheio = criar_contrato().cliente
    url = reverse("historico_exportado", args=[alheio.pk, "csv"])
    assert exportador.get(url).status_code == 404
    assert exportar(exportador, cenario, "xls").status_code == 404
    ConcessaoDeAcao.objects.filter(group__user=exportador.usuario).delete()
    assert exportar(exportador, cenario).status_code == 403
    client.force_login(cenario.agente)
    assert exportar(client, cenario).status_code == 403
    assert not AcessoADado.objects.exists()


def test_a_acao_leva_ao_arquivo_so_quem_pode_exportar(agente, cenario):
    resposta = comecar(agente, cenario, "historico", formato="csv")
    assert resposta.status_code == 422
    tela = comecar(agente, cenario, "historico", formato="tela", de="2026-01-01")
    assert tela["Location"] == f"/clientes/{cenario.cliente.pk}/solicitacoes/?de=2026-01-01"
    assert agente.get(tela["Location"]).status_code == 200
