"""Resposta a uma contestação de débito."""

from django import forms

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_cobranca import AcaoDeCobranca, contrato_de, descricao_do_evento, dia
from contratos.dinheiro import em_reais
from contratos.dominio import contestacoes
from contratos.models import Contestacao

PROCEDE, NAO_PROCEDE = "sim", "nao"


class CampoDeContestacao(forms.ModelChoiceField):
    """Uma contestação sem resposta."""

    def label_from_instance(self, contestacao: Contestacao) -> str:
        """A fatura, o valor e o prazo."""
        valor = em_reais(contestacao.valor)
        return f"{contestacao.fatura.numero} · {valor} · responder até {dia(contestacao.responder_ate)}"


class Resposta(Passo):
    """Se procede, e a resposta que o cliente recebe."""

    titulo = "Resposta"
    contestacao = CampoDeContestacao(Contestacao.objects.none(), label="Contestação", empty_label=None)
    procede = forms.ChoiceField(
        label="O cliente tem razão?",
        choices=[(PROCEDE, "Sim: o valor contestado sai da fatura"), (NAO_PROCEDE, "Não: a fatura é devida")],
        widget=forms.RadioSelect,
    )
    resposta = Texto(label="Resposta ao cliente", min_length=20, max_length=2000)

    def preparar(self):
        """As do contrato sem resposta."""
        ids = [contestacao.pk for contestacao in contestacoes.abertas_de(contrato_de(self))]
        self.fields["contestacao"].queryset = Contestacao.objects.filter(pk__in=ids).select_related("fatura")


@ACOES.registrar
class ResponderContestacao(AcaoDeCobranca):
    """Abate o valor, ou devolve a fatura à cobrança."""

    slug = "responder_contestacao"
    nome = "Responder contestação"
    icone = "message-square-reply"
    ordem = 285
    confirmar = "Responder"
    ajuda = (
        "Use no financeiro, depois de apurar uma contestação de débito. A resposta é clara, objetiva e "
        "conclusiva, e sai em até 7 dias corridos (Decreto 11.034/2022, art. 13).\n\n"
        "Pergunta qual contestação, se o cliente tem razão e a resposta que ele recebe.\n\n"
        "Faz: se procede, o valor contestado sai da fatura (toda contestada, ela se cancela); se não, a "
        "fatura volta à cobrança e ao relógio do débito, com o aviso que já tinha.\n\n"
        "Diga ao cliente: o que se apurou, quanto ele deve agora, e que pode reclamar à Ouvidoria se não "
        "concordar."
    )
    passos = (Resposta,)

    def impedimento(self):
        """Precisa haver uma sem resposta."""
        if contestacoes.abertas_de(self.contrato):
            return None
        return "O contrato não tem contestação à espera de resposta."

    def previa(self, dados):
        """O que acontece com a fatura."""
        fatura, valor = dados["contestacao"].fatura, dados["contestacao"].valor
        depois = "Em cobrança"
        mudancas = []
        if dados["procede"] == PROCEDE and valor < fatura.valor:
            mudancas.append(
                Mudanca("Valor da fatura", em_reais(fatura.valor), em_reais(fatura.valor - valor))
            )
        elif dados["procede"] == PROCEDE:
            depois = "Cancelada"
        mudancas.insert(0, Mudanca(f"Fatura {fatura.numero}", "Contestada", depois))
        return Previa(mudancas=tuple(mudancas), dizer=self._dizer(dados))

    def fazer(self, dados):
        """Responde."""
        contestacao, procede = dados["contestacao"], dados["procede"] == PROCEDE
        numero = contestacao.fatura.numero
        contestacoes.responder(self.contrato, contestacao, procedente=procede, resposta=dados["resposta"])
        como = "procedente" if procede else "improcedente"
        frase = f"Contestação da fatura {numero}, {em_reais(contestacao.valor)}: {como}"
        return Resultado(
            f"Contestação respondida: {como}.",
            relato=descricao_do_evento(frase, dados["resposta"]),
            evento=Evento(
                "contestacao-respondida", descricao_do_evento(frase, f"Protocolo: {self.protocolo}")
            ),
            dizer=self._dizer(dados),
        )

    def _dizer(self, dados) -> str:
        return f"{dados['resposta']} O protocolo é {self.protocolo}."
