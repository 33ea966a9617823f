"""Alteração da forma de cobrança."""

from django import forms

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_cobranca import AcaoDeCobranca, contrato_de, descricao_do_evento
from clientes.enums import TipoDeContato
from clientes.models import Contato
from contratos.dominio import cobranca
from contratos.enums import TipoDeCobranca

# O que o cliente ainda tem de autorizar fora do console, para que a forma nova funcione.
AUTORIZACOES = {
    TipoDeCobranca.PIX_AUTOMATICO: "O cliente autoriza o Pix automático no aplicativo do banco dele.",
    TipoDeCobranca.DEBITO_EM_CONTA: "O cliente cadastra o débito automático no banco dele.",
    TipoDeCobranca.CARTAO_RECORRENTE: "O cliente cadastra o cartão pelo portal: nunca anote o número dele.",
}


class Forma(Passo):
    """Por onde cobrar."""

    titulo = "Forma de cobrança"
    tipo_de_cobranca = forms.ChoiceField(label="Nova forma de cobrança")
    justificativa = Texto(label="Motivo do cliente", max_length=300, linhas=2, required=False)

    def preparar(self):
        """Todas menos a atual."""
        atual = contrato_de(self).tipo_de_cobranca
        self.fields["tipo_de_cobranca"].choices = [par for par in TipoDeCobranca.choices if par[0] != atual]


@ACOES.registrar
class AlterarCobranca(AcaoDeCobranca):
    """Muda por onde a cobrança chega, das próximas faturas em diante."""

    slug = "alterar_cobranca"
    nome = "Alteração da forma de cobrança"
    icone = "wallet-cards"
    ordem = 260
    confirmar = "Alterar cobrança"
    ajuda = (
        "Use quando o cliente quer pagar de outro jeito: boleto, Pix, Pix automático, débito em conta ou "
        "cartão.\n\n"
        "Pergunta a nova forma e o motivo. Não pede dado de banco nem de cartão: o que precisa de "
        "autorização, o cliente faz no aplicativo do banco ou no portal.\n\n"
        "Faz: as próximas faturas saem na forma nova; as já emitidas continuam como estão.\n\n"
        "Diga ao cliente: a partir de quando muda, o que ele ainda precisa autorizar, e que as faturas em "
        "aberto se pagam como vieram."
    )
    passos = (Forma,)

    def impedimento(self):
        """O contrato tem de ter cobrança."""
        return cobranca.impedimento_de_alterar(self.contrato)

    def previa(self, dados):
        """De uma forma a outra, e o que o cliente ainda tem de fazer."""
        para = TipoDeCobranca(dados["tipo_de_cobranca"])
        avisos = [AUTORIZACOES[para]] if para in AUTORIZACOES else []
        if para == TipoDeCobranca.BOLETO_EMAIL and not self._tem_email():
            avisos.append("O cliente não tem e-mail confirmado: confirme um antes da próxima fatura.")
        return Previa(
            mudancas=(
                Mudanca("Forma de cobrança", self.contrato.get_tipo_de_cobranca_display(), str(para.label)),
            ),
            dizer=self._dizer(para),
            avisos=tuple(avisos),
        )

    def fazer(self, dados):
        """Altera."""
        para = TipoDeCobranca(dados["tipo_de_cobranca"])
        mudou = f"cobrança: {self.contrato.get_tipo_de_cobranca_display()} → {para.label}"
        cobranca.alterar(self.contrato, para)
        justificativa = f"Justificativa: {dados['justificativa']}" if dados["justificativa"] else ""
        return Resultado(
            f"A cobrança passa a ser por {para.label}.",
            relato=descricao_do_evento("Alteração da forma de cobrança", mudou, justificativa),
            evento=Evento(
                "alteracao-de-cobranca",
                descricao_do_evento(mudou, justificativa, f"Protocolo: {self.protocolo}"),
            ),
            dizer=self._dizer(para),
        )

    def _tem_email(self) -> bool:
        return Contato.objects.filter(
            cliente=self.contexto.eixo.cliente, tipo=TipoDeContato.EMAIL, confirmado_em__isnull=False
        ).exists()

    def _dizer(self, para: TipoDeCobranca) -> str:
        return (
            f"As próximas faturas chegam por {para.label}; as que já saíram se pagam como vieram. "
            f"O protocolo é {self.protocolo}."
        )
