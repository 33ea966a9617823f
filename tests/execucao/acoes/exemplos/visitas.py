"""Uma equipe de campo com um turno: agenda-se, reagenda-se e cancela-se."""

from django.utils import timezone

from atendimento.acoes.agendar_visita import quando
from atendimento.acoes.de_visita import A_DEFINIR
from atendimento.dominio import visitas
from atendimento.models import Equipe, Visita
from tests.execucao.acoes.exemplos import exemplo
from tests.fabricas import criar_agente, criar_equipe, criar_solicitacao, criar_turno_de_campo


def com_turno(cenario):
    criar_turno_de_campo(criar_equipe(nome="Campo"), sabado=True, vagas=4)


def com_visita(cenario):
    com_turno(cenario)
    colega = criar_agente(cenario.equipe, empresas=[cenario.empresa])
    outra = criar_solicitacao(por=colega, etiqueta=cenario.etiqueta)
    visitas.marcar(outra, livres()[0], por=colega, tipo="manutencao", contato="Portaria")


def livres():
    return visitas.horarios(timezone.now())


def respostas(cenario):
    return [{"tipo": "manutencao", "horario": livres()[1].chave, "contato_no_local": "Jacira"}]


def ler(cenario, rotulo):
    visita = Visita.objects.marcadas().select_related("turno__equipe", "tecnico").first()
    if visita is None:
        return "Cancelada" if Visita.objects.exists() else ""
    lidos = {
        "Visita": quando(visita),
        "Equipe": str(visita.turno.equipe),
        "Técnico": visita.tecnico.nome_exibido if visita.tecnico else A_DEFINIR,
    }
    return lidos[rotulo]


def agendada(cenario, navegador):
    cenario.solicitacao.refresh_from_db()
    assert cenario.solicitacao.situacao == "agendada"
    assert cenario.solicitacao.visitas.get().vaga == 1


def retratar(cenario):
    return list(Visita.objects.values())


exemplo(
    slug="agendar_visita",
    preparar=com_turno,
    respostas=respostas,
    ler=ler,
    deixa_evento=False,
    impedir=lambda cenario: com_outra(cenario),
    conferir=agendada,
    retratar=retratar,
    ruins=lambda cenario: [
        {},
        respostas(cenario)[0] | {"horario": "1_20200101_0800"},
        respostas(cenario)[0] | {"horario": "x"},
        respostas(cenario)[0] | {"tipo": "retorno"},
        respostas(cenario)[0] | {"tecnico": cenario.agente.pk},
        respostas(cenario)[0] | {"contato_no_local": ""},
    ],
)


def com_outra(cenario):
    com_visita(cenario) if not Equipe.objects.filter(nome="Campo").exists() else marcar_outra(cenario)


def marcar_outra(cenario):
    colega = criar_agente(cenario.equipe, empresas=[cenario.empresa])
    outra = criar_solicitacao(por=colega, etiqueta=cenario.etiqueta)
    visitas.marcar(outra, livres()[0], por=colega, tipo="manutencao", contato="Portaria")


def sem_visita(cenario):
    visitas.cancelar(Visita.objects.marcadas().get(), por=cenario.agente, motivo="Desistiu.")


def remarcacao(cenario):
    visita = Visita.objects.order_by("pk").first()
    return [{"visita": visita.pk, "horario": livres()[-1].chave, "motivo": "Viajou."}]


exemplo(
    slug="reagendar_visita",
    preparar=com_visita,
    respostas=remarcacao,
    ler=ler,
    deixa_evento=False,
    impedir=sem_visita,
    retratar=retratar,
    ruins=lambda cenario: [
        {},
        remarcacao(cenario)[0] | {"motivo": ""},
        remarcacao(cenario)[0] | {"visita": 10**9},
        remarcacao(cenario)[0] | {"horario": "9_99999999_0000"},
    ],
)


def desmarcacao(cenario):
    return [{"visita": Visita.objects.order_by("pk").first().pk, "motivo": "Resolveu-se sozinho."}]


exemplo(
    slug="cancelar_visita",
    preparar=com_visita,
    respostas=desmarcacao,
    ler=ler,
    deixa_evento=False,
    impedir=sem_visita,
    retratar=retratar,
    ruins=lambda cenario: [{}, {"visita": 10**9, "motivo": "x"}, desmarcacao(cenario)[0] | {"motivo": "x"}],
)
