"""O que a política de conteúdo recusaria não chega a ser escrito."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from jinja2 import UndefinedError

RAIZ = Path(settings.BASE_DIR) / "templates"
QUENTES = sorted((RAIZ / "quentes").glob("*.jinja"))
PAGINAS = sorted(RAIZ.rglob("*.html"))

PROIBIDO = {
    "estilo no elemento": r"<[^>]*\sstyle\s*=",
    "bloco de estilo": r"<style[\s>]",
    "script no corpo": r"<script(?![^>]*\ssrc=)[^>]*>",
    "manipulador no elemento": r"<[^>]*\son[a-z]+\s*=",
    "script do htmx": r"hx-on|hx-vals\s*=\s*['\"]js:|['\"]js:",
    "filtro de gatilho": r"hx-trigger\s*=\s*\"[^\"]*\[",
    "endereço que executa": r"(?:href|action|src)\s*=\s*[\"']\s*javascript:",
    "cópia sem escape": r"\|safe\b|{%\s*autoescape off",
}


def test_ha_templates_para_conferir():
    assert len(PAGINAS) > 20


@pytest.mark.parametrize("pagina", PAGINAS + QUENTES, ids=lambda p: str(p.relative_to(RAIZ)))
def test_o_template_nao_tem_script_nem_estilo_embutidos(pagina):
    texto = re.sub(r"{#.*?#}|{% comment %}.*?{% endcomment %}", "", pagina.read_text(), flags=re.S)

    achados = [nome for nome, padrao in PROIBIDO.items() if re.search(padrao, texto, re.I | re.S)]

    assert achados == []


@pytest.mark.parametrize("pagina", PAGINAS, ids=lambda p: str(p.relative_to(RAIZ)))
def test_o_template_compila(pagina):
    engines["django"].get_template(str(pagina.relative_to(RAIZ)))


def test_os_moldes_quentes_compilam():
    assert QUENTES
    for molde in QUENTES:
        engines["quentes"].get_template(molde.name)


def test_o_motor_quente_escapa_e_nao_aceita_nome_que_nao_recebeu():
    motor = engines["quentes"]
    assert motor.from_string("{{ nome }}").render({"nome": "<script>"}) == "&lt;script&gt;"
    with pytest.raises(UndefinedError):
        motor.from_string("{{ nome }}").render({})


@pytest.mark.parametrize(
    ("ruim", "nome"),
    [
        ('<p style="color:red">', "estilo no elemento"),
        ("<style>p{}</style>", "bloco de estilo"),
        ("<script>alert(1)</script>", "script no corpo"),
        ('<a onclick="x()">', "manipulador no elemento"),
        ('<a hx-on:click="x()">', "script do htmx"),
        ('<a hx-trigger="click[ctrlKey]">', "filtro de gatilho"),
        ('<a href="javascript:x()">', "endereço que executa"),
        ("{{ nome|safe }}", "cópia sem escape"),
    ],
)
def test_cada_padrao_acha_o_que_proibe(ruim, nome):
    assert re.search(PROIBIDO[nome], ruim, re.I | re.S)
