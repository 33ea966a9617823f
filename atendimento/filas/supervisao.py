"""Os números da operação nas equipes de quem supervisiona: cada fila e o que cada agente tem em mãos."""

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from atendimento.dominio.rascunhos import PRESENTE_POR
from atendimento.filas import tempos
from atendimento.filas.contagens import ContagemLimitada, por_extenso
from atendimento.filas.filtros import a_vencer, vencidas
from atendimento.models import Equipe, MembroDaEquipe, Presenca, Solicitacao
from atendimento.situacoes import COM_DONO, Situacao
from perfis.models import Usuario

LOGO = timedelta(hours=1)
# Que filtro da fila mostra as solicitações de cada número.
COLUNAS = {
    "abertas": ("Abertas", ""),
    "sem_dono": ("Sem dono", "?responsavel=ninguem"),
    "vencidas": ("Vencidas", "?prazo=vencida"),
    "logo": ("Vencem em 1 hora", "?prazo=uma-hora"),
    "pausadas": ("Pausadas", "?situacao=pausada"),
    "alertas": ("Além do limite", "?alerta=sim"),
}


def numeros(usuario, agora: datetime) -> list[dict]:
    """Por equipe, quantas há de cada coluna, com teto. Um comando SQL."""
    da_equipe = Solicitacao.objects.visiveis_para(usuario).filter(equipe=OuterRef("pk"))
    abertas = da_equipe.abertas()
    consultas = {
        "abertas": abertas,
        "sem_dono": da_equipe.na_fila(),
        "vencidas": abertas.filter(vencidas(agora)),
        "logo": abertas.filter(a_vencer(agora, agora + LOGO)),
        "pausadas": da_equipe.filter(situacao=Situacao.PAUSADA),
        "alertas": abertas.filter(alerta_em__isnull=False),
    }
    equipes = Equipe.objects.de(usuario).annotate(
        **{nome: ContagemLimitada(consulta) for nome, consulta in consultas.items()}
    )
    return [_numeros_da_equipe(equipe) for equipe in equipes]


def _numeros_da_equipe(equipe: Equipe) -> dict:
    celulas = [
        {
            "coluna": rotulo,
            "quantas": getattr(equipe, nome),
            "texto": por_extenso(getattr(equipe, nome)),
            "fim": fim,
            "grave": nome in ("vencidas", "alertas") and getattr(equipe, nome) > 0,
        }
        for nome, (rotulo, fim) in COLUNAS.items()
    ]
    return {"nome": equipe.nome, "slug": equipe.slug, "celulas": celulas}


def agentes(usuario, agora: datetime) -> list[dict]:
    """Quem está nas equipes, ou tem solicitação delas: presença e o que tem em mãos. Cinco comandos SQL.

    Os que estão presentes vêm antes; o desativado só aparece enquanto tem alguma.
    """
    equipes = list(Equipe.objects.de(usuario))
    deles = Solicitacao.objects.visiveis_para(usuario).filter(equipe__in=equipes)
    contadas = defaultdict(lambda: dict.fromkeys(Situacao.values, 0))
    por_situacao = deles.filter(situacao__in=sorted(COM_DONO)).values("responsavel_id", "situacao")
    for grupo in por_situacao.annotate(quantas=Count("pk")).order_by():
        contadas[grupo["responsavel_id"]][grupo["situacao"]] += grupo["quantas"]
    em_maos = defaultdict(list)
    atendendo = deles.filter(situacao=Situacao.EM_ATENDIMENTO).order_by("situacao_desde")
    for linha in atendendo.values("responsavel_id", "protocolo", "situacao_desde"):
        em_maos[linha["responsavel_id"]].append(_em_maos(linha, agora))
    gente = list(_gente(equipes, contadas))
    sinais = Presenca.objects.filter(solicitacao__isnull=True, usuario__in=gente)
    vistos = dict(sinais.values_list("usuario_id", "vista_em"))
    desenhados = [
        _agente(pessoa, vistos.get(pessoa.pk), contadas[pessoa.pk], em_maos[pessoa.pk], agora)
        for pessoa in gente
    ]
    return sorted(desenhados, key=lambda agente: (not agente["presente"], agente["nome"].lower()))


def _gente(equipes: list[Equipe], contadas) -> QuerySet:
    membro = MembroDaEquipe.objects.filter(usuario=OuterRef("pk"), equipe__in=equipes, ativo=True)
    return Usuario.objects.annotate(membro=Exists(membro)).filter(
        Q(pk__in=list(contadas)) | Q(membro=True, is_active=True)
    )


def _em_maos(linha: dict, agora: datetime) -> dict:
    return {
        "protocolo": linha["protocolo"],
        "url": f"/solicitacoes/{linha['protocolo']}/",
        "ha": tempos.duracao(agora - linha["situacao_desde"]),
    }


def _agente(
    pessoa: Usuario, vista_em: datetime | None, contadas: dict, em_maos: list, agora: datetime
) -> dict:
    presente = vista_em is not None and vista_em >= agora - PRESENTE_POR
    return {
        "id": pessoa.pk,
        "nome": pessoa.nome_exibido,
        "ativo": pessoa.is_active,
        "membro": pessoa.membro,
        "presente": presente,
        "presenca": _presenca(pessoa, presente, vista_em, agora),
        "em_maos": em_maos,
        "pausadas": contadas[Situacao.PAUSADA],
        "agendadas": contadas[Situacao.AGENDADA],
        "total": sum(contadas.values()),
    }


def _presenca(pessoa: Usuario, presente: bool, vista_em: datetime | None, agora: datetime) -> str:
    if not pessoa.is_active:
        return "Desativado"
    if presente:
        return "Presente"
    return f"Visto há {tempos.duracao(agora - vista_em)}" if vista_em else "Ausente"
