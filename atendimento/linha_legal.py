"""O relógio legal do débito como se desenha: quatro marcos numa linha, e em que ponto dela se está.

Só contas: o template desenha o que sai daqui, e nada mais calcula.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from contratos.relogio_legal import Debito, Prazos, notificar_em, rescindir_em, suspender_em

LARGURA = 288
MARGEM = 34
NOMES = ("Vencimento", "Aviso", "Suspensão", "Rescisão")


@dataclass(frozen=True, slots=True)
class Marco:
    """Um ponto da linha; `feito` quer dizer que aconteceu, e não que já podia acontecer."""

    nome: str
    dia: date
    x: int
    feito: bool


@dataclass(frozen=True, slots=True)
class LinhaLegal:
    """Os marcos, até onde a linha está percorrida, e a frase que diz o mesmo em palavras."""

    fatura: str
    marcos: tuple[Marco, ...]
    percorrido: int
    frase: str


def que_manda(debitos: Iterable[Debito], hoje: date) -> Debito | None:
    """O débito que primeiro deixa suspender: o de aviso mais antigo ou, sem aviso, o mais vencido.

    O contestado não manda, porque não suspende.
    """
    vencidos = [d for d in debitos if d.vencimento < hoje and not d.contestado]
    return min(
        vencidos,
        key=lambda d: (d.avisado_em is None, d.avisado_em or d.vencimento, d.vencimento),
        default=None,
    )


def desenhar(debito: Debito, suspenso_desde: datetime | None, agora: datetime, prazos: Prazos) -> LinhaLegal:
    """A linha de um débito vencido; `suspenso_desde`, se o contrato está em Bloqueio Financeiro."""
    aviso = debito.avisado_em or _inicio(notificar_em(debito.vencimento, prazos))
    suspensao = suspenso_desde or suspender_em(aviso, prazos)
    instantes = [_inicio(debito.vencimento), aviso, suspensao, rescindir_em(suspensao, prazos)]
    feitos = [True, debito.avisado_em is not None, suspenso_desde is not None, False]
    passo = (LARGURA - 2 * MARGEM) / (len(NOMES) - 1)
    marcos = tuple(
        Marco(nome, timezone.localdate(em), round(MARGEM + numero * passo), feito)
        for numero, (nome, em, feito) in enumerate(zip(NOMES, instantes, feitos, strict=True))
    )
    ultimo = max(numero for numero, feito in enumerate(feitos) if feito)
    trecho = (instantes[ultimo + 1] - instantes[ultimo]) / timedelta(seconds=1)
    fracao = min(1.0, max(0.0, (agora - instantes[ultimo]) / timedelta(seconds=1) / max(trecho, 1)))
    return LinhaLegal(
        debito.numero,
        marcos,
        round(marcos[ultimo].x + fracao * passo),
        _frase(debito, marcos, ultimo, timezone.localdate(agora)),
    )


def _inicio(dia: date) -> datetime:
    return timezone.make_aware(datetime.combine(dia, time.min))


def _frase(debito: Debito, marcos: tuple[Marco, ...], ultimo: int, hoje: date) -> str:
    if ultimo == 0:
        return "Sem aviso de débito entregue: não se suspende."
    seguinte = marcos[ultimo + 1]
    if debito.informado_ate and ultimo == 1:
        return f"Pagamento informado: espera-se a baixa até {timezone.localtime(debito.informado_ate):%d/%m}."
    if seguinte.dia <= hoje:
        return f"{seguinte.nome} possível desde {seguinte.dia:%d/%m/%Y}."
    dias = (seguinte.dia - hoje).days
    falta = "falta 1 dia" if dias == 1 else f"faltam {dias} dias"
    return f"{seguinte.nome} possível em {seguinte.dia:%d/%m/%Y}: {falta}."
