"""Uma ação de dois passos sobre um contrato, com prévia, limite e evento."""

from django import forms

from atendimento.acoes.base import ACOES, Acao, Evento, Limite, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from contratos.enums import SituacaoDoContrato


class Dia(Passo):
    """O novo dia."""

    titulo = "Novo dia"
    dia = forms.TypedChoiceField(label="Novo dia", choices=[(d, d) for d in (5, 10, 15, 20, 25)], coerce=int)


class Justificativa(Passo):
    """Por quê."""

    titulo = "Justificativa"
    justificativa = Texto(label="Justificativa", max_length=500, min_length=3)


@ACOES.registrar
class VencimentoDeTeste(Acao):
    """Muda o dia de vencimento."""

    slug = "vencimento_de_teste"
    nome = "Vencimento de teste"
    grupo = "Financeiro"
    alvo = "contrato"
    ajuda = "Muda o dia de vencimento do contrato."
    passos = (Dia, Justificativa)
    limites = {"distancia": Limite("Diferença", 10, "dias")}

    def impedimento(self):
        """Só num contrato normal."""
        if self.contexto.objeto.situacao != SituacaoDoContrato.NORMAL:
            return "O contrato não está normal."
        return None

    def previa(self, dados):
        """De um dia para outro."""
        mudanca = Mudanca("Vencimento", str(self.contexto.objeto.dia_vencimento), str(dados["dia"]))
        return Previa(mudancas=(mudanca,), dizer=f"O vencimento passa ao dia {dados['dia']}.")

    def medidas(self, dados):
        """Quantos dias o vencimento anda."""
        return {"distancia": abs(dados["dia"] - self.contexto.objeto.dia_vencimento)}

    def efetivar(self, dados):
        """Grava o dia."""
        contrato = self.contexto.objeto
        antes, contrato.dia_vencimento = contrato.dia_vencimento, dados["dia"]
        contrato.save(update_fields=["dia_vencimento"])
        texto = f"Vencimento: {antes} → {dados['dia']} · Justificativa: {dados['justificativa']}"
        return Resultado(
            "Vencimento alterado.", relato=texto, evento=Evento("alteracao-de-vencimento", texto)
        )
