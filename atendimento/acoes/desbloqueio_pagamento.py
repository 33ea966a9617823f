"""Desbloqueio por pagamento: o débito foi baixado, ou o cliente informou que pagou."""

from atendimento.acoes.base import ACOES, Evento, Mudanca, Previa, Resultado, SemPerguntas
from atendimento.acoes.de_cobranca import AcaoDeCobranca, descricao_do_evento, dia
from contratos.dominio import desbloqueio
from contratos.models import Parametros


@ACOES.registrar
class DesbloqueioPorPagamento(AcaoDeCobranca):
    """Libera o serviço; se o pagamento só foi informado, até o informe acabar."""

    slug = "desbloqueio_pagamento"
    nome = "Desbloqueio por pagamento"
    icone = "lock-open"
    ordem = 220
    confirmar = "Desbloquear"
    ajuda = (
        "Use quando o contrato está em Bloqueio Financeiro e as faturas que o bloquearam já foram pagas, "
        "ou o cliente mostrou o comprovante e você usou antes a ação Informar pagamento.\n\n"
        "Nada pergunta: lê as faturas e diz o que ainda bloqueia. O serviço tem de voltar em até um dia "
        "de quando se sabe do pagamento (RGC, Resolução Anatel 765/2023).\n\n"
        "Faz: o contrato passa a Normal e as conexões se liberam. Com as faturas baixadas, de vez; com o "
        "pagamento só informado, até o prazo do informe, e se a baixa não vier o sistema bloqueia de novo "
        "sozinho.\n\n"
        "Diga ao cliente: que o serviço já voltou e, se a baixa ainda não veio, até quando esperamos por "
        "ela."
    )
    passos = (SemPerguntas,)

    def impedimento(self):
        """Bloqueado por débito, e sem débito que ainda bloqueie."""
        return desbloqueio.impedimento_do_pagamento(self.contrato)

    def previa(self, dados):
        """O serviço de volta, e até quando."""
        ate = desbloqueio.esperado_ate(self.contrato)
        mudancas = [Mudanca("Situação", self.contrato.get_situacao_display(), "Normal")]
        avisos = []
        if ate:
            mudancas.append(Mudanca("Desbloqueado até", "", dia(ate)))
            avisos.append("O pagamento foi informado e ainda não baixado: sem a baixa, o bloqueio volta.")
        return Previa(mudancas=tuple(mudancas), dizer=self._dizer(ate), avisos=tuple(avisos))

    def fazer(self, dados):
        """Libera."""
        ate = desbloqueio.esperado_ate(self.contrato)
        desbloqueio.por_pagamento(self.contrato, **self.autoria)
        como = f"até {dia(ate)}, à espera da baixa" if ate else "débito quitado"
        return Resultado(
            "Serviço desbloqueado.",
            relato=f"Desbloqueio por pagamento: {como}.",
            evento=Evento(
                "desbloqueio-por-pagamento",
                descricao_do_evento(
                    "situação: Bloqueio Financeiro → Normal",
                    f"Desbloqueio por pagamento: {como}",
                    f"Protocolo: {self.protocolo}",
                ),
            ),
            dizer=self._dizer(ate),
        )

    def _dizer(self, ate) -> str:
        horas = Parametros.atuais().horas_para_religar
        base = f"O serviço volta agora, e no máximo em {horas} horas."
        if ate:
            base += f" Esperamos a baixa do pagamento até {dia(ate)}."
        return f"{base} O protocolo é {self.protocolo}."
