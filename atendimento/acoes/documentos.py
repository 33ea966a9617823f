"""Enviar ao cliente um documento seu, ao e-mail que ele confirmou."""

from datetime import date

from django import forms
from django.db import models
from django.utils import timezone

from atendimento.acoes.base import ACOES, Acao, Mudanca, Passo, Previa, Resultado
from atendimento.dominio import mensagens
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM, TipoDeMensagem
from clientes.enums import TipoDeContato
from clientes.models import Contato
from contratos.dinheiro import em_reais
from contratos.enums import SituacaoDaFatura
from contratos.models import Contrato, Fatura

ANOS = 5


class Documento(models.TextChoices):
    """O que se pode mandar."""

    RESUMO = "resumo", "Resumo do contrato: serviços, valor, vencimento e fidelidade"
    QUITACAO = "quitacao", "Declaração anual de quitação de débitos (Lei 12.007/2009)"


ENVIADO = TIPOS_DE_MENSAGEM.registrar(
    TipoDeMensagem(
        codigo="documento",
        nome="Documento do contrato",
        assunto="{titulo} – contrato {contrato}",
        texto="Olá, {cliente}.\n\n{corpo}\n\nProtocolo {protocolo}.\n{provedor}",
        curto="{provedor}: {titulo}. {corpo} Protocolo {protocolo}.",
        variaveis={
            "titulo": "nome do documento",
            "contrato": "número do contrato",
            "corpo": "o documento por extenso",
        },
        obrigatorias=frozenset({"corpo"}),
    )
)


class Envio(Passo):
    """Que documento, e a que e-mail."""

    titulo = "Documento"
    documento = forms.ChoiceField(label="Documento", choices=Documento)
    ano = forms.TypedChoiceField(label="Ano da quitação", coerce=int, required=False, empty_value=None)
    contato = forms.ModelChoiceField(Contato.objects.none(), label="Enviar a", empty_label=None)

    def preparar(self):
        """Os e-mails confirmados e os anos que já acabaram."""
        passado = timezone.localdate().year - 1
        self.fields["ano"].choices = [("", "—"), *((a, a) for a in range(passado, passado - ANOS, -1))]
        self.fields["contato"].queryset = emails_confirmados(self.contexto.eixo.cliente)
        self.fields["contato"].label_from_instance = mensagens.nome_do_destino

    def clean(self):
        """A quitação é de um ano inteiro, sem nada em aberto nele."""
        dados = super().clean()
        if dados.get("documento") != Documento.QUITACAO:
            return dados
        ano = dados.get("ano")
        if not ano:
            self.add_error("ano", "Escolha o ano da quitação.")
        elif abertas := em_aberto(self.contexto.eixo.contrato, ano):
            self.add_error("ano", f"Há {abertas} fatura(s) de {ano} em aberto: não se declara quitação.")
        elif not pagas(self.contexto.eixo.contrato, ano):
            self.add_error("ano", f"O contrato não tem fatura paga de {ano}.")
        return dados


