"""Toda página da demonstração, como cada login a alcança: axe nos dois temas, e nada sobra em 390 px.

Ninguém lista as páginas: seguem-se os links, e uma página nova entra no percurso sozinha.
"""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from axe_playwright_python.base import AXE_SCRIPT
from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import Http404
from django.urls import Resolver404, include, path, resolve
from playwright.sync_api import expect

from atendimento.acesso import publico
from atendimento.demonstracao import preparar
from atendimento.demonstracao.acessos import SENHA
from atendimento.demonstracao.cenarios import CENARIOS, codigo_do_cenario
from clientes.models import Cliente

LARGA, ESTREITA = {"width": 1366, "height": 768}, {"width": 390, "height": 844}
# Sem animação, para que a cor lida seja a final.
TELA = {"color_scheme": "light", "viewport": LARGA, "reduced_motion": "reduce"}
# Uma cor lida no meio da transição não é a final.
PARADA = """async () => {
  await new Promise((pronto) => requestAnimationFrame(() => requestAnimationFrame(pronto)));
  const acabam = Promise.allSettled(document.getAnimations().map((animacao) => animacao.finished));
  await Promise.race([acabam, new Promise((pronto) => setTimeout(pronto, 1000))]);
}"""
# Só o que está errado: o relatório do que passou é dez vezes maior e ninguém o lê.
SO_VIOLACOES = {"resultTypes": ["violations"]}
SO_CONTRASTE = SO_VIOLACOES | {"runOnly": ["color-contrast"]}
VIOLACOES = """async (opcoes) => (await axe.run(opcoes)).violations.flatMap(
  (v) => v.nodes.map((no) => `${v.id}: ${no.html.slice(0, 200)}`))"""
# Os cartões pedem seus pedaços ao carregar: o htmx marca quem espera, e o esqueleto guarda o lugar.
POR_CHEGAR = ".htmx-request, .htmx-swapping, .htmx-settling, .esqueleto:visible"
QUE_DISTINGUEM = ("aba", "slug", "codigo")
BAIXAM_ARQUIVO = ("anexo", "baixar", "exportar", "download", "csv", "pdf", "jsi18n")
PARTIDAS = {
    "atendente": ["/", "/busca/?q=silva"],
    "supervisor": ["/", "/busca/?q=zzzzzz"],
    "administrador": ["/admin/", "/conta/"],
    "encarregado": ["/"],
}


class Percurso:
    """Páginas a visitar, em largura; de cada rota uma só, ou uma por aba, seja qual for o login."""

    def __init__(self):
        self.fila = deque()
        self.vistas = set()

    def juntar(self, *urls: str) -> None:
        for url in urls:
            partes = urlsplit(url)
            chave = rota_de(partes.path)
            if chave is not None and chave not in self.vistas:
                self.vistas.add(chave)
                self.fila.append(f"{partes.path}?{partes.query}" if partes.query else partes.path)

    def de(self, partidas: list[str]):
        # O começo de cada login se visita sempre, que a mesma página muda com o perfil.
        self.fila.extend(partidas)
        self.vistas |= {rota_de(urlsplit(url).path) for url in partidas}
        while self.fila:
            yield self.fila.popleft()


def rota_de(caminho: str) -> str | None:
    """O que faz de dois endereços a mesma página; `None` para o que não é página."""
    try:
        achada = resolve(caminho)
    except Resolver404:
        return None
    if not achada.view_name or any(parte in achada.view_name for parte in BAIXAM_ARQUIVO):
        return None
    # Incluir repete o formulário de mudar; apagar e a história são uma página só em todos os cadastros.
    if achada.namespace == "admin" and achada.view_name.endswith(("_add", "_delete", "_history")):
        return achada.view_name.rpartition("_")[2]
    # O manual de uma ação é o mesmo molde para todas.
    if achada.view_name in ("ajuda_acao", "ajuda_widget"):
        return achada.view_name
    distintos = [str(achada.kwargs[nome]) for nome in QUE_DISTINGUEM if nome in achada.kwargs]
    return ":".join([achada.view_name, *distintos])


def violacoes(pagina, opcoes=SO_VIOLACOES) -> list[str]:
    if not pagina.evaluate("'axe' in window"):
        pagina.evaluate(AXE_SCRIPT)
    return pagina.evaluate(VIOLACOES, opcoes)


def defeitos(pagina) -> list[str]:
    """O que o axe acha no claro, o contraste no escuro e o que passa da tela estreita."""
    achados = violacoes(pagina)
    pagina.emulate_media(color_scheme="dark")
    pagina.evaluate(PARADA)
    escuros = violacoes(pagina, SO_CONTRASTE)
    if escuros:
        # Numa máquina ocupada a troca de cores ainda pode estar no meio: defeito é o que fica.
        pagina.wait_for_timeout(500)
        escuros = violacoes(pagina, SO_CONTRASTE)
    achados += [f"escuro: {defeito}" for defeito in escuros]
    pagina.emulate_media(color_scheme="light")
    pagina.set_viewport_size(ESTREITA)
    sobra = pagina.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    pagina.set_viewport_size(LARGA)
    return achados + ([f"em 390 px sobram {sobra} px"] if sobra > 0 else [])


