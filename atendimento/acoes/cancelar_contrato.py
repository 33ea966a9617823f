"""Cancelar um contrato: efeito imediato, multa explicada, débito não impede."""

from django import forms
from django.utils import timezone
from django.utils.text import slugify

from atendimento.acoes.base import ACOES, Evento, Limite, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Data, Texto
from atendimento.acoes.comprovantes import CANCELAMENTO, comprovar
from atendimento.acoes.de_contrato import (
    AcaoDeContrato,
    CampoDeContato,
    PassoComMotivo,
    evento_de,
    so_confirmados,
    trocas_na_fatura,
)
from atendimento.dominio import solicitacoes
from atendimento.models import TipoDeMotivo, TipoDeSolicitacao
from contratos.dinheiro import em_reais
from contratos.dominio import cancelamento, retencao
from contratos.models import Equipamento

# O tipo de evento de cada motivo do cadastro inicial; os que o provedor criar são "outro motivo".
EVENTO_DO_MOTIVO = {
    "mudanca-para-area-sem-cobertura": "cancelamento-sem-cobertura",
    "preco": "cancelamento-preco",
    "concorrencia": "cancelamento-concorrencia",
    "insatisfacao-tecnica": "cancelamento-insatisfacao-tecnica",
    "insatisfacao-com-atendimento": "cancelamento-insatisfacao-atendimento",
    "financeiro": "cancelamento-financeiro",
    "nao-usa-mais": "cancelamento-nao-usa",
    "obito": "cancelamento-obito",
    "encerramento-de-empresa": "cancelamento-empresa-encerrada",
    "descumprimento-do-provedor": "cancelamento-descumprimento",
    "inadimplencia": "cancelamento-inadimplencia",
}
OUTRO_MOTIVO = "cancelamento-outro"


class Pedido(PassoComMotivo):
    """Por que, e de que dia é o pedido."""

    titulo = "Pedido"
    ajuda = "Débito não impede: o cancelamento vale do dia do pedido (Decreto 11.034/2022, art. 15)."
    tipo_de_motivo = TipoDeMotivo.CANCELAMENTO_DE_CONTRATO
    pedido_em = Data(label="Dia do pedido")
    observacao = Texto(label="O que o cliente disse", required=False, max_length=500, linhas=2)
    dispensar_multa = forms.BooleanField(
        label="Dispensar a multa da fidelidade",
        required=False,
        help_text="Por descumprimento do provedor dispensa-se sempre; por outra razão, um supervisor aprova.",
    )
    justificativa = Texto(label="Por que se dispensa", required=False, max_length=500, linhas=2)

    def preparar(self):
        """O dia de hoje já posto."""
        super().preparar()
        self.fields["pedido_em"].initial = timezone.localdate()

    def clean(self):
        """O dia cabe; o motivo e a dispensa dizem por quê."""
        limpos = super().clean()
        dia, motivo = limpos.get("pedido_em"), limpos.get("motivo")
        contrato = self.contexto.eixo.contrato
        if dia and (frase := cancelamento.frase_do_dia(contrato, dia, timezone.localdate())):
            self.add_error("pedido_em", frase)
        if motivo and motivo.exige_observacao and not limpos.get("observacao"):
            self.add_error("observacao", f"O motivo “{motivo}” exige observação.")
        if limpos.get("dispensar_multa") and len(limpos.get("justificativa") or "") < 10:
            self.add_error("justificativa", "Diga por que se dispensa, com ao menos 10 caracteres.")
        return limpos


class Oferta(Passo):
    """A única oferta para ficar; recusada, nada mais se oferece."""

    RECUSADA, ACEITA = "recusada", "aceita"
    titulo = "Uma oferta para ficar"
    ajuda = "Ofereça uma vez só. Se o cliente não quer, avance: nada mais se pergunta sobre isso."
    oferta = forms.ChoiceField(
        label="O que o cliente respondeu",
        choices=[(RECUSADA, "Não quer: seguir com o cancelamento")],
        initial=RECUSADA,
        widget=forms.RadioSelect,
    )

    def preparar(self):
        """A oferta como ela é, se o contrato tem o que descontar."""
        oferta = retencao.oferta_para(self.contexto.eixo.contrato, timezone.localdate())
        if oferta:
            aceita = (self.ACEITA, f"Aceitou: {oferta.em_palavras}")
            self.fields["oferta"].choices = [*self.fields["oferta"].choices, aceita]


