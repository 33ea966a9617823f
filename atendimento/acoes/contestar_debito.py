"""Contestação de débito: o que o cliente diz não dever deixa de bloquear até a resposta."""

from decimal import Decimal

from django import forms

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_cobranca import (
    AcaoDeCobranca,
    CampoDeFatura,
    contrato_de,
    descricao_do_evento,
    dia,
    so_destas,
)
from contratos.dinheiro import em_reais
from contratos.dominio import contestacoes
from contratos.enums import MotivoDaContestacao


class OQueContesta(Passo):
    """A fatura, quanto dela e por quê."""

    titulo = "Contestação"
    fatura = CampoDeFatura(label="Fatura contestada")
    valor = forms.DecimalField(
        label="Valor contestado, em reais", min_value=Decimal("0.01"), max_digits=12, decimal_places=2,
        localize=True, required=False, help_text="Em branco, a fatura inteira.",
    )  # fmt: skip
    motivo = forms.ChoiceField(label="Motivo", choices=MotivoDaContestacao)
    descricao = Texto(label="O que o cliente diz", min_length=10, max_length=2000)

    def preparar(self):
        """As faturas em aberto ainda não contestadas."""
        so_destas(self, "fatura", contestacoes.contestaveis(contrato_de(self)))

    def clean(self):
        """Até o valor da fatura; sem valor, ela toda."""
        limpos = super().clean()
        fatura = limpos.get("fatura")
        if fatura and not self.errors:
            limpos["valor"] = limpos["valor"] or fatura.valor
            if limpos["valor"] > fatura.valor:
                self.add_error("valor", f"Vai até o valor da fatura, {em_reais(fatura.valor)}.")
        return limpos


@ACOES.registrar
class ContestarDebito(AcaoDeCobranca):
    """Registra a contestação e tira a fatura do relógio do débito."""

    slug = "contestar_debito"
    nome = "Contestação de débito"
    icone = "message-square-warning"
    ordem = 280
    confirmar = "Registrar contestação"
    ajuda = (
        "Use quando o cliente diz que não deve uma fatura, ou parte dela. Não discuta na hora: registre.\n\n"
        "Pergunta qual fatura, quanto dela, o motivo e o que o cliente diz, com as palavras dele.\n\n"
        "Faz: a cobrança para na hora (Decreto 11.034/2022, art. 13): a fatura não suspende nem bloqueia "
        "o serviço até a resposta, que sai em até 7 dias corridos. Se era ela que bloqueava, o serviço "
        "volta agora. O financeiro responde pela ação Responder contestação.\n\n"
        "Diga ao cliente: que a cobrança está parada, o dia até que respondemos, e o protocolo."
    )
    passos = (OQueContesta,)

    def impedimento(self):
        """Precisa de uma fatura em aberto não contestada."""
        if contestacoes.contestaveis(self.contrato):
            return None
        return "O contrato não tem fatura em aberto que se possa contestar."

    def previa(self, dados):
        """A fatura fora do relógio, o prazo e o bloqueio."""
        fatura = dados["fatura"]
        mudancas = [
            Mudanca(f"Fatura {fatura.numero}", "Em cobrança", "Contestada"),
            Mudanca("Valor contestado", "", em_reais(dados["valor"])),
            Mudanca("Responder até", "", self._ate()),
        ]
        if contestacoes.libera(self.contrato, fatura):
            mudancas.append(Mudanca("Situação", self.contrato.get_situacao_display(), "Normal"))
        avisos = []
        if dados["valor"] < fatura.valor:
            resto = em_reais(fatura.valor - dados["valor"])
            avisos.append(f"O cliente continua devendo a parte que não contesta, {resto}.")
        return Previa(mudancas=tuple(mudancas), dizer=self._dizer(), avisos=tuple(avisos))

    def fazer(self, dados):
        """Registra."""
        fatura, motivo = dados["fatura"], MotivoDaContestacao(dados["motivo"]).label
        libera = contestacoes.libera(self.contrato, fatura)
        contestacoes.contestar(self.contrato, **dados, **self.autoria)
        partes = (
            f"Fatura {fatura.numero}: {em_reais(dados['valor'])} contestados",
            f"Motivo: {motivo}",
            f"Responder até {self._ate()}",
            "situação: Bloqueio Financeiro → Normal" if libera else "",
        )
        return Resultado(
            "Contestação registrada.",
            relato=descricao_do_evento("Contestação de débito", *partes, dados["descricao"]),
            evento=Evento("contestacao", descricao_do_evento(*partes, f"Protocolo: {self.protocolo}")),
            dizer=self._dizer(),
        )

    def _ate(self) -> str:
        return dia(contestacoes.responder_ate(self.hoje))

    def _dizer(self) -> str:
        return (
            f"A cobrança desta fatura está parada e respondemos até {self._ate()}. O protocolo é "
            f"{self.protocolo}."
        )
