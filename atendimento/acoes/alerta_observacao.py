"""O que a próxima pessoa a atender precisa saber: um alerta no painel, ou a observação do cadastro."""

from datetime import datetime, time, timedelta

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Acao, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Data, Texto
from clientes.dominio import cadastro
from clientes.enums import Gravidade


class Aviso(Passo):
    """O alerta e a observação."""

    titulo = "Alerta e observação"
    ajuda = "O titular pode pedir para ler o que se escreve aqui: só fatos, sem juízo sobre a pessoa."
    alerta = forms.CharField(label="Alerta no painel", max_length=300, required=False)
    gravidade = forms.ChoiceField(label="Gravidade", choices=Gravidade, initial=Gravidade.ATENCAO)
    valido_ate = Data(label="Vale até o fim do dia", required=False, help_text="Vazio: até que se retire.")
    observacao = Texto(label="Observação administrativa", max_length=4000, required=False)

    def preparar(self):
        """A observação que já há, para ajustar."""
        self.initial.setdefault("observacao", self.contexto.eixo.cliente.observacao)

    def clean_valido_ate(self):
        """Um dia que ainda não passou."""
        dia = self.cleaned_data["valido_ate"]
        if dia and dia < timezone.localdate():
            raise forms.ValidationError("Este dia já passou.")
        return dia

    def clean(self):
        """Alguma coisa muda."""
        dados = super().clean()
        igual = dados.get("observacao") == self.contexto.eixo.cliente.observacao
        if igual and not self.errors and not dados.get("alerta"):
            self.add_error("alerta", "Escreva um alerta, ou mude a observação.")
        return dados


@ACOES.registrar
class AlertaObservacao(Acao):
    """Fixa o alerta e troca a observação."""

    slug = "alerta_observacao"
    nome = "Alerta e observação"
    grupo = "Cadastro"
    alvo = "cliente"
    icone = "message-square-warning"
    ordem = 16
    confirmar = "Gravar"
    ajuda = (
        "Use quando quem atender depois precisa saber de algo antes de falar: visita prometida, cliente "
        "sensível, tentativa de golpe.\n\n"
        "Pergunta o alerta, a gravidade e até quando vale, e deixa ajustar a observação do cadastro.\n\n"
        "Faz: o alerta aparece no alto do painel até o dia marcado; a observação fica no cadastro. Escreva "
        "só fatos: o titular pode pedir para ler.\n\n"
        "Diga ao cliente: que o pedido ficou anotado e ele não precisa repeti-lo."
    )
    passos = (Aviso,)

    def previa(self, dados):
        """O que aparece no painel."""
        mudancas = []
        if dados["alerta"]:
            mudancas.append(Mudanca("Alerta", "", dados["alerta"]))
        if dados["observacao"] != self.contexto.eixo.cliente.observacao:
            mudancas.append(Mudanca("Observação", self.contexto.eixo.cliente.observacao, dados["observacao"]))
        return Previa(mudancas=tuple(mudancas), dizer=DIZER)

    def efetivar(self, dados):
        """Grava os dois, se os dois mudam."""
        cliente, feito = self.contexto.eixo.cliente, []
        if dados["alerta"]:
            cadastro.alertar(
                cliente, dados["alerta"], dados["gravidade"], por=self.contexto.usuario,
                valido_ate=_fim_do_dia(dados["valido_ate"]),
            )  # fmt: skip
            feito.append(f"Alerta: {dados['alerta']}")
        if dados["observacao"] != cliente.observacao:
            cadastro.observar(cliente, dados["observacao"])
            feito.append("Observação administrativa alterada.")
        return Resultado("Anotado no cadastro.", relato="\n".join(feito), dizer=DIZER)


DIZER = "Ficou anotado: você não precisa repetir."


def _fim_do_dia(dia) -> datetime | None:
    if dia is None:
        return None
    return timezone.make_aware(datetime.combine(dia + timedelta(days=1), time()))
