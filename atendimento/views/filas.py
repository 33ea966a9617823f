"""As filas das equipes: filtros e cursor no endereço, e a parte que se atualiza sozinha."""

from dataclasses import dataclass, field, replace
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from atendimento.acesso import exige
from atendimento.filas import equipes as das_equipes
from atendimento.filas import filtros as dos_filtros
from atendimento.filas import linhas as das_linhas
from atendimento.filas.contagens import CONTA_ATE, por_extenso
from atendimento.filas.filtros import Filtros
from atendimento.filas.paginas import ler_cursor, ler_pagina
from atendimento.models import Equipe, TipoDeSolicitacao
from atendimento.quentes import Quente
from atendimento.views.atualizacao import marca, responder
from perfis.capacidades import Capacidade
from perfis.models import Usuario


@dataclass
class Fila:
    """O que se pediu: as equipes do usuário, as escolhidas, os filtros e o que os filtros aceitam."""

    agora: datetime
    filtros: Filtros
    minhas: list[Equipe]
    escolhidas: list[Equipe]
    equipe: Equipe | None
    agentes: list[Usuario] = field(default_factory=list)
    tipos: list[tuple[str, str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """O endereço da fila, sem filtros."""
        return reverse("fila", args=[self.equipe.slug]) if self.equipe else reverse("filas")


@require_safe
@exige(Capacidade.ATENDER)
def filas(request, equipe: str = ""):
    """As filas de todas as equipes de quem entrou, ou a de uma; o fragmento é só a lista."""
    fragmento = request.htmx.target == "fila"
    fila = _ler(request, equipe, fragmento)
    contexto = _lista(request, fila)
    if fragmento:
        return _fragmento(request, contexto)
    return render(request, "filas.html", contexto | _formulario(request, fila))


def _ler(request, slug: str, fragmento: bool) -> Fila:
    """As equipes, com suas contagens e opções, num só comando SQL.

    Levanta `Http404` para a que não é do usuário. O fragmento só pergunta pelas opções que um filtro usa.
    """
    agora, filtros = timezone.now(), dos_filtros.ler(request.GET)
    com_opcoes = not fragmento or bool(filtros.tipo or filtros.responsavel)
    minhas = das_equipes.com_filas(request.user, filtros, slug=slug, agora=agora, com_opcoes=com_opcoes)
    escolhidas = [equipe for equipe in minhas if slug in ("", equipe.slug)]
    if slug and not escolhidas:
        raise Http404
    fila = Fila(agora, filtros, minhas, escolhidas, escolhidas[0] if slug else None)
    if com_opcoes:
        _ler_opcoes(fila)
    return fila


def _ler_opcoes(fila: Fila) -> None:
    if fila.minhas:
        fila.agentes = [Usuario(**opcao) for opcao in fila.minhas[0].agentes]
        fila.tipos = [(opcao["codigo"], opcao["nome"]) for opcao in fila.minhas[0].tipos]
    else:
        # Sem equipe não há linha que as traga, nem fila a ler: cabem num comando só delas.
        fila.tipos = list(TipoDeSolicitacao.objects.values_list("codigo", "nome"))
    dos_filtros.exigir_conhecidos(
        fila.filtros, tipos=[codigo for codigo, _ in fila.tipos], agentes=[a.pk for a in fila.agentes]
    )


def _lista(request, fila: Fila) -> dict:
    filtros, usuario = fila.filtros, request.user
    cursor = ler_cursor(request.GET)
    pagina = ler_pagina(fila.escolhidas, filtros, cursor, usuario=usuario, agora=fila.agora)
    linhas = das_linhas.desenhar(pagina.linhas, usuario=usuario, agora=fila.agora)
    redistribui = usuario.permissoes.tem(Capacidade.SUPERVISIONAR)
    total = min(sum(equipe.com_os_filtros for equipe in fila.escolhidas), CONTA_ATE + 1)
    abas = [_aba(equipe, fila) for equipe in fila.minhas]
    aqui = filtros.consulta(antes=request.GET.get("antes", ""), depois=request.GET.get("depois", ""))
    return {
        "linhas": linhas,
        "linhas_da_tabela": Quente(
            "linhas_da_fila", linhas=linhas, com_equipe=fila.equipe is None, redistribui=redistribui
        ),
        "total": por_extenso(total),
        "uma_so": total == 1,
        "marca": marca(das_linhas.vistas(linhas), total, abas),
        "equipe": fila.equipe,
        "abas": abas,
        "todas_url": reverse("filas") + _de_outra_equipe(filtros).consulta(),
        "agora": fila.agora,
        "url": fila.url,
        "aqui": f"{fila.url}{aqui}",
        "sem_filtros": not filtros.ativos,
        "fora_do_comeco": cursor.em is not None,
        "comeco_url": f"{fila.url}{filtros.consulta()}",
        "antes_url": f"{fila.url}{filtros.consulta(antes=pagina.antes)}" if pagina.antes else "",
        "depois_url": f"{fila.url}{filtros.consulta(depois=pagina.depois)}" if pagina.depois else "",
        "com_equipe": fila.equipe is None,
        "redistribui": redistribui,
        "sem_equipes": not fila.minhas,
    }


def _fragmento(request, contexto: dict) -> HttpResponse:
    resposta = responder(request, "filas.html#fragmento", contexto | {"fragmento": True})
    if request.htmx.trigger == "filtros":
        resposta["HX-Push-Url"] = contexto["aqui"]
    return resposta


def _formulario(request, fila: Fila) -> dict:
    filtros = fila.filtros
    agentes = [(dos_filtros.EU, "Eu"), (dos_filtros.NINGUEM, "Ninguém (sem dono)")]
    agentes += [(str(a.pk), a.nome_exibido) for a in fila.agentes if a.pk != request.user.pk]
    prioridades = [(nome, p.label) for nome, p in dos_filtros.PRIORIDADES.items()]
    tipos = [*fila.tipos, (dos_filtros.SEM_TIPO, "Sem tipo")]
    campos = (
        ("situacao", "Situação", "Todas as abertas", dos_filtros.SITUACOES.items()),
        ("prazo", "Prazo", "Qualquer", dos_filtros.PRAZOS.items()),
        ("prioridade", "Prioridade", "Qualquer", prioridades),
        ("tipo", "Tipo", "Qualquer", tipos),
        ("responsavel", "Responsável", "Qualquer", agentes),
        ("alerta", "Alerta", "Com ou sem", dos_filtros.ALERTAS.items()),
    )
    return {
        "campos": [
            {
                "nome": nome,
                "rotulo": rotulo,
                "vazio": vazio,
                "opcoes": list(opcoes),
                "valor": getattr(filtros, nome),
            }
            for nome, rotulo, vazio, opcoes in campos
        ],
        "ordens": dos_filtros.NOMES_DAS_ORDENS.items(),
        "ordem": filtros.ordem,
    }


def _aba(equipe: Equipe, fila: Fila) -> dict:
    url = reverse("fila", args=[equipe.slug]) + _de_outra_equipe(fila.filtros).consulta()
    return das_equipes.contar(equipe) | {"url": url, "atual": equipe == fila.equipe}


def _de_outra_equipe(filtros: Filtros) -> Filtros:
    """Os filtros ao mudar de equipe: um colega de uma pode não existir na outra."""
    geral = filtros.responsavel in (dos_filtros.EU, dos_filtros.NINGUEM)
    return filtros if geral else replace(filtros, responsavel="")