@ACOES.registrar
class Documentos(Acao):
    """Põe o documento na fila de envio."""

    slug = "documentos"
    nome = "Enviar documentos"
    grupo = "Cadastro"
    alvo = "contrato"
    icone = "file-text"
    ordem = 14
    confirmar = "Enviar"
    ajuda = (
        "Use quando o cliente pede cópia do que contratou, ou a declaração de que nada deve de um ano.\n\n"
        "Pergunta o documento, o ano (na quitação) e a que e-mail confirmado vai. Sem e-mail confirmado a "
        "ação não abre: confirme um em Atualizar dados cadastrais.\n\n"
        "Faz: escreve o documento com os dados de agora e o põe na fila de envio; a linha do tempo mostra se "
        "saiu. A quitação só sai sem fatura em aberto no ano, e substitui os recibos do ano (Lei "
        "12.007/2009).\n\n"
        "Diga ao cliente: a que e-mail vai (só o começo dele) e que chega em alguns minutos."
    )
    passos = (Envio,)

    def impedimento(self):
        """Precisa de um e-mail confirmado."""
        if emails_confirmados(self.contexto.eixo.cliente).exists():
            return None
        return "O cliente não tem e-mail confirmado: confirme um em Atualizar dados cadastrais."

    def previa(self, dados):
        """O documento inteiro, como vai."""
        titulo, corpo = escrever(self.contexto.eixo.contrato, dados["documento"], dados["ano"])
        destino = mensagens.nome_do_destino(dados["contato"])
        mudancas = (Mudanca("Documento", "", titulo), Mudanca("Vai por", "", destino))
        return Previa(mudancas=mudancas, dizer=DIZER, avisos=(corpo,))

    def efetivar(self, dados):
        """Na caixa de saída, com as palavras do modelo."""
        contrato = self.contexto.eixo.contrato
        titulo, corpo = escrever(contrato, dados["documento"], dados["ano"])
        enviada = mensagens.enfileirar(
            contato=dados["contato"], modelo=ENVIADO, solicitacao=self.contexto.solicitacao,
            dados={"titulo": titulo, "contrato": contrato.numero, "corpo": corpo}, por=self.contexto.usuario,
        )  # fmt: skip
        return Resultado(
            f"{titulo}: na fila de envio.",
            relato=f"{titulo} enviado por e-mail a {enviada.destino_mascarado}.",
            dizer=DIZER,
        )


DIZER = "O documento chega em alguns minutos ao seu e-mail confirmado."


def emails_confirmados(cliente):
    """Os e-mails a que se pode enviar."""
    return mensagens.contatos_confirmados(cliente).filter(tipo=TipoDeContato.EMAIL)


def em_aberto(contrato: Contrato, ano: int) -> int:
    """Quantas faturas do ano ainda se devem."""
    return do_ano(contrato, ano).filter(situacao=SituacaoDaFatura.ABERTA).count()


def pagas(contrato: Contrato, ano: int) -> int:
    """Quantas faturas do ano foram pagas."""
    return do_ano(contrato, ano).filter(situacao=SituacaoDaFatura.PAGA).count()


def do_ano(contrato: Contrato, ano: int):
    """As faturas que venceram no ano."""
    return Fatura.objects.filter(contrato=contrato, vencimento__year=ano)


def escrever(contrato: Contrato, documento: str, ano: int | None) -> tuple[str, str]:
    """O título e o corpo, com os dados de agora."""
    if documento == Documento.QUITACAO:
        return f"Declaração de quitação de {ano}", _quitacao(contrato, ano)
    return "Resumo do contrato", _resumo(contrato, timezone.localdate())


def _quitacao(contrato: Contrato, ano: int) -> str:
    return (
        f"Declaramos que as faturas do contrato {contrato.numero} com vencimento em {ano} estão quitadas "
        f"({pagas(contrato, ano)} faturas). Esta declaração substitui os comprovantes de pagamento de {ano} "
        "(Lei 12.007/2009)."
    )


def _resumo(contrato: Contrato, hoje: date) -> str:
    linhas = [
        f"Contrato {contrato.numero}, {contrato.get_situacao_display()}, em {hoje:%d/%m/%Y}.",
        f"Valor mensal: {em_reais(contrato.valor)}. Vencimento: dia {contrato.dia_vencimento}.",
        *(
            f"{servico.descricao}: {em_reais(servico.total)} por mês."
            for servico in _vigentes(contrato, hoje)
        ),
    ]
    if contrato.fidelidade_inicio and contrato.fidelidade_meses:
        linhas.append(
            f"Fidelidade de {contrato.fidelidade_meses} meses desde {contrato.fidelidade_inicio:%d/%m/%Y}."
        )
    return "\n".join(linhas)


def _vigentes(contrato: Contrato, hoje: date):
    return contrato.servicos.exclude(fim__lt=hoje).order_by("id")
