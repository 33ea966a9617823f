"""O que o administrador ajusta numa ação vale no executor, na lista e na tela."""

import pytest
from django.urls import reverse

from atendimento.disponiveis import acoes_disponiveis, com_atendimento
from atendimento.dominio.identidade import verificar
from atendimento.eixo import localizar
from atendimento.excecoes import DadoInvalido
from atendimento.models import ConfiguracaoDeAcao, Execucao, Macro, VerificacaoDeIdentidade
from contratos.enums import SituacaoDoContrato
from perfis.models import ConcessaoDeAcao, Usuario
from tests.execucao.cenario import criar_cenario
from tests.execucao.conftest import comecar, enviar, texto_de
from tests.fabricas import criar_equipe, criar_solicitacao, criar_tipo_de_solicitacao, criar_usuario


def configurar(slug, **campos):
    ConfiguracaoDeAcao.objects.filter(acao__slug=slug).update(**campos)


def abrir(navegador, cenario, slug="vencimento_de_teste"):
    return navegador.get(reverse("acao", args=[slug, "contrato", cenario.contrato.pk]))


def ate_a_previa(agente, cenario, dia=20):
    comecar(agente, cenario, dia=dia)
    execucao = Execucao.objects.get()
    enviar(agente, execucao, "execucao_passo", 2, justificativa="Recebe no dia 20.")
    return execucao


def test_toda_acao_nasce_configurada_com_o_que_a_classe_declara(cenario):
    assert not ConfiguracaoDeAcao.objects.filter(situacoes_aceitas__len__gt=0).exists()
    assert ConfiguracaoDeAcao.objects.filter(acao__slug="vencimento_de_teste").count() == 1


def test_a_situacao_que_nao_se_aceita_recusa_na_lista_na_pagina_e_no_envio(agente, cenario):
    configurar("vencimento_de_teste", situacoes_aceitas=[SituacaoDoContrato.SUSPENSO])

    usuario = Usuario.objects.get(pk=cenario.agente.pk)
    eixo = com_atendimento(usuario, localizar("etiqueta", cenario.etiqueta.pk, usuario))
    (lista,) = [a for a in acoes_disponiveis(usuario, eixo) if a.slug == "vencimento_de_teste"]
    assert "só vale em: Suspenso" in lista.impedimento
    assert abrir(agente, cenario).status_code == 409
    assert comecar(agente, cenario, dia=20).status_code == 409
    assert not Execucao.objects.exists()


def test_a_situacao_que_muda_depois_de_comecar_recusa_ao_concluir(agente, cenario):
    execucao = ate_a_previa(agente, cenario)
    configurar("vencimento_de_teste", situacoes_aceitas=[SituacaoDoContrato.CORTESIA])

    assert enviar(agente, execucao, "execucao_concluir").status_code == 409
    cenario.contrato.refresh_from_db()
    assert cenario.contrato.dia_vencimento == 10


def test_a_situacao_aceita_nao_passa_por_cima_do_impedimento_da_acao(agente, cenario):
    cenario.contrato.situacao = SituacaoDoContrato.SUSPENSO
    cenario.contrato.save()
    configurar("vencimento_de_teste", situacoes_aceitas=[SituacaoDoContrato.SUSPENSO])
    assert "O contrato não está normal." in texto_de(abrir(agente, cenario))


