"""O relógio do débito em marcha: bloquear, bloquear de novo, religar e propor rescisão, um contrato por vez.

Cada verbo recebe o contrato já trancado, confere tudo nele, e diz se fez. Nenhum bloqueia antes do prazo
legal: a conta é a de `relogio_legal`, e o banco a repete.
"""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from contratos.dominio import debitos, desbloqueio, eventos, situacao
from contratos.enums import DesfechoDoDesbloqueio, SituacaoDaFatura, SituacaoDoContrato
from contratos.models import Contrato, DesbloqueioTemporario, Fatura, Parametros, PropostaDeRescisao
from contratos.relogio_legal import pode_rescindir


def a_suspender(agora: datetime) -> QuerySet[Contrato]:
    """Os contratos normais, de bloqueio automático, com débito que já pode suspender e sem desbloqueio."""
    devidas = debitos.candidatas_a_suspender(agora).values("contrato")
    abertos = DesbloqueioTemporario.objects.filter(contrato=OuterRef("pk"), encerrado_em__isnull=True)
    normais = Contrato.objects.filter(situacao=SituacaoDoContrato.NORMAL, bloqueio_automatico=True)
    return normais.filter(~Exists(abertos), pk__in=devidas)


def suspender(contrato: Contrato, agora: datetime) -> bool:
    """Bloqueia por débito, com o evento que guarda a prova do prazo."""
    em_desbloqueio = contrato.desbloqueios.filter(encerrado_em__isnull=True).exists()
    if contrato.situacao != SituacaoDoContrato.NORMAL or em_desbloqueio:
        return False
    devidas = debitos.suspendem(contrato, agora)
    if not devidas:
        return False
    situacao.bloquear(contrato, agora)
    eventos.registrar(
        contrato,
        "bloqueio-financeiro",
        f"situação: Normal → Bloqueio Financeiro · {_prova(devidas)}",
        em=agora,
    )
    return True


def desbloqueios_vencidos(agora: datetime) -> QuerySet[DesbloqueioTemporario]:
    """Os desbloqueios temporários cujo prazo passou sem que se encerrassem."""
    return DesbloqueioTemporario.objects.filter(encerrado_em__isnull=True, vale_ate__lte=agora)


def rebloquear(contrato: Contrato, aberto: DesbloqueioTemporario, agora: datetime) -> bool:
    """Encerra o desbloqueio vencido, na data em que venceu; com débito ainda devido, bloqueia de novo."""
    if contrato.situacao != SituacaoDoContrato.NORMAL:
        desbloqueio.encerrar(aberto, DesfechoDoDesbloqueio.SUPERADO, aberto.vale_ate)
        return False
    devidas = debitos.suspendem(contrato, agora)
    if not devidas:
        desbloqueio.encerrar(aberto, DesfechoDoDesbloqueio.PAGO, aberto.vale_ate)
        return False
    desbloqueio.encerrar(aberto, DesfechoDoDesbloqueio.REBLOQUEADO, aberto.vale_ate)
    situacao.bloquear(contrato, agora)
    ate = f"{timezone.localtime(aberto.vale_ate):%d/%m/%Y}"
    eventos.registrar(
        contrato,
        "rebloqueio-automatico",
        f"situação: Normal → Bloqueio Financeiro · Desbloqueio até {ate} encerrado · {_prova(devidas)}",
        em=agora,
    )
    return True


def a_religar() -> QuerySet[Contrato]:
    """Os bloqueados por débito que tiveram uma fatura baixada desde o bloqueio.

    Exigir a baixa deixa fora os que chegaram bloqueados de outro sistema sem as suas faturas.
    """
    pagas = Fatura.objects.filter(situacao=SituacaoDaFatura.PAGA)
    return Contrato.objects.filter(
        situacao=SituacaoDoContrato.BLOQUEIO_FINANCEIRO, pk__in=pagas.values("contrato")
    )


def religar(contrato: Contrato, agora: datetime) -> bool:
    """Devolve o serviço de quem pagou o que o bloqueava (RGC: em até um dia)."""
    desde = timezone.localdate(contrato.situacao_desde)
    pagou = contrato.faturas.filter(situacao=SituacaoDaFatura.PAGA, pago_em__gte=desde).exists()
    if contrato.situacao != situacao.BLOQUEIO or not pagou or debitos.suspendem(contrato, agora):
        return False
    desbloqueio.superar(contrato)
    situacao.liberar(contrato, agora)
    eventos.registrar(
        contrato,
        "desbloqueio-por-pagamento",
        "situação: Bloqueio Financeiro → Normal · Desbloqueio por pagamento: baixa recebida",
        em=agora,
    )
    return True


def a_rescindir(agora: datetime) -> QuerySet[Contrato]:
    """Os suspensos por débito há tempo bastante para propor a rescisão, e que ainda não a têm proposta."""
    limite = agora - timedelta(days=Parametros.atuais().dias_da_suspensao_a_rescisao)
    propostas = PropostaDeRescisao.objects.filter(
        contrato=OuterRef("pk"), suspenso_desde=OuterRef("situacao_desde")
    )
    bloqueados = Contrato.objects.filter(situacao=SituacaoDoContrato.BLOQUEIO_FINANCEIRO)
    return bloqueados.filter(~Exists(propostas), situacao_desde__lte=limite)


def propor_rescisao(contrato: Contrato, agora: datetime) -> bool:
    """Deixa a proposta e o evento, uma vez por suspensão; quem decide é gente."""
    prazos = debitos.prazos_de(Parametros.atuais())
    desde = contrato.situacao_desde
    if contrato.situacao != situacao.BLOQUEIO or not pode_rescindir(desde, agora, prazos):
        return False
    if not debitos.suspendem(contrato, agora):
        return False
    _, nova = PropostaDeRescisao.objects.get_or_create(
        contrato=contrato, suspenso_desde=desde, defaults={"criada_em": agora}
    )
    if nova:
        quando = f"{timezone.localdate(desde):%d/%m/%Y}"
        eventos.registrar(
            contrato,
            "rescisao-proposta",
            f"Suspenso por débito desde {quando}: passados {prazos.dias_da_suspensao_a_rescisao} dias, "
            "propõe-se a rescisão, com aviso por escrito ao cliente",
            em=agora,
        )
    return nova


def _prova(devidas: list[Fatura]) -> str:
    """As faturas e os avisos em que o bloqueio se apoia."""
    partes = [
        f"{f.numero} (aviso entregue em {timezone.localtime(f.avisado_em):%d/%m/%Y})" for f in devidas[:5]
    ]
    return f"Débito: {', '.join(partes)}"
