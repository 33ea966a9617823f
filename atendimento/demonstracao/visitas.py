"""A agenda de campo da demonstração: visitas marcadas nos próximos dias, com e sem técnico."""

from django.utils import timezone

from atendimento.demonstracao.cenarios import codigo_do_cenario
from atendimento.dominio import cadastros_iniciais as cadastros
from atendimento.dominio import visitas
from atendimento.models import Equipe, Solicitacao, Visita
from atendimento.models.solicitacao import TipoDeVisita
from atendimento.situacoes import Situacao
from perfis.models import Usuario

# O cliente rural, cujo rádio oscila: a visita dele se reagenda e se cancela na demonstração.
COM_VISITA = 12


def criar_visitas() -> None:
    """Põe na agenda, uma vez só, a do cenário e as das solicitações agendadas da multidão."""
    if Visita.objects.filter(solicitacao__demo=True).exists():
        return
    campo = Equipe.objects.get(nome=cadastros.CAMPO)
    tecnico = Usuario.objects.filter(username="caua").first()
    agendadas = Solicitacao.objects.filter(demo=True, situacao=Situacao.AGENDADA).order_by("agendada_para")
    for vez, solicitacao in enumerate([*_do_cenario(), *agendadas]):
        _marcar(solicitacao, campo, tecnico if vez % 2 else None)


def _do_cenario():
    return Solicitacao.objects.filter(
        cliente__codigo_externo=codigo_do_cenario(COM_VISITA), situacao=Situacao.ABERTA
    )[:1]


def _marcar(solicitacao: Solicitacao, campo: Equipe, tecnico) -> None:
    livres = visitas.horarios(timezone.now(), equipes=[campo])
    if solicitacao.situacao == Situacao.AGENDADA:
        livres = [
            h for h in livres if (h.data, h.turno.periodo) == (solicitacao.agendada_para, solicitacao.periodo)
        ]
    livres = [h for h in livres if tecnico is None or visitas.com_tecnico_livre(h, tecnico)]
    if livres:
        visitas.marcar(
            solicitacao,
            livres[0],
            por=solicitacao.responsavel or tecnico or Usuario.objects.get(username="supervisor"),
            tipo=solicitacao.tipo_de_visita or TipoDeVisita.MANUTENCAO,
            contato=solicitacao.contato_da_visita or solicitacao.solicitante_nome,
            tecnico=tecnico,
            endereco=solicitacao.etiqueta.endereco,
        )
