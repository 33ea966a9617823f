"""Marcar, remarcar e desmarcar visitas técnicas."""

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Acao, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_visita import (
    A_DEFINIR,
    GRUPO,
    PassoDeVisita,
    frase_da_visita,
    impedimento_de_agenda,
    marcar_visita,
    mudancas_da_visita,
)
from atendimento.dominio import visitas
from atendimento.massivas import da_etiqueta
from atendimento.models import Visita
from atendimento.models.solicitacao import TipoDeVisita


class Quando(PassoDeVisita):
    """O que se vai fazer, quando, e quem recebe."""

    tipo = forms.ChoiceField(
        label="O que se vai fazer", choices=[c for c in TipoDeVisita.choices if c[0] != TipoDeVisita.RETORNO]
    )
    field_order = ("tipo", "horario", "tecnico", "contato_no_local", "orientacao")

    def preparar(self):
        """A manutenção é o caso comum."""
        super().preparar()
        self.fields["tipo"].initial = TipoDeVisita.MANUTENCAO


@ACOES.registrar
class AgendarVisita(Acao):
    """Toma uma vaga do turno da equipe de campo e deixa a solicitação agendada."""

    slug = "agendar_visita"
    nome = "Agendar visita técnica"
    grupo = GRUPO
    alvo = "etiqueta"
    icone = "calendar-clock"
    ordem = 410
    confirmar = "Agendar a visita"
    ajuda = (
        "Use quando o caso só se resolve no local: instalação, manutenção, retirada.\n\n"
        "Pergunta o que se vai fazer, um horário entre os que têm vaga, o técnico (ou a equipe define) e "
        "quem "
        "recebe.\n\n"
        "Faz: toma uma vaga do turno, que ninguém mais marca; a solicitação fica agendada e só se encerra "
        "com o "
        "resultado da visita.\n\n"
        "Diga ao cliente: o dia, a janela de horário, que alguém precisa estar no local e que pode remarcar "
        "ligando."
    )
    passos = (Quando,)

    def impedimento(self):
        """A etiqueta inativa e a que já tem visita."""
        return impedimento_de_agenda(self)

    def previa(self, dados):
        """Quando e quem."""
        return Previa(mudancas=mudancas_da_visita(dados), dizer=self._dizer(dados), avisos=self._avisos())

    def _avisos(self) -> tuple[str, ...]:
        """Numa massiva a visita quase sempre é perdida."""
        massivas = da_etiqueta(self.contexto.eixo.etiqueta.pk)
        return tuple(
            f"A massiva “{massiva}” atinge esta etiqueta: confirme se a visita ainda faz sentido."
            for massiva in massivas
        )

    def efetivar(self, dados):
        """O relato é o da própria transição."""
        dizer = self._dizer(dados)
        visita = marcar_visita(self, dados, TipoDeVisita(dados["tipo"]))
        return Resultado(f"{visita}: agendada.", dizer=dizer)

    def _dizer(self, dados) -> str:
        return f"{frase_da_visita(dados)} O protocolo é {self.contexto.solicitacao.protocolo}."


class CampoDeVisita(forms.ModelChoiceField):
    """Uma visita marcada da etiqueta."""

    def __init__(self):
        super().__init__(Visita.objects.none(), label="Visita", empty_label=None)

    def label_from_instance(self, visita: Visita) -> str:
        """O tipo, o dia, a hora e o protocolo."""
        hora = timezone.localtime(visita.janela.lower)
        return f"{visita}, às {hora:%H:%M} (protocolo {visita.solicitacao.protocolo})"


class SobreVisita(Acao):
    """Uma ação sobre a visita marcada da etiqueta, pedida num atendimento qualquer do cliente."""

    grupo = GRUPO
    alvo = "etiqueta"

    def impedimento(self):
        """Só onde há visita marcada."""
        etiqueta = self.contexto.eixo.etiqueta
        if not Visita.objects.marcadas().filter(etiqueta=etiqueta).exists():
            return f"Não há visita marcada na etiqueta {etiqueta.codigo}."
        return None


def so_as_marcadas(passo: Passo) -> None:
    """As visitas marcadas da etiqueta."""
    marcadas = Visita.objects.marcadas().filter(etiqueta=passo.contexto.eixo.etiqueta)
    passo.fields["visita"].queryset = marcadas.select_related("solicitacao")


