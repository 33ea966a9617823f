"""Encerrar com uma solução, cancelar sem atender, reabrir."""

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Passo
from atendimento.acoes.campos import CampoDeRelato, Texto
from atendimento.acoes.encaminhar import tipos_para
from atendimento.acoes.transicao import (
    PassoDeMotivo,
    Transicao,
    campo_de_descricao,
    dispensar_descricao,
    motivo_com_exigencias,
    tirar,
)
from atendimento.dominio import solicitacoes
from atendimento.models import ItemDeCatalogo, Motivo, Solucao, TipoDeMotivo, TipoDeSolicitacao
from atendimento.models.solicitacao import ResultadoDaVisita
from atendimento.situacoes import Situacao, TipoDeTransicao


class Solucionada(Passo):
    """Como se resolveu."""

    titulo = "Encerramento"
    tipo = forms.ModelChoiceField(TipoDeSolicitacao.objects.none(), label="Tipo de solicitação")
    item_de_catalogo = forms.ModelChoiceField(
        ItemDeCatalogo.objects.none(), label="Item de catálogo", required=False, empty_label="Nenhum"
    )
    solucao = forms.ModelChoiceField(Solucao.objects.none(), label="Solução", empty_label="Escolha…")
    resultado = forms.ChoiceField(label="Resultado da visita", choices=ResultadoDaVisita)
    relato = CampoDeRelato()
    visivel_ao_cliente = forms.BooleanField(label="O cliente pode ler este relato", required=False)
    descricao = campo_de_descricao()

    def preparar(self):
        """O que a solicitação já tem escolhido; o resultado só se havia visita."""
        solicitacao = self.contexto.solicitacao
        self.fields["tipo"].queryset = tipos_para(solicitacao)
        self.fields["item_de_catalogo"].queryset = ItemDeCatalogo.objects.filter(
            ativo=True, tipo__ativo=True
        ).select_related("tipo")
        self.fields["item_de_catalogo"].label_from_instance = lambda item: f"{item.tipo} · {item}"
        self.fields["solucao"].queryset = Solucao.objects.filter(ativo=True)
        self.initial |= {"tipo": solicitacao.tipo_id, "item_de_catalogo": solicitacao.item_de_catalogo_id}
        if solicitacao.situacao != Situacao.AGENDADA:
            tirar(self, "resultado")
        dispensar_descricao(self)


@ACOES.registrar
class Encerrar(Transicao):
    """Conclui com uma solução."""

    slug = "encerrar"
    nome = "Encerrar"
    icone = "circle-check"
    ordem = 80
    confirmar = "Encerrar atendimento"
    ajuda = (
        "Conclui o atendimento com uma solução e um relato. Não se encerra com solicitação filha aberta, "
        "visita a reagendar ou aprovação pendente. Pode ser reaberta por alguns dias."
    )
    transicao = TipoDeTransicao.ENCERRAR
    passos = (Solucionada,)
    volta_ao_painel = False

    def mudar(self, solicitacao, *, por, versao, **dados):
        """As pendências se conferem com a solicitação trancada."""
        return solicitacoes.encerrar(solicitacao, por=por, versao=versao, **dados)


class Desistencia(Passo):
    """Por que se cancela."""

    titulo = "Cancelamento"
    motivo = forms.ModelChoiceField(Motivo.objects.none(), label="Motivo", empty_label="Escolha…")
    protocolo_original = forms.CharField(
        label="Protocolo da original", max_length=20, required=False, help_text="Só quando é duplicada."
    )
    justificativa = Texto(label="Justificativa", min_length=10, max_length=4000, linhas=3)

    def preparar(self):
        """Só os motivos de cancelamento."""
        self.fields["motivo"].queryset = Motivo.objects.de(TipoDeMotivo.CANCELAMENTO)
        self.fields["motivo"].label_from_instance = motivo_com_exigencias


@ACOES.registrar
class Cancelar(Transicao):
    """Fecha sem atendimento."""

    slug = "cancelar"
    nome = "Cancelar Atendimentos"
    icone = "ban"
    ordem = 90
    confirmar = "Cancelar atendimento"
    perigosa = True
    ajuda = (
        "Fecha a solicitação sem atendimento: aberta por engano, duplicada, o cliente desistiu. Um "
        "cancelamento de serviço, uma reclamação ou um pedido do titular (LGPD) nunca se cancelam: "
        "respondem-se e encerram-se."
    )
    transicao = TipoDeTransicao.CANCELAR
    passos = (Desistencia,)
    volta_ao_painel = False

    def impedimento(self):
        """Também as que a lei protege."""
        return super().impedimento() or solicitacoes.impedimento_de_cancelar(self.solicitacao)

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Duplicada, aponta para a original."""
        return solicitacoes.cancelar(solicitacao, por=por, versao=versao, **dados)


class Volta(PassoDeMotivo):
    """Por que se reabre."""

    titulo = "Reabertura"
    tipo_de_motivo = TipoDeMotivo.REABERTURA


@ACOES.registrar
class Reabrir(Transicao):
    """Volta à fila com o mesmo protocolo."""

    slug = "reabrir"
    nome = "Reabrir"
    icone = "rotate-ccw"
    ordem = 95
    confirmar = "Reabrir"
    ajuda = "A encerrada volta à fila da equipe, com o mesmo protocolo e os prazos inteiros outra vez."
    transicao = TipoDeTransicao.REABRIR
    passos = (Volta,)
    so_do_dono = False
    exige_equipe = False

    def impedimento(self):
        """Também a janela e o número de vezes."""
        return super().impedimento() or solicitacoes.impedimento_de_reabrir(self.solicitacao, timezone.now())

    def mudar(self, solicitacao, *, por, versao, **dados):
        """Sem dono, na fila."""
        return solicitacoes.reabrir(solicitacao, por=por, versao=versao, **dados)