@pytest.fixture
def dados():
    preparar()


@pytest.mark.parametrize(
    "logins", [("supervisor", "atendente", "encarregado"), ("administrador",)], ids="+".join
)
def test_toda_pagina_que_se_alcanca_e_acessivel_e_cabe_na_tela(nova_pagina, entrar, dados, queixas, logins):
    queixas.esperados.add(409)
    percurso, faltas = Percurso(), {}
    for login in logins:
        pagina = nova_pagina(**TELA)
        entrar(pagina, login, SENHA)
        for endereco in percurso.de(PARTIDAS[login] + dos_cenarios()):
            if achados := visitar(pagina, endereco):
                faltas[f"{login}: {endereco}"] = achados
            hrefs = pagina.eval_on_selector_all("a[href]", "links => links.map(a => a.getAttribute('href'))")
            percurso.juntar(*(urljoin(endereco, href) for href in hrefs))

    assert faltas == {}
    assert len(percurso.vistas) > 20


def dos_cenarios() -> list[str]:
    codigos = [codigo_do_cenario(numero) for numero in (1, 2, len(CENARIOS))]
    achados = Cliente.objects.filter(codigo_externo__in=codigos)
    return [f"/clientes/{pk}/" for pk in achados.values_list("pk", flat=True)]


def visitar(pagina, endereco: str) -> list[str]:
    resposta = pagina.goto(endereco)
    # O atalho de um cartão leva à ação, que pode estar impedida: a página que diz por quê também se confere.
    esperado = (200, 409) if endereco.startswith("/acoes/") else (200,)
    assert resposta.status in esperado, f"{endereco}: {resposta.status}"
    if not endereco.startswith("/admin/"):
        expect(pagina.locator(POR_CHEGAR)).to_have_count(0)
    return defeitos(pagina)


def explodir(request):
    raise RuntimeError("explosão de teste")


def pedir_mal(request):
    raise BadRequest("pedido de teste")


def sumir(request):
    raise Http404


handler400 = "atendimento.views.erros.pedido_invalido"
handler403 = "atendimento.views.erros.permissao_negada"
handler404 = "atendimento.views.erros.nao_encontrado"
handler500 = "atendimento.views.erros.falha_interna"
urlpatterns = [
    path("erro/500/", publico(explodir)),
    path("erro/400/", publico(pedir_mal)),
    path("erro/404/", publico(sumir)),
    path("", include("atendimento.urls")),
]


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("status", [400, 404, 500])
def test_as_paginas_de_erro_sao_acessiveis_e_cabem_na_tela(nova_pagina, queixas, status):
    assert __name__ == settings.ROOT_URLCONF
    queixas.esperados.add(status)
    pagina = nova_pagina(**TELA)

    resposta = pagina.goto(f"/erro/{status}/")

    assert resposta.status == status
    assert defeitos(pagina) == []
    # A página do erro 500 é o único 5xx que se espera aqui, e uma vez só.
    queixas.lista = [q for q in queixas.lista if not re.fullmatch(rf"{status} em .*/erro/{status}/", q)]


def codigo_do_aplicativo(segredo: str) -> str:
    return format_hotp_value(hotp_value(segredo, next(yield_hotp_counters_from_time())))


def test_os_dois_fatores_sao_acessiveis_do_comeco_ao_fim(nova_pagina, entrar, dados):
    pagina = nova_pagina(**TELA)
    entrar(pagina, "atendente", SENHA)
    pagina.goto("/conta/dois-fatores/ligar/")
    if "/confirmar/" in pagina.url:
        assert defeitos(pagina) == []
        pagina.fill("[name=password]", SENHA)
        pagina.press("[name=password]", "Enter")
    assert defeitos(pagina) == []
    segredo = pagina.locator("dd.quebra").inner_text().strip()
    pagina.fill("[name=code]", codigo_do_aplicativo(segredo))
    pagina.press("[name=code]", "Enter")
    pagina.wait_for_url(lambda url: "ligar" not in url)
    for endereco in (
        "/conta/dois-fatores/",
        "/conta/dois-fatores/codigos/",
        "/conta/dois-fatores/desligar/",
        "/conta/dois-fatores/codigos/gerar/",
        "/conta/confirmar/codigo/",
    ):
        assert pagina.goto(endereco).status == 200, endereco
        assert defeitos(pagina) == [], endereco

    pagina.context.clear_cookies()
    pagina.goto("/entrar/")
    pagina.fill("[name=login]", "atendente")
    pagina.fill("[name=password]", SENHA)
    pagina.press("[name=password]", "Enter")
    pagina.wait_for_url("**/entrar/codigo/**")
    assert defeitos(pagina) == []
