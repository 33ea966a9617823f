"""Que formato um arquivo tem, pelo conteúdo: o nome e o que o navegador diz não contam."""

import zipfile
from unicodedata import category

from django.core.files.base import File

from atendimento.excecoes import AnexoRecusado
from atendimento.models.anexo import FormatoDoAnexo as Formato

_ASSINATURAS = [
    (0, b"%PDF-", Formato.PDF),
    (0, b"\x89PNG\r\n\x1a\n", Formato.PNG),
    (0, b"\xff\xd8\xff", Formato.JPEG),
    (0, b"GIF87a", Formato.GIF),
    (0, b"GIF89a", Formato.GIF),
    (8, b"WEBP", Formato.WEBP),
    (0, b"OggS", Formato.OGG),
    (0, b"ID3", Formato.MP3),
    (0, b"\xff\xfb", Formato.MP3),
    (4, b"ftyp", Formato.MP4),
]
_OFFICE = {"word/document.xml": Formato.DOCX, "xl/workbook.xml": Formato.XLSX}
_CONTROLES_DE_TEXTO = frozenset("\n\r\t\f")


def reconhecer(arquivo: File) -> Formato:
    """O formato do conteúdo. Levanta `AnexoRecusado` para HTML, SVG, executáveis e tudo o mais."""
    arquivo.seek(0)
    comeco = arquivo.read(64)
    for posicao, assinatura, formato in _ASSINATURAS:
        if comeco[posicao : posicao + len(assinatura)] == assinatura:
            return formato
    formato = _office(arquivo) if comeco.startswith(b"PK\x03\x04") else _texto(arquivo)
    arquivo.seek(0)
    if formato is None:
        raise AnexoRecusado(
            "Formato não aceito: envie PDF, imagem, áudio, vídeo MP4, Word, Excel ou texto simples."
        )
    return formato


def _office(arquivo: File) -> Formato | None:
    arquivo.seek(0)
    try:
        with zipfile.ZipFile(arquivo) as pacote:
            nomes = set(pacote.namelist())
    except zipfile.BadZipFile:
        return None
    if "[Content_Types].xml" not in nomes or any(nome.endswith("vbaProject.bin") for nome in nomes):
        return None
    return next((formato for nome, formato in _OFFICE.items() if nome in nomes), None)


def _texto(arquivo: File) -> Formato | None:
    """Texto UTF-8 sem controles que não comece como marcação (HTML, SVG, XML) nem como script."""
    arquivo.seek(0)
    try:
        texto = arquivo.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    legivel = all(category(c) != "Cc" or c in _CONTROLES_DE_TEXTO for c in texto)
    return Formato.TEXTO if legivel and not texto.lstrip().startswith(("<", "#!")) else None
