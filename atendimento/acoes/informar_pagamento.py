"""Informar pagamento: o cliente diz que pagou e a baixa ainda não veio."""

from decimal import Decimal

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Data
from atendimento.acoes.de_cobranca import (
    AcaoDeCobranca,
    CampoDeFatura,
    contrato_de,
    descricao_do_evento,
    dia,
    so_destas,
)
from contratos.dinheiro import em_reais
from contratos.dominio import debitos, informes
from contratos.enums import MeioDePagamento


class Pagamento(Passo):
    """O que o cliente diz ter pago."""

    titulo = "Pagamento"
    ajuda = "Peça o comprovante e anexe-o à solicitação: é ele que o financeiro confere."
    fatura = CampoDeFatura(label="Fatura paga")
    pago_em = Data(label="Pago em")
    valor = forms.DecimalField(
        label="Valor pago, em reais",
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
        localize=True,
    )
    meio = forms.ChoiceField(label="Por onde pagou", choices=MeioDePagamento)
    referencia = forms.CharField(label="Autenticação do comprovante", max_length=80, required=False)

    def preparar(self):
        """As faturas em aberto sem informe; havendo uma só, com o valor dela."""
        abertas = informes.informaveis(debitos.abertas_de(contrato_de(self)))
        so_destas(self, "fatura", abertas)
        self.fields["pago_em"].initial = timezone.localdate()
        if len(abertas) == 1:
            self.fields["valor"].initial = abertas[0].valor

    def clean_pago_em(self):
        """Nem no futuro nem há muito."""
        pago_em = self.cleaned_data["pago_em"]
        if frase := informes.frase_do_dia(pago_em, timezone.localdate()):
            raise forms.ValidationError(frase)
        return pago_em


@ACOES.registrar
class InformarPagamento(AcaoDeCobranca):
    """Guarda o informe, que segura o bloqueio até a baixa ou o fim do prazo."""

    slug = "informar_pagamento"
    nome = "Informar pagamento"
    icone = "receipt-text"
    ordem = 230
    confirmar = "Registrar"
    ajuda = (
        "Use quando o cliente diz que já pagou uma fatura que continua em aberto.\n\n"
        "Pergunta qual fatura, o dia, o valor, por onde pagou e a autenticação do comprovante. O "
        "comprovante se anexa à solicitação.\n\n"
        "Faz: enquanto o informe vale (48 horas, em Parâmetros da lei e da cobrança), aquela fatura não "
        "bloqueia o serviço. Se o contrato já está bloqueado, use depois Desbloqueio por pagamento. A "
        "fatura só fica paga com a baixa.\n\n"
        "Diga ao cliente: que registramos o pagamento, até quando esperamos a baixa, e que guarde o "
        "comprovante."
    )
    passos = (Pagamento,)

    def impedimento(self):
        """Precisa de uma fatura em aberto sem informe."""
        abertas = debitos.abertas_de(self.contrato)
        if not abertas:
            return "O contrato não tem fatura em aberto."
        if not informes.informaveis(abertas):
            return "O pagamento das faturas em aberto já foi informado: espera-se a baixa."
        return None

    def previa(self, dados):
        """O informe e até quando vale."""
        fatura = dados["fatura"]
        avisos = []
        if dados["valor"] < fatura.valor:
            avisos.append(f"O valor pago é menor que o da fatura, {em_reais(fatura.valor)}.")
        return Previa(
            mudancas=(
                Mudanca(f"Pagamento da {fatura.numero}", "", self._pagamento(dados)),
                Mudanca("Não bloqueia até", "", self._ate()),
            ),
            dizer=self._dizer(),
            avisos=tuple(avisos),
        )

    def fazer(self, dados):
        """Registra."""
        informes.informar(**dados, **self.autoria)
        fatura, pagamento = dados["fatura"], self._pagamento(dados)
        referencia = f"Autenticação: {dados['referencia']}" if dados["referencia"] else ""
        return Resultado(
            "Pagamento informado.",
            relato=f"Pagamento informado: fatura {fatura.numero}, {pagamento}. {referencia}".strip(),
            evento=Evento(
                "pagamento-informado",
                descricao_do_evento(
                    f"Fatura {fatura.numero}: pagamento informado, {pagamento}",
                    f"Não bloqueia até {self._ate()}",
                    referencia,
                    f"Protocolo: {self.protocolo}",
                ),
            ),
            dizer=self._dizer(),
        )

    def _pagamento(self, dados) -> str:
        meio = MeioDePagamento(dados["meio"]).label
        return f"{em_reais(dados['valor'])} em {dia(dados['pago_em'])}, por {meio}"

    def _ate(self) -> str:
        return dia(informes.vale_ate(timezone.now()))

    def _dizer(self) -> str:
        return (
            f"Registramos o pagamento e esperamos a baixa até {self._ate()}; até lá esta fatura não bloqueia "
            f"o serviço. Guarde o comprovante. O protocolo é {self.protocolo}."
        )
