"""Incluir ou excluir um serviço avulso: ponto mesh, IP fixo, TV, telefone."""

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Evento, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.de_contrato import AcaoDeContrato, CampoDeContato, evento_de, so_confirmados
from contratos.dinheiro import em_reais
from contratos.dominio import servicos
from contratos.enums import TipoDePlano
from contratos.models import Etiqueta, Plano, ServicoContratado

INCLUIR, EXCLUIR = "incluir", "excluir"


class Operacao(Passo):
    """Incluir ou excluir."""

    titulo = "O que se faz"
    operacao = forms.ChoiceField(
        label="Operação", choices=[(INCLUIR, "Incluir um serviço"), (EXCLUIR, "Excluir um serviço")]
    )

    def preparar(self):
        """Excluir só quem tem o quê."""
        if not servicos.avulsos(self.contexto.eixo.contrato, timezone.localdate()).exists():
            self.fields["operacao"].choices = [(INCLUIR, "Incluir um serviço")]


class Servico(Passo):
    """Qual serviço."""

    titulo = "Serviço"
    plano = forms.ModelChoiceField(Plano.objects.none(), label="Serviço", empty_label="Escolha…")
    quantidade = forms.IntegerField(label="Quantidade", min_value=1, max_value=20, initial=1)
    etiqueta = forms.ModelChoiceField(Etiqueta.objects.none(), label="Etiqueta", empty_label=None)
    servico = forms.ModelChoiceField(
        ServicoContratado.objects.none(), label="Serviço", empty_label="Escolha…"
    )
    aceite = forms.BooleanField(label="O cliente ouviu o preço e aceitou")
    contato = CampoDeContato(label="Enviar o resumo a")

    def preparar(self):
        """As perguntas da operação escolhida."""
        so_confirmados(self)
        contrato, hoje = self.contexto.eixo.contrato, timezone.localdate()
        if self.anteriores.get("operacao") == EXCLUIR:
            for nome in ("plano", "quantidade", "etiqueta"):
                del self.fields[nome]
            self.fields["servico"].queryset = servicos.avulsos(contrato, hoje)
            self.fields["servico"].label_from_instance = lambda s: f"{s.descricao} – {em_reais(s.total)}"
            return
        del self.fields["servico"]
        self.fields["plano"].queryset = Plano.objects.filter(ativo=True, tipo=TipoDePlano.SVA)
        self.fields["plano"].label_from_instance = lambda p: f"{p.nome} – {em_reais(p.valor)} por mês"
        self.fields["etiqueta"].queryset = contrato.etiquetas.filter(ativa=True)


@ACOES.registrar
class AlterarServicos(AcaoDeContrato):
    """Inclui ou exclui um serviço hoje, com o proporcional na próxima fatura."""

    slug = "alterar_servicos"
    nome = "Adicionar ou remover serviço"
    icone = "list-plus"
    ordem = 320
    confirmar = "Confirmar"
    ajuda = (
        "Use para incluir ou excluir um serviço avulso: ponto mesh, IP fixo, TV, telefone, antivírus. O "
        "plano de "
        "internet muda pela Mudança de plano; para sair, Cancelar contrato.\n\n"
        "Pergunta a operação, o serviço, a quantidade e a etiqueta em que ele fica, e se o cliente "
        "aceitou.\n\n"
        "Faz: o serviço entra ou sai hoje, a mensalidade muda, e os dias que faltam no mês se acertam na "
        "próxima fatura.\n\n"
        "Diga ao cliente: o preço por mês e o valor do proporcional."
    )
    passos = (Operacao, Servico)

    def impedimento(self):
        """Só num contrato normal."""
        return servicos.impedimento_de_alterar(self.contrato)

    def previa(self, dados):
        """O serviço, a mensalidade e o proporcional."""
        diferenca, nome = _diferenca(dados)
        acerto = servicos.acerto_do_mes(self.contrato, diferenca, self.hoje)
        nova = self.contrato.valor + diferenca
        entra = dados["operacao"] == INCLUIR
        return Previa(
            mudancas=(
                Mudanca("Serviço", "" if entra else nome, nome if entra else "Excluído"),
                Mudanca("Mensalidade", em_reais(self.contrato.valor), em_reais(nova)),
            ),
            custo=f"{em_reais(nova)} por mês",
            dizer=self._dizer(nome, entra, nova, acerto),
            conta=(f"{acerto.memoria}.",) if acerto.memoria else (),
        )

    def fazer(self, dados):
        """Inclui ou exclui."""
        diferenca, nome = _diferenca(dados)
        acerto = servicos.acerto_do_mes(self.contrato, diferenca, self.hoje)
        quem = {"por": self.contexto.usuario, "protocolo": self.protocolo}
        entra = dados["operacao"] == INCLUIR
        if entra:
            servicos.incluir(
                self.contrato, dados["plano"], dados["etiqueta"], dados["quantidade"], self.hoje, **quem
            )
            tipo, texto = "servico-incluido", f"Serviço Incluído: {nome}"
        else:
            servicos.excluir(self.contrato, dados["servico"], self.hoje, **quem)
            tipo, texto = "servico-excluido", f"Serviço Excluído: {nome}"
        texto = f"{texto} · Total: {em_reais(self.contrato.valor)}"
        enviado = self.resumir(dados["contato"], self._dizer(nome, entra, self.contrato.valor, acerto))
        return Resultado(
            f"{nome}: {'incluído' if entra else 'excluído'}.",
            relato="\n".join(filter(None, [f"{texto}.", acerto.memoria, enviado])),
            evento=Evento(tipo, evento_de(texto, "", self.protocolo)),
            dizer=self._dizer(nome, entra, self.contrato.valor, acerto),
        )

    def _dizer(self, nome, entra, nova, acerto) -> str:
        proporcional = f" {acerto.memoria}." if acerto.memoria else ""
        return (
            f"{nome} {'entra' if entra else 'sai'} hoje, e a mensalidade passa a "
            f"{em_reais(nova)}.{proporcional} "
            f"O protocolo é {self.protocolo}."
        )


def _diferenca(dados):
    """Quanto a mensalidade muda, e o serviço em palavras."""
    if dados["operacao"] == EXCLUIR:
        return -dados["servico"].total, dados["servico"].descricao
    quantidade = dados["quantidade"]
    nome = dados["plano"].nome if quantidade == 1 else f"{quantidade} × {dados['plano'].nome}"
    return dados["plano"].valor * quantidade, nome