def test_sem_conferir_quem_fala_a_acao_protegida_nao_corre(client, acoes_de_teste):
    cenario = criar_cenario(acoes=("vencimento_de_teste", "verificar_identidade"))
    client.force_login(cenario.agente)
    configurar("vencimento_de_teste", verificacao_de_identidade=True)

    recusa = abrir(client, cenario)
    assert recusa.status_code == 409
    volta = f"/acoes/verificar_identidade/cliente/{cenario.cliente.pk}/?depois="
    assert volta in recusa.content.decode()
    assert comecar(client, cenario, dia=20).status_code == 409
    assert not Execucao.objects.exists()

    destino = reverse("acao", args=["vencimento_de_teste", "contrato", cenario.contrato.pk])
    feita = comecar(
        client, cenario, "verificar_identidade", fatores=["documento", "nascimento"], depois=destino
    )

    assert feita["Location"] == destino
    assert abrir(client, cenario).status_code == 200
    assert comecar(client, cenario, dia=20).status_code == 302
    assert "documento" not in str(list(Execucao.objects.get(acao="vencimento_de_teste").dados.items()))
    relato = cenario.solicitacao.relatos.order_by("pk").last()
    assert relato.texto == "Identidade conferida: cpf, cnpj ou passaporte, data de nascimento ou de fundação."


@pytest.mark.parametrize("fatores", [["documento"], ["documento", "documento"], ["documento", "palpite"], []])
def test_menos_de_dois_dados_conhecidos_nao_e_conferencia(client, acoes_de_teste, fatores):
    cenario = criar_cenario(acoes=("verificar_identidade",))
    client.force_login(cenario.agente)

    assert comecar(client, cenario, "verificar_identidade", fatores=fatores).status_code == 422
    with pytest.raises(DadoInvalido):
        verificar(cenario.solicitacao, por=cenario.agente, fatores=fatores)
    assert not VerificacaoDeIdentidade.objects.exists()


def test_a_conferencia_vale_so_no_seu_atendimento(agente, cenario):
    configurar("vencimento_de_teste", verificacao_de_identidade=True)
    outra = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    verificar(outra, por=cenario.agente, fatores=["documento", "nascimento"])
    assert abrir(agente, cenario).status_code == 409


def test_o_limite_do_perfil_vale_mais_que_o_da_casa_e_o_da_casa_mais_que_o_do_codigo(agente, cenario):
    execucao = ate_a_previa(agente, cenario)
    previa = reverse("execucao_previa", args=[execucao.pk])
    assert "Precisa de aprovação" not in texto_de(agente.get(previa))

    configurar("vencimento_de_teste", limites={"distancia": 5})
    assert "o limite do perfil é 5" in texto_de(agente.get(previa))

    ConcessaoDeAcao.objects.filter(content_object__slug="vencimento_de_teste").update(
        limites={"distancia": 30}
    )
    assert "Precisa de aprovação" not in texto_de(agente.get(previa))


def test_o_tipo_o_prazo_e_a_equipe_vem_preenchidos(client, acoes_de_teste):
    cenario = criar_cenario(acoes=("abrir",))
    client.force_login(cenario.agente)
    tipo, equipe = criar_tipo_de_solicitacao(), criar_equipe(cenario.agente)
    configurar("abrir", tipo=tipo, equipe=equipe)

    pagina = client.get(reverse("acao", args=["abrir", "etiqueta", cenario.etiqueta.pk])).content.decode()

    assert f'<option value="{tipo.pk}" selected>' in pagina
    assert f'<option value="{equipe.pk}" selected>' in pagina


def test_o_roteiro_se_le_na_pagina_e_na_previa_com_os_valores_escapados(agente, cenario):
    cenario.cliente.nome = "<b>Jacira</b> {protocolo}"
    cenario.cliente.save()
    configurar("vencimento_de_teste", roteiro="{cliente}, seu contrato {contrato} muda.\nConfirma?")

    for pagina in (abrir(agente, cenario), agente.get(f"/execucoes/{ate_a_previa(agente, cenario).pk}/")):
        html = pagina.content.decode()
        assert (
            f"&lt;b&gt;Jacira&lt;/b&gt; {{protocolo}}, seu contrato {cenario.contrato.numero} muda." in html
        )
        assert "<b>Jacira" not in html


