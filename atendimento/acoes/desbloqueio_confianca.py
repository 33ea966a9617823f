"""Desbloqueio em confiança: o serviço volta por poucos dias, sob promessa de pagamento."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from atendimento.acoes.base import ACOES, Evento, Limite, Mudanca, Passo, Previa, Resultado
from atendimento.acoes.campos import Data
from atendimento.acoes.de_cobranca import AcaoDeCobranca, descricao_do_evento, dia
from contratos.dominio import desbloqueio
from contratos.models import Parametros


class Promessa(Passo):
    """Por quantos dias e para quando se promete."""

    titulo = "Promessa"
    ajuda = "Combine com o cliente o dia do pagamento antes de confirmar."
    dias = forms.IntegerField(label="Dias de desbloqueio", min_value=1, max_value=30)
    promessa = Data(label="O cliente promete pagar em")

    def preparar(self):
        """Já escritos os dias que o perfil concede."""
        concedidos = int(self.contexto.limites.get("dias", 1))
        self.fields["dias"].initial = concedidos
        self.fields[
            "dias"
        ].help_text = f"Seu perfil concede até {concedidos}; acima disso, um supervisor aprova."
        self.fields["promessa"].initial = timezone.localdate() + timedelta(days=concedidos)

    def clean(self):
        """A promessa cai dentro do desbloqueio."""
        limpos = super().clean()
        hoje, dias, promessa = timezone.localdate(), limpos.get("dias"), limpos.get("promessa")
        if promessa and promessa < hoje:
            self.add_error("promessa", "A promessa é de hoje em diante.")
        elif dias and promessa and promessa > hoje + timedelta(days=dias):
            self.add_error("promessa", "A promessa é de um dia dentro do desbloqueio.")
        return limpos


@ACOES.registrar
class DesbloqueioEmConfianca(AcaoDeCobranca):
    """Libera até uma data; o trabalhador bloqueia de novo se o débito continuar."""

    slug = "desbloqueio_confianca"
    nome = "Desbloqueio em confiança"
    icone = "lock-keyhole-open"
    ordem = 210
    confirmar = "Desbloquear"
    ajuda = (
        "Use quando o contrato está em Bloqueio Financeiro e o cliente promete pagar nos próximos dias.\n\n"
        "Pergunta por quantos dias o serviço volta e em que dia o cliente promete pagar. Seu perfil diz "
        "quantos dias você concede e quantas vezes por período; mais dias, um supervisor aprova; mais "
        "vezes, não há.\n\n"
        "Faz: o contrato passa a Normal e as conexões se liberam até o fim do último dia. Se a fatura "
        "continuar em aberto, o sistema bloqueia de novo sozinho; se for paga antes, o desbloqueio acaba "
        "e nada se perde.\n\n"
        "Diga ao cliente: até que dia o serviço fica ligado, que o valor continua devido com os encargos, "
        "e que sem o pagamento o bloqueio volta sem outro aviso."
    )
    limites = {
        "dias": Limite("Dias de desbloqueio", 3, "dias"),
        "vezes": Limite("Vezes no período", 1, "vez(es)", aprovavel=False),
    }
    passos = (Promessa,)

    def impedimento(self):
        """Bloqueado por débito, dentro das vezes do perfil e do atraso máximo."""
        return desbloqueio.impedimento_da_confianca(self.contrato, self._vezes, self.hoje)

    def previa(self, dados):
        """Até quando o serviço volta."""
        periodo = Parametros.atuais().confianca_periodo_dias
        return Previa(
            mudancas=(
                Mudanca("Situação", self.contrato.get_situacao_display(), "Normal"),
                Mudanca("Desbloqueado até", "", dia(self._ate(dados))),
            ),
            dizer=self._dizer(dados),
            avisos=(f"É a {self._vez} de {self._vezes} em {periodo} dias.",),
        )

    def medidas(self, dados):
        """Os dias pedidos e a vez que esta é."""
        return {"dias": dados["dias"], "vezes": self._usos + 1}

    def fazer(self, dados):
        """Libera e guarda a promessa."""
        frase = f"({self._vez} de {self._vezes})"
        desbloqueio.em_confianca(
            self.contrato, dias=dados["dias"], promessa=dados["promessa"], vezes=self._vezes, **self.autoria
        )
        ate = dia(self._ate(dados))
        return Resultado(
            f"Serviço desbloqueado até {ate}.",
            relato=f"Desbloqueio em confiança até {ate} {frase}; promessa de pagamento em "
            f"{dia(dados['promessa'])}.",
            evento=Evento(
                "desbloqueio-em-confianca",
                descricao_do_evento(
                    "situação: Bloqueio Financeiro → Normal",
                    f"Desbloqueio em confiança até {ate} {frase}",
                    f"Promessa: {dia(dados['promessa'])}",
                    f"Protocolo: {self.protocolo}",
                ),
            ),
            dizer=self._dizer(dados),
        )

    @property
    def _vezes(self) -> int:
        return int(self.contexto.limites["vezes"])

    @property
    def _usos(self) -> int:
        return desbloqueio.usos_da_confianca(self.contrato)

    @property
    def _vez(self) -> str:
        return f"{self._usos + 1}ª"

    def _ate(self, dados):
        return self.hoje + timedelta(days=dados["dias"])

    def _dizer(self, dados) -> str:
        return (
            f"O serviço volta agora e fica até o fim de {dia(self._ate(dados))}. Contamos com o pagamento em "
            f"{dia(dados['promessa'])}; sem ele, o bloqueio volta sozinho. O protocolo é {self.protocolo}."
        )
