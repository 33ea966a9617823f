"""Alteração de vencimento, com o proporcional da primeira fatura no dia novo."""

from django import forms

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_cobranca import AcaoDeCobranca, contrato_de, descricao_do_evento, dia
from contratos.dinheiro import em_reais
from contratos.dominio import vencimento

DIAS = (1, 5, 10, 15, 20, 25, 28)


class Dia(Passo):
    """O dia novo e por quê."""

    titulo = "Vencimento"
    dia = forms.TypedChoiceField(label="Novo dia de vencimento", coerce=int)
    justificativa = Texto(label="Motivo do cliente", max_length=300, linhas=2, required=False)

    def preparar(self):
        """Todos menos o atual."""
        atual = contrato_de(self).dia_vencimento
        self.fields["dia"].choices = [(n, f"Dia {n}") for n in DIAS if n != atual]
        self.fields["dia"].help_text = f"Hoje vence no dia {atual}."


@ACOES.registrar
class AlterarVencimento(AcaoDeCobranca):
    """Muda o dia e lança o proporcional na primeira fatura."""

    slug = "alterar_vencimento"
    nome = "Alteração de vencimento"
    icone = "calendar-sync"
    ordem = 250
    confirmar = "Alterar vencimento"
    ajuda = (
        "Use quando o cliente quer que as faturas vençam em outro dia do mês.\n\n"
        "Pergunta o novo dia e o motivo. Exige contas em dia, e vale até duas vezes em doze meses (os "
        "números estão em Parâmetros da lei e da cobrança).\n\n"
        "Faz: as faturas já emitidas ficam como estão; a primeira no dia novo é a seguinte, com o "
        "proporcional dos dias que o ciclo ganha ou perde, lançado como eventual. De 10 para 20, num "
        "ciclo de 30 dias, são 10 dias a mais: um terço da mensalidade a mais, uma vez só.\n\n"
        "Diga ao cliente: o dia da primeira fatura no vencimento novo, quanto ela vem a mais ou a menos, "
        "e que as já emitidas se pagam no dia antigo."
    )
    passos = (Dia,)

    def impedimento(self):
        """Normal, em dia e dentro das vezes do ano."""
        return vencimento.impedimento_de_alterar(self.contrato, self.hoje)

    def previa(self, dados):
        """O dia, a primeira fatura e o proporcional."""
        plano = self._plano(dados)
        mudancas = [
            Mudanca("Dia de vencimento", str(self.contrato.dia_vencimento), str(plano.dia)),
            Mudanca("Próximo vencimento", dia(plano.antes), dia(plano.primeiro)),
        ]
        if plano.valor:
            mudancas.append(
                Mudanca(f"Proporcional em {plano.competencia:%m/%Y}", "", self._proporcional(plano))
            )
        custo = f"{self._proporcional(plano)}, uma vez só." if plano.valor > 0 else ""
        return Previa(mudancas=tuple(mudancas), custo=custo, dizer=self._dizer(plano))

    def fazer(self, dados):
        """Altera e lança."""
        plano, antes = self._plano(dados), self.contrato.dia_vencimento
        dizer = self._dizer(plano)
        vencimento.alterar(self.contrato, plano, **self.autoria)
        partes = (
            f"vencimento: {antes} → {plano.dia}",
            f"Primeira fatura em {dia(plano.primeiro)}",
            f"Proporcional de {abs(plano.dias)} dia(s): {self._proporcional(plano)}" if plano.valor else "",
            f"Justificativa: {dados['justificativa']}" if dados["justificativa"] else "",
        )
        return Resultado(
            f"Vencimento alterado para o dia {plano.dia}.",
            relato=descricao_do_evento("Alteração de vencimento", *partes),
            evento=Evento(vencimento.EVENTO, descricao_do_evento(*partes, f"Protocolo: {self.protocolo}")),
            dizer=dizer,
        )

    def _plano(self, dados) -> vencimento.Plano:
        return vencimento.planejar(self.contrato, dados["dia"], self.hoje)

    @staticmethod
    def _proporcional(plano) -> str:
        sinal = "acréscimo" if plano.valor > 0 else "desconto"
        return f"{sinal} de {em_reais(abs(plano.valor))}"

    def _dizer(self, plano) -> str:
        proporcional = (
            f", com {self._proporcional(plano)} pelos {abs(plano.dias)} dias" if plano.valor else ""
        )
        return (
            f"A primeira fatura no dia novo vence em {dia(plano.primeiro)}{proporcional}. As já emitidas "
            f"vencem como estão. O protocolo é {self.protocolo}."
        )