def test_os_textos_prontos_sao_os_das_equipes_do_agente(client, acoes_de_teste):
    cenario = criar_cenario(acoes=("encerrar",))
    client.force_login(cenario.agente)
    de_todas = Macro.objects.create(nome="Reinício", texto="Orientei {cliente} a reiniciar a ONU.")
    da_equipe = Macro.objects.create(nome="Da equipe", texto="Protocolo {protocolo}.")
    da_equipe.equipes.add(cenario.equipe)
    alheia = Macro.objects.create(nome="Alheia", texto="De outra equipe.")
    alheia.equipes.add(criar_equipe())
    inativa = Macro.objects.create(nome="Inativa", texto="Velha.", ativa=False)

    url = reverse("acao", args=["encerrar", "solicitacao", cenario.solicitacao.pk])
    texto = texto_de(client.get(url))

    assert de_todas.nome in texto
    assert f"Orientei {cenario.cliente.nome} a reiniciar a ONU." in texto
    assert f"Protocolo {cenario.solicitacao.protocolo}." in texto
    assert alheia.nome not in texto
    assert inativa.nome not in texto


# --- no admin ---


@pytest.fixture
def administrador(client, cenario):
    client.force_login(criar_usuario(capacidades=["administrar_perfis"], is_staff=True))
    return client


def gravar(navegador, **campos):
    item = ConfiguracaoDeAcao.objects.get(acao__slug="vencimento_de_teste")
    padrao = {
        "nome": "Mudar vencimento", "grupo": "Financeiro", "icone": "calendar", "ajuda": "Muda o dia.",
        "ordem": 7, "ativo": "on", "limite_distancia": "", "configuracao-TOTAL_FORMS": 1,
        "configuracao-INITIAL_FORMS": 1, "configuracao-MIN_NUM_FORMS": 1, "configuracao-MAX_NUM_FORMS": 1,
        "configuracao-0-id": item.pk, "configuracao-0-acao": item.acao_id, "configuracao-0-roteiro": "",
        "configuracao-0-tipo": "", "configuracao-0-prazo": "", "configuracao-0-equipe": "",
    }  # fmt: skip
    return navegador.post(reverse("admin:perfis_acao_change", args=[item.acao_id]), padrao | campos)


def test_o_administrador_configura_numa_pagina_so(administrador):
    resposta = gravar(
        administrador,
        **{
            "limite_distancia": "12",
            "configuracao-0-situacoes_aceitas": ["1", "6"],
            "configuracao-0-verificacao_de_identidade": "on",
            "configuracao-0-roteiro": "{saudacao}, {cliente}.",
        },
    )
    assert resposta.status_code == 302
    item = ConfiguracaoDeAcao.objects.select_related("acao").get(acao__slug="vencimento_de_teste")
    assert (item.acao.nome, item.acao.ordem) == ("Mudar vencimento", 7)
    assert (item.situacoes_aceitas, item.limites) == ([1, 6], {"distancia": 12})
    assert item.verificacao_de_identidade
    assert item.roteiro == "{saudacao}, {cliente}."
    pagina = administrador.get(reverse("admin:perfis_acao_change", args=[item.acao_id])).content.decode()
    assert "Limites de aprovação" in pagina
    assert 'value="12"' in pagina


def test_um_roteiro_com_variavel_desconhecida_nao_se_grava(administrador):
    resposta = gravar(administrador, **{"configuracao-0-roteiro": "{senha}"})
    assert resposta.status_code == 200
    assert "Variável desconhecida: {senha}" in texto_de(resposta)
    item = ConfiguracaoDeAcao.objects.select_related("acao").get(acao__slug="vencimento_de_teste")
    assert (item.roteiro, item.acao.nome) == ("", "Vencimento de teste")


def test_sem_administrar_perfis_a_pagina_nao_se_abre(client, cenario):
    client.force_login(criar_usuario(capacidades=["atender"], is_staff=True))
    item = ConfiguracaoDeAcao.objects.get(acao__slug="vencimento_de_teste")
    assert client.get(reverse("admin:perfis_acao_change", args=[item.acao_id])).status_code == 403
