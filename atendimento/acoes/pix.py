"""Gerar Pix: copia e cola e QR de uma fatura, pelo valor de hoje."""

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
from atendimento.acoes.segunda_via import destino
from atendimento.dominio import mensagens
from atendimento.tipos_de_mensagem import TIPOS_DE_MENSAGEM, TipoDeMensagem
from contratos.dinheiro import em_reais
from contratos.dominio import debitos, pagamento

PIX = TIPOS_DE_MENSAGEM.registrar(
    TipoDeMensagem(
        codigo="pix",
        nome="Pix da fatura",
        assunto="Pix da fatura {fatura}",
        texto=(
            "Olá, {cliente}.\n\n"
            "Este é o Pix copia e cola da fatura {fatura}, no valor de {valor}, válido para {data}:\n\n"
            "{pix}\n\n"
            "Protocolo {protocolo}.\n\n{provedor}"
        ),
        curto="{pix}",
        variaveis={"fatura": "número da fatura", "valor": "valor de hoje", "pix": "Pix copia e cola"},
        obrigatorias=frozenset({"pix"}),
    )
)


class FaturaDoPix(Passo):
    """Qual, e para onde vai."""

    titulo = "Fatura"
    fatura = CampoDeFatura(label="Fatura")
    contato = CampoDeContato(label="Enviar a")

    def preparar(self):
        """As em aberto e os contatos confirmados."""
        so_destas(self, "fatura", debitos.abertas_de(contrato_de(self)))
        so_confirmados(self)


@ACOES.registrar
class GerarPix(AcaoDeCobranca):
    """O copia e cola do valor de hoje, com o QR."""

    slug = "pix"
    nome = "Gerar Pix"
    icone = "qr-code"
    ordem = 205
    confirmar = "Gerar Pix"
    ajuda = (
        "Use quando o cliente quer pagar uma fatura em aberto por Pix.\n\n"
        "Pergunta qual fatura e a que contato enviar; só aparecem os contatos que o cliente confirmou.\n\n"
        "Faz: gera o Pix copia e cola no padrão do Banco Central e o QR, pelo valor de hoje, já com multa "
        "e juros se a fatura venceu; mostra os dois e manda o código. O valor é o de hoje: amanhã, gere "
        "outro.\n\n"
        "Diga ao cliente: o valor, o nome de quem recebe, que ele deve conferir antes de pagar, e que o "
        "código vale para hoje."
    )
    passos = (FaturaDoPix,)

    def impedimento(self):
        """Precisa de uma fatura em aberto e de uma empresa que receba por Pix."""
        return sem_abertas(self.contrato) or pagamento.sem_pix(self.contrato.empresa)

    def previa(self, dados):
        """Para onde vai e por quanto."""
        cobranca = pagamento.cobranca_de(dados["fatura"], self.hoje)
        avisos = ["O código traz o valor de hoje."] if cobranca.encargos else []
        return Previa(
            mudancas=(
                Mudanca("Envio", "", destino(dados["contato"])),
                Mudanca("Valor do Pix", em_reais(dados["fatura"].valor), em_reais(cobranca.total)),
            ),
            dizer=self._dizer(cobranca),
            avisos=tuple(avisos),
        )

    def fazer(self, dados):
        """Gera, mostra e envia."""
        fatura, contato = dados["fatura"], dados["contato"]
        cobranca = pagamento.cobranca_de(fatura, self.hoje)
        copia = pagamento.copia_e_cola(fatura, self.contrato.empresa, self.hoje)
        if contato:
            mensagens.enfileirar(
                contato=contato,
                modelo=PIX,
                dados={"fatura": fatura.numero, "valor": em_reais(cobranca.total), "pix": copia},
                solicitacao=self.contexto.solicitacao,
                por=self.contexto.usuario,
            )
        return Resultado(
            "Pix gerado.",
            relato=f"Pix da fatura {fatura.numero}, {em_reais(cobranca.total)}: {destino(contato)}.",
            dizer=self._dizer(cobranca),
            entregas=(
                Entrega("Pix copia e cola", texto=copia),
                Entrega("QR do Pix", imagem=reverse("fatura_pix", args=[fatura.pk])),
            ),
        )

    def _dizer(self, cobranca: pagamento.Cobranca) -> str:
        return (
            f"O Pix é de {em_reais(cobranca.total)}, da fatura de {dia(cobranca.fatura.vencimento)}, para "
            f"{self.contrato.empresa.pix_nome}. Vale para hoje. O protocolo é {self.protocolo}."
        )
