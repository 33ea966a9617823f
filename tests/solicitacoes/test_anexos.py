"""Anexos: aceitos pelo conteúdo, limitados no tamanho, nunca HTML nem SVG."""

import io
import zipfile
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils import timezone

from atendimento.dominio import rotinas, solicitacoes
from atendimento.excecoes import AnexoRecusado, SemPermissao, TransicaoInvalida
from atendimento.models import Anexo
from tests import fabricas


@pytest.fixture(autouse=True)
def _anexos(settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": tmp_path},
        }
    }


def pacote(*nomes) -> bytes:
    conteudo = io.BytesIO()
    with zipfile.ZipFile(conteudo, "w") as arquivo:
        for nome in nomes:
            arquivo.writestr(nome, "x")
    return conteudo.getvalue()


def anexar(s, por, conteudo, nome="foto.png", **campos):
    return solicitacoes.anexar(s, por=por, arquivo=SimpleUploadedFile(nome, conteudo), **campos)


@pytest.mark.parametrize(
    ("conteudo", "formato"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"\xff\xd8\xff\xe0....", "image/jpeg"),
        (b"GIF89a....", "image/gif"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"OggS....", "audio/ogg"),
        (b"ID3....", "audio/mpeg"),
        (b"\x00\x00\x00\x18ftypmp42", "video/mp4"),
        (pacote("[Content_Types].xml", "word/document.xml"), "officedocument.wordprocessingml"),
        (pacote("[Content_Types].xml", "xl/workbook.xml"), "officedocument.spreadsheetml"),
        ("Log do roteador:\n\tsinal −27 dBm\r\n".encode(), "text/plain"),
    ],
)
def test_formato_vem_do_conteudo_e_nao_do_nome(cenario, na_fila, conteudo, formato):
    anexo = anexar(na_fila, cenario.ana, conteudo, nome="pagina.html")
    assert formato in anexo.formato
    assert anexo.nome == "pagina.html"
    assert anexo.tamanho == len(conteudo)
    assert "html" not in anexo.arquivo.name
    with anexo.arquivo.open() as guardado:
        assert guardado.read() == conteudo


@pytest.mark.parametrize(
    "conteudo",
    [
        b"",
        b"<html><script>alert(1)</script>",
        b"  \n<svg onload=alert(1)>",
        b"\xef\xbb\xbf<?xml version='1.0'?><svg/>",
        b"<!DOCTYPE html>",
        b"#!/bin/sh\nrm",
        b"MZ\x90\x00executavel",
        b"\x7fELF....",
        pacote("qualquer.txt"),
        pacote("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"),
        b"PK\x03\x04 corrompido",
        b"\x00\x01\x02binario",
    ],
)
def test_o_que_nao_se_aceita_nao_deixa_linha_nem_arquivo(cenario, na_fila, conteudo, tmp_path):
    with pytest.raises(AnexoRecusado):
        anexar(na_fila, cenario.ana, conteudo)
    assert not Anexo.objects.exists()
    assert not [arquivo for arquivo in tmp_path.rglob("*") if arquivo.is_file()]


def test_tamanho_tem_limite(cenario, na_fila, settings):
    settings.ANEXO_MAXIMO_BYTES = 1024 * 1024
    anexar(na_fila, cenario.ana, b"%PDF-".ljust(1024 * 1024, b"x"))
    with pytest.raises(AnexoRecusado, match="1 MB"):
        anexar(na_fila, cenario.ana, b"%PDF-".ljust(1024 * 1024 + 1, b"x"))


@pytest.mark.parametrize(
    ("nome", "limpo"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\fotos\\onu.png", "onu.png"),
        ("a\x01b\u202e.png", "ab.png"),
        ("...", "anexo"),
        ("x" * 300 + ".png", "x" * 116 + ".png"),
    ],
)
def test_nome_sem_pastas_nem_controles(nome, limpo):
    assert solicitacoes.relatos._nome_limpo(nome) == limpo


def test_so_quem_atende_a_empresa_anexa_e_so_em_aberta(cenario, em_maos):
    c = cenario
    with pytest.raises(SemPermissao):
        anexar(em_maos, fabricas.criar_agente(c.n1, empresas=[]), b"%PDF-1")
    s = solicitacoes.encerrar(em_maos, por=c.ana, versao=1, solucao=c.solucao, relato="Feito.")
    with pytest.raises(TransicaoInvalida):
        anexar(s, c.ana, b"%PDF-1")


def test_arquivo_some_quando_a_linha_nao_entra(cenario, na_fila, tmp_path, monkeypatch):
    """O banco recusa (aqui, um formato fora da lista): nada sobra no disco."""
    monkeypatch.setattr(solicitacoes.relatos, "reconhecer", lambda arquivo: "text/html")
    with pytest.raises(Exception, match="anexo_formato_conhecido"):
        anexar(na_fila, cenario.ana, b"%PDF-1")
    assert not [arquivo for arquivo in tmp_path.rglob("*") if arquivo.is_file()]


def test_rotina_apaga_so_o_que_sobrou_de_transacao_desfeita(cenario, na_fila, tmp_path):
    vivo = anexar(na_fila, cenario.ana, b"%PDF-1")
    with transaction.atomic():
        anexar(na_fila, cenario.ana, b"%PDF-2")
        transaction.set_rollback(True)
    amanha = timezone.now() + timedelta(days=1, minutes=1)
    assert rotinas.apagar_anexos_orfaos() == 0
    assert rotinas.apagar_anexos_orfaos(amanha) == 1
    assert rotinas.apagar_anexos_orfaos(amanha) == 0
    restantes = [arquivo for arquivo in tmp_path.rglob("*") if arquivo.is_file()]
    assert [arquivo.name for arquivo in restantes] == [vivo.arquivo.name.rpartition("/")[2]]
