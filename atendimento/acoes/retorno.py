"""Registrar um contato ativo: o provedor ligou, e com que resultado."""

from django import forms
from django.db import models

from atendimento.acoes.base import ACOES, Acao, Passo, Resultado
from atendimento.acoes.campos import CampoDeRelato
from atendimento.models.execucao import Execucao, SituacaoDaExecucao


class CanalDoRetorno(models.TextChoices):
    """Por onde se tentou."""

    TELEFONE = "telefone", "Telefone"
    WHATSAPP = "whatsapp", "WhatsApp"
    EMAIL = "email", "E-mail"
    PRESENCIAL = "presencial", "Presencial"


class ResultadoDoRetorno(models.TextChoices):
    """O que houve."""

    FALOU = "falou", "Falou com o cliente"
    RECADO = "recado", "Deixou recado com outra pessoa"
    NAO_ATENDEU = "nao_atendeu", "Não atendeu"
    CAIXA_POSTAL = "caixa_postal", "Caixa postal"
    INEXISTENTE = "inexistente", "Número ou endereço não existe"


class Tentativa(Passo):
    """Por onde, e o que houve."""

    titulo = "Contato"
    canal = forms.ChoiceField(label="Canal", choices=CanalDoRetorno)
    resultado = forms.ChoiceField(label="Resultado", choices=ResultadoDoRetorno)
    relato = CampoDeRelato(required=False)


@ACOES.registrar
class Retorno(Acao):
    """Conta a tentativa e a deixa no relato."""

    slug = "retorno"
    nome = "Registrar retorno"
    grupo = "Geral"
    alvo = "solicitacao"
    icone = "phone-outgoing"
    ordem = 30
    confirmar = "Registrar contato"
    confirmacao = False
    ajuda = (
        "Use cada vez que você procura o cliente, mesmo que ele não atenda: a tentativa registrada é a prova "
        "de que se procurou.\n\n"
        "Pergunta o canal, o resultado e, se houve conversa, o que se disse.\n\n"
        "Faz: numera a tentativa e a deixa na linha do tempo. Não muda a situação: para marcar novo retorno, "
        "pause ou agende.\n\n"
        "Diga ao cliente: o protocolo e, se for voltar a ligar, quando."
    )
    passos = (Tentativa,)

    def impedimento(self):
        """Só enquanto a solicitação corre."""
        solicitacao = self.contexto.solicitacao
        if solicitacao.esta_aberta:
            return None
        return f"A solicitação {solicitacao.protocolo} está {solicitacao.get_situacao_display().lower()}."

    def efetivar(self, dados):
        """A tentativa, com seu número."""
        numero = tentativas(self.contexto.solicitacao) + 1
        canal = CanalDoRetorno(dados["canal"]).label
        resultado = ResultadoDoRetorno(dados["resultado"]).label.lower()
        texto = f"Contato ativo {numero}, por {canal}: {resultado}."
        return Resultado(f"Tentativa {numero} registrada.", relato=f"{texto} {dados['relato']}".strip())


def tentativas(solicitacao) -> int:
    """Quantas vezes se procurou o cliente nesta solicitação."""
    return Execucao.objects.filter(
        acao=Retorno.slug, solicitacao=solicitacao, situacao=SituacaoDaExecucao.CONCLUIDA
    ).count()
