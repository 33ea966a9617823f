"""Uma ação de um passo, sem prévia, sobre um cliente."""

from django import forms

from atendimento.acoes.base import ACOES, Acao, Passo, Resultado


class Segmento(Passo):
    """O segmento do cliente."""

    segmento = forms.CharField(label="Segmento", max_length=60)


@ACOES.registrar
class SegmentoDeTeste(Acao):
    """Muda o segmento do cliente."""

    slug = "segmento_de_teste"
    nome = "Segmento de teste"
    grupo = "Cadastro"
    alvo = "cliente"
    ajuda = "Muda o segmento do cliente."
    passos = (Segmento,)
    confirmacao = False

    def impedimento(self):
        """Um cliente protegido não muda."""
        return "O segmento deste cliente é fixo." if self.contexto.objeto.segmento == "fixo" else None

    def efetivar(self, dados):
        """Grava o segmento."""
        cliente = self.contexto.objeto
        cliente.segmento = dados["segmento"]
        cliente.save(update_fields=["segmento"])
        return Resultado("Segmento alterado.", relato=f"Segmento: {dados['segmento']}")
