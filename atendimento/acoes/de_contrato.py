"""O que as ações sobre um contrato têm em comum; cada uma está no módulo de seu nome.

A regra é de `contratos.dominio`: aqui se pergunta, se mostra a conta que o verbo fará e se diz o que ficou.
"""

from abc import abstractmethod
from datetime import date
from typing import ClassVar

from django import forms
from django.utils import timezone

from atendimento.acoes.base import Acao, Mudanca, Passo, Resultado
from atendimento.acoes.comprovantes import RESUMO, comprovar
from atendimento.excecoes import DadoInvalido, Impedida
from atendimento.models import Motivo
from clientes import emails, telefones
from clientes.enums import TipoDeContato
from clientes.models import Contato
from contratos.dinheiro import em_reais
from contratos.dominio.acerto import Acerto
from contratos.dominio.recusas import NaoPode
from contratos.models import Contrato

GRUPO = "Contrato"


class AcaoDeContrato(Acao):
    """Uma ação cujo efeito é um verbo de `contratos.dominio`; a recusa dele é a da ação."""

    grupo = GRUPO
    alvo = "contrato"
    trava: ClassVar[tuple[str, ...]] = ()

    @property
    def contrato(self) -> Contrato:
        """O contrato do alvo."""
        return self.contexto.eixo.contrato

    @property
    def hoje(self) -> date:
        """O dia no fuso da instalação."""
        return timezone.localdate()

    @property
    def protocolo(self) -> str:
        """O do atendimento em que a ação corre."""
        return self.contexto.solicitacao.protocolo

    def efetivar(self, dados):
        """Chama `fazer` e diz a recusa do domínio como a frase do campo, ou do estado."""
        try:
            return self.fazer(dados)
        except NaoPode as recusa:
            if recusa.campo:
                raise DadoInvalido(recusa.frase, campo=recusa.campo) from recusa
            raise Impedida(recusa.frase) from recusa

    def resumir(self, contato: Contato | None, resumo: str) -> str:
        """Manda ao cliente o que mudou. Devolve a frase do relato."""
        contexto = self.contexto
        return comprovar(
            RESUMO, contato, contexto.solicitacao, contexto.usuario, assunto=self.nome, resumo=resumo
        )

    @abstractmethod
    def fazer(self, dados) -> Resultado:
        """O verbo com as respostas dos passos."""


class PassoComMotivo(Passo):
    """Um motivo do cadastro e a observação que ele pode exigir."""

    tipo_de_motivo: ClassVar[str]
    motivo = forms.ModelChoiceField(Motivo.objects.none(), label="Motivo", empty_label="Escolha…")

    def preparar(self):
        """Só os motivos ativos do tipo."""
        self.fields["motivo"].queryset = Motivo.objects.de(self.tipo_de_motivo)


class CampoDeContato(forms.ModelChoiceField):
    """Para onde mandar o comprovante: só contatos que o cliente confirmou; nenhum é ler em voz alta."""

    def __init__(self, **kwargs):
        super().__init__(
            Contato.objects.none(),
            required=False,
            empty_label="Ler em voz alta, com o protocolo",
            **kwargs,
        )

    def label_from_instance(self, contato: Contato) -> str:
        """O canal e o destino, mascarado."""
        mascarar = emails.mascarar if contato.tipo == TipoDeContato.EMAIL else telefones.mascarar
        return f"{contato.get_tipo_display()} {mascarar(contato.valor)}"


def so_confirmados(passo: Passo, campo: str = "contato") -> None:
    """Deixa no campo só os contatos confirmados do cliente."""
    confirmados = Contato.objects.filter(cliente=passo.contexto.eixo.cliente, confirmado_em__isnull=False)
    passo.fields[campo].queryset = confirmados
    passo.fields[campo].initial = confirmados.first()


def evento_de(mudanca: str, justificativa: str, protocolo: str) -> str:
    """A descrição padrão de um evento, cortada no que o banco guarda."""
    partes = [mudanca, f"Justificativa: {justificativa}" if justificativa else "", f"Protocolo: {protocolo}"]
    return " · ".join(filter(None, partes))[:1000]


def trocas_na_fatura(acerto: Acerto, para: str = "") -> list[Mudanca]:
    """As faturas que o acerto troca: por `para`, ou pela proporcional."""
    return [
        Mudanca(
            f"Fatura {troca.fatura.numero}",
            em_reais(troca.fatura.valor),
            para or (em_reais(troca.devido) if troca.devido else "Sem efeito"),
        )
        for troca in acerto.trocas
    ]
