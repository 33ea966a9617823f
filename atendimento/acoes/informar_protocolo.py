"""Fazer o protocolo chegar ao cliente: por um contato confirmado, ou lido em voz alta."""

from django import forms

from atendimento.acoes.base import ACOES, Acao, Passo, Resultado
from atendimento.acoes.transicao import painel_da
from atendimento.dominio import mensagens
from atendimento.models.mensagem import CanalDeMensagem
from atendimento.tipos_de_mensagem import PROTOCOLO

VOZ = "voz"


class Como(Passo):
    """Por onde."""

    titulo = "Protocolo"
    ajuda = "Só um contato confirmado recebe mensagens. Sem nenhum, leia o número e registre que leu."
    como = forms.ChoiceField(label="Como o cliente recebe o protocolo", widget=forms.RadioSelect)

    def preparar(self):
        """Os contatos confirmados, mascarados, e a leitura em voz alta."""
        confirmados = mensagens.contatos_confirmados(self.contexto.eixo.cliente)
        self.contatos = {str(contato.pk): contato for contato in confirmados}
        self.fields["como"].choices = [
            *((pk, mensagens.nome_do_destino(contato)) for pk, contato in self.contatos.items()),
            (VOZ, "Li o protocolo em voz alta ao cliente"),
        ]

    def clean(self):
        """O contato escolhido, ou nenhum quando se leu."""
        dados = super().clean()
        return dados | {"contato": self.contatos.get(dados.get("como"))}


@ACOES.registrar
class InformarProtocolo(Acao):
    """Envia o protocolo outra vez, ou registra a leitura."""

    slug = "informar_protocolo"
    nome = "Informar protocolo"
    grupo = "Geral"
    alvo = "solicitacao"
    icone = "hash"
    ordem = 15
    confirmar = "Registrar"
    confirmacao = False
    ajuda = (
        "Use para reenviar o protocolo ou, quando o cliente não tem contato confirmado, para registrar que "
        "você leu o número em voz alta. Ao abrir, ele já sai sozinho para um contato confirmado.\n\n"
        "Pergunta por onde: um dos contatos confirmados, ou a leitura.\n\n"
        "Faz: põe a mensagem na fila de envio, ou anota a leitura. A norma dá 24 horas (Res. Anatel 632, de "
        "2014, art. 7º, § 3º).\n\n"
        "Diga ao cliente: o número do protocolo, devagar, e que serve em qualquer canal."
    )
    passos = (Como,)

    def efetivar(self, dados):
        """Na fila da caixa de saída, ou lido agora."""
        solicitacao, por = self.contexto.solicitacao, self.contexto.usuario
        contato = dados["contato"]
        if contato is None:
            mensagens.registrar_leitura(solicitacao, por=por)
            frase = "Protocolo lido ao cliente."
        else:
            enviada = mensagens.enfileirar(
                contato=contato, modelo=PROTOCOLO, solicitacao=solicitacao, por=por
            )
            canal = CanalDeMensagem(enviada.canal).label
            frase = f"Protocolo enviado por {canal} a {enviada.destino_mascarado}."
        return Resultado(frase, relato=frase, destino=painel_da(solicitacao))