class Fim(Passo):
    """O que fica por fazer: o equipamento e a prova."""

    VISITA, CLIENTE, NENHUMA = "visita", "cliente", "nenhuma"
    titulo = "Equipamento e comprovante"
    retirada = forms.ChoiceField(
        label="Equipamento do provedor",
        choices=[
            (VISITA, "Retirar na casa do cliente"),
            (CLIENTE, "O cliente devolve na loja"),
            (NENHUMA, "Não há equipamento a devolver"),
        ],
    )
    contato_no_local = forms.CharField(
        label="Quem recebe a equipe", required=False, max_length=120, help_text="Para a retirada."
    )
    contato = CampoDeContato(label="Enviar o comprovante a")

    def preparar(self):
        """Quem aceitou a oferta não devolve nada; quem não tem comodato também não."""
        so_confirmados(self)
        if self.anteriores.get("oferta") == Oferta.ACEITA:
            del self.fields["retirada"], self.fields["contato_no_local"]
            return
        tem = em_comodato(self.contexto.eixo.contrato).exists()
        self.fields["retirada"].initial = self.VISITA if tem else self.NENHUMA
        self.fields["contato_no_local"].initial = self.contexto.solicitacao.solicitante_nome

    def clean(self):
        """A visita precisa de quem a receba; o comodato não se esquece."""
        limpos = super().clean()
        retirada = limpos.get("retirada")
        if retirada == self.VISITA and not limpos.get("contato_no_local"):
            self.add_error("contato_no_local", "Diga quem recebe a equipe.")
        if retirada == self.NENHUMA and em_comodato(self.contexto.eixo.contrato).exists():
            self.add_error("retirada", "Há equipamento do provedor com o cliente: diga como ele volta.")
        return limpos


def em_comodato(contrato):
    """O que o cliente ainda tem do provedor."""
    return Equipamento.objects.filter(etiqueta__contrato=contrato, devolvido_em__isnull=True)


