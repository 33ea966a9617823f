"""Fazer um pedido ao console e conferir o que vale para toda resposta, seja de quem for."""

import re
from urllib.parse import unquote

from tests.seguranca.casos import Pedido
from tests.seguranca.mundo import PESSOAIS, SENHAS, Mundo, desfeito

TODO_PESSOAL = [valor for valores in PESSOAIS.values() for valor in valores]
# O que cada revelação mostra, e só ela.
REVELADOS = {
    "conexao.senha": SENHAS[:1],
    "conexao.senha_equipamento": SENHAS[1:2],
    "cliente.documento": PESSOAIS["ver_documento"],
    "contato.valor": PESSOAIS["ver_telefone"],
    "solicitacao.telefone": PESSOAIS["ver_telefone"],
}
CSP = (
    "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "form-action 'self'",
    "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'",
)  # fmt: skip
# Onde um endereço aparece numa página, nossa ou do admin.
ENDERECO = re.compile(
    r"""\s(?:href|action|formaction|src|hx-(?:get|post|put|patch|delete|push-url|replace-url|vals|headers)"""
    r"""|data-[\w-]*(?:url|href|src))\s*=\s*(?:"([^"]*)"|'([^']*)')"""
)
CABECALHOS = (
    "Location", "HX-Redirect", "HX-Location", "HX-Push-Url", "HX-Replace-Url", "Content-Disposition",
)  # fmt: skip
EM_LINHA = ("<script>", " onclick=", " onload=", " style=", "javascript:", "<style")


def pedir(pedido: Pedido, mundo: Mundo, usuario=None, *, url: str = "", **cabecalhos):
    """O que `usuario` recebe, sem que fique o que o pedido gravou."""
    navegador = mundo.navegador(usuario, **cabecalhos)
    url = url or pedido.url(mundo)
    with desfeito():
        enviar = pedido.metodo == "POST"
        resposta = navegador.post(url, pedido.corpo(mundo)) if enviar else navegador.get(url)
        # Ler até o fim fecha o arquivo de uma resposta que o envia aos pedaços.
        resposta.corpo = b"".join(resposta) if resposta.streaming else resposta.content
    conferir(pedido, resposta)
    return resposta


def conferir(pedido: Pedido, resposta) -> None:
    """Nenhuma senha no corpo, nenhum dado num endereço, e os cabeçalhos de segurança."""
    corpo, todos = texto(resposta), " ".join(enderecos(resposta))
    assert achados(corpo, [senha for senha in SENHAS if senha not in revelados(pedido)]) == []
    assert achados(todos, [*TODO_PESSOAL, *SENHAS]) == []
    assert achados(corpo, EM_LINHA) == []
    politica = resposta["Content-Security-Policy"]
    if pedido.rota == "anexo" and resposta.status_code == 200:
        assert politica == "default-src 'none'; sandbox"
    else:
        assert [diretiva for diretiva in CSP if diretiva not in politica] == []
    assert "unsafe" not in politica
    assert resposta["X-Content-Type-Options"] == "nosniff"
    assert resposta["X-Frame-Options"] == "DENY"
    assert resposta["Referrer-Policy"] == "same-origin"
    assert resposta["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "no-store" in resposta["Cache-Control"]


def revelados(pedido: Pedido) -> tuple:
    """O que a resposta pode mostrar por ser a própria revelação."""
    return REVELADOS[pedido.rotulo] if pedido.rota == "revelar" else ()


def achados(onde: str, valores) -> list[str]:
    """Os valores que estão no texto."""
    return [valor for valor in valores if valor in onde]


def texto(resposta) -> str:
    """O corpo, sem o que a própria pessoa acabou de digitar e volta no mesmo campo."""
    digitados = resposta.wsgi_request.POST

    def sem_o_digitado(campo: re.Match) -> str:
        nome = re.search(r'\sname="([^"]*)"', campo[0])
        valor = digitados.get(nome[1]) if nome else None
        return campo[0].replace(f'value="{valor}"', "") if valor else campo[0]

    return re.sub(r"<input\b[^>]*>", sem_o_digitado, resposta.corpo.decode(errors="replace"))


def enderecos(resposta) -> list[str]:
    """Todo endereço que a resposta traz, no corpo ou num cabeçalho, sem codificação."""
    do_corpo = [achado[1] or achado[2] or "" for achado in ENDERECO.finditer(texto(resposta))]
    return [unquote(u) for u in do_corpo + [resposta.get(nome, "") for nome in CABECALHOS]]
