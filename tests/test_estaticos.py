"""O que a produção serve de estático: enxuto, comprimido, com nome definitivo; e o que isso pesa."""

from pathlib import Path

import pytest
from django.conf import settings as projeto
from django.contrib.staticfiles import finders

from atendimento.desempenho import peso
from atendimento.settings import MIDDLEWARE

HTMX = "django_htmx/htmx-2.min.js"


@pytest.fixture(scope="module")
def armazem():
    with peso.coleta() as armazem:
        yield armazem


@pytest.fixture
def pedir(armazem, client, settings):
    """Pede um arquivo ao WhiteNoise de produção."""
    settings.MIDDLEWARE = MIDDLEWARE
    settings.STATIC_ROOT = Path(armazem.location)
    settings.WHITENOISE_USE_FINDERS = False
    settings.STORAGES = projeto.STORAGES | {"staticfiles": {"BACKEND": "atendimento.estaticos.Estaticos"}}

    respostas = []

    def pedir(nome: str, aceita: str):
        endereco = f"/static/{armazem.stored_name(nome)}"
        respostas.append(client.get(endereco, headers={"accept-encoding": aceita}))
        return respostas[-1]

    yield pedir
    for resposta in respostas:
        resposta.close()


@pytest.mark.parametrize("nome", ["js/rascunho.js", "css/layout.css", HTMX])
@pytest.mark.parametrize(("aceita", "vem"), [("gzip, br", "br"), ("gzip", "gzip"), ("", None)])
def test_cada_navegador_recebe_a_compressao_que_aceita_e_guarda_para_sempre(pedir, nome, aceita, vem):
    resposta = pedir(nome, aceita)

    assert resposta.status_code == 200
    assert resposta.get("Content-Encoding") == vem
    assert resposta["Vary"] == "Accept-Encoding"
    assert resposta["Cache-Control"] == "max-age=315360000, public, immutable"


def test_o_modulo_importa_pelo_nome_definitivo(armazem):
    inicio = Path(armazem.path(armazem.stored_name("js/inicio.js"))).read_text()

    importados = peso.IMPORTADO.findall(inicio)

    assert Path(armazem.stored_name("js/busca.js")).name in importados
    assert all(Path(armazem.path(f"js/{nome}")).exists() and nome.count(".") == 2 for nome in importados)


def test_o_que_e_nosso_vai_sem_comentarios_e_o_de_fora_como_veio(armazem):
    for nosso in ("js/busca.js", "css/layout.css"):
        assert b"/*" in Path(finders.find(nosso)).read_bytes()
        assert b"/*" not in Path(armazem.path(armazem.stored_name(nosso))).read_bytes()
    htmx = Path(armazem.path(armazem.stored_name(HTMX))).read_bytes()
    assert htmx == Path(finders.find(HTMX)).read_bytes()


def test_o_peso_e_o_do_que_se_manda_e_cada_modulo_importado_conta_uma_vez(armazem):
    pagina = b'<link href="/static/css/tokens.css"><script src="/static/js/inicio.js"></script>'

    pesos = peso.estaticos(pagina, armazem)

    assert {armazem.stored_name(nome) for nome in ("css/tokens.css", "js/busca.js")} <= pesos.keys()
    busca = armazem.stored_name("js/busca.js")
    assert pesos[busca] == Path(armazem.path(f"{busca}.br")).stat().st_size
