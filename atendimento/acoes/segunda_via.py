"""Segunda via de fatura: a linha digitável conferida, o PDF e o envio."""

from django.urls import reverse

from atendimento.acoes.base import ACOES, Entrega, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.de_cobranca import (
    AcaoDeCobranca,
    CampoDeFatura,
    contrato_de,
    dia,
    sem_abertas,
    so_destas,
)
from atendimento.acoes.de_contrato import CampoDeContato, so_confirmados
from atendimento.dominio import mensagens
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM, TipoDeMensagem
from clientes import emails, telefones
from clientes.enums import TipoDeContato
from clientes.models import Contato
from contratos.boletos import formatar
from contratos.dinheiro import em_reais
from contratos.dominio import debitos, pagamento
from contratos.dominio.recusas import NaoPode

SEGUNDA_VIA = TIPOS_DE_MENSAGEM.registrar(
    TipoDeMensagem(
        codigo="segunda_via",
        nome="Segunda via da fatura",
        assunto="Segunda via da fatura {fatura}",
        texto=(
            "Olá, {cliente}.\n\n"
            "Segue a segunda via da fatura {fatura}, de {valor}, com vencimento em {vencimento}.\n\n"
            "Linha digitável:\n{linha}\n\n"
            "Protocolo {protocolo}.\n\n{provedor}"
        ),
        curto="{provedor}: fatura {fatura}, {valor}, vence em {vencimento}. Linha digitável: {linha}",
        variaveis={
            "fatura": "número da fatura",
            "valor": "valor da fatura",
            "vencimento": "vencimento da fatura",
            "linha": "linha digitável",
        },
        obrigatorias=frozenset({"fatura", "valor", "linha"}),
    )
)


class Fatura(Passo):
    """Qual, e para onde vai."""

    titulo = "Fatura"
    fatura = CampoDeFatura(label="Fatura")
    contato = CampoDeContato(label="Enviar a")

    def preparar(self):
        """As em aberto e os contatos confirmados."""
        so_destas(self, "fatura", debitos.abertas_de(contrato_de(self)))
        so_confirmados(self)

    def clean_fatura(self):
        """A linha digitável passa nas próprias regras."""
        fatura = self.cleaned_data["fatura"]
        try:
            pagamento.linha_conferida(fatura)
        except NaoPode as recusa:
            self.add_error("fatura", recusa.frase)
        return fatura


@ACOES.registrar
class SegundaVia(AcaoDeCobranca):
    """Confere a linha digitável, mostra, e envia a um contato confirmado."""

    slug = "segunda_via"
    nome = "2ª via de boleto"
    icone = "barcode"
    ordem = 200
    confirmar = "Enviar 2ª via"
    ajuda = (
        "Use quando o cliente pede o boleto de uma fatura em aberto.\n\n"
        "Pergunta qual fatura e a que contato enviar; só aparecem os contatos que o cliente confirmou, e "
        "sem nenhum se lê a linha em voz alta.\n\n"
        "Faz: confere todos os dígitos da linha digitável, e se ela diz o mesmo valor e vencimento da "
        "fatura; mostra a linha para copiar e o PDF; manda a mensagem. Uma linha que não confere não se "
        "envia: ofereça o Pix.\n\n"
        "Diga ao cliente: o valor, o vencimento e, se já venceu, quanto é hoje com multa e juros, que o "
        "banco soma ao pagar."
    )
    passos = (Fatura,)

    def impedimento(self):
        """Precisa de uma fatura em aberto."""
        return sem_abertas(self.contrato)

    def previa(self, dados):
        """Para onde vai e quanto é hoje."""
        cobranca = pagamento.cobranca_de(dados["fatura"], self.hoje)
        avisos = []
        if cobranca.encargos:
            avisos.append(
                f"Vencida há {cobranca.dias} dias: hoje são {em_reais(cobranca.total)}, com "
                f"{em_reais(cobranca.encargos)} de multa e juros."
            )
        return Previa(
            mudancas=(Mudanca("Envio", "", self._destino(dados)),),
            dizer=self._dizer(dados),
            avisos=tuple(avisos),
        )

    def fazer(self, dados):
        """Mostra e envia."""
        fatura, contato = dados["fatura"], dados["contato"]
        linha = formatar(pagamento.linha_conferida(fatura))
        if contato:
            mensagens.enfileirar(
                contato=contato,
                modelo=SEGUNDA_VIA,
                dados={
                    "fatura": fatura.numero,
                    "valor": em_reais(fatura.valor),
                    "vencimento": dia(fatura.vencimento),
                    "linha": linha,
                },
                solicitacao=self.contexto.solicitacao,
                por=self.contexto.usuario,
            )
        return Resultado(
            "2ª via na fila de envio." if contato else "2ª via pronta para ler ao cliente.",
            relato=f"2ª via da fatura {fatura.numero}, {em_reais(fatura.valor)}: {self._destino(dados)}.",
            dizer=self._dizer(dados),
            entregas=(
                Entrega("Linha digitável", texto=linha),
                Entrega("PDF da 2ª via", url=reverse("fatura_boleto", args=[fatura.pk])),
            ),
        )

    @staticmethod
    def _destino(dados) -> str:
        return destino(dados["contato"])

    def _dizer(self, dados) -> str:
        fatura = dados["fatura"]
        cobranca = pagamento.cobranca_de(fatura, self.hoje)
        hoje = f", hoje {em_reais(cobranca.total)} com os encargos" if cobranca.encargos else ""
        verbo = "venceu" if fatura.vencimento < self.hoje else "vence"
        return (
            f"A fatura é de {em_reais(fatura.valor)}{hoje} e {verbo} em {dia(fatura.vencimento)}. "
            f"O protocolo é {self.protocolo}."
        )


def destino(contato: Contato | None) -> str:
    """Para onde foi, mascarado; sem contato, a voz do agente."""
    if contato is None:
        return "lida em voz alta"
    mascarar = emails.mascarar if contato.tipo == TipoDeContato.EMAIL else telefones.mascarar
    return f"{contato.get_tipo_display()} {mascarar(contato.valor)}"
