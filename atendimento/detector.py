"""Vê, na história das quedas, quando vizinhos caem juntos: a falha de um grupo, e em que lugar.

Só contas sobre o que lhe dão: não lê o banco. Um lugar é suspeito quando quase todos os que estavam no ar
caíram em poucos minutos, não voltaram, e o acaso, com as quedas que cada um já tinha, não explica tantos
juntos. Dos lugares suspeitos fica o que melhor explica: o maior, se a falha se espalha por mais de um dos
menores; o menor, se toda ela cabe nele.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

# Quem cai por uma mesma causa cai dentro desta janela.
JUNTOS = timedelta(minutes=5)
# Uma queda de segundos não é massiva: espera-se que ninguém tenha voltado por este tempo.
ESPERA = timedelta(minutes=2)
# Só se procuram quedas desde aqui; o que é mais velho já se sugeriu ou se descartou.
RECENTES = timedelta(minutes=30)
HISTORICO = timedelta(days=7)
MINIMO = 4
FRACAO = 0.6
ACASO = 1e-9
# Se um lugar menor explica esta parte da falha, é ele.
QUASE_TUDO = 0.9

Chave = tuple[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Vizinho:
    """Uma conexão: os lugares em que está, do menor ao maior, quantas vezes caiu no `HISTORICO`, e desde
    quando está fora (nulo: no ar; a que já estava fora antes não conta nem a favor nem contra)."""

    id: int
    lugares: tuple[Chave, ...]
    quedas: int = 0
    fora_desde: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suspeita:
    """Um lugar em que caíram `afetadas` das `conhecidas`, e quando começou."""

    lugar: Chave
    afetadas: frozenset[int]
    conhecidas: int
    inicio: datetime


@dataclass(slots=True)
class _Lugar:
    """Os vizinhos de um lugar; `nivel` cresce do menor ao maior."""

    nivel: int = 0
    vizinhos: list[Vizinho] = field(default_factory=list)


def suspeitas(vizinhos: Iterable[Vizinho], agora: datetime) -> list[Suspeita]:
    """Os lugares em falha em `agora`, cada conexão afetada em um só, do maior ao menor."""
    lugares: dict[Chave, _Lugar] = defaultdict(_Lugar)
    for vizinho in vizinhos:
        for nivel, chave in enumerate(vizinho.lugares):
            lugares[chave].nivel = max(lugares[chave].nivel, nivel)
            lugares[chave].vizinhos.append(vizinho)
    achadas = {
        chave: suspeita
        for chave, lugar in lugares.items()
        if (suspeita := _suspeita(chave, lugar.vizinhos, agora))
    }
    return _as_que_explicam(achadas, {chave: lugar.nivel for chave, lugar in lugares.items()})


def _suspeita(chave: Chave, vizinhos: list[Vizinho], agora: datetime) -> Suspeita | None:
    juntas = _juntas(vizinhos, agora)
    if len(juntas) < MINIMO or agora - max(v.fora_desde for v in juntas if v.fora_desde) < ESPERA:
        return None
    inicio = min(v.fora_desde for v in juntas if v.fora_desde)
    estavam_no_ar = [v for v in vizinhos if v.fora_desde is None or v.fora_desde >= inicio]
    if len(juntas) < FRACAO * len(estavam_no_ar):
        return None
    if _por_acaso(len(juntas), estavam_no_ar) > ACASO:
        return None
    return Suspeita(chave, frozenset(v.id for v in juntas), len(estavam_no_ar), inicio)


def _juntas(vizinhos: list[Vizinho], agora: datetime) -> list[Vizinho]:
    """O maior grupo que caiu dentro de uma janela recente."""
    caidos = sorted(
        (v for v in vizinhos if v.fora_desde and agora - RECENTES <= v.fora_desde <= agora),
        key=lambda v: (v.fora_desde, v.id),
    )
    melhor: list[Vizinho] = []
    comeco = 0
    for fim, ultimo in enumerate(caidos):
        while ultimo.fora_desde - caidos[comeco].fora_desde > JUNTOS:
            comeco += 1
        if fim - comeco + 1 > len(melhor):
            melhor = caidos[comeco : fim + 1]
    return melhor


def _por_acaso(quantas: int, vizinhos: list[Vizinho]) -> float:
    """A chance de `quantas` ou mais caírem na mesma janela, cada uma por si, com as quedas que já tinha.

    Cada uma ganha duas quedas de graça: uma história curta não faz de uma conexão um relógio.
    """
    media = sum(v.quedas + 2 for v in vizinhos) / len(vizinhos)
    chance = -math.expm1(-media * (JUNTOS / HISTORICO))
    total = len(vizinhos)
    return math.fsum(
        math.exp(
            math.lgamma(total + 1) - math.lgamma(k + 1) - math.lgamma(total - k + 1)
            + k * math.log(chance) + (total - k) * math.log1p(-chance)
        )
        for k in range(quantas, total + 1)
    )  # fmt: skip


def _as_que_explicam(achadas: dict[Chave, Suspeita], niveis: dict[Chave, int]) -> list[Suspeita]:
    """Do maior lugar ao menor; um que um menor explica cede a ele, e um já explicado não se repete."""
    escolhidas: list[Suspeita] = []
    explicadas: set[int] = set()
    for suspeita in sorted(achadas.values(), key=lambda s: (-niveis[s.lugar], s.lugar)):
        nivel = niveis[suspeita.lugar]
        menores = [m for m in achadas.values() if niveis[m.lugar] < nivel]
        quase_tudo = QUASE_TUDO * len(suspeita.afetadas)
        if suspeita.afetadas <= explicadas:
            continue
        if any(len(menor.afetadas & suspeita.afetadas) >= quase_tudo for menor in menores):
            continue
        escolhidas.append(suspeita)
        explicadas |= suspeita.afetadas
    return escolhidas
