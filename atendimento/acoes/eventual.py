"""Desconto ou ressarcimento na próxima fatura."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Evento, Limite, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import DataHora, Texto
from atendimento.acoes.de_cobranca import AcaoDeCobranca, contrato_de, descricao_do_evento
from contratos.dinheiro import em_reais
from contratos.dominio import eventuais
from contratos.enums import MotivoDoEventual

MOTIVOS = (
    MotivoDoEventual.RESSARCIMENTO,
    MotivoDoEventual.CORTESIA,
    MotivoDoEventual.COBRANCA_INDEVIDA,
)


class OQue(Passo):
    """De onde vem o desconto e em que fatura entra."""

    titulo = "Desconto"
    motivo = forms.ChoiceField(label="Motivo", choices=[(m.value, m.label) for m in MOTIVOS])
    competencia = forms.TypedChoiceField(label="Na fatura de", coerce=date.fromisoformat)

    def preparar(self):
        """As competências ainda não faturadas."""
        livres = eventuais.competencias_livres(contrato_de(self), timezone.localdate())
        self.fields["competencia"].choices = [(f"{mes:%Y-%m-%d}", f"{mes:%m/%Y}") for mes in livres]


class Quanto(Passo):
    """O valor, ou o período sem serviço de que ele sai."""

    titulo = "Valor"
    valor = forms.DecimalField(
        label="Desconto, em reais", min_value=Decimal("0.01"), max_digits=12, decimal_places=2, localize=True
    )
    inicio = DataHora(label="O serviço parou em")
    fim = DataHora(label="Voltou em")
    justificativa = Texto(label="Justificativa", min_length=10, max_length=250, linhas=2)

    def preparar(self):
        """O ressarcimento se calcula; os outros se dizem."""
        de_mais = ("valor",) if self._ressarce else ("inicio", "fim")
        for nome in de_mais:
            del self.fields[nome]

    @property
    def _ressarce(self) -> bool:
        return self.anteriores.get("motivo") == MotivoDoEventual.RESSARCIMENTO

    def clean(self):
        """O período gera crédito, e o desconto cabe na fatura."""
        limpos = super().clean()
        if self.errors:
            return limpos
        contrato = contrato_de(self)
        if self._ressarce:
            inicio, fim = limpos["inicio"], limpos["fim"]
            if frase := eventuais.frase_da_indisponibilidade(inicio, fim, timezone.now()):
                self.add_error("fim", frase)
                return limpos
            limpos["valor"] = eventuais.ressarcimento(contrato.valor, inicio, fim)
        cabe = eventuais.cabe_descontar(contrato, self.anteriores["competencia"])
        if limpos["valor"] > cabe:
            frase = f"Nesta fatura cabe no máximo {em_reais(cabe)} de desconto."
            self.add_error("fim" if self._ressarce else "valor", frase)
        return limpos


@ACOES.registrar
class Desconto(AcaoDeCobranca):
    """Lança um desconto na fatura de uma competência."""

    slug = "eventual"
    nome = "Desconto ou ressarcimento"
    icone = "badge-percent"
    ordem = 270
    confirmar = "Lançar desconto"
    ajuda = (
        "Use para devolver ao cliente os dias sem serviço, uma cobrança indevida, ou para dar um desconto "
        "que seu perfil concede.\n\n"
        "Pergunta o motivo e em que fatura entra; depois, no ressarcimento, quando o serviço parou e "
        "voltou (o valor se calcula por minuto, sobre a mensalidade daquele mês); nos outros, o valor. "
        "Acima do limite do seu perfil, um supervisor aprova.\n\n"
        "Faz: lança o desconto na competência escolhida, que ainda não foi faturada; a fatura nunca fica "
        "negativa.\n\n"
        "Diga ao cliente: o valor, em que fatura ele aparece, e por quê."
    )
    limites = {"valor": Limite("Valor do desconto", Decimal("50.00"), "reais")}
    passos = (OQue, Quanto)

    def impedimento(self):
        """Precisa haver uma fatura em que lançar."""
        return eventuais.nao_cobra(self.contrato)

    def previa(self, dados):
        """O desconto na fatura."""
        rotulo = f"Desconto em {dados['competencia']:%m/%Y}"
        return Previa(
            mudancas=(Mudanca(rotulo, "", em_reais(dados["valor"])),),
            dizer=self._dizer(dados),
            avisos=(self._memoria(dados),) if "inicio" in dados else (),
        )

    def medidas(self, dados):
        """O valor descontado."""
        return {"valor": dados["valor"]}

    def fazer(self, dados):
        """Lança."""
        motivo = MotivoDoEventual(dados["motivo"])
        descricao = f"{motivo.label}: {dados['justificativa']}"
        eventuais.descontar(
            self.contrato, motivo=motivo, valor=dados["valor"], competencia=dados["competencia"],
            descricao=descricao, **self.autoria,
        )  # fmt: skip
        valor = em_reais(dados["valor"])
        partes = (
            f"Desconto de {valor} na fatura de {dados['competencia']:%m/%Y}",
            self._memoria(dados) if "inicio" in dados else "",
            f"Justificativa: {descricao}",
        )
        return Resultado(
            f"Desconto de {valor} lançado.",
            relato=descricao_do_evento(*partes),
            evento=Evento("eventual-lancado", descricao_do_evento(*partes, f"Protocolo: {self.protocolo}")),
            dizer=self._dizer(dados),
        )

    def _memoria(self, dados) -> str:
        minutos = eventuais.minutos_entre(dados["inicio"], dados["fim"])
        return f"{minutos} minutos sem serviço sobre a mensalidade de {em_reais(self.contrato.valor)}"

    def _dizer(self, dados) -> str:
        return (
            f"A fatura de {dados['competencia']:%m/%Y} vem com {em_reais(dados['valor'])} de desconto. O "
            f"protocolo é {self.protocolo}."
        )
