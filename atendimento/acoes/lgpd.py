"""Pedido do titular de dados: vai ao encarregado, com o prazo da lei."""

from django import forms
from django.db import models

from atendimento.acoes.base import ACOES, Acao, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.dominio import solicitacoes
from atendimento.models import Especie, TipoDeSolicitacao


class Direito(models.TextChoices):
    """O que o titular pede (LGPD, art. 18)."""

    ACESSO = "acesso", "Acesso: saber o que se guarda e receber cópia"
    CORRECAO = "correcao", "Correção de dado errado ou velho"
    PORTABILIDADE = "portabilidade", "Portabilidade a outro fornecedor"
    ELIMINACAO = "eliminacao", "Eliminação do que não é obrigatório guardar"
    OPOSICAO = "oposicao", "Oposição ou retirada de consentimento"
    COMPARTILHAMENTO = "compartilhamento", "Saber com quem se compartilhou"


class Pedido(Passo):
    """Que direito, e o que se quer."""

    titulo = "Pedido do titular"
    direito = forms.ChoiceField(label="O que o titular pede", choices=Direito)
    detalhe = Texto(label="Com as palavras dele", min_length=10, max_length=2000)


@ACOES.registrar
class Lgpd(Acao):
    """Abre uma solicitação ao encarregado, ligada pelo relato à que está em mãos."""

    slug = "lgpd"
    nome = "Pedido do titular (LGPD)"
    grupo = "Geral"
    alvo = "cliente"
    icone = "shield-user"
    ordem = 40
    confirmar = "Abrir pedido"
    verificacao_de_identidade = True
    ajuda = (
        "Use quando o titular pede para saber, corrigir, levar, apagar ou deixar de usar seus dados. Confira "
        "antes quem fala: sem isso a ação não abre.\n\n"
        "Pergunta qual direito ele exerce e o pedido, com as palavras dele. Não pede motivo.\n\n"
        "Faz: abre uma solicitação na equipe do encarregado, com 15 dias de prazo (Lei 13.709/2018, art. 19, "
        "II) e que nunca se cancela. Correção simples de contato resolve-se já, em Atualizar dados "
        "cadastrais.\n\n"
        "Diga ao cliente: o número do pedido, o prazo de 15 dias, e que a resposta vem do encarregado."
    )
    passos = (Pedido,)

    @property
    def _tipo(self) -> TipoDeSolicitacao | None:
        return TipoDeSolicitacao.objects.ativos().filter(especie=Especie.LGPD).first()

    def impedimento(self):
        """O cadastro precisa de um tipo LGPD com equipe."""
        tipo = self._tipo
        if tipo is None or tipo.equipe_padrao is None:
            return "Falta no cadastro um tipo de solicitação LGPD com equipe: avise o administrador."
        return None

    def previa(self, dados):
        """A solicitação que se abre."""
        tipo = self._tipo
        nova = f"{tipo} na equipe {tipo.equipe_padrao}, {tipo.dias_do_prazo_regulatorio} dias"
        return Previa(
            mudancas=(Mudanca("Solicitação nova", "", nova),), dizer=_dizer(tipo.dias_do_prazo_regulatorio)
        )

    def efetivar(self, dados):
        """A nova aponta para a que está em mãos, e esta para a nova."""
        atual, tipo = self.contexto.solicitacao, self._tipo
        nova = solicitacoes.abrir(
            por=self.contexto.usuario, etiqueta=atual.etiqueta, canal=atual.canal, tipo=tipo,
            solicitante_nome=atual.solicitante_nome, solicitante_relacao=atual.solicitante_relacao,
            solicitante_telefone=atual.solicitante_telefone,
            descricao=f"{Direito(dados['direito']).label}. {dados['detalhe']} (Pedido em {atual.protocolo}.)",
        )  # fmt: skip
        return Resultado(
            f"Pedido aberto com o protocolo {nova.protocolo}, na equipe {nova.equipe}.",
            relato=f"Pedido do titular (LGPD, {dados['direito']}): aberta a solicitação {nova.protocolo}.",
            dizer=_dizer(tipo.dias_do_prazo_regulatorio),
        )


def _dizer(dias: int) -> str:
    return f"O encarregado de dados responde em até {dias} dias."