@ACOES.registrar
class CancelarContrato(AcaoDeContrato):
    """Cancela na hora, com a conta explicada; uma oferta para ficar, que um clique dispensa."""

    slug = "cancelar_contrato"
    nome = "Cancelar contrato"
    icone = "circle-x"
    ordem = 390
    confirmar = "Cancelar o contrato"
    perigosa = True
    verificacao_de_identidade = True
    ajuda = (
        "Use quando o titular (ou quem o representa) pede para sair. Fatura vencida não impede: o efeito é "
        "do dia do pedido, e a cobrança para nesse dia.\n\n"
        "Pergunta o motivo, o dia do pedido, a resposta à única oferta para ficar (avançar a dispensa) e o "
        "que "
        "fazer com o equipamento.\n\n"
        "Faz: encerra serviços, etiquetas e conexões; troca a fatura que ainda não venceu pela proporcional; "
        "calcula a multa da fidelidade (benefício × dias que faltam ÷ dias totais, nunca acima do "
        "benefício); põe a retirada na fila; envia o comprovante.\n\n"
        "Diga ao cliente: o contrato está cancelado desde hoje, o valor final e a conta, como se devolve o "
        "equipamento e o protocolo. Não insista: a lei permite uma oferta, e o pedido não depende dela."
    )
    passos = (Pedido, Oferta, Fim)
    limites = {"dispensa": Limite("Multa dispensada por cortesia", 0, "reais")}

    def impedimento(self):
        """Só o que já acabou."""
        return cancelamento.impedimento_de_cancelar(self.contrato)

    def medidas(self, dados):
        """Quanto de multa se dispensa por cortesia."""
        if _fica(dados) or dados["motivo"].dispensa_multa:
            return {"dispensa": 0}
        return {"dispensa": self._conta(dados).dispensada}

    def previa(self, dados):
        """A conta inteira, ou a oferta aceita."""
        if _fica(dados):
            oferta = retencao.oferta_para(self.contrato, self.hoje)
            return Previa(
                mudancas=tuple(Mudanca(f"Fatura de {mes:%m/%Y}", "sem desconto", oferta.valor_em_reais)
                               for mes in oferta.competencias),
                custo=f"{em_reais(oferta.total)} de desconto ao todo",
                dizer=f"Seu contrato continua, com {oferta.em_palavras}.",
            )  # fmt: skip
        conta = self._conta(dados)
        mudancas = [
            Mudanca("Situação", self.contrato.get_situacao_display(), "Cancelado"),
            Mudanca("Cobrança", f"{em_reais(self.contrato.valor)} por mês", f"Para em {conta.dia:%d/%m/%Y}"),
            *trocas_na_fatura(conta.acerto, "Sem efeito"),
        ]
        if conta.saldo > 0:
            mudancas.append(Mudanca("Fatura final", "", em_reais(conta.saldo)))
        return Previa(
            mudancas=tuple(mudancas),
            custo=cancelamento.frase_do_saldo(conta.saldo).capitalize(),
            dizer=self._dizer(conta),
            conta=tuple(conta.memoria.split("\n")),
        )

    def fazer(self, dados):
        """Cancela, ou aplica a oferta aceita."""
        if _fica(dados):
            return self._reter(dados)
        motivo, conta = dados["motivo"], self._conta(dados)
        antes = self.contrato.get_situacao_display()
        feito = cancelamento.cancelar(
            self.contrato, conta, por=self.contexto.usuario, protocolo=self.protocolo, motivo=motivo.nome,
            justificativa=dados["justificativa"], em=timezone.now(),
        )  # fmt: skip
        solicitacoes.proteger(self.contexto.solicitacao)
        retirada = self._pedir_retirada(dados)
        enviado = comprovar(
            CANCELAMENTO, dados["contato"], self.contexto.solicitacao, self.contexto.usuario,
            contrato=self.contrato.numero, efeito=f"{conta.dia:%d/%m/%Y}", conta=conta.memoria,
            saldo=cancelamento.frase_do_saldo(conta.saldo).capitalize(),
        )  # fmt: skip
        linhas = [
            f"Contrato cancelado com efeito em {conta.dia:%d/%m/%Y}. Motivo: {motivo}.",
            dados["observacao"],
            conta.memoria,
            f"Retirada de equipamento: protocolo {retirada.protocolo}." if retirada else "",
            enviado,
        ]
        mudanca = f"situação: {antes} → Cancelado em {conta.dia:%d/%m/%Y} · multa: {em_reais(feito.multa)}"
        return Resultado(
            f"Contrato {self.contrato} cancelado.",
            relato="\n".join(filter(None, linhas)),
            evento=Evento(
                EVENTO_DO_MOTIVO.get(slugify(motivo.nome), OUTRO_MOTIVO),
                evento_de(mudanca, motivo.nome, self.protocolo),
            ),
            dizer=self._dizer(conta),
        )

    def _conta(self, dados):
        dispensa = dados["dispensar_multa"] or dados["motivo"].dispensa_multa
        return cancelamento.calcular(self.contrato, dados["pedido_em"], self.hoje, dispensa=dispensa)

    def _dizer(self, conta) -> str:
        debito = f" O débito anterior, de {em_reais(conta.debito)}, continua devido." if conta.debito else ""
        return (
            f"Seu contrato está cancelado desde {conta.dia:%d/%m/%Y}: "
            f"{cancelamento.frase_do_saldo(conta.saldo)}.{debito} O protocolo é {self.protocolo}."
        )

    def _reter(self, dados):
        oferta = retencao.aplicar(
            self.contrato, self.hoje, por=self.contexto.usuario, protocolo=self.protocolo
        )
        texto = f"Pediu cancelamento ({dados['motivo']}) e aceitou a oferta: {oferta.em_palavras}"
        enviado = self.resumir(dados["contato"], f"Seu contrato continua, com {oferta.em_palavras}.")
        return Resultado(
            "O cliente aceitou a oferta: o contrato continua.",
            relato=f"{texto}.\n{enviado}",
            evento=Evento("eventual-lancado", evento_de(texto, dados["observacao"], self.protocolo)),
            dizer=f"Seu contrato continua, com {oferta.em_palavras}. O protocolo é {self.protocolo}.",
        )

    def _pedir_retirada(self, dados):
        equipamentos = list(em_comodato(self.contrato).select_related("etiqueta"))
        if dados["retirada"] != Fim.VISITA or not equipamentos:
            return None
        tipo = TipoDeSolicitacao.objects.filter(codigo="retirada", ativo=True).first()
        atual = self.contexto.solicitacao
        return solicitacoes.abrir(
            por=self.contexto.usuario,
            etiqueta=equipamentos[0].etiqueta,
            canal=atual.canal,
            solicitante_nome=dados["contato_no_local"],
            descricao="Retirar: " + "; ".join(str(e) for e in equipamentos)
            + f". Cancelamento no protocolo {atual.protocolo}.",
            tipo=tipo,
            equipe=(tipo and tipo.equipe_padrao) or atual.equipe,
        )  # fmt: skip


def _fica(dados) -> bool:
    return dados["oferta"] == Oferta.ACEITA
