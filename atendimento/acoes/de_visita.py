"""O que as ações que marcam visita perguntam: quando, quem vai e quem recebe."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from atendimento.acoes.base import Acao, Mudanca, Passo
from atendimento.acoes.campos import Texto
from atendimento.dominio import solicitacoes, visitas
from atendimento.models import Visita
from atendimento.models.solicitacao import TipoDeVisita
from perfis.models import Usuario

GRUPO = "Técnico"
A_DEFINIR = "A equipe define"


class PassoDeVisita(Passo):
    """Um horário com vaga, um técnico (ou a equipe decide) e quem recebe."""

    titulo = "Visita"
    horario = forms.ChoiceField(label="Horário")
    tecnico = forms.ModelChoiceField(
        Usuario.objects.none(), label="Técnico", required=False, empty_label=A_DEFINIR
    )
    contato_no_local = forms.CharField(label="Quem recebe", min_length=2, max_length=120)
    orientacao = Texto(label="Orientação à equipe", required=False, max_length=500, linhas=2)

    def preparar(self):
        """Só os horários com vaga agora e os técnicos das equipes que vão a campo."""
        livres = visitas.horarios(timezone.now())
        self.fields["horario"].choices = [("", "Escolha…"), *_por_equipe(livres)]
        self.fields["tecnico"].queryset = (
            Usuario.objects.filter(
                participacoes__equipe__in={h.turno.equipe_id for h in livres}, participacoes__ativo=True
            )
            .distinct()
            .order_by("first_name", "last_name", "pk")
        )
        self.fields["tecnico"].label_from_instance = lambda usuario: usuario.nome_exibido
        if self.contexto.solicitacao:
            self.fields["contato_no_local"].initial = self.contexto.solicitacao.solicitante_nome

    def clean(self):
        """O técnico é da equipe do horário e está livre."""
        limpos = super().clean()
        horario = limpos.get("horario") and visitas.achar(limpos["horario"], timezone.now())
        tecnico = limpos.get("tecnico")
        if limpos.get("horario") and horario is None:
            self.add_error("horario", "Este horário não tem mais vaga: escolha outro.")
        if horario and tecnico:
            if not tecnico.participacoes.filter(equipe=horario.turno.equipe_id, ativo=True).exists():
                self.add_error("tecnico", f"{tecnico.nome_exibido} não é da equipe {horario.turno.equipe}.")
            elif not visitas.com_tecnico_livre(horario, tecnico, menos=limpos.get("visita")):
                self.add_error("tecnico", f"{tecnico.nome_exibido} já tem visita nesta hora.")
        return limpos


def _por_equipe(livres):
    grupos: dict[str, list] = {}
    for horario in livres:
        vagas = "1 vaga" if horario.livres == 1 else f"{horario.livres} vagas"
        rotulo = f"{horario.em_palavras} – {vagas}"
        grupos.setdefault(str(horario.turno.equipe), []).append((horario.chave, rotulo))
    return list(grupos.items())


def impedimento_de_agenda(acao: Acao) -> str | None:
    """A etiqueta não se visita, ou já há visita marcada nela."""
    etiqueta = acao.contexto.eixo.etiqueta
    if not etiqueta.ativa:
        return f"A etiqueta {etiqueta.codigo} está inativa."
    marcada = Visita.objects.marcadas().filter(etiqueta=etiqueta).first()
    if marcada:
        return f"Já há uma visita marcada para {marcada.data:%d/%m/%Y}: reagende-a ou cancele-a."
    return None


def mudancas_da_visita(dados) -> tuple[Mudanca, ...]:
    """O que a prévia diz da visita."""
    horario = visitas.achar(dados["horario"], timezone.now())
    tecnico = dados["tecnico"].nome_exibido if dados["tecnico"] else A_DEFINIR
    return (
        Mudanca("Visita", "", horario.em_palavras),
        Mudanca("Equipe", "", str(horario.turno.equipe)),
        Mudanca("Técnico", "", tecnico),
    )


def frase_da_visita(dados) -> str:
    """O que se diz ao cliente da visita."""
    horario = visitas.achar(dados["horario"], timezone.now())
    recebe = dados["contato_no_local"]
    return f"Visita marcada: {horario.em_palavras}. Quem recebe a equipe é {recebe}."


def marcar_visita(acao: Acao, dados, tipo: TipoDeVisita, *, endereco=None, taxa=Decimal(0)) -> Visita:
    """Toma a vaga e deixa a solicitação agendada, com o relato de quem vai e quando."""
    contexto = acao.contexto
    horario = visitas.achar(dados["horario"], timezone.now())
    visita = visitas.marcar(
        contexto.solicitacao, horario, por=contexto.usuario, tipo=tipo, tecnico=dados["tecnico"],
        contato=dados["contato_no_local"], observacao=dados["orientacao"],
        endereco=endereco or contexto.eixo.etiqueta.endereco, taxa=taxa,
    )  # fmt: skip
    inicio, fim = horario.janela
    quem = f", {visita.tecnico.nome_exibido}" if visita.tecnico else ""
    solicitacoes.agendar(
        contexto.solicitacao,
        por=contexto.usuario,
        versao=None,
        data=horario.data,
        periodo=horario.turno.periodo,
        contato=dados["contato_no_local"],
        tipo_de_visita=tipo,
        observacao=f"Das {inicio:%H:%M} às {fim:%H:%M}, {horario.turno.equipe}{quem}. "
        f"{dados['orientacao']}".strip(),
        descricao=f"Visita: {tipo.label.lower()}.",
    )
    return visita
