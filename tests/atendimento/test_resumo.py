"""O *Resumo da solicitação*: dados, linha do tempo, relatos, anexos e vínculos."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from atendimento.dominio import solicitacoes
from atendimento.models import AcessoADado, Anexo, Execucao, Relato, Solicitacao
from contratos.models import EventoDeContrato
from tests.execucao.cenario import criar_cenario, criar_colega
from tests.fabricas import (
    criar_empresa,
    criar_etiqueta,
    criar_motivo,
    criar_perfil,
    criar_solicitacao,
    criar_tipo_de_evento,
    criar_usuario,
)

TODAS = ("iniciar", "pausar", "retomar", "encaminhar", "alterar_etiqueta", "encerrar", "cancelar")
MAIS = {"HX-Request": "true", "HX-Target": "mais"}
HOSTIL = '"><img src=x onerror=alert(1)><script>alert(2)</script>'

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def pasta_de_anexos(settings, tmp_path):
    armazem = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": armazem}
    return tmp_path


@pytest.fixture
def cenario(client):
    cenario = criar_cenario(acoes=TODAS)
    client.force_login(cenario.agente)
    return cenario


def url(cenario) -> str:
    return reverse("resumo", args=[cenario.solicitacao.protocolo])


def texto(resposta) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", resposta.content.decode()).split())


def historia(resposta) -> str:
    return texto(resposta).split("Linha do tempo")[1].split("Dados")[0]


def arquivo(nome="foto.png", conteudo=b"\x89PNG\r\n\x1a\n0000"):
    return SimpleUploadedFile(nome, conteudo, content_type="text/html")


def test_traz_os_dados_e_a_barra_com_o_que_se_pode_fazer(client, cenario):
    pagina = client.get(url(cenario))
    lido = texto(pagina)
    s = cenario.solicitacao
    for dado in (
        s.protocolo, "Em atendimento", cenario.agente.nome_exibido, cenario.equipe.nome, "Telefone",
        s.etiqueta.codigo, cenario.contrato.numero, "Jacira Alecrim", "Sem conexão.", "Prazo regulatório",
        "Primeira resposta",
    ):  # fmt: skip
        assert dado in lido, dado
    assert f"/acoes/pausar/solicitacao/{s.pk}/" in pagina.content.decode()
    assert AcessoADado.objects.values_list("campo", flat=True).get() == "resumo"


def test_a_linha_do_tempo_junta_transicoes_relatos_anexos_acoes_e_eventos_do_fim_ao_comeco(client, cenario):
    s, por = cenario.solicitacao, cenario.agente
    antes = timezone.now()
    solicitacoes.pausar(
        s, por=por, versao=None, motivo=criar_motivo(nome="Consulta ao N2"), observacao="Já volto."
    )
    solicitacoes.relatar(s, por=por, texto="O cliente mandou uma foto.", visivel_ao_cliente=True)
    solicitacoes.anexar(s, por=por, arquivo=arquivo("luz.png"))
    Execucao.objects.create(
        acao="vencimento_de_teste", alvo="contrato", alvo_id=cenario.contrato.pk, cliente=cenario.cliente,
        contrato=cenario.contrato, solicitacao=s, usuario=por, expira_em=antes + timedelta(days=1),
    )  # fmt: skip
    EventoDeContrato.objects.create(
        contrato=cenario.contrato, tipo=criar_tipo_de_evento(nome="Mudança de vencimento"),
        descricao="dia: 10 → 15", protocolo=s.protocolo,
    )  # fmt: skip
    lido = historia(client.get(url(cenario)))
    fatos = [
        "Evento no contrato", "Ação: vencimento_de_teste", "Anexo: luz.png", "O cliente mandou uma foto.",
        "Consulta ao N2", "Iniciar atendimento",
    ]  # fmt: skip
    posicoes = [lido.find(fato) for fato in fatos]
    assert -1 not in posicoes, dict(zip(fatos, posicoes, strict=True))
    assert posicoes == sorted(posicoes)
    assert "visível ao cliente" in lido


def test_o_evento_de_outro_protocolo_nao_e_desta_historia(client, cenario):
    EventoDeContrato.objects.create(
        contrato=cenario.contrato, tipo=criar_tipo_de_evento(), descricao="De outra ligação.",
        protocolo="20200101000001",
    )  # fmt: skip
    assert "De outra ligação" not in texto(client.get(url(cenario)))


def test_a_historia_vem_em_paginas_sem_repetir_nem_perder(client, cenario):
    agora = timezone.now()
    # Quatro por instante: o desempate entre fontes e por id também precisa funcionar.
    Relato.objects.bulk_create(
        Relato(solicitacao=cenario.solicitacao, autor=cenario.agente, texto=f"nota-{n:02d}-",
               em=agora - timedelta(minutes=n // 4))
        for n in range(70)
    )  # fmt: skip
    for n in range(12):
        Anexo.objects.create(
            solicitacao=cenario.solicitacao, arquivo=f"x/{n}", nome=f"nota-a{n:02d}-.png", tamanho=1,
            formato="image/png", sha256=f"{n}", enviado_por=cenario.agente,
            enviado_em=agora - timedelta(minutes=n),
        )  # fmt: skip
    endereco, lidos = url(cenario), []
    for _ in range(5):
        pagina = client.get(endereco, headers=MAIS).content.decode()
        lidos += re.findall(r"nota-\w+-(?=\.png</a>\s|<)", pagina)
        seguinte = re.search(r'hx-get="([^"]+)"\s+hx-target="#mais"', pagina)
        if not seguinte:
            break
        endereco = seguinte[1].replace("&amp;", "&")
    assert not seguinte
    assert len(lidos) == len(set(lidos)) == 82


@pytest.mark.parametrize(
    "cursor", ["x", "2026-01-01_relato_1", "2026-01-01T00:00:00+00:00_relato_-1", "__", "a_b_c"]
)
def test_um_cursor_que_nao_e_nosso_e_recusado(client, cenario, cursor):
    assert client.get(url(cenario), {"depois": cursor}).status_code == 400


@pytest.mark.parametrize("relatos", [1, 60])
def test_o_numero_de_consultas_nao_depende_da_historia(client, cenario, relatos):
    for n in range(relatos):
        solicitacoes.relatar(cenario.solicitacao, por=cenario.agente, texto=f"nota {n}")
    solicitacoes.anexar(cenario.solicitacao, por=cenario.agente, arquivo=arquivo())
    # O catálogo se lê uma vez por versão, e não por página.
    client.get(url(cenario))
    with CaptureQueriesContext(connection) as inteira:
        client.get(url(cenario))
    with CaptureQueriesContext(connection) as mais:
        client.get(url(cenario), headers=MAIS)
    assert (len(inteira), len(mais)) == (14, 8)


def test_escreve_um_relato_interno_e_um_visivel(client, cenario):
    client.post(url(cenario), {"texto": "Só para nós."})
    resposta = client.post(url(cenario), {"texto": "Para o cliente.", "visivel_ao_cliente": "on"})
    assert resposta.status_code == 302
    assert resposta.url == f"{url(cenario)}#historia"
    escritos = Relato.objects.filter(transicao=None).order_by("id").values_list("texto", "visivel_ao_cliente")
    assert list(escritos) == [("Só para nós.", False), ("Para o cliente.", True)]


def test_o_mesmo_envio_duas_vezes_e_um_relato_e_um_anexo(client, cenario):
    for _ in range(2):
        client.post(url(cenario), {"texto": "Uma vez só."})
        client.post(reverse("anexar", args=[cenario.solicitacao.protocolo]), {"arquivo": arquivo()})
    assert Relato.objects.filter(texto="Uma vez só.").count() == 1
    assert Anexo.objects.count() == 1


def test_corrige_se_um_relato_com_outro_e_o_primeiro_fica(client, cenario):
    errado = solicitacoes.relatar(cenario.solicitacao, por=cenario.agente, texto="Sem energia.")
    assert "que fica como está: “Sem energia.”" in texto(client.get(url(cenario), {"corrige": errado.pk}))
    client.post(url(cenario), {"texto": "Com energia.", "corrige": errado.pk})
    lido = historia(client.get(url(cenario)))
    assert "Com energia." in lido
    assert "Sem energia." in lido
    assert "corrigido depois" in lido
    assert Relato.objects.get(texto="Com energia.").corrige == errado


def test_nao_se_corrige_o_relato_de_outra_solicitacao(client, cenario):
    outra = criar_solicitacao(por=cenario.agente, etiqueta=cenario.etiqueta)
    alheio = outra.relatos.get()
    assert "fica como está" not in texto(client.get(url(cenario), {"corrige": alheio.pk}))
    assert client.post(url(cenario), {"texto": "x", "corrige": alheio.pk}).status_code == 422
    for ruim in ("abc", "9" * 40, "-1"):
        assert client.get(url(cenario), {"corrige": ruim}).status_code == 200


@pytest.mark.parametrize("ruim", ["", "   ", "x" * 8001, "nulo\x00"])
def test_um_relato_ruim_e_422_com_o_texto_de_volta_e_nada_grava(client, cenario, ruim):
    resposta = client.post(url(cenario), {"texto": ruim})
    assert resposta.status_code == 422
    if ruim.startswith("x"):
        assert ruim in resposta.content.decode()
    assert Relato.objects.filter(transicao=None).count() == 0


def test_texto_hostil_sai_escapado_em_todo_lugar(client, cenario):
    cenario.cliente.nome = HOSTIL
    cenario.cliente.save()
    Solicitacao.objects.filter(pk=cenario.solicitacao.pk).update(
        descricao=HOSTIL, solicitante_nome=HOSTIL[:120]
    )
    solicitacoes.relatar(cenario.solicitacao, por=cenario.agente, texto=HOSTIL)
    solicitacoes.anexar(
        cenario.solicitacao, por=cenario.agente, arquivo=arquivo('"><script>alert(3)</script>.png')
    )
    for cabecalhos in ({}, MAIS):
        pagina = client.get(url(cenario), headers=cabecalhos).content.decode()
        assert "<script>alert" not in pagina
        assert "<img src=x" not in pagina
    pagina = client.post(url(cenario), {"texto": HOSTIL * 200}).content.decode()
    assert "<script>alert" not in pagina


def test_anexa_e_baixa_sempre_como_arquivo(client, cenario):
    resposta = client.post(
        reverse("anexar", args=[cenario.solicitacao.protocolo]), {"arquivo": arquivo("luz vermelha.png")}
    )
    assert resposta.status_code == 302
    anexo = Anexo.objects.get()
    baixado = client.get(reverse("anexo", args=[anexo.pk]))
    assert b"".join(baixado.streaming_content) == b"\x89PNG\r\n\x1a\n0000"
    assert baixado["Content-Type"] == "image/png"
    assert baixado["Content-Disposition"] == 'attachment; filename="luz vermelha.png"'
    assert baixado["X-Content-Type-Options"] == "nosniff"
    assert baixado["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in baixado["Cache-Control"]
    assert AcessoADado.objects.filter(campo=f"anexo {anexo.pk}", usuario=cenario.agente).exists()


@pytest.mark.parametrize(
    ("nome", "conteudo"),
    [
        ("pagina.html", b"<!doctype html><script>alert(1)</script>"),
        ("desenho.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
        ("foto.png", b"MZ\x90\x00executavel"),
        ("vazio.txt", b""),
    ],
)
def test_o_arquivo_que_nao_se_aceita_volta_com_a_frase(client, cenario, nome, conteudo):
    resposta = client.post(
        reverse("anexar", args=[cenario.solicitacao.protocolo]), {"arquivo": arquivo(nome, conteudo)}
    )
    assert resposta.status_code == 422
    assert "campo__erro" in resposta.content.decode()
    assert Anexo.objects.count() == 0


def test_o_arquivo_grande_demais_e_recusado(client, cenario, settings):
    settings.ANEXO_MAXIMO_BYTES = 1024 * 1024
    grande = arquivo("grande.png", b"\x89PNG\r\n\x1a\n" + b"0" * 1024 * 1024)
    resposta = client.post(reverse("anexar", args=[cenario.solicitacao.protocolo]), {"arquivo": grande})
    assert resposta.status_code == 422
    assert "passa de 1 MB" in texto(resposta)


def test_o_arquivo_que_sumiu_do_disco_e_404(client, cenario, pasta_de_anexos):
    anexo = solicitacoes.anexar(cenario.solicitacao, por=cenario.agente, arquivo=arquivo())
    (pasta_de_anexos / anexo.arquivo.name).unlink()
    assert client.get(reverse("anexo", args=[anexo.pk])).status_code == 404


def test_uma_fechada_recebe_relato_e_nao_anexo(client, cenario):
    solicitacoes.cancelar(
        cenario.solicitacao, por=cenario.agente, versao=None, motivo=criar_motivo("cancelamento"),
        justificativa="Aberta por engano.",
    )  # fmt: skip
    assert client.post(url(cenario), {"texto": "Depois de fechada."}).status_code == 302
    resposta = client.post(reverse("anexar", args=[cenario.solicitacao.protocolo]), {"arquivo": arquivo()})
    assert resposta.status_code == 409
    assert "fechada: não recebe anexos" in texto(resposta)


def test_a_sessao_vencida_no_anexo_volta_ao_resumo(client, cenario):
    resposta = client.get(reverse("anexar", args=[cenario.solicitacao.protocolo]))
    assert resposta.url == f"{url(cenario)}#historia"


def test_os_vinculos_aparecem_com_o_que_sao(client, cenario):
    por, etiqueta = cenario.agente, cenario.etiqueta
    filha = criar_solicitacao(por=por, etiqueta=etiqueta, pai=cenario.solicitacao)
    duplicata = criar_solicitacao(por=por, etiqueta=etiqueta)
    Solicitacao.objects.filter(pk=duplicata.pk).update(duplicada_de=cenario.solicitacao)
    lido = texto(client.get(url(cenario))).split("Vínculos")[1]
    assert f"Solicitação filha {filha.protocolo}" in lido
    assert f"Duplicata desta {duplicata.protocolo}" in lido
    assert f"Solicitação pai {cenario.solicitacao.protocolo}" in texto(
        client.get(reverse("resumo", args=[filha.protocolo]))
    )


def test_o_telefone_do_solicitante_vem_mascarado_e_se_revela(client, cenario):
    s = criar_solicitacao(
        por=cenario.agente, etiqueta=criar_etiqueta(cenario.contrato), solicitante_telefone="(54) 90000-1234"
    )
    endereco = reverse("resumo", args=[s.protocolo])
    pagina = client.get(endereco).content.decode()
    assert "(54) 9****-1234" in pagina
    assert "90000-1234" not in pagina
    assert client.post(reverse("revelar", args=["solicitacao", s.pk, "telefone"])).status_code == 403
    cenario.agente.groups.add(criar_perfil(capacidades=["revelar_dados"]))
    assert "/revelar/solicitacao/" in client.get(endereco).content.decode()
    revelado = client.post(reverse("revelar", args=["solicitacao", s.pk, "telefone"]))
    assert "(54) 90000-1234" in texto(revelado)


def test_fora_do_escopo_nao_se_distingue_do_que_nao_existe(client, cenario):
    anexo = solicitacoes.anexar(cenario.solicitacao, por=cenario.agente, arquivo=arquivo())
    protocolo = cenario.solicitacao.protocolo
    enderecos = [url(cenario), reverse("anexar", args=[protocolo]), reverse("anexo", args=[anexo.pk])]
    client.force_login(criar_usuario(capacidades=["atender"], empresas=[criar_empresa()]))
    for endereco in enderecos:
        assert client.get(endereco).status_code == 404
    assert client.post(url(cenario), {"texto": "x"}).status_code == 404
    assert client.get(reverse("resumo", args=["20200101999999"])).status_code == 404
    client.force_login(criar_usuario(criar_perfil(empresas=[cenario.empresa])))
    for endereco in enderecos:
        assert client.get(endereco).status_code == 403
    assert Relato.objects.filter(transicao=None).count() == 0


def test_o_colega_le_e_relata_mas_nao_age_no_que_nao_e_dele(client, cenario):
    client.force_login(criar_colega(cenario))
    pagina = client.get(url(cenario)).content.decode()
    assert f"/acoes/pausar/solicitacao/{cenario.solicitacao.pk}/" not in pagina
    assert f"Esta solicitação está com {cenario.agente.nome_exibido}." in pagina
    assert client.post(url(cenario), {"texto": "Um recado."}).status_code == 302
