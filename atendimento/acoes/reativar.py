"""Devolver o serviço a quem o suspendeu a pedido ou acabou de cancelar."""

from django import forms

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Texto
from atendimento.acoes.de_contrato import AcaoDeContrato, evento_de
from contratos.dinheiro import em_reais
from contratos.dominio import reativacao


class Confirmacao(Passo):
    """Quem pediu e por quê."""

    titulo = "Pedido"
    observacao = Texto(label="O que o cliente disse", required=False, max_length=500, linhas=2)
    ciente = forms.BooleanField(label="O cliente sabe que a cobrança volta hoje")


@ACOES.registrar
class Reativar(AcaoDeContrato):
    """Acaba a suspensão antes do dia, desiste da marcada ou desfaz um cancelamento recente."""

    slug = "reativar"
    nome = "Reativar contrato"
    icone = "circle-play"
    ordem = 365
    confirmar = "Reativar"
    ajuda = (
        "Use quando o cliente que suspendeu a pedido quer o serviço de volta antes do dia, desiste de uma "
        "suspensão marcada ou se arrepende de um cancelamento recente (o prazo está em Parâmetros da lei e "
        "da "
        "cobrança; é direito voltar da suspensão em até 24 horas).\n\n"
        "Pergunta o que o cliente disse e se sabe que a cobrança volta.\n\n"
        "Faz: o contrato volta a Normal, com as conexões liberadas. De um cancelamento, voltam os serviços e "
        "as etiquetas, e a multa deixa de ser devida: a fatura final em aberto fica sem efeito e o que era "
        "devido pelo uso vai para a próxima.\n\n"
        "Diga ao cliente: o serviço volta hoje e a cobrança também. Bloqueio por débito não é caso desta "
        "ação."
    )
    passos = (Confirmacao,)

    def impedimento(self):
        """Só o suspenso a pedido e o cancelado há pouco."""
        return reativacao.impedimento_de_reativar(self.contrato, self.hoje)

    def previa(self, dados):
        """De onde para onde, e o que se desfaz."""
        plano = reativacao.planejar(self.contrato, self.hoje)
        mudancas = [Mudanca("Situação", self.contrato.get_situacao_display(), "Normal")]
        if plano.suspensao:
            volta = f"{plano.suspensao.volta_em:%d/%m/%Y}"
            nova = f"{plano.dia:%d/%m/%Y}" if plano.suspensao.iniciada else "Suspensão desmarcada"
            mudancas.append(Mudanca("Volta do serviço", volta, nova))
        if plano.fatura_desfeita:
            fatura = plano.fatura_desfeita
            mudancas.append(Mudanca(f"Fatura {fatura.numero}", em_reais(fatura.valor), "Sem efeito"))
        if plano.acrescimo:
            mudancas.append(
                Mudanca("Uso ainda não cobrado", "", f"{em_reais(plano.acrescimo)} na próxima fatura")
            )
        if plano.desconto:
            mudancas.append(Mudanca("Crédito", "", f"{em_reais(plano.desconto)} na próxima fatura"))
        return Previa(
            mudancas=tuple(mudancas),
            custo=f"{em_reais(self.contrato.valor)} por mês, a partir de hoje",
            dizer=f"Seu serviço volta hoje. O protocolo é {self.protocolo}.",
        )

    def fazer(self, dados):
        """Devolve o serviço."""
        antes = self.contrato.get_situacao_display()
        plano = reativacao.planejar(self.contrato, self.hoje)
        reativacao.reativar(self.contrato, plano, por=self.contexto.usuario, protocolo=self.protocolo)
        tipo = "suspensao-fim" if plano.suspensao else "reativacao"
        texto = f"situação: {antes} → Normal em {plano.dia:%d/%m/%Y}"
        if plano.suspensao and not plano.suspensao.iniciada:
            texto = f"Suspensão marcada para {plano.suspensao.inicio:%d/%m/%Y} desmarcada"
        return Resultado(
            "Contrato reativado.",
            relato="\n".join(filter(None, [f"Reativação: {texto}.", dados["observacao"]])),
            evento=Evento(tipo, evento_de(texto, dados["observacao"], self.protocolo)),
            dizer=f"Seu serviço volta hoje. O protocolo é {self.protocolo}.",
        )
