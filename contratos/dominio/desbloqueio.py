"""Devolver o serviço a quem está bloqueado por débito: em confiança, por informe ou porque já não deve."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from contratos.dominio import debitos, situacao
from contratos.dominio.recusas import NaoPode, exigir
from contratos.enums import DesfechoDoDesbloqueio, OrigemDoDesbloqueio
from contratos.models import Contrato, DesbloqueioTemporario, Parametros
from contratos.relogio_legal import suspende


def nao_bloqueado(contrato: Contrato) -> str | None:
    """A frase de que não há bloqueio por débito a desfazer, ou `None`."""
    if contrato.situacao == situacao.BLOQUEIO:
        return None
    return f"O contrato não está em Bloqueio Financeiro: está em {contrato.get_situacao_display()}."


def usos_da_confianca(contrato: Contrato, agora: datetime | None = None) -> int:
    """Quantas vezes, no período dos parâmetros, o contrato já foi desbloqueado em confiança."""
    desde = (agora or timezone.now()) - timedelta(days=Parametros.atuais().confianca_periodo_dias)
    return contrato.desbloqueios.filter(origem=OrigemDoDesbloqueio.CONFIANCA, criado_em__gt=desde).count()


def impedimento_da_confianca(contrato: Contrato, vezes: int, hoje: date) -> str | None:
    """Por que não cabe um desbloqueio em confiança com `vezes` permitidas no período, ou `None`."""
    if frase := nao_bloqueado(contrato):
        return frase
    parametros = Parametros.atuais()
    if (usos := usos_da_confianca(contrato)) >= vezes:
        periodo = f"{parametros.confianca_periodo_dias} dias"
        return f"O desbloqueio em confiança já foi usado {usos} de {vezes} vez(es) em {periodo}."
    vencidas = debitos.vencidas_de(contrato, hoje)
    if vencidas and (hoje - vencidas[0].vencimento).days > parametros.confianca_atraso_maximo_dias:
        return (
            f"Há fatura vencida há mais de {parametros.confianca_atraso_maximo_dias} dias: "
            "renegocie, ou desbloqueie depois do pagamento."
        )
    return None


def fim_do_dia(dia: date) -> datetime:
    """O último instante do dia, no fuso da instalação."""
    return timezone.make_aware(datetime.combine(dia + timedelta(days=1), time.min)) - timedelta(seconds=1)


def em_confianca(
    contrato: Contrato, *, dias: int, promessa: date, vezes: int, por, protocolo: str
) -> DesbloqueioTemporario:
    """Libera o contrato trancado até o fim do dia `dias` adiante. Levanta `NaoPode`."""
    hoje = timezone.localdate()
    exigir(impedimento_da_confianca(contrato, vezes, hoje))
    if not hoje <= promessa <= hoje + timedelta(days=dias):
        raise NaoPode("A promessa é de um dia dentro do desbloqueio.", campo="promessa")
    return _liberar_ate(
        contrato, fim_do_dia(hoje + timedelta(days=dias)), origem=OrigemDoDesbloqueio.CONFIANCA, dias=dias,
        promessa=promessa, usuario=por, protocolo=protocolo,
    )  # fmt: skip


def impedimento_do_pagamento(contrato: Contrato) -> str | None:
    """Por que o pagamento ainda não libera: há débito que bloqueia e que ninguém informou pago."""
    if frase := nao_bloqueado(contrato):
        return frase
    devidas = debitos.suspendem(contrato)
    if not devidas:
        return None
    numeros = ", ".join(fatura.numero for fatura in devidas[:3])
    return f"Ainda bloqueia: {numeros}. Registre o pagamento informado pelo cliente, ou espere a baixa."


def esperado_ate(contrato: Contrato) -> datetime | None:
    """Até quando um pagamento só informado segura a liberação; `None` quando nada mais bloqueia.

    Vale o informe que acaba antes, porque aquela fatura volta então a bloquear.
    """
    agora, hoje, prazos = timezone.now(), timezone.localdate(), debitos.prazos_de(Parametros.atuais())
    esperas = [
        fatura.informado_ate
        for fatura in debitos.vencidas_de(contrato)
        if fatura.informado_ate
        and fatura.informado_ate > agora
        and suspende(replace(debitos.debito_de(fatura), informado_ate=None), agora, hoje, prazos)
    ]
    return min(esperas, default=None)


def por_pagamento(contrato: Contrato, *, por, protocolo: str) -> DesbloqueioTemporario | None:
    """Libera o contrato trancado; se o pagamento só foi informado, por um prazo. Levanta `NaoPode`."""
    exigir(impedimento_do_pagamento(contrato))
    ate = esperado_ate(contrato)
    if ate is None:
        superar(contrato)
        situacao.liberar(contrato)
        return None
    dias = max(1, (timezone.localdate(ate) - timezone.localdate()).days)
    return _liberar_ate(
        contrato, ate, origem=OrigemDoDesbloqueio.COMPROVANTE, dias=dias, promessa=None, usuario=por,
        protocolo=protocolo,
    )  # fmt: skip


def encerrar(desbloqueio: DesbloqueioTemporario, desfecho: DesfechoDoDesbloqueio, em: datetime) -> None:
    """Marca como o desbloqueio acabou."""
    desbloqueio.encerrado_em, desbloqueio.desfecho = em, desfecho
    desbloqueio.save(update_fields=["encerrado_em", "desfecho"])


def superar(contrato: Contrato) -> None:
    """Acaba o desbloqueio em curso porque outro verbo decidiu a situação do contrato."""
    for aberto in contrato.desbloqueios.filter(encerrado_em__isnull=True):
        encerrar(aberto, DesfechoDoDesbloqueio.SUPERADO, timezone.now())


def _liberar_ate(contrato: Contrato, vale_ate: datetime, **campos) -> DesbloqueioTemporario:
    superar(contrato)
    situacao.liberar(contrato)
    return DesbloqueioTemporario.objects.create(contrato=contrato, vale_ate=vale_ate, **campos)
