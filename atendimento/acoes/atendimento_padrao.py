"""O atendimento que nenhuma outra ação cobre: classifica e resolve, ou deixa em andamento."""

from django import forms
from django.db import models
from django.utils import timezone

from atendimento.acoes.base import ACOES, Acao, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import CampoDeRelato, DataHora
from atendimento.acoes.encaminhar import tipos_para
from atendimento.dominio import solicitacoes
from atendimento.models import ItemDeCatalogo, Prazo, Solucao, TipoDeSolicitacao
from atendimento.situacoes import Situacao
from perfis.capacidades import Capacidade


class Desfecho(models.TextChoices):
    """Como fica a solicitação."""

    RESOLVIDA = "resolvida", "Resolvida: encerrar com uma solução"
    ANDAMENTO = "andamento", "Em andamento: fica comigo"


class Classificacao(Passo):
    """De que trata e até quando."""

    titulo = "Classificação"
    tipo = forms.ModelChoiceField(TipoDeSolicitacao.objects.none(), label="Tipo de solicitação")
    item_de_catalogo = forms.ModelChoiceField(
        ItemDeCatalogo.objects.none(), label="Item de catálogo", required=False, empty_label="Nenhum"
    )
    prazo = forms.ModelChoiceField(
        Prazo.objects.none(), label="Prazo", required=False, empty_label="O que já tem"
    )
    prazo_em = DataHora(label="Data do prazo", required=False, help_text="Só para um prazo de data livre.")

    def preparar(self):
        """O que a solicitação já tem, e os tipos que o contrato permite."""
        solicitacao = self.contexto.solicitacao
        self.fields["tipo"].queryset = tipos_para(solicitacao)
        self.fields["item_de_catalogo"].queryset = ItemDeCatalogo.objects.filter(
            ativo=True, tipo__ativo=True
        ).select_related("tipo")
        self.fields["item_de_catalogo"].label_from_instance = lambda item: f"{item.tipo} · {item}"
        self.fields["prazo"].queryset = Prazo.objects.filter(ativo=True)
        for nome, valor in (
            ("tipo", solicitacao.tipo_id), ("item_de_catalogo", solicitacao.item_de_catalogo_id),
        ):  # fmt: skip
            if valor:
                self.initial.setdefault(nome, valor)

    def clean(self):
        """O item é do tipo; o prazo de data livre tem data, no futuro."""
        dados = super().clean()
        tipo, item, prazo = (dados.get(nome) for nome in ("tipo", "item_de_catalogo", "prazo"))
        if tipo and item and item.tipo_id != tipo.pk:
            self.add_error("item_de_catalogo", f"Este item não é do tipo “{tipo}”.")
        if tipo and not item and tipo.obriga_catalogo:
            self.add_error("item_de_catalogo", f"O tipo “{tipo}” exige um item de catálogo.")
        em = dados.get("prazo_em")
        if prazo and prazo.manual and (em is None or em <= timezone.now()):
            self.add_error("prazo_em", "Dê a data e a hora do prazo, no futuro.")
        return dados


class Conclusao(Passo):
    """Como fica, e o que se conta."""

    titulo = "Desfecho"
    desfecho = forms.ChoiceField(label="Como fica", choices=Desfecho, widget=forms.RadioSelect)
    solucao = forms.ModelChoiceField(
        Solucao.objects.none(), label="Solução", required=False, empty_label="Escolha…",
        help_text="Só quando se encerra.",
    )  # fmt: skip
    relato = CampoDeRelato()
    visivel_ao_cliente = forms.BooleanField(label="O cliente pode ler este relato", required=False)

    def preparar(self):
        """As soluções ativas."""
        self.fields["solucao"].queryset = Solucao.objects.filter(ativo=True)

    def clean(self):
        """Encerrar pede solução."""
        dados = super().clean()
        if dados.get("desfecho") == Desfecho.RESOLVIDA and not dados.get("solucao"):
            self.add_error("solucao", "Escolha a solução com que se encerra.")
        return dados


