"""Mudar o plano de internet, com o preço, o proporcional e a fidelidade à vista antes de confirmar."""

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Evento, Limite, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.de_contrato import AcaoDeContrato, CampoDeContato, evento_de, so_confirmados
from contratos.dinheiro import em_reais
from contratos.dominio import servicos
from contratos.dominio.cancelamento import fidelidade_de
from contratos.enums import TipoDePlano
from contratos.models import Plano, ServicoContratado


class NovoPlano(Passo):
    """Que serviço muda, e para qual plano."""

    titulo = "Novo plano"
    servico = forms.ModelChoiceField(
        ServicoContratado.objects.none(), label="Plano de agora", empty_label=None
    )
    plano = forms.ModelChoiceField(Plano.objects.none(), label="Plano novo", empty_label="Escolha…")

    def preparar(self):
        """Os planos de internet do contrato e os que se vendem, com o preço."""
        contrato, hoje = self.contexto.eixo.contrato, timezone.localdate()
        atuais = servicos.internet(contrato, hoje).select_related("plano", "etiqueta")
        self.fields["servico"].queryset = atuais
        self.fields["servico"].label_from_instance = lambda s: (
            f"{s.descricao} – {em_reais(s.total)} ({s.etiqueta.codigo})"
        )
        self.fields["plano"].queryset = Plano.objects.filter(ativo=True, tipo=TipoDePlano.INTERNET)
        self.fields["plano"].label_from_instance = lambda p: (
            f"{p.nome} – {p.download_mbps}/{p.upload_mbps} Mbps – {em_reais(p.valor)}"
        )

    def clean(self):
        """O plano novo é outro."""
        limpos = super().clean()
        servico, plano = limpos.get("servico"), limpos.get("plano")
        if servico and plano and servico.plano_id == plano.pk:
            self.add_error("plano", "O contrato já tem este plano.")
        return limpos


class Fidelidade(Passo):
    """Se o cliente aceita um novo prazo de permanência; nunca se renova sozinho."""

    titulo = "Fidelidade e aceite"
    ajuda = (
        "A fidelidade não se renova com a troca: só há outra se o cliente a aceita, em troca de um benefício."
    )
    nova_fidelidade = forms.BooleanField(label="O cliente aceita uma nova fidelidade", required=False)
    beneficio = forms.DecimalField(
        label="Benefício dado (R$)",
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        localize=True,
    )
    aceite = forms.BooleanField(label="O cliente ouviu o preço e o proporcional e aceitou")
    contato = CampoDeContato(label="Enviar o resumo a")

    def preparar(self):
        """Planos sem fidelidade não a oferecem."""
        so_confirmados(self)
        plano = self.anteriores.get("plano")
        if plano and not plano.fidelidade_meses:
            del self.fields["nova_fidelidade"], self.fields["beneficio"]

    def clean(self):
        """Fidelidade sem benefício não vale."""
        limpos = super().clean()
        if limpos.get("nova_fidelidade") and not limpos.get("beneficio"):
            self.add_error("beneficio", "Sem benefício não há fidelidade: diga o valor.")
        return limpos


@ACOES.registrar
class MudarPlano(AcaoDeContrato):
    """Troca o plano hoje, com o proporcional na próxima fatura."""

    slug = "mudar_plano"
    nome = "Mudança de plano"
    icone = "gauge"
    ordem = 310
    confirmar = "Mudar o plano"
    ajuda = (
        "Use quando o cliente quer mais ou menos velocidade, ou outro preço.\n\n"
        "Pergunta o plano de agora e o novo, se o cliente aceita uma nova fidelidade (nunca automática, RGC, "
        "Resolução Anatel 765/2023) e se ouviu o preço.\n\n"
        "Faz: o plano novo vale de hoje; a diferença dos dias que faltam no mês vai para a próxima fatura, a "
        "mais ou a menos; a mensalidade muda; fica um evento de upgrade ou downgrade.\n\n"
        "Diga ao cliente: o preço novo, o valor do proporcional e em que fatura vem, e até quando vai a "
        "fidelidade que ele já tinha, que a troca não altera nem multa."
    )
    passos = (NovoPlano, Fidelidade)
    limites = {"beneficio": Limite("Benefício de fidelidade", 300, "reais")}

    def impedimento(self):
        """Só num contrato normal."""
        return servicos.impedimento_de_alterar(self.contrato)

    def medidas(self, dados):
        """O benefício que se dá."""
        return {"beneficio": dados.get("beneficio") or 0}

    def previa(self, dados):
        """Plano, preço, proporcional e fidelidade."""
        troca = self._troca(dados)
        contrato = self.contrato
        mudancas = [
            Mudanca("Plano", troca.de.descricao, troca.para.nome),
            Mudanca("Preço do plano", em_reais(troca.de.total), em_reais(troca.para.valor)),
            Mudanca("Mensalidade", em_reais(contrato.valor), em_reais(troca.mensalidade)),
            self._fidelidade(troca),
        ]
        avisos = []
        if troca.de.desconto:
            avisos.append(f"O desconto de {em_reais(troca.de.desconto)} do plano de agora deixa de valer.")
        return Previa(
            mudancas=tuple(mudancas),
            custo=f"{em_reais(troca.mensalidade)} por mês",
            dizer=self._dizer(troca),
            conta=(f"{troca.acerto.memoria}.",) if troca.acerto.memoria else (),
            avisos=tuple(avisos),
        )

    def fazer(self, dados):
        """Troca o serviço."""
        troca = self._troca(dados)
        novo = servicos.trocar_plano(
            self.contrato, troca, por=self.contexto.usuario, protocolo=self.protocolo
        )
        mensalidade = em_reais(troca.mensalidade)
        mudanca = f"plano: {troca.de.descricao} → {novo.descricao} · mensalidade: {mensalidade}"
        enviado = self.resumir(dados["contato"], self._dizer(troca))
        return Resultado(
            f"Plano mudado para {novo.descricao}.",
            relato="\n".join(filter(None, [f"Mudança de {mudanca}.", troca.acerto.memoria, enviado])),
            evento=Evento("upgrade" if troca.sobe else "downgrade", evento_de(mudanca, "", self.protocolo)),
            dizer=self._dizer(troca),
        )

    def _troca(self, dados):
        beneficio = dados.get("beneficio") if dados.get("nova_fidelidade") else None
        return servicos.planejar_troca(
            self.contrato, dados["servico"], dados["plano"], self.hoje, beneficio=beneficio
        )

    def _fidelidade(self, troca) -> Mudanca:
        atual = fidelidade_de(self.contrato, self.hoje)
        agora = f"até {atual.fim:%d/%m/%Y}" if atual.dias_restantes(self.hoje) else "não há"
        if troca.fidelidade_meses:
            return Mudanca(
                "Fidelidade",
                agora,
                f"{troca.fidelidade_meses} meses, benefício {em_reais(troca.beneficio)}",
            )
        return Mudanca("Fidelidade", agora, "não muda")

    def _dizer(self, troca) -> str:
        acerto = f" {troca.acerto.memoria}." if troca.acerto.memoria else ""
        return (
            f"Seu plano passa hoje a {troca.para.nome}, e a mensalidade a "
            f"{em_reais(troca.mensalidade)}.{acerto} "
            f"O protocolo é {self.protocolo}."
        )
