"""Suspender a pedido: sem serviço e sem cobrança por um tempo, com volta automática."""

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Evento, Mudanca, Previa, Resultado
from atendimento.acoes.campos import Data
from atendimento.acoes.de_contrato import (
    AcaoDeContrato,
    CampoDeContato,
    PassoComMotivo,
    evento_de,
    so_confirmados,
    trocas_na_fatura,
)
from atendimento.models import TipoDeMotivo
from contratos.dinheiro import em_reais
from contratos.dominio import suspensao
from contratos.dominio.cancelamento import fidelidade_de
from contratos.models import Parametros


class Periodo(PassoComMotivo):
    """De quando a quando."""

    titulo = "Período"
    ajuda = "O cliente não precisa justificar: sem motivo, escolha “Não informado”."
    tipo_de_motivo = TipoDeMotivo.SUSPENSAO
    inicio = Data(label="Começa em")
    dias = forms.IntegerField(label="Por quantos dias", min_value=1, max_value=730)
    contato = CampoDeContato(label="Enviar a confirmação a")
    field_order = ("inicio", "dias", "motivo", "contato")

    def preparar(self):
        """Hoje, o mínimo e o máximo que a lei e o provedor deixam."""
        super().preparar()
        p = Parametros.atuais()
        self.fields["inicio"].initial = timezone.localdate()
        self.fields["dias"].initial = p.suspensao_minima_dias
        self.fields["dias"].help_text = f"De {p.suspensao_minima_dias} a {p.suspensao_maxima_dias} dias."
        so_confirmados(self)

    def clean(self):
        """Dentro do que a norma permite."""
        limpos = super().clean()
        inicio, dias = limpos.get("inicio"), limpos.get("dias")
        if inicio and (frase := suspensao.frase_do_inicio(inicio, timezone.localdate())):
            self.add_error("inicio", frase)
        if dias and (frase := suspensao.frase_dos_dias(dias)):
            self.add_error("dias", frase)
        return limpos


@ACOES.registrar
class SuspensaoTemporaria(AcaoDeContrato):
    """Para serviço e cobrança no dia marcado; a volta é automática."""

    slug = "suspensao_temporaria"
    nome = "Suspensão temporária a pedido"
    icone = "circle-pause"
    ordem = 360
    confirmar = "Suspender"
    ajuda = (
        "Use quando o titular pede para ficar um tempo sem o serviço: viagem, reforma, imóvel vazio. É "
        "direito "
        "de quem está em dia, de 30 a 120 dias, uma vez a cada doze meses, sem custo (RGC, Resolução Anatel "
        "765/2023); os números estão em Parâmetros da lei e da cobrança.\n\n"
        "Pergunta o dia em que começa, por quantos dias e o motivo, que o cliente não precisa dar.\n\n"
        "Faz: no dia marcado, o contrato fica Suspenso e as conexões bloqueadas; a fatura que ainda não "
        "venceu "
        "se troca pela proporcional; os dias não contam na fidelidade; no fim, o serviço volta sozinho.\n\n"
        "Diga ao cliente: o dia em que para e o dia em que volta, que pode voltar antes ligando (em até 24 "
        "horas), e que nada se cobra nesses dias."
    )
    passos = (Periodo,)

    def impedimento(self):
        """O que a norma exige: em dia, e uma vez por período."""
        return suspensao.impedimento_de_suspender(self.contrato, self.hoje)

    def previa(self, dados):
        """O que para, quando volta, as faturas e a fidelidade."""
        plano = self._plano(dados)
        quando = "hoje" if plano.inicio == self.hoje else f"em {plano.inicio:%d/%m/%Y}"
        mudancas = [
            Mudanca("Situação", "Normal", f"Suspenso {quando}, por {plano.dias} dias"),
            Mudanca("Volta automática", "", f"{plano.volta_em:%d/%m/%Y}"),
            *trocas_na_fatura(plano.acerto),
        ]
        if plano.acerto.credito:
            mudancas.append(
                Mudanca(f"Crédito em {plano.credito_em:%m/%Y}", "", em_reais(plano.acerto.credito))
            )
        fidelidade = fidelidade_de(self.contrato, self.hoje)
        if fidelidade.dias_restantes(self.hoje):
            novo = fidelidade.adiada(plano.dias)
            mudancas.append(Mudanca("Fim da fidelidade", f"{fidelidade.fim:%d/%m/%Y}", f"{novo:%d/%m/%Y}"))
        depois = "As faturas se acertam no dia em que a suspensão começa."
        return Previa(
            mudancas=tuple(mudancas),
            dizer=self._dizer(plano),
            conta=tuple(plano.acerto.memoria),
            avisos=(depois,) if plano.inicio > self.hoje else (),
        )

    def fazer(self, dados):
        """Marca, e suspende já se é para hoje."""
        plano, motivo = self._plano(dados), dados["motivo"].nome
        feita = suspensao.marcar(
            self.contrato, plano, hoje=self.hoje, motivo=motivo, protocolo=self.protocolo,
            por=self.contexto.usuario,
        )  # fmt: skip
        detalhes = (
            f"Detalhes da suspensão: {plano.dias} dias, de {plano.inicio:%d/%m/%Y} até a volta em "
            f"{plano.volta_em:%d/%m/%Y}"
        )
        tipo = "suspensao-inicio" if feita.iniciada else "suspensao-marcada"
        enviado = self.resumir(dados["contato"], self._dizer(plano))
        acerto = plano.acerto.memoria if feita.iniciada else []
        return Resultado(
            "Serviço suspenso a pedido." if feita.iniciada else "Suspensão marcada.",
            relato="\n".join([f"{detalhes}. Motivo: {motivo}.", *acerto, enviado]),
            evento=Evento(tipo, evento_de(detalhes, motivo, self.protocolo)),
            dizer=self._dizer(plano),
        )

    def _plano(self, dados):
        return suspensao.planejar(self.contrato, dados["inicio"], dados["dias"], self.hoje)

    def _dizer(self, plano) -> str:
        return (
            f"O serviço para em {plano.inicio:%d/%m/%Y} e volta sozinho em {plano.volta_em:%d/%m/%Y}; a "
            "fatura de "
            f"{plano.volta_em:%m/%Y} sai por {em_reais(plano.primeira_fatura)}. Pode voltar antes: é só "
            "ligar. O "
            f"protocolo é {self.protocolo}."
        )
