"""O relógio legal do débito: aviso → suspensão → rescisão (RGC, Resolução Anatel 765/2023).

Só contas: nada aqui lê o banco, e as mesmas regras valem para a tela, para o trabalhador e para os testes. Os
prazos contam em dias corridos de 24 horas a partir da entrega do aviso e do início da suspensão.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Prazos:
    """Os números do relógio; os padrões são os da lei."""

    dias_ate_notificar: int = 3
    dias_do_aviso_a_suspensao: int = 15
    dias_da_suspensao_a_rescisao: int = 60


@dataclass(frozen=True, slots=True)
class Debito:
    """Uma fatura em aberto, com o primeiro aviso entregue e o que a tira do relógio."""

    numero: str
    vencimento: date
    avisado_em: datetime | None = None
    contestado: bool = False
    informado_ate: datetime | None = None


def notificar_em(vencimento: date, prazos: Prazos) -> date:
    """O primeiro dia em que se avisa o débito."""
    return vencimento + timedelta(days=prazos.dias_ate_notificar)


def suspender_em(avisado_em: datetime, prazos: Prazos) -> datetime:
    """O primeiro instante em que a suspensão é lícita."""
    return avisado_em + timedelta(days=prazos.dias_do_aviso_a_suspensao)


def rescindir_em(suspenso_desde: datetime, prazos: Prazos) -> datetime:
    """O primeiro instante em que a rescisão é lícita."""
    return suspenso_desde + timedelta(days=prazos.dias_da_suspensao_a_rescisao)


def por_que_nao_suspende(debito: Debito, agora: datetime, hoje: date, prazos: Prazos) -> str | None:
    """A frase de por que este débito ainda não suspende o serviço, ou `None` se suspende.

    O que a lei impede vem antes do que a casa segura.
    """
    if debito.vencimento >= hoje:
        return f"A fatura {debito.numero} não venceu."
    if debito.contestado:
        return f"A fatura {debito.numero} está contestada e não suspende enquanto não se responde."
    if debito.avisado_em is None:
        return f"A fatura {debito.numero} não tem aviso de débito entregue."
    if agora < suspender_em(debito.avisado_em, prazos):
        desde = f"{debito.avisado_em:%d/%m/%Y}"
        return (
            f"O aviso da fatura {debito.numero} foi entregue em {desde}: a suspensão só é possível "
            f"{prazos.dias_do_aviso_a_suspensao} dias depois."
        )
    if debito.informado_ate and agora < debito.informado_ate:
        return f"O cliente informou o pagamento da fatura {debito.numero}: espera-se a baixa."
    return None


def suspende(debito: Debito, agora: datetime, hoje: date, prazos: Prazos) -> bool:
    """Se este débito já pode suspender o serviço."""
    return por_que_nao_suspende(debito, agora, hoje, prazos) is None


def pode_rescindir(suspenso_desde: datetime, agora: datetime, prazos: Prazos) -> bool:
    """Se a suspensão por débito já durou o que a lei pede para rescindir."""
    return agora >= rescindir_em(suspenso_desde, prazos)
