"""Como os cartões do painel se arrumam: o que o perfil concede, na ordem e na coluna que a pessoa quis.

O arranjo da pessoa nunca concede nada: só ordena, muda de coluna e recolhe o que as permissões já dão. Um
cartão concedido depois entra no lugar que o perfil lhe deu.
"""

from dataclasses import dataclass, replace

from atendimento.widgets.base import WIDGETS, Widget
from perfis.models.concessao import Coluna

GESTOS = {
    "subir": "Subir",
    "descer": "Descer",
    "recolher": "Recolher",
    "abrir": "Abrir",
    "esquerda": "Para a esquerda",
    "centro": "Para o centro",
    "direita": "Para a direita",
}


class GestoDesconhecido(Exception):
    """O pedido cita um cartão que o perfil não concede, ou um gesto que não existe."""


@dataclass(frozen=True, slots=True)
class Lugar:
    """Onde um cartão fica, e como."""

    widget: type[Widget]
    coluna: str
    recolhido: bool
    atualiza_segundos: int


def lugares(permissoes, arranjo: dict) -> list[Lugar]:
    """Os cartões concedidos, na ordem em que se mostram; de cima a baixo dentro de cada coluna."""
    do_perfil = [
        (concedido.ordem, WIDGETS[slug].ordem, slug, concedido)
        for slug, concedido in permissoes.widgets.items()
        if (classe := WIDGETS.get(slug)) and classe.regiao != "aba"
    ]
    base = {slug: concedido for *_, slug, concedido in sorted(do_perfil, key=lambda item: item[:3])}
    colunas, recolhidos = _dicionario(arranjo, "colunas"), _dicionario(arranjo, "recolhidos")
    return [
        Lugar(
            WIDGETS[slug],
            _coluna(colunas.get(slug), base[slug].coluna),
            bool(recolhidos.get(slug, base[slug].marcado)),
            base[slug].atualiza_segundos,
        )
        for slug in _ordenar(list(base), arranjo)
    ]


def mover(permissoes, arranjo: dict, slug: str, gesto: str) -> dict:
    """O arranjo depois do gesto sobre um cartão. Levanta `GestoDesconhecido`."""
    atuais = lugares(permissoes, arranjo)
    posicao = next((n for n, lugar in enumerate(atuais) if lugar.widget.slug == slug), None)
    if posicao is None or gesto not in GESTOS:
        raise GestoDesconhecido
    if gesto in ("subir", "descer"):
        _trocar(atuais, posicao, -1 if gesto == "subir" else 1)
    elif gesto in Coluna.values:
        atuais[posicao] = replace(atuais[posicao], coluna=gesto)
    else:
        atuais[posicao] = replace(atuais[posicao], recolhido=gesto == "recolher")
    return {
        "ordem": [lugar.widget.slug for lugar in atuais],
        "colunas": {lugar.widget.slug: lugar.coluna for lugar in atuais},
        "recolhidos": {lugar.widget.slug: lugar.recolhido for lugar in atuais},
    }


def _trocar(atuais: list[Lugar], posicao: int, passo: int) -> None:
    """Troca com o vizinho da mesma coluna; na ponta, nada."""
    coluna = [n for n, lugar in enumerate(atuais) if lugar.coluna == atuais[posicao].coluna]
    vizinho = coluna.index(posicao) + passo
    if 0 <= vizinho < len(coluna):
        outra = coluna[vizinho]
        atuais[posicao], atuais[outra] = atuais[outra], atuais[posicao]


def _ordenar(base: list[str], arranjo: dict) -> list[str]:
    """A ordem da pessoa; um cartão que ela não conhecia entra logo depois do que o precede no perfil."""
    guardada = arranjo.get("ordem") if isinstance(arranjo, dict) else None
    ordem = [slug for slug in dict.fromkeys(guardada or []) if slug in base]
    for numero, slug in enumerate(base):
        if slug not in ordem:
            ordem.insert(ordem.index(base[numero - 1]) + 1 if numero else 0, slug)
    return ordem


def _coluna(pedida, do_perfil: str) -> str:
    return pedida if pedida in Coluna.values else do_perfil or Coluna.DIREITA.value


def _dicionario(arranjo: dict, nome: str) -> dict:
    valor = arranjo.get(nome) if isinstance(arranjo, dict) else None
    return valor if isinstance(valor, dict) else {}
