"""A agenda de campo: que horários há, marcar, remarcar, cancelar e registrar o que deu.

A capacidade de um turno se reparte em vagas numeradas: quem marca tranca o turno, toma a menor vaga livre, e
a restrição do banco é a última palavra. Um técnico escolhido não fica em dois lugares ao mesmo tempo.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.utils import timezone

from atendimento import auditoria, transacao
from atendimento.dominio import calendarios, reinstalacoes
from atendimento.excecoes import DadoInvalido, Impedida
from atendimento.models import Relato, Solicitacao, TurnoDeCampo, Visita
from atendimento.models.solicitacao import Periodo, ResultadoDaVisita
from atendimento.models.visita import SituacaoDaVisita
from atendimento.situacoes import Situacao
from contratos.models import EventoDeContrato, TipoDeEvento

DIAS_DE_AGENDA = 14
SABADO = 5


@dataclass(frozen=True, slots=True)
class Horario:
    """Uma janela em que uma equipe pode ir; `livres` são as vagas que o turno ainda tem."""

    turno: TurnoDeCampo
    data: date
    comeco: time
    livres: int

    @property
    def chave(self) -> str:
        """Como o formulário o diz."""
        return f"{self.turno.pk}_{self.data:%Y%m%d}_{self.comeco:%H%M}"

    @property
    def janela(self) -> tuple[datetime, datetime]:
        """De quando a quando, no fuso da instalação."""
        inicio = datetime.combine(self.data, self.comeco, tzinfo=calendarios.fuso())
        return inicio, inicio + timedelta(minutes=self.turno.minutos)

    @property
    def em_palavras(self) -> str:
        """`qua 25/11, das 08:00 às 10:00 (manhã)`."""
        inicio, fim = self.janela
        dia = f"{_DIAS[self.data.weekday()]} {self.data:%d/%m}"
        periodo = Periodo(self.turno.periodo).label.lower()
        return f"{dia}, das {inicio:%H:%M} às {fim:%H:%M} ({periodo})"


_DIAS = ("seg", "ter", "qua", "qui", "sex", "sáb", "dom")


def horarios(agora: datetime, *, equipes=None, dias: int = DIAS_DE_AGENDA) -> list[Horario]:
    """Os horários que ainda têm vaga, do mais próximo em diante."""
    turnos = TurnoDeCampo.objects.filter(ativo=True, equipe__ativa=True).select_related("equipe__calendario")
    if equipes is not None:
        turnos = turnos.filter(equipe__in=equipes)
    turnos = list(turnos)
    hoje = agora.astimezone(calendarios.fuso()).date()
    ate = hoje + timedelta(dias)
    marcadas = Visita.objects.marcadas().filter(turno__in=turnos, data__range=(hoje, ate))
    ocupadas = Counter(marcadas.values_list("turno_id", "data"))
    folga = _folgas(turnos)
    achados = [
        Horario(turno, dia, comeco, turno.vagas - ocupadas[turno.pk, dia])
        for dia in (hoje + timedelta(n) for n in range(dias))
        for turno in turnos
        if not folga(turno, dia) and ocupadas[turno.pk, dia] < turno.vagas
        for comeco in turno.comecos()
    ]
    return [horario for horario in achados if horario.janela[0] > agora]


def _folgas(turnos):
    calendario = {
        turno.equipe_id: calendarios.calendario_util(turno.equipe.calendario)
        for turno in turnos
        if turno.equipe.calendario
    }

    def folga(turno: TurnoDeCampo, dia: date) -> bool:
        if dia.weekday() == SABADO and turno.sabado:
            return False
        if dia.weekday() >= SABADO:
            return True
        util = calendario.get(turno.equipe_id)
        return util is not None and not util.periodos(dia)

    return folga


def achar(chave: str, agora: datetime) -> Horario | None:
    """O horário que o formulário disse, se ainda tem vaga."""
    return next((horario for horario in horarios(agora) if horario.chave == chave), None)


def com_tecnico_livre(horario: Horario, tecnico, *, menos: Visita | None = None) -> bool:
    """Se o técnico não tem outra visita na janela."""
    outras = Visita.objects.marcadas().filter(tecnico=tecnico, janela__overlap=horario.janela)
    return not outras.exclude(pk=menos.pk if menos else None).exists()


@transacao.verbo
def marcar(
    solicitacao: Solicitacao,
    horario: Horario,
    *,
    por,
    tipo: str,
    contato: str,
    tecnico=None,
    endereco=None,
    taxa: Decimal = Decimal(0),
    observacao: str = "",
) -> Visita:
    """Toma uma vaga do turno; a solicitação é de quem chama agendar. Levanta `DadoInvalido` se não há
    mais."""
    vaga = _vaga_livre(horario, tecnico)
    try:
        with transaction.atomic():
            visita = Visita.objects.create(
                solicitacao=solicitacao, etiqueta_id=solicitacao.etiqueta_id, turno=horario.turno,
                tecnico=tecnico, tipo=tipo, data=horario.data, janela=horario.janela, vaga=vaga,
                contato=contato, endereco=endereco, taxa=taxa, observacao=observacao, marcada_por=por,
            )  # fmt: skip
    except IntegrityError as erro:
        raise _ocupado(erro, horario) from erro
    _auditar("marcar", visita, por)
    return visita


@transacao.verbo
def remarcar(visita: Visita, horario: Horario, *, por, tecnico=None, motivo: str) -> Visita:
    """Muda o dia e a hora da visita marcada, e a agenda de sua solicitação. Levanta `Impedida`,
    `DadoInvalido`."""
    visita = _trancar(visita)
    antes = visita.data
    vaga = _vaga_livre(horario, tecnico, menos=visita)
    visita.turno, visita.data, visita.janela, visita.vaga = horario.turno, horario.data, horario.janela, vaga
    visita.tecnico = tecnico
    visita.remarcacoes += 1
    try:
        with transaction.atomic():
            visita.save(update_fields=["turno", "data", "janela", "vaga", "tecnico", "remarcacoes"])
    except IntegrityError as erro:
        raise _ocupado(erro, horario) from erro
    solicitacao = visita.solicitacao
    if solicitacao.situacao == Situacao.AGENDADA:
        solicitacao.agendada_para, solicitacao.periodo = horario.data, horario.turno.periodo
        solicitacao.alerta_em = None
        solicitacao.save(update_fields=["agendada_para", "periodo", "alerta_em"])
    _relatar(visita, por, f"Visita de {antes:%d/%m/%Y} remarcada para {horario.em_palavras}. {motivo}")
    _auditar("remarcar", visita, por)
    return visita


@transacao.verbo
def cancelar(visita: Visita, *, por, motivo: str) -> Visita:
    """Desmarca, e a vaga fica livre. A solicitação continua com quem estava. Levanta `Impedida`."""
    visita = _trancar(visita)
    _encerrar(visita, SituacaoDaVisita.CANCELADA)
    _relatar(visita, por, f"Visita de {visita.data:%d/%m/%Y} cancelada. {motivo}")
    _auditar("cancelar", visita, por)
    _avisar(visita, por)
    return visita


def concluir_da(solicitacao: Solicitacao, resultado: str | None, *, por) -> Visita | None:
    """Encerra a visita marcada da solicitação já trancada com o que deu; sem resultado, cancela-a."""
    visita = solicitacao.visitas.marcadas().first()
    if visita is None:
        return None
    _encerrar(visita, SituacaoDaVisita(ResultadoDaVisita(resultado) if resultado else "cancelada"))
    _auditar("concluir", visita, por)
    _avisar(visita, por)
    return visita


def _avisar(visita: Visita, por) -> None:
    """O que o fim de uma visita muda no contrato, com os seus eventos."""
    for tipo, texto in reinstalacoes.ao_acabar(visita, por):
        EventoDeContrato.objects.create(
            contrato_id=visita.etiqueta.contrato_id,
            tipo=TipoDeEvento.objects.get(codigo=tipo),
            descricao=f"{texto} · Protocolo: {visita.solicitacao.protocolo}",
            usuario=por,
            protocolo=visita.solicitacao.protocolo,
        )


def _encerrar(visita: Visita, situacao: SituacaoDaVisita) -> None:
    visita.situacao, visita.encerrada_em = situacao, timezone.now()
    visita.save(update_fields=["situacao", "encerrada_em"])


def _vaga_livre(horario: Horario, tecnico, *, menos: Visita | None = None) -> int:
    """A menor vaga livre do turno, que fica trancado até o fim da transação."""
    turno = TurnoDeCampo.objects.select_for_update(of=("self",), no_key=True).get(pk=horario.turno.pk)
    do_dia = Visita.objects.marcadas().filter(turno=turno, data=horario.data)
    tomadas = set(do_dia.exclude(pk=menos.pk if menos else None).values_list("vaga", flat=True))
    livre = next((vaga for vaga in range(1, turno.vagas + 1) if vaga not in tomadas), None)
    if livre is None:
        raise DadoInvalido(f"Não há mais vaga em {horario.em_palavras}: escolha outra.", campo="horario")
    if tecnico and not com_tecnico_livre(horario, tecnico, menos=menos):
        raise DadoInvalido(f"{tecnico.nome_exibido} já tem visita nesta hora.", campo="tecnico")
    return livre


def _ocupado(erro: IntegrityError, horario: Horario) -> DadoInvalido | Impedida:
    nome = getattr(erro.__cause__, "diag", None) and erro.__cause__.diag.constraint_name
    if nome == "visita_marcada_unica_da_solicitacao":
        return Impedida("Esta solicitação já tem uma visita marcada: reagende-a.")
    campo = "tecnico" if nome == "visita_tecnico_em_um_lugar_so" else "horario"
    return DadoInvalido(f"Alguém acabou de marcar {horario.em_palavras}: escolha outra.", campo=campo)


def _trancar(visita: Visita) -> Visita:
    trancada = Visita.objects.select_for_update(of=("self",), no_key=True).get(pk=visita.pk)
    if trancada.situacao != SituacaoDaVisita.MARCADA:
        raise Impedida(f"A visita já está {trancada.get_situacao_display().lower()}.")
    return trancada


def _relatar(visita: Visita, por, texto: str) -> None:
    Relato.objects.create(solicitacao=visita.solicitacao, autor=por, texto=texto.strip(), em=timezone.now())


def _auditar(verbo: str, visita: Visita, por) -> None:
    auditoria.registrar(
        f"visita.{verbo}",
        por=por,
        alvo="solicitacao",
        alvo_id=visita.solicitacao_id,
        protocolo=visita.solicitacao.protocolo,
        dados={"visita": visita.pk, "data": visita.data.isoformat(), "situacao": visita.situacao},
    )