@ACOES.registrar
class AtendimentoPadrao(Acao):
    """Classifica; encerra com a solução, ou segue em andamento."""

    slug = "atendimento_padrao"
    nome = "Atendimento padrão"
    grupo = "Geral"
    alvo = "solicitacao"
    icone = "clipboard-check"
    ordem = 12
    confirmar = "Confirmar ação e avançar"
    ajuda = (
        "Use quando nenhuma outra ação da lista resolve o que o cliente pediu: uma dúvida, uma orientação, "
        "um caso que segue com você.\n\n"
        "Pergunta o tipo de solicitação, o prazo e como fica: resolvida, com a solução, ou em andamento. Em "
        "contrato bloqueado, suspenso ou cancelado só aparecem os tipos que valem para ele.\n\n"
        "Faz: classifica a solicitação e guarda o relato. Resolvida, encerra; em andamento, continua com "
        "você em Minhas tarefas. Para outra equipe, use Encaminhar atendimento.\n\n"
        "Diga ao cliente: o que foi feito, o protocolo e, se segue em andamento, até quando terá resposta."
    )
    passos = (Classificacao, Conclusao)

    def impedimento(self):
        """Só a que está em atendimento, por quem a tem ou por quem supervisiona."""
        solicitacao, usuario = self.contexto.solicitacao, self.contexto.usuario
        if solicitacao.situacao != Situacao.EM_ATENDIMENTO:
            situacao = solicitacao.get_situacao_display().lower()
            return f"A solicitação {solicitacao.protocolo} está {situacao}: assuma-a ou retome-a antes."
        if solicitacao.responsavel_id == usuario.pk or usuario.permissoes.tem(Capacidade.SUPERVISIONAR):
            return None
        return f"Esta solicitação está com {solicitacao.responsavel.nome_exibido}."

    def previa(self, dados):
        """A classificação e a situação, de quê para quê."""
        solicitacao = self.contexto.solicitacao
        mudancas = [Mudanca("Tipo", str(solicitacao.tipo or ""), str(dados["tipo"]))]
        if dados["prazo"]:
            mudancas.append(Mudanca("Prazo", str(solicitacao.prazo or ""), str(dados["prazo"])))
        avisos = ()
        if resolvida(dados):
            mudancas += [
                Mudanca("Situação", Situacao.EM_ATENDIMENTO.label, Situacao.ENCERRADA.label),
                Mudanca("Solução", "", str(dados["solucao"])),
            ]
            pendencia = solicitacoes.primeira_pendencia(solicitacao)
            avisos = (pendencia,) if pendencia else ()
        return Previa(mudancas=tuple(mudancas), dizer=self._dizer(dados), avisos=avisos)

    def _dizer(self, dados) -> str:
        protocolo = self.contexto.solicitacao.protocolo
        if resolvida(dados):
            return f"Seu atendimento foi concluído. O protocolo é {protocolo}."
        return f"Seu pedido segue em andamento com o protocolo {protocolo}."

    def efetivar(self, dados):
        """Pelos verbos do domínio, que conferem tudo de novo."""
        solicitacao, por = self.contexto.solicitacao, self.contexto.usuario
        mudada = solicitacoes.classificar(
            solicitacao, por=por, versao=self.contexto.versao, tipo=dados["tipo"], prazo=dados["prazo"],
            prazo_em=dados["prazo_em"], item_de_catalogo=dados["item_de_catalogo"],
        )  # fmt: skip
        if not resolvida(dados):
            solicitacoes.relatar(
                mudada, por=por, texto=dados["relato"], visivel_ao_cliente=dados["visivel_ao_cliente"]
            )
            return Resultado("Classificada, em andamento com você.", dizer=self._dizer(dados))
        solicitacoes.encerrar(
            mudada, por=por, versao=None, solucao=dados["solucao"], relato=dados["relato"],
            tipo=dados["tipo"], item_de_catalogo=dados["item_de_catalogo"],
            visivel_ao_cliente=dados["visivel_ao_cliente"], descricao=dados["relato"],
        )  # fmt: skip
        return Resultado("Atendimento encerrado.", dizer=self._dizer(dados))


def resolvida(dados) -> bool:
    """Se o desfecho é encerrar."""
    return dados["desfecho"] == Desfecho.RESOLVIDA
