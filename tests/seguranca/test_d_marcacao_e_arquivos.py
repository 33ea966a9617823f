"""Seção D: marcação, script e arquivos.

Cada texto que um campo de ação aceita já se prova no contrato das ações; aqui, o que está gravado no banco,
venha de onde vier: conector, importação ou técnico.
"""

import csv
import re
from io import StringIO
from pathlib import Path

import pgtrigger
import pytest
from django.conf import settings
from django.urls import reverse

from atendimento.models import Equipe, Execucao
from tests import fabricas
from tests.seguranca.casos import FRAGMENTOS, REAIS, dizendo
from tests.seguranca.mundo import desfeito
from tests.widgets.hostil import PROIBIDOS, envenenar

pytestmark = pytest.mark.django_db
RAIZ = Path(settings.BASE_DIR)
FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x","y")']


def test_marcacao_gravada_sai_escapada_em_toda_pagina_fragmento_titulo_e_admin(mundo):
    """django-helpdesk CVE-2021-3945, -3950, -3994; Zammad CVE-2026-56731; GLPI CVE-2026-25932."""
    with desfeito():
        envenenar_sem_partir_enderecos(mundo)
        escapadas = 0
        for pedido in REAIS:
            if pedido.metodo != "GET" or pedido.rota.startswith("ajuda"):
                continue
            for cabecalhos in ({}, *({"HX_Request": "true", "HX_Target": a} for a in alvos_de(pedido))):
                corpo = pagina(pedido, mundo, **cabecalhos)
                with dizendo(pedido):
                    assert [proibido for proibido in PROIBIDOS if proibido in corpo] == []
                escapadas += "&lt;script&gt;x1" in corpo or "&lt;i&gt;x1" in corpo
        assert escapadas > 60, "a marcação não chegou às páginas, e o teste não prova nada"


def envenenar_sem_partir_enderecos(mundo) -> None:
    """O slug de uma equipe e o nome de uma ação são partes de endereços: ficam como estavam."""
    slugs = dict(Equipe.objects.values_list("pk", "slug"))
    execucoes = list(Execucao.objects.values("pk", "acao", "alvo"))
    envenenar()
    for pk, slug in slugs.items():
        Equipe.objects.filter(pk=pk).update(slug=slug)
    with pgtrigger.ignore():
        for guardada in execucoes:
            Execucao.objects.filter(pk=guardada.pop("pk")).update(**guardada)
    for nome in ("cliente", "contrato", "etiqueta", "solicitacao", "contato"):
        getattr(mundo, nome).refresh_from_db()


def alvos_de(pedido) -> list[str]:
    return FRAGMENTOS.get(pedido.rota, [])


def pagina(pedido, mundo, **cabecalhos) -> str:
    """O corpo, se é uma página: o que se baixa não se interpreta."""
    with desfeito():
        resposta = mundo.navegador(mundo.protagonista, **cabecalhos).get(pedido.url(mundo))
        corpo = b"".join(resposta).decode(errors="replace")
    return corpo if resposta["Content-Type"].startswith("text/html") else ""


def test_nada_desliga_o_escape_nem_faz_template_do_que_se_digita():
    """FreeScout GHSA-2g42-f97q-973x e seguintes, Zammad CVE-2026-34718, -34724, -84462."""
    proibido = re.compile(r"\|\s*safe\b|autoescape off|\|\s*urlize|mark_safe|from_string\(|\bTemplate\(")
    arquivos = [
        arquivo
        for pasta in ("templates", "atendimento", "clientes", "contratos", "perfis")
        for arquivo in (RAIZ / pasta).rglob("*")
        if arquivo.suffix in (".html", ".jinja", ".py", ".txt")
    ]
    assert len(arquivos) > 300
    assert [str(a.relative_to(RAIZ)) for a in arquivos if proibido.search(a.read_text())] == []


def test_o_javascript_nao_monta_html_de_texto_nem_le_a_consulta_do_endereco():
    """FreeScout GHSA-rx6j-4c33-9h3r, -w5fc-8pp3-f755."""
    proibido = re.compile(
        r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|location\.search"
        r"|URLSearchParams"
    )
    achados = {
        arquivo.name: sorted(set(proibido.findall(arquivo.read_text())))
        for arquivo in (RAIZ / "static/js").glob("*.js")
        if proibido.search(arquivo.read_text())
    }
    assert achados == {}


def test_a_planilha_exportada_nao_tem_formula(mundo):
    """Uma célula que começasse com =, +, - ou @ seria executada na planilha de quem abre."""
    navegador = mundo.navegador(mundo.protagonista)
    with desfeito():
        for formula in FORMULAS:
            fabricas.criar_solicitacao(por=mundo.colega, etiqueta=mundo.etiqueta, descricao=formula)
        resposta = navegador.get(reverse("historico_exportado", args=[mundo.cliente.pk, "csv"]))
        # O arquivo se lê enquanto sai.
        corpo = resposta.getvalue().decode("utf-8-sig")
    assert resposta["Content-Disposition"].startswith("attachment;")
    assert resposta["X-Content-Type-Options"] == "nosniff"
    linhas = list(csv.reader(StringIO(corpo), delimiter=";"))
    celulas = [celula for linha in linhas for celula in linha]
    assert [celula for celula in celulas if celula[:1] in "=+-@\t\r\n" and celula] == []
    assert sum(celula.startswith("'") for celula in celulas) >= 5


def test_um_anexo_nunca_se_abre_no_console(mundo):
    """django-helpdesk 0634f1b5."""
    navegador = mundo.navegador(mundo.protagonista)
    resposta = navegador.get(reverse("anexo", args=[mundo.anexo.pk]))
    b"".join(resposta)
    assert resposta["Content-Disposition"].startswith("attachment;")
    assert resposta["X-Content-Type-Options"] == "nosniff"
    assert resposta["Content-Security-Policy"] == "default-src 'none'; sandbox"
