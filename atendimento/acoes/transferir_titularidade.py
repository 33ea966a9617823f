"""Passar o contrato a outro titular, sem mostrar a um os dados do outro."""

from django import forms

from atendimento import auditoria
from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.de_contrato import AcaoDeContrato, CampoDeContato, evento_de, so_confirmados
from atendimento.models import Visita
from clientes import documentos
from clientes.models import Cliente
from contratos.dominio import eventos, titularidade
from contratos.dominio.cancelamento import frase_do_saldo

EVENTO = "transferencia-de-titularidade"
NAO_ACHADO = "Não achamos um cliente com este documento: cadastre-o antes."


class NovoTitular(Passo):
    """Quem recebe, pelo documento, e o aceite dos dois."""

    titulo = "Novo titular"
    ajuda = "Fale com um de cada vez: nenhum dado de um se diz ao outro. O documento se pede ao novo titular."
    documento = forms.CharField(label="CPF ou CNPJ do novo titular", max_length=20)
    aceite_de_quem_sai = forms.BooleanField(label="O titular de agora aceita transferir")
    aceite_de_quem_entra = forms.BooleanField(
        label="O novo titular aceita o contrato, o preço e o vencimento"
    )
    contato = CampoDeContato(label="Enviar a confirmação a quem sai em")

    def preparar(self):
        """Só os contatos de quem sai."""
        so_confirmados(self)
        self.fields["documento"].widget.attrs["autocomplete"] = "off"

    def clean_documento(self):
        """O cliente de que é o documento, no escopo do agente; a mesma frase se não existe ou não se vê."""
        documento = documentos.normalizar(self.cleaned_data["documento"])
        visiveis = Cliente.objects.visiveis_para(self.contexto.usuario).order_by()
        novo = visiveis.filter(documento=documento).first() if documento else None
        if novo is None:
            raise forms.ValidationError(NAO_ACHADO)
        if novo.pk == self.contexto.eixo.cliente.pk:
            raise forms.ValidationError("Este documento é do próprio titular.")
        self.novo = novo
        return documento

    def clean(self):
        """O cliente achado acompanha as respostas."""
        limpos = super().clean()
        if "documento" in limpos:
            limpos["novo"] = self.novo
        return limpos


@ACOES.registrar
class TransferirTitularidade(AcaoDeContrato):
    """Encerra o contrato de quem sai e abre outro a quem entra, com o serviço de pé."""

    slug = "transferir_titularidade"
    nome = "Transferência de titularidade"
    icone = "user-round-check"
    ordem = 350
    confirmar = "Transferir"
    verificacao_de_identidade = True
    trava = ("cliente",)
    ajuda = (
        "Use quando o serviço passa a outra pessoa: venda da casa, família, empresa sucedida. O novo "
        "titular já "
        "precisa estar no cadastro, e o de agora, em dia.\n\n"
        "Pergunta o documento do novo titular e o aceite dos dois. Antes, confira a identidade de quem "
        "fala.\n\n"
        "Faz: encerra o contrato de quem sai, com o acerto até hoje, e abre um novo a quem entra; etiquetas, "
        "conexões e equipamentos passam a ele. Faturas, eventos e solicitações ficam com quem os viveu: o "
        "novo "
        "titular não vê nada do antigo, nem o antigo do novo.\n\n"
        "Diga a cada um só o que é seu: a quem sai, o acerto; a quem entra, o preço, o vencimento e o "
        "número do "
        "contrato novo. Depois, troque a senha da conexão."
    )
    passos = (NovoTitular,)

    def impedimento(self):
        """A situação, o débito, e a visita que ficaria órfã."""
        frase = titularidade.impedimento_de_transferir(self.contrato, self.hoje)
        if frase:
            return frase
        if Visita.objects.marcadas().do_contrato(self.contrato).exists():
            return "Há visita marcada neste contrato: conclua-a ou cancele-a antes."
        return None

    def previa(self, dados):
        """Quem entra, só com o que basta para conferir."""
        plano = titularidade.planejar(self.contrato, dados["novo"], self.hoje)
        return Previa(
            mudancas=(
                Mudanca("Situação", self.contrato.get_situacao_display(), "Encerrado"),
                Mudanca("Titular", self.contexto.eixo.cliente.nome_exibido, reconhecivel(dados["novo"])),
            ),
            custo=frase_do_saldo(plano.acerto.consumo - plano.acerto.credito).capitalize(),
            dizer=self._dizer(plano),
            conta=tuple(plano.acerto.memoria),
        )

    def fazer(self, dados):
        """Transfere; um evento em cada contrato, e nenhum diz quem é o outro."""
        plano = titularidade.planejar(self.contrato, dados["novo"], self.hoje)
        novo = titularidade.transferir(
            self.contrato, plano, por=self.contexto.usuario, protocolo=self.protocolo
        )
        recebido = evento_de("titularidade: contrato recebido por transferência", "", self.protocolo)
        eventos.registrar(novo, EVENTO, recebido, por=self.contexto.usuario, protocolo=self.protocolo)
        auditoria.registrar(
            "contrato.transferir", por=self.contexto.usuario, alvo="contrato", alvo_id=self.contrato.pk,
            protocolo=self.protocolo, dados={"novo_contrato": novo.pk},
        )  # fmt: skip
        dizer = self._dizer(plano)
        enviado = self.resumir(dados["contato"], dizer)
        texto = "titularidade: contrato transferido e encerrado"
        return Resultado(
            "Titularidade transferida: o contrato novo está no cadastro de quem entra.",
            relato="\n".join([f"{texto}.", *plano.acerto.memoria, enviado]),
            evento=Evento(EVENTO, evento_de(texto, "", self.protocolo)),
            dizer=dizer,
        )

    def _dizer(self, plano) -> str:
        saldo = frase_do_saldo(plano.acerto.consumo - plano.acerto.credito)
        encerrado = f"Seu contrato está encerrado desde {plano.dia:%d/%m/%Y}"
        return f"{encerrado}: {saldo}. O protocolo é {self.protocolo}."


def reconhecivel(cliente: Cliente) -> str:
    """O bastante para o agente saber que achou a pessoa certa: iniciais e documento mascarado."""
    iniciais = " ".join(f"{parte[0]}." for parte in cliente.nome_exibido.split())
    return f"{iniciais} ({documentos.mascarar(cliente.documento or '')})"
