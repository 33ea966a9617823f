"""Renegociação: faturas vencidas viram entrada e parcelas."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Evento, Limite, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Data
from atendimento.acoes.de_cobranca import (
    AcaoDeCobranca,
    CampoDeFaturas,
    contrato_de,
    descricao_do_evento,
    dia,
    so_destas,
)
from contratos import datas
from contratos.dinheiro import em_reais
from contratos.dominio import renegociacao
from contratos.dominio.recusas import NaoPode


class Faturas(Passo):
    """O que entra no acordo."""

    titulo = "Faturas"
    ajuda = "Só as vencidas, que não estejam contestadas nem com pagamento informado."
    faturas = CampoDeFaturas(label="Faturas a renegociar")

    def preparar(self):
        """As renegociáveis, todas marcadas."""
        livres = renegociacao.renegociaveis(contrato_de(self), timezone.localdate())
        so_destas(self, "faturas", livres, marcadas=True)


class Condicoes(Passo):
    """Desconto, entrada e parcelas."""

    titulo = "Condições"
    desconto = forms.DecimalField(
        label="Desconto (%)", min_value=Decimal(0), max_value=Decimal("99.99"), max_digits=4,
        decimal_places=2, initial=0, localize=True,
    )  # fmt: skip
    entrada = forms.DecimalField(
        label="Entrada, em reais", min_value=Decimal(0), max_digits=12, decimal_places=2, initial=0,
        localize=True,
        help_text="Vence hoje. Zero, sem entrada.",
    )  # fmt: skip
    parcelas = forms.IntegerField(label="Parcelas", min_value=1, max_value=36, initial=3)
    primeiro_vencimento = Data(label="Primeira parcela vence em")

    def preparar(self):
        """O que o perfil concede e o próximo vencimento do contrato."""
        limites = self.contexto.limites
        if limites:
            self.fields["desconto"].help_text = f"Seu perfil concede até {limites['desconto']} %."
            self.fields["parcelas"].help_text = f"Seu perfil concede até {limites['parcelas']}."
        contrato = contrato_de(self)
        self.fields["primeiro_vencimento"].initial = datas.vencimento_apos(
            timezone.localdate(), contrato.dia_vencimento
        )

    def clean(self):
        """A conta fecha, e cada parcela tem um tamanho que se cobra."""
        limpos = super().clean()
        if self.errors or "faturas" not in self.anteriores:
            return limpos
        try:
            propor(self.anteriores | limpos)
        except NaoPode as recusa:
            self.add_error(recusa.campo, recusa.frase)
        return limpos


def propor(dados) -> renegociacao.Proposta:
    """A proposta das respostas, com os encargos até hoje."""
    return renegociacao.propor(
        list(dados["faturas"]),
        timezone.localdate(),
        desconto_percentual=dados["desconto"],
        entrada=dados["entrada"],
        parcelas=dados["parcelas"],
        primeiro_vencimento=dados["primeiro_vencimento"],
    )


@ACOES.registrar
class Renegociar(AcaoDeCobranca):
    """Troca as faturas vencidas pelas do acordo."""

    slug = "renegociar"
    nome = "Renegociação"
    icone = "handshake"
    ordem = 240
    confirmar = "Fechar acordo"
    ajuda = (
        "Use quando o cliente tem faturas vencidas e quer pagá-las em outras condições.\n\n"
        "Pergunta quais faturas entram, o desconto, a entrada, em quantas parcelas e quando vence a "
        "primeira. Seu perfil diz até quanto de desconto e quantas parcelas você concede; acima disso, um "
        "supervisor aprova.\n\n"
        "Faz: soma valor, multa e juros até hoje, abate o desconto, e troca as faturas por uma entrada "
        "(que vence hoje) e parcelas mensais que somam o total ao centavo. As antigas ficam renegociadas "
        "e não se cobram mais. Se eram elas que bloqueavam o serviço, ele volta na hora; uma parcela que "
        "atrase recomeça do aviso de débito.\n\n"
        "Diga ao cliente: quanto devia, o desconto, o total, cada vencimento e que o acordo vale desde "
        "já."
    )
    limites = {
        "desconto": Limite("Desconto", 10, "%"),
        "parcelas": Limite("Parcelas", 6, "parcelas"),
    }
    passos = (Faturas, Condicoes)

    def impedimento(self):
        """Precisa haver uma vencida que caiba no acordo."""
        if renegociacao.renegociaveis(self.contrato, self.hoje):
            return None
        return "O contrato não tem fatura vencida que se possa renegociar."

    def previa(self, dados):
        """A conta, as parcelas e o bloqueio."""
        proposta = propor(dados)
        mudancas = [Mudanca(f"Fatura {d.fatura.numero}", "Aberta", "Renegociada") for d in proposta.dividas]
        mudancas += [self._parcela(parcela) for parcela in proposta.parcelas]
        if renegociacao.libera(self.contrato, dados["faturas"]):
            mudancas.append(Mudanca("Situação", self.contrato.get_situacao_display(), "Normal"))
        return Previa(
            mudancas=tuple(mudancas),
            custo=self._conta(proposta),
            dizer=self._dizer(proposta),
            avisos=("A parcela que atrasar recomeça do aviso de débito, com os prazos da norma.",),
        )

    def medidas(self, dados):
        """O desconto e as parcelas pedidos."""
        return {"desconto": dados["desconto"], "parcelas": dados["parcelas"]}

    def fazer(self, dados):
        """Fecha o acordo."""
        proposta = propor(dados)
        libera = renegociacao.libera(self.contrato, dados["faturas"])
        acordo = renegociacao.renegociar(self.contrato, proposta, **self.autoria)
        numeros = ", ".join(d.fatura.numero for d in proposta.dividas)
        partes = (
            f"Acordo {acordo.pk}: faturas {numeros}",
            self._conta(proposta),
            self._em_parcelas(proposta),
            "situação: Bloqueio Financeiro → Normal" if libera else "",
        )
        return Resultado(
            f"Acordo {acordo.pk} fechado.",
            relato=descricao_do_evento("Renegociação", *partes),
            evento=Evento("renegociacao", descricao_do_evento(*partes, f"Protocolo: {self.protocolo}")),
            dizer=self._dizer(proposta),
        )

    @staticmethod
    def _parcela(parcela: renegociacao.Parcela) -> Mudanca:
        rotulo = f"Parcela {parcela.numero}" if parcela.numero else "Entrada"
        return Mudanca(rotulo, "", f"{em_reais(parcela.valor)}, vence em {dia(parcela.vencimento)}")

    @staticmethod
    def _conta(proposta: renegociacao.Proposta) -> str:
        encargos = sum((d.encargos.total for d in proposta.dividas), Decimal("0.00"))
        conta = f"Dívida de {em_reais(proposta.divida)} (com {em_reais(encargos)} de multa e juros)"
        if proposta.desconto:
            conta += f", desconto de {em_reais(proposta.desconto)}"
        return f"{conta}; total do acordo {em_reais(proposta.total)}"

    @staticmethod
    def _em_parcelas(proposta: renegociacao.Proposta) -> str:
        return "; ".join(
            f"{'entrada' if not p.numero else f'{p.numero}ª'} {em_reais(p.valor)} em {dia(p.vencimento)}"
            for p in proposta.parcelas
        )

    def _dizer(self, proposta) -> str:
        return (
            f"{self._conta(proposta)}. Fica assim: {self._em_parcelas(proposta)}. O acordo vale desde já. O "
            f"protocolo é {self.protocolo}."
        )