class NovoHorario(PassoDeVisita):
    """Que visita, para quando e por quê."""

    titulo = "Novo horário"
    visita = CampoDeVisita()
    motivo = Texto(label="Motivo", min_length=3, max_length=300, linhas=2)
    field_order = ("visita", "horario", "tecnico", "motivo")

    def preparar(self):
        """Quem recebe e a orientação não mudam."""
        super().preparar()
        so_as_marcadas(self)
        del self.fields["contato_no_local"], self.fields["orientacao"]


@ACOES.registrar
class ReagendarVisita(SobreVisita):
    """Muda o dia e a hora, e libera a vaga de antes."""

    slug = "reagendar_visita"
    nome = "Reagendar visita"
    icone = "calendar-sync"
    ordem = 420
    confirmar = "Reagendar"
    ajuda = (
        "Use quando o cliente ou a equipe não pode no dia marcado.\n\n"
        "Pergunta a visita, o novo horário entre os que têm vaga, o técnico e o motivo.\n\n"
        "Faz: troca a vaga, e a de antes fica livre na hora; a solicitação da visita muda de data e ganha um "
        "relato.\n\n"
        "Diga ao cliente: o novo dia e a janela de horário."
    )
    passos = (NovoHorario,)

    def previa(self, dados):
        """De quando para quando."""
        horario = visitas.achar(dados["horario"], timezone.now())
        visita = dados["visita"]
        tecnico = dados["tecnico"].nome_exibido if dados["tecnico"] else A_DEFINIR
        de_quem = visita.tecnico.nome_exibido if visita.tecnico else A_DEFINIR
        return Previa(
            mudancas=(
                Mudanca("Visita", quando(visita), horario.em_palavras),
                Mudanca("Técnico", de_quem, tecnico),
            ),
            dizer=self._dizer(horario),
        )

    def efetivar(self, dados):
        """Remarca; o relato da visita fica na solicitação dela, e este, no atendimento de agora."""
        horario = visitas.achar(dados["horario"], timezone.now())
        antes = quando(dados["visita"])
        dizer = self._dizer(horario)
        visitas.remarcar(
            dados["visita"],
            horario,
            por=self.contexto.usuario,
            tecnico=dados["tecnico"],
            motivo=dados["motivo"],
        )
        return Resultado(
            "Visita reagendada.",
            relato=f"Visita reagendada: {antes} → {horario.em_palavras}. {dados['motivo']}",
            dizer=dizer,
        )

    def _dizer(self, horario) -> str:
        protocolo = self.contexto.solicitacao.protocolo
        return f"Nova data da visita: {horario.em_palavras}. O protocolo é {protocolo}."


class Desmarcar(Passo):
    """Que visita e por quê."""

    titulo = "Cancelamento da visita"
    visita = CampoDeVisita()
    motivo = Texto(label="Motivo", min_length=3, max_length=300, linhas=2)

    def preparar(self):
        """As marcadas."""
        so_as_marcadas(self)


@ACOES.registrar
class CancelarVisita(SobreVisita):
    """Desmarca e libera a vaga."""

    slug = "cancelar_visita"
    nome = "Cancelar visita"
    icone = "calendar-x"
    ordem = 430
    confirmar = "Cancelar a visita"
    perigosa = True
    ajuda = (
        "Use quando a visita deixou de ser necessária ou o cliente desistiu dela.\n\n"
        "Pergunta a visita e o motivo.\n\n"
        "Faz: desmarca, a vaga fica livre na hora, e a solicitação da visita ganha um relato; ela continua "
        "aberta, para que se resolva de outro modo ou se encerre.\n\n"
        "Diga ao cliente: a visita está cancelada, e o que acontece com o pedido dele."
    )
    passos = (Desmarcar,)

    def previa(self, dados):
        """O que deixa de acontecer."""
        return Previa(
            mudancas=(Mudanca("Visita", quando(dados["visita"]), "Cancelada"),), dizer=self._dizer(dados)
        )

    def efetivar(self, dados):
        """Desmarca."""
        texto = f"Visita cancelada: {quando(dados['visita'])}. {dados['motivo']}"
        dizer = self._dizer(dados)
        visitas.cancelar(dados["visita"], por=self.contexto.usuario, motivo=dados["motivo"])
        return Resultado("Visita cancelada.", relato=texto, dizer=dizer)

    def _dizer(self, dados) -> str:
        return (
            f"Visita cancelada: {quando(dados['visita'])}. O protocolo é "
            f"{self.contexto.solicitacao.protocolo}."
        )


def quando(visita: Visita) -> str:
    """A visita em palavras, como a do horário que se escolhe."""
    comeco = timezone.localtime(visita.janela.lower).time()
    return visitas.Horario(visita.turno, visita.data, comeco, 0).em_palavras
