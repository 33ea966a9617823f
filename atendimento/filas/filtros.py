"""Os filtros das filas, lidos do endereço: o que não se conhece é 400, nunca ignorado."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from typing import NamedTuple
from urllib.parse import urlencode

from django.core.exceptions import BadRequest
from django.db.models import F, Q
from django.http import QueryDict
from django.utils import timezone

from atendimento.consultas import ID, INSTANTE, TEXTO
from atendimento.models.solicitacao import Prioridade
from atendimento.situacoes import ABERTAS, COM_DONO, Situacao

SITUACOES = {s.value: s.label for s in Situacao if s in ABERTAS}
PRIORIDADES = {p.name.lower(): p for p in reversed(Prioridade)}
PRAZOS = {
    "vencida": "Vencida",
    "uma-hora": "Vence em 1 hora",
    "hoje": "Vence hoje",
    "amanha": "Vence amanhã",
    "semana": "Vence em 7 dias",
    "parado": "Prazo parado (pausa que congela)",
}
ALERTAS = {"sim": "Pausa ou retorno além do limite"}
SEM_TIPO = "sem-tipo"
EU, NINGUEM = "eu", "ninguem"
# Um certo tipo ou um certo responsável, na forma de uns filtros.
UM = "um"
# Campo da ordem e se é decrescente.
ORDENS = {
    "prazo": ("prazo_em", False),
    "-prazo": ("prazo_em", True),
    "espera": ("situacao_desde", False),
    "-espera": ("situacao_desde", True),
}
NOMES_DAS_ORDENS = {
    "prazo": "Vence antes",
    "-prazo": "Vence depois",
    "espera": "Espera há mais tempo",
    "-espera": "Chegou há menos tempo",
}
# O que o endereço traz além dos filtros: o cursor e, no fragmento, a marca do que já se mostra.
DA_PAGINA = {"depois", "antes", "marca"}


@dataclass(frozen=True, slots=True)
class Filtros:
    """Os filtros escolhidos; vazio é sem filtro."""

    situacao: str = ""
    prazo: str = ""
    prioridade: str = ""
    tipo: str = ""
    responsavel: str = ""
    alerta: str = ""
    ordem: str = "prazo"

    @property
    def ativos(self) -> dict[str, str]:
        """Os que não são o padrão, na ordem em que o endereço os leva."""
        padrao = Filtros()
        return {c.name: v for c in fields(self) if (v := getattr(self, c.name)) != getattr(padrao, c.name)}

    @property
    def campo_da_ordem(self) -> str:
        """O campo do modelo por que se ordena."""
        return ORDENS[self.ordem][0]

    @property
    def decrescente(self) -> bool:
        """Se a ordem é do maior para o menor."""
        return ORDENS[self.ordem][1]

    @property
    def forma(self) -> "Filtros":
        """O que destes filtros muda a consulta: o tipo e o responsável escolhidos são só valores dela."""
        return replace(
            self,
            tipo=self.tipo and (SEM_TIPO if self.tipo == SEM_TIPO else UM),
            responsavel=self.responsavel and (self.responsavel if self.responsavel in (EU, NINGUEM) else UM),
        )

    def consulta(self, **mais: str) -> str:
        """O endereço destes filtros, começando por `?`; vazio sem nenhum."""
        partes = self.ativos | {nome: valor for nome, valor in mais.items() if valor}
        return f"?{urlencode(partes)}" if partes else ""


def ler(enviados: QueryDict) -> Filtros:
    """Os filtros de um endereço. Levanta `BadRequest` para um nome, um valor ou uma ordem desconhecida.

    Se o tipo e o responsável existem, diz `exigir_conhecidos`, que precisa do banco.
    """
    nomes = {c.name for c in fields(Filtros)}
    estranhos = enviados.keys() - nomes - DA_PAGINA
    if estranhos:
        raise BadRequest(f"As filas não têm o filtro “{min(estranhos)[:40]}”.")
    if any(len(valores) > 1 for _, valores in enviados.lists()):
        raise BadRequest("Um filtro veio mais de uma vez no endereço.")
    valores = {nome: enviados[nome] for nome in nomes & enviados.keys() if enviados[nome]}
    for nome, valor in valores.items():
        if valor not in _ACEITOS[nome] and not _FORMAS.get(nome, _NENHUMA).fullmatch(valor):
            raise _recusado(nome, valor)
    return Filtros(**valores)


def exigir_conhecidos(filtros: Filtros, *, tipos: Iterable[str], agentes: Iterable[int]) -> None:
    """Levanta `BadRequest` para um tipo ou um responsável que não há nestas filas."""
    if filtros.tipo and filtros.tipo not in {SEM_TIPO, *tipos}:
        raise _recusado("tipo", filtros.tipo)
    if filtros.responsavel and filtros.responsavel not in {EU, NINGUEM, *map(str, agentes)}:
        raise _recusado("responsavel", filtros.responsavel)


def _recusado(nome: str, valor: str) -> BadRequest:
    return BadRequest(f"O filtro “{nome}” não aceita “{valor[:40]}”.")


_ACEITOS = {
    "situacao": SITUACOES.keys(),
    "prazo": PRAZOS.keys(),
    "prioridade": PRIORIDADES.keys(),
    "tipo": {SEM_TIPO},
    "responsavel": {EU, NINGUEM},
    "alerta": ALERTAS.keys(),
    "ordem": ORDENS.keys(),
}
_FORMAS = {"tipo": re.compile(r"[a-z0-9_-]{1,60}"), "responsavel": re.compile(r"[1-9][0-9]{0,8}")}
_NENHUMA = re.compile(r"(?!)")


class Valores(NamedTuple):
    """O que uma consulta filtrada compara: os instantes dos prazos, o tipo e o responsável escolhidos."""

    agora: datetime
    em_uma_hora: datetime
    amanha: datetime
    depois_de_amanha: datetime
    em_uma_semana: datetime
    tipo: str
    responsavel: int

    @classmethod
    def de(cls, filtros: Filtros, agora: datetime) -> "Valores":
        """Os de uns filtros, na hora `agora`."""
        return cls(
            agora,
            agora + timedelta(hours=1),
            _meia_noite(agora, 1),
            _meia_noite(agora, 2),
            agora + timedelta(days=7),
            filtros.tipo,
            int(filtros.responsavel) if filtros.responsavel.isdigit() else 0,
        )


# Quantas consultas filtradas se guardam prontas em cada lista; as outras montam-se outra vez.
FORMAS = 128
# Os tipos dos valores, para uma consulta guardada.
TIPOS_DOS_VALORES = (INSTANTE,) * 5 + (TEXTO, ID)


def aplicar(consulta, forma: Filtros, *, usuario, valores: Valores):
    """As abertas que passam por todos os filtros desta forma."""
    consulta = consulta.filter(situacao=forma.situacao) if forma.situacao else consulta.abertas()
    if forma.responsavel == NINGUEM:
        consulta = consulta.na_fila()
    if forma.prazo:
        consulta = consulta.filter(_do_prazo(forma.prazo, valores))
    if forma.prioridade:
        consulta = consulta.filter(prioridade=PRIORIDADES[forma.prioridade])
    if forma.tipo:
        consulta = consulta.filter(
            Q(tipo__isnull=True) if forma.tipo == SEM_TIPO else Q(tipo__codigo=valores.tipo)
        )
    if forma.responsavel not in ("", NINGUEM):
        quem = usuario.pk if forma.responsavel == EU else valores.responsavel
        # Dizer que têm dono é o que deixa o banco usar o índice do responsável.
        consulta = consulta.filter(responsavel_id=quem, situacao__in=sorted(COM_DONO))
    return consulta.filter(alerta_em__isnull=False) if forma.alerta else consulta


def vencidas(agora: datetime) -> Q:
    """As que passaram do prazo; a pausa que congela só conta se ele já tinha vencido antes dela."""
    return Q(prazo_em__lt=agora) & (
        Q(prazo_congelado_em__isnull=True) | Q(prazo_em__lt=F("prazo_congelado_em"))
    )


def a_vencer(inicio: datetime, fim: datetime) -> Q:
    """As que vencem de `inicio` a `fim` com o prazo correndo."""
    return Q(prazo_em__gte=inicio, prazo_em__lt=fim, prazo_congelado_em__isnull=True)


def _do_prazo(nome: str, v: Valores) -> Q:
    condicoes = {
        "vencida": vencidas(v.agora),
        "uma-hora": a_vencer(v.agora, v.em_uma_hora),
        "hoje": a_vencer(v.agora, v.amanha),
        "amanha": a_vencer(v.amanha, v.depois_de_amanha),
        "semana": a_vencer(v.agora, v.em_uma_semana),
        "parado": Q(situacao=Situacao.PAUSADA, prazo_congelado_em__isnull=False),
    }
    return condicoes[nome]


def _meia_noite(agora: datetime, dias: int) -> datetime:
    dia = timezone.localtime(agora).date() + timedelta(days=dias)
    return datetime.combine(dia, time.min, tzinfo=timezone.get_current_timezone())
